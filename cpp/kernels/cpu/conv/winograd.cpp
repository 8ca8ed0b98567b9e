#include "../../tables/winograd.h"

namespace nabla::kernels::NABLA_ISA {

void fill_winograd(WinogradTable&) {}

}  // namespace nabla::kernels::NABLA_ISA
