#include "kernels.h"

namespace nabla::kernels::NABLA_ISA {

void fill_sgemm(GemmTable& table) { table.f32 = kGemmKernels<F32>; }

}  // namespace nabla::kernels::NABLA_ISA
