#include "kernels.h"

namespace nabla::kernels::NABLA_ISA {

void fill_sgemm(GemmKernels<float>& kernels) { kernels = kGemmKernels<F32>; }

}  // namespace nabla::kernels::NABLA_ISA
