#include "../../tables/conv.h"

namespace nabla::kernels::NABLA_ISA {

void fill_conv(ConvTable&) {}

}  // namespace nabla::kernels::NABLA_ISA
