// Row and column reductions. A row is cut into blocks of kUnroll * kSteps vectors, a column into
// blocks of kRowBlock rows; blocks are folded by a Cascade, so every sum is pairwise in the large
// and chains are at most 32 long.
#include "../tables/reduce.h"

#include "cascade.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

constexpr int kUnroll = 8;
constexpr int kSteps = 8;
constexpr int kRowBlock = 32;

template <class T>
NABLA_INLINE T infinity() {
  return static_cast<T>(__builtin_inf());
}

template <class T>
struct SumBase {
  using V = typename Kind<T>::V;
  static NABLA_INLINE T identity() { return T(0); }
  static NABLA_INLINE V combine(V a, V b) { return a + b; }
  static NABLA_INLINE T finish(V a) { return reduce_add(a); }
};
template <class T>
struct Sum : SumBase<T> {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V map(V x, V) { return x; }
};
template <class T>
struct SumAbs : SumBase<T> {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V map(V x, V) { return abs(x); }
};
template <class T>
struct SumSq : SumBase<T> {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V map(V x, V) { return x * x; }
};
template <class T>
struct SumSqDev : SumBase<T> {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V map(V x, V c) {
    const V d = x - c;
    return d * d;
  }
};
template <class T>
struct Prod {
  using V = typename Kind<T>::V;
  static NABLA_INLINE T identity() { return T(1); }
  static NABLA_INLINE V map(V x, V) { return x; }
  static NABLA_INLINE V combine(V a, V b) { return a * b; }
  static NABLA_INLINE T finish(V a) {
    T lane[V::W];
    a.store(lane);
    for (int half = V::W / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; ++i) lane[i] *= lane[i + half];
    }
    return lane[0];
  }
};
template <class T>
struct Max {
  using V = typename Kind<T>::V;
  static NABLA_INLINE T identity() { return -infinity<T>(); }
  static NABLA_INLINE V map(V x, V) { return x; }
  static NABLA_INLINE V combine(V a, V b) { return maximum(a, b); }
  static NABLA_INLINE T finish(V a) {
    return any(is_nan(a)) ? static_cast<T>(__builtin_nan("")) : reduce_max(a);
  }
};
template <class T>
struct Min {
  using V = typename Kind<T>::V;
  static NABLA_INLINE T identity() { return infinity<T>(); }
  static NABLA_INLINE V map(V x, V) { return x; }
  static NABLA_INLINE V combine(V a, V b) { return minimum(a, b); }
  static NABLA_INLINE T finish(V a) {
    return any(is_nan(a)) ? static_cast<T>(__builtin_nan("")) : reduce_min(a);
  }
};

// The mapped n < W elements at x, the other lanes holding the identity.
template <class Op, class T>
NABLA_INLINE typename Kind<T>::V load_tail(const T* x, int n, typename Kind<T>::V c) {
  using V = typename Kind<T>::V;
  using M = typename Kind<T>::M;
  return select(M::first_n(n), Op::map(V::load_n(x, n), c), V::set1(Op::identity()));
}

template <class Op, class T>
NABLA_INLINE T reduce_row(const T* x, int64_t n, T center) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  const V c = V::set1(center);
  if (n < W) return Op::finish(load_tail<Op, T>(x, static_cast<int>(n), c));
  V total[1] = {V::set1(Op::identity())};
  Cascade<Op, V, 1> cascade;
  int64_t i = 0;
  while (n - i >= kUnroll * W) {
    V acc[kUnroll];
    for (int u = 0; u < kUnroll; ++u) acc[u] = Op::map(V::load(x + i + u * W), c);
    i += kUnroll * W;
    for (int s = 1; s < kSteps && n - i >= kUnroll * W; ++s, i += kUnroll * W) {
      for (int u = 0; u < kUnroll; ++u) {
        acc[u] = Op::combine(acc[u], Op::map(V::load(x + i + u * W), c));
      }
    }
    for (int half = kUnroll / 2; half > 0; half /= 2) {
      for (int u = 0; u < half; ++u) acc[u] = Op::combine(acc[u], acc[u + half]);
    }
    V block[1] = {acc[0]};
    cascade.push(block);
  }
  for (; n - i >= W; i += W) total[0] = Op::combine(total[0], Op::map(V::load(x + i), c));
  if (i < n) {
    total[0] = Op::combine(total[0], load_tail<Op, T>(x + i, static_cast<int>(n - i), c));
  }
  cascade.total(total);
  return Op::finish(total[0]);
}

template <template <class> class Op, class T>
void reduce_rows(T* out, const T* x, const T* center, int64_t rows, int64_t n, int64_t stride) {
  for (int64_t r = 0; r < rows; ++r) {
    out[r] = reduce_row<Op<T>, T>(x + r * stride, n, center != nullptr ? center[r] : T(0));
  }
}

// NV vectors of columns side by side; one alone may have fewer than W columns.
template <class Op, class T, int NV>
NABLA_INLINE void reduce_strip(T* out, const T* x, const T* center, int64_t n, int64_t stride,
                               int lanes) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  auto load = [lanes](const T* p) {
    return NV > 1 || lanes == W ? V::load(p) : V::load_n(p, lanes);
  };
  V c[NV], acc[NV];
  for (int v = 0; v < NV; ++v) {
    c[v] = center != nullptr ? load(center + v * W) : V::zero();
    acc[v] = V::set1(Op::identity());
  }
  auto fold = [&](int64_t begin, int64_t end) {
    for (int v = 0; v < NV; ++v) acc[v] = Op::map(load(x + begin * stride + v * W), c[v]);
    for (int64_t i = begin + 1; i < end; ++i) {
      for (int v = 0; v < NV; ++v) {
        acc[v] = Op::combine(acc[v], Op::map(load(x + i * stride + v * W), c[v]));
      }
    }
  };
  if (n <= kRowBlock) {
    if (n > 0) fold(0, n);
  } else {
    Cascade<Op, V, NV> cascade;
    int64_t i = 0;
    for (; n - i >= kRowBlock; i += kRowBlock) {
      fold(i, i + kRowBlock);
      cascade.push(acc);
    }
    for (int v = 0; v < NV; ++v) acc[v] = V::set1(Op::identity());
    if (i < n) fold(i, n);
    cascade.total(acc);
  }
  for (int v = 0; v < NV; ++v) {
    if (NV > 1 || lanes == W) {
      acc[v].store(out + v * W);
    } else {
      acc[v].store_n(out, lanes);
    }
  }
}

template <template <class> class Op, class T>
void reduce_cols(T* out, const T* x, const T* center, int64_t n, int64_t cols, int64_t stride) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  int64_t j = 0;
  auto at = [center](int64_t k) { return center != nullptr ? center + k : nullptr; };
  for (; cols - j >= 4 * W; j += 4 * W) {
    reduce_strip<Op<T>, T, 4>(out + j, x + j, at(j), n, stride, W);
  }
  for (; j < cols; j += W) {
    reduce_strip<Op<T>, T, 1>(out + j, x + j, at(j), n, stride,
                              static_cast<int>(cols - j < W ? cols - j : W));
  }
}

// Blocks of 8 vectors are tested as one; the first block that has a hit is searched element by
// element.
template <class T, bool kNan>
NABLA_INLINE int64_t find_in_row(const T* x, T value, int64_t n) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  const V want = V::set1(value);
  auto hit = [&want](V v) { return kNan ? is_nan(v) : eq(v, want); };
  int64_t i = 0;
  for (; n - i >= 8 * W; i += 8 * W) {
    auto found = hit(V::load(x + i));
    for (int u = 1; u < 8; ++u) found = found | hit(V::load(x + i + u * W));
    if (any(found)) break;
  }
  for (; n - i >= W; i += W) {
    if (any(hit(V::load(x + i)))) break;
  }
  for (; i < n; ++i) {
    if (kNan ? x[i] != x[i] : x[i] == value) return i;
  }
  return n;
}

template <class T>
void find_rows(int64_t* index, const T* x, const T* value, int64_t rows, int64_t n,
               int64_t stride) {
  for (int64_t r = 0; r < rows; ++r) {
    const T v = value[r];
    index[r] = v != v ? find_in_row<T, true>(x + r * stride, v, n)
                      : find_in_row<T, false>(x + r * stride, v, n);
  }
}

// From the last row up, so that the first hit is the one that stays.
template <class T>
void find_cols(int64_t* index, const T* x, const T* value, int64_t n, int64_t cols,
               int64_t stride) {
  constexpr int64_t kStrip = 64;
  for (int64_t j0 = 0; j0 < cols; j0 += kStrip) {
    const int64_t width = cols - j0 < kStrip ? cols - j0 : kStrip;
    int64_t found[kStrip];
    T want[kStrip];
    for (int64_t j = 0; j < width; ++j) {
      found[j] = n;
      want[j] = value[j0 + j];
    }
    for (int64_t i = n - 1; i >= 0; --i) {
      const T* row = x + i * stride + j0;
      for (int64_t j = 0; j < width; ++j) {
        const bool hit = (row[j] == want[j]) | ((row[j] != row[j]) & (want[j] != want[j]));
        found[j] = hit ? i : found[j];
      }
    }
    for (int64_t j = 0; j < width; ++j) index[j0 + j] = found[j];
  }
}

template <class T>
void fill(ReduceFns<T>& t) {
  t.rows[kReduceSum] = reduce_rows<Sum, T>;
  t.rows[kReduceProd] = reduce_rows<Prod, T>;
  t.rows[kReduceMax] = reduce_rows<Max, T>;
  t.rows[kReduceMin] = reduce_rows<Min, T>;
  t.rows[kReduceSumAbs] = reduce_rows<SumAbs, T>;
  t.rows[kReduceSumSq] = reduce_rows<SumSq, T>;
  t.rows[kReduceSumSqDev] = reduce_rows<SumSqDev, T>;
  t.cols[kReduceSum] = reduce_cols<Sum, T>;
  t.cols[kReduceProd] = reduce_cols<Prod, T>;
  t.cols[kReduceMax] = reduce_cols<Max, T>;
  t.cols[kReduceMin] = reduce_cols<Min, T>;
  t.cols[kReduceSumAbs] = reduce_cols<SumAbs, T>;
  t.cols[kReduceSumSq] = reduce_cols<SumSq, T>;
  t.cols[kReduceSumSqDev] = reduce_cols<SumSqDev, T>;
  t.find_rows = find_rows<T>;
  t.find_cols = find_cols<T>;
}

}  // namespace

void fill_reduce(ReduceTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
