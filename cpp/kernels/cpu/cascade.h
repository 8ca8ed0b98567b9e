#pragma once
// Pairwise combination of a stream of equal blocks: a binary counter of partial results, so that n
// blocks are folded as a balanced tree whose shape depends on n alone.
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

template <class Op, class V, int NV>
struct Cascade {
  static constexpr int kLevels = 48;
  V level[kLevels][NV];
  int64_t count = 0;

  NABLA_INLINE void push(V (&v)[NV]) {
    int l = 0;
    for (int64_t k = count++; k & 1; k >>= 1, ++l) {
      for (int i = 0; i < NV; ++i) v[i] = Op::combine(level[l][i], v[i]);
    }
    for (int i = 0; i < NV; ++i) level[l][i] = v[i];
  }
  // Folds everything pushed into acc, the newest (smallest) partial result first.
  NABLA_INLINE void total(V (&acc)[NV]) const {
    int l = 0;
    for (int64_t k = count; k != 0; k >>= 1, ++l) {
      if ((k & 1) == 0) continue;
      for (int i = 0; i < NV; ++i) acc[i] = Op::combine(level[l][i], acc[i]);
    }
  }
};

template <class T>
struct SumFold {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V combine(V a, V b) { return a + b; }
};

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
