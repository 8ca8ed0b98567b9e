#include "kernels.h"

namespace nabla::kernels::NABLA_ISA {

void fill_dgemm(GemmTable& table) { table.f64 = kGemmKernels<F64>; }

}  // namespace nabla::kernels::NABLA_ISA
