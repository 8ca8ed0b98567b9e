// Normalisation of rows with a weight per column, forward and gradient. A row is read again while
// it is still in the first cache.
#include "../tables/norm.h"

#include "row_sum.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Elements that one chain of float sums takes.
constexpr int64_t kBlock = 2048;

NABLA_INLINE float root(float x) { return __builtin_sqrtf(x); }
NABLA_INLINE double root(double x) { return __builtin_sqrt(x); }

// y = (x - m) r, times w, plus b, where these are given.
template <class T, bool Center>
NABLA_INLINE void write_row(T* y, const T* x, const T* w, const T* b, int64_t n, T mean, T scale) {
  using V = typename Kind<T>::V;
  const V m = V::set1(mean), r = V::set1(scale);
  const auto hat = [&](int64_t i, int lanes) NABLA_LAMBDA {
    const V v = load_lanes(x + i, lanes);
    return (Center ? v - m : v) * r;
  };
  if (w != nullptr && b != nullptr) {
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      store_lanes(y + i, fma(hat(i, lanes), load_lanes(w + i, lanes), load_lanes(b + i, lanes)),
                  lanes);
    });
  } else if (w != nullptr) {
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      store_lanes(y + i, hat(i, lanes) * load_lanes(w + i, lanes), lanes);
    });
  } else if (b != nullptr) {
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      store_lanes(y + i, hat(i, lanes) + load_lanes(b + i, lanes), lanes);
    });
  } else {
    for_lanes<T>(n, [&](int64_t i, int lanes) { store_lanes(y + i, hat(i, lanes), lanes); });
  }
}

// sum (x - m) and sum (x - m)^2, in float chains of at most kBlock elements.
template <class T>
NABLA_INLINE void sums_around(double& sum, double& squares, const T* x, int64_t n, T around) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  const V m = V::set1(around);
  sum = squares = 0;
  for (int64_t start = 0; start < n; start += kBlock) {
    const int64_t end = n - start < kBlock ? n : start + kBlock;
    V a[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
    V b[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
    const auto step = [&](int u, V d) NABLA_LAMBDA {
      a[u] = a[u] + d;
      b[u] = fma(d, d, b[u]);
    };
    int64_t i = start;
    for (; end - i >= 4 * W; i += 4 * W) {
      for (int u = 0; u < 4; ++u) step(u, V::load(x + i + u * W) - m);
    }
    for (; end - i >= W; i += W) step(0, V::load(x + i) - m);
    if (i < end) {
      const int lanes = static_cast<int>(end - i);
      step(1, select(Kind<T>::M::first_n(lanes), V::load_n(x + i, lanes) - m, V::zero()));
    }
    sum += static_cast<double>(reduce_add((a[0] + a[1]) + (a[2] + a[3])));
    squares += static_cast<double>(reduce_add((b[0] + b[1]) + (b[2] + b[3])));
  }
}

// Mean and biased variance from one pass around the first element, which in most rows lies near
// enough to the mean; where it does not, a second pass goes around the mean itself.
template <class T>
NABLA_INLINE void row_moments(T& mean, T& var, const T* x, int64_t n) {
  const double over = 1 / static_cast<double>(n);
  T around = x[0];
  double sum, squares;
  sums_around(sum, squares, x, n, around);
  double shift = sum * over, spread = squares * over - shift * shift;
  if (!(shift * shift <= 8 * spread)) {
    around = static_cast<T>(static_cast<double>(around) + shift);
    sums_around(sum, squares, x, n, around);
    shift = sum * over;
    spread = squares * over - shift * shift;
  }
  mean = static_cast<T>(static_cast<double>(around) + shift);
  var = static_cast<T>(spread < 0 ? 0.0 : spread);
}

template <class T>
void row_norm(T* y, T* mean, T* var, const T* x, const T* w, const T* b, int64_t rows, int64_t n,
              T eps) {
  for (int64_t r = 0; r < rows; ++r, x += n, y += n) {
    row_moments(mean[r], var[r], x, n);
    write_row<T, true>(y, x, w, b, n, mean[r], 1 / root(var[r] + eps));
  }
}

template <class T>
void row_rms(T* y, T* mean, T* var, const T* x, const T* w, const T* b, int64_t rows, int64_t n,
             T eps) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += n, y += n) {
    const T squares = sum_row<T>(n, [&](int64_t i, int lanes) NABLA_LAMBDA {
      const V v = load_lanes(x + i, lanes);
      return v * v;
    });
    mean[r] = 0;
    var[r] = squares / static_cast<T>(n);
    write_row<T, false>(y, x, w, b, n, 0, 1 / root(var[r] + eps));
  }
}

// R rows at a time, so that a column's sums are read and written once for R rows.
template <class T, bool Center, int R>
NABLA_INLINE void grad_rows(T* dx, T* dw, T* db, const T* dy, const T* x, const T* w, const T* mean,
                            const T* var, int64_t n, T eps) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  V m[R], rstd[R];
  double s1[R], s2[R];
  for (int k = 0; k < R; ++k) {
    m[k] = V::set1(mean[k]);
    rstd[k] = V::set1(1 / root(var[k] + eps));
    s1[k] = s2[k] = 0;
  }
  for (int64_t start = 0; start < n; start += kBlock) {
    const int64_t end = n - start < kBlock ? n : start + kBlock;
    V a[R], b[R];
    for (int k = 0; k < R; ++k) a[k] = b[k] = V::zero();
    const auto step = [&](int64_t i, int lanes) NABLA_LAMBDA {
      const V weight = w != nullptr ? load_lanes(w + i, lanes) : V::set1(1);
      V sum_w = V::zero(), sum_b = V::zero();
      for (int k = 0; k < R; ++k) {
        const V d = load_lanes(dy + k * n + i, lanes);  // 0 beyond the row
        const V v = load_lanes(x + k * n + i, lanes);
        const V hat = (Center ? v - m[k] : v) * rstd[k];
        const V g = d * weight;
        a[k] = a[k] + g;
        b[k] = fma(g, hat, b[k]);
        sum_w = fma(d, hat, sum_w);
        sum_b = sum_b + d;
      }
      if (dw != nullptr) store_lanes(dw + i, load_lanes(dw + i, lanes) + sum_w, lanes);
      if (db != nullptr) store_lanes(db + i, load_lanes(db + i, lanes) + sum_b, lanes);
    };
    int64_t i = start;
    for (; end - i >= W; i += W) step(i, static_cast<int>(W));
    if (i < end) step(i, static_cast<int>(end - i));
    for (int k = 0; k < R; ++k) {
      s1[k] += static_cast<double>(reduce_add(a[k]));
      s2[k] += static_cast<double>(reduce_add(b[k]));
    }
  }
  if (dx == nullptr) return;
  for (int k = 0; k < R; ++k) {
    const V c1 = V::set1(static_cast<T>(s1[k] / static_cast<double>(n)));
    const V c2 = V::set1(static_cast<T>(s2[k] / static_cast<double>(n)));
    const T *g = dy + k * n, *from = x + k * n;
    T* to = dx + k * n;
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      const V v = load_lanes(from + i, lanes);
      const V hat = (Center ? v - m[k] : v) * rstd[k];
      V t = load_lanes(g + i, lanes);
      if (w != nullptr) t = t * load_lanes(w + i, lanes);
      if (Center) t = t - c1;
      store_lanes(to + i, fnma(hat, c2, t) * rstd[k], lanes);
    });
  }
}

template <class T, bool Center>
void row_norm_grad(T* dx, T* dw, T* db, const T* dy, const T* x, const T* w, const T* mean,
                   const T* var, int64_t rows, int64_t n, T eps) {
  int64_t r = 0;
  for (; rows - r >= 4; r += 4) {
    const int64_t at = r * n;
    grad_rows<T, Center, 4>(dx != nullptr ? dx + at : dx, dw, db, dy + at, x + at, w, mean + r,
                            var + r, n, eps);
  }
  for (; r < rows; ++r) {
    const int64_t at = r * n;
    grad_rows<T, Center, 1>(dx != nullptr ? dx + at : dx, dw, db, dy + at, x + at, w, mean + r,
                            var + r, n, eps);
  }
}

template <class T>
void fill(NormFns<T>& t) {
  t.row_norm = row_norm<T>;
  t.row_rms = row_rms<T>;
  t.row_norm_grad = row_norm_grad<T, true>;
  t.row_rms_grad = row_norm_grad<T, false>;
}

}  // namespace

void fill_norm_rows(NormTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
