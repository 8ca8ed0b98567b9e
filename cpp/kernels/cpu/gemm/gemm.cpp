#include "../../tables/gemm.h"

namespace nabla::kernels::NABLA_ISA {

void fill_sgemm(GemmKernels<float>& kernels);
void fill_dgemm(GemmKernels<double>& kernels);

void fill_gemm(GemmTable& table) {
  fill_sgemm(table.f32);
  fill_dgemm(table.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
