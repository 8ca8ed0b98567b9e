#include "kernels.h"

namespace nabla::kernels::NABLA_ISA {

void fill_dgemm(GemmTable& table);  // dgemm.cpp

void fill_gemm(GemmTable& table) {
  table.f32 = kGemmKernels<F32>;
  fill_dgemm(table);
}

}  // namespace nabla::kernels::NABLA_ISA
