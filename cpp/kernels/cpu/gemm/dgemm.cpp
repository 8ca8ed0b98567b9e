#include "kernels.h"

namespace nabla::kernels::NABLA_ISA {

void fill_dgemm(GemmKernels<double>& kernels) { kernels = kGemmKernels<F64>; }

}  // namespace nabla::kernels::NABLA_ISA
