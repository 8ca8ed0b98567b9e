// What the C++ benchmarks share: a clock, medians, and the FMA peak of the machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kernels/tables.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace nabla_bench {

inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline double median(std::vector<double> v) {
  std::nth_element(v.begin(), v.begin() + v.size() / 2, v.end());
  return v[v.size() / 2];
}

// GFLOP/s of independent chains of multiply-adds, kept in registers by the empty asm.
#if defined(__x86_64__)
#define CHAINS(V, step)                                     \
  V c[12] = {};                                             \
  V x = {};                                                 \
  for (int64_t i = 0; i < n; ++i) {                         \
    _Pragma("GCC unroll 12") for (int q = 0; q < 12; ++q) { \
      c[q] = step;                                          \
      asm volatile("" : "+v"(c[q]));                        \
    }                                                       \
  }
__attribute__((target("avx512f"))) inline void chains_avx512(int64_t n) {
  CHAINS(__m512, _mm512_fmadd_ps(x, x, c[q]))
}
__attribute__((target("avx2,fma"))) inline void chains_avx2(int64_t n) {
  CHAINS(__m256, _mm256_fmadd_ps(x, x, c[q]))
}
inline void chains_sse(int64_t n) { CHAINS(__m128, _mm_add_ps(_mm_mul_ps(x, x), c[q])) }
#undef CHAINS
#endif

// GFLOP/s of one thread, with the instruction set that the kernels use.
inline double peak() {
#if defined(__x86_64__)
  const bool avx512 = std::strcmp(nabla::kernels::tables().isa, "avx512") == 0;
  const bool avx2 = std::strcmp(nabla::kernels::tables().isa, "avx2") == 0;
  const int64_t n = 20000;
  const double start = now();
  (avx512 ? chains_avx512 : avx2 ? chains_avx2 : chains_sse)(n);
  return 2e-9 * 12.0 * static_cast<double>(n) * (avx512 ? 16 : avx2 ? 8 : 4) / (now() - start);
#else
  return 0;
#endif
}

}  // namespace nabla_bench
