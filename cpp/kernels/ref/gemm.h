// The plain twin of the matrix product: the definition, in float64.
#pragma once

#include "kernels/tables/gemm.h"

namespace nabla::kernels::ref {

template <class T>
void gemm(const GemmArgs<T>& g) {
  for (int64_t i = 0; i < g.m; ++i) {
    for (int64_t j = 0; j < g.n; ++j) {
      double sum = 0;
      for (int64_t k = 0; k < g.k; ++k) {
        const double a = g.trans_a ? g.a[k * g.lda + i] : g.a[i * g.lda + k];
        const double b = g.trans_b ? g.b[j * g.ldb + k] : g.b[k * g.ldb + j];
        sum += a * b;
      }
      T& c = g.c[i * g.ldc + j];
      sum *= g.alpha;
      if (g.beta != 0) sum += static_cast<double>(g.beta) * c;
      if (g.bias_n) sum += g.bias_n[j];
      if (g.bias_m) sum += g.bias_m[i];
      if (g.relu && sum < 0) sum = 0;
      c = static_cast<T>(sum);
    }
  }
}

}  // namespace nabla::kernels::ref
