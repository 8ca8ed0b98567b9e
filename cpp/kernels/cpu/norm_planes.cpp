// Statistics, scaling and gradient of channels: planes of n elements, or columns where n is 1.
#include "../tables/norm.h"

#include "row_sum.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// Elements whose two passes run on the first cache, and which one chain of float sums may take.
constexpr int64_t kBlock = 2048;
constexpr int64_t kColumnBlock = 128;

// Mean and squared distances of two sets as those of their union (Chan, Golub, LeVeque 1979).
NABLA_INLINE void join(double& mean, double& m2, double& count, double other_mean, double other_m2,
                       double other_count) {
  const double total = count + other_count, d = other_mean - mean, share = other_count / total;
  mean += d * share;
  m2 += other_m2 + d * d * count * share;
  count = total;
}

// Calls f(chain, offset, lanes) for each vector of a [rows, n] block, chain 0..3 in turn so that
// four sums can run side by side.
template <class T, class F>
NABLA_INLINE void each_vector(int64_t rows, int64_t stride, int64_t n, F&& f) {
  constexpr int64_t W = Kind<T>::V::W;
  int64_t r = 0;
  if (n < 4 * W) {
    for (; rows - r >= 4; r += 4) {
      const int64_t at = r * stride;
      int64_t i = 0;
      for (; n - i >= W; i += W) {
        for (int u = 0; u < 4; ++u) f(u, at + u * stride + i, static_cast<int>(W));
      }
      if (i == n) continue;
      for (int u = 0; u < 4; ++u) f(u, at + u * stride + i, static_cast<int>(n - i));
    }
  }
  for (; r < rows; ++r) {
    const int64_t at = r * stride;
    int64_t i = 0;
    for (; n - i >= 4 * W; i += 4 * W) {
      for (int u = 0; u < 4; ++u) f(u, at + i + u * W, static_cast<int>(W));
    }
    for (; n - i >= W; i += W) f(0, at + i, static_cast<int>(W));
    if (i < n) f(1, at + i, static_cast<int>(n - i));
  }
}

template <class V>
NABLA_INLINE double total(const V (&a)[4]) {
  return static_cast<double>(reduce_add((a[0] + a[1]) + (a[2] + a[3])));
}

// Lanes beyond the loaded ones become 0 in v - m.
template <class T>
NABLA_INLINE typename Kind<T>::V distance(const T* x, typename Kind<T>::V m, int lanes) {
  using V = typename Kind<T>::V;
  if (lanes == V::W) return V::load(x) - m;
  return select(Kind<T>::M::first_n(lanes), V::load_n(x, lanes) - m, V::zero());
}

// Mean and squared distances of one block in two passes; the second one also corrects the mean.
template <class T>
NABLA_INLINE void block_moments(double& mean, double& m2, double& count, const T* x, int64_t rows,
                                int64_t stride, int64_t n) {
  using V = typename Kind<T>::V;
  const double size = static_cast<double>(rows * n);
  V sum[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
  each_vector<T>(rows, stride, n, [&](int u, int64_t at, int lanes) NABLA_LAMBDA {
    sum[u] = sum[u] + load_lanes(x + at, lanes);
  });
  const T around = static_cast<T>(total(sum) / size);
  const V m = V::set1(around);
  V rest[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
  V squares[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
  each_vector<T>(rows, stride, n, [&](int u, int64_t at, int lanes) NABLA_LAMBDA {
    const V d = distance<T>(x + at, m, lanes);
    rest[u] = rest[u] + d;
    squares[u] = fma(d, d, squares[u]);
  });
  const double left = total(rest), shift = left / size;
  join(mean, m2, count, static_cast<double>(around) + shift, total(squares) - left * shift, size);
}

// Calls f(offset, rows, n) for blocks of at most kBlock elements.
template <class F>
NABLA_INLINE void each_block(int64_t rows, int64_t stride, int64_t n, F&& f) {
  if (n <= kBlock) {
    const int64_t group = kBlock / n;
    for (int64_t r = 0; r < rows; r += group) {
      f(r * stride, rows - r < group ? rows - r : group, n);
    }
    return;
  }
  for (int64_t r = 0; r < rows; ++r) {
    for (int64_t i = 0; i < n; i += kBlock) {
      f(r * stride + i, static_cast<int64_t>(1), n - i < kBlock ? n - i : kBlock);
    }
  }
}

template <class T>
void column_moments(double* mean, double* m2, const T* x, int64_t channels, int64_t rows,
                    int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(channels, [&](int64_t c, int lanes) {
    double count[V::W];
    for (int i = 0; i < lanes; ++i) mean[c + i] = m2[c + i] = count[i] = 0;
    for (int64_t r = 0; r < rows; r += kColumnBlock) {
      const int64_t size = rows - r < kColumnBlock ? rows - r : kColumnBlock;
      const T* from = x + r * stride + c;
      V sum = V::zero(), rest = V::zero(), squares = V::zero();
      for (int64_t i = 0; i < size; ++i) sum = sum + load_lanes(from + i * stride, lanes);
      const V m = sum / V::set1(static_cast<T>(size));
      for (int64_t i = 0; i < size; ++i) {
        const V d = load_lanes(from + i * stride, lanes) - m;
        rest = rest + d;
        squares = fma(d, d, squares);
      }
      T around[V::W], left[V::W], square[V::W];
      m.store(around);
      rest.store(left);
      squares.store(square);
      for (int i = 0; i < lanes; ++i) {
        const double l = static_cast<double>(left[i]), shift = l / static_cast<double>(size);
        join(mean[c + i], m2[c + i], count[i], static_cast<double>(around[i]) + shift,
             static_cast<double>(square[i]) - l * shift, static_cast<double>(size));
      }
    }
  });
}

template <class T>
void plane_moments(double* mean, double* m2, const T* x, int64_t channels, int64_t rows,
                   int64_t stride, int64_t n) {
  if (n == 1) {
    column_moments(mean, m2, x, channels, rows, stride);
    return;
  }
  for (int64_t c = 0; c < channels; ++c) {
    const T* from = x + c * n;
    double a = 0, b = 0, count = 0;
    each_block(rows, stride, n, [&](int64_t at, int64_t r, int64_t w) NABLA_LAMBDA {
      block_moments(a, b, count, from + at, r, stride, w);
    });
    mean[c] = a;
    m2[c] = b > 0 || b != b ? b : 0;  // rounding must not make it negative
  }
}

template <class T>
void plane_scale(T* y, const T* x, const T* mean, const T* scale, const T* shift, int64_t channels,
                 int64_t rows, int64_t stride, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += stride, y += stride) {
    if (n == 1) {
      for_lanes<T>(channels, [&](int64_t c, int lanes) {
        const V d = load_lanes(x + c, lanes) - load_lanes(mean + c, lanes);
        store_lanes(y + c, fma(d, load_lanes(scale + c, lanes), load_lanes(shift + c, lanes)),
                    lanes);
      });
      continue;
    }
    for (int64_t c = 0; c < channels; ++c) {
      const V m = V::set1(mean[c]), a = V::set1(scale[c]), b = V::set1(shift[c]);
      const T* from = x + c * n;
      T* to = y + c * n;
      for_lanes<T>(n, [&](int64_t i, int lanes) {
        store_lanes(to + i, fma(load_lanes(from + i, lanes) - m, a, b), lanes);
      });
    }
  }
}

template <class T>
void column_sums(double* s1, double* s2, const T* dy, const T* x, const T* mean, int64_t channels,
                 int64_t rows, int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(channels, [&](int64_t c, int lanes) {
    const V m = load_lanes(mean + c, lanes);
    for (int i = 0; i < lanes; ++i) s1[c + i] = s2[c + i] = 0;
    for (int64_t r = 0; r < rows; r += kColumnBlock) {
      const int64_t end = rows - r < kColumnBlock ? rows : r + kColumnBlock;
      V a = V::zero(), b = V::zero();
      for (int64_t i = r; i < end; ++i) {
        const V g = load_lanes(dy + i * stride + c, lanes);
        a = a + g;
        b = fma(g, load_lanes(x + i * stride + c, lanes) - m, b);
      }
      T first[V::W], second[V::W];
      a.store(first);
      b.store(second);
      for (int i = 0; i < lanes; ++i) {
        s1[c + i] += static_cast<double>(first[i]);
        s2[c + i] += static_cast<double>(second[i]);
      }
    }
  });
}

template <class T>
void plane_sums(double* s1, double* s2, const T* dy, const T* x, const T* mean, int64_t channels,
                int64_t rows, int64_t stride, int64_t n) {
  using V = typename Kind<T>::V;
  if (n == 1) {
    column_sums(s1, s2, dy, x, mean, channels, rows, stride);
    return;
  }
  for (int64_t c = 0; c < channels; ++c) {
    const V m = V::set1(mean[c]);
    double first = 0, second = 0;
    each_block(rows, stride, n, [&](int64_t start, int64_t r, int64_t w) NABLA_LAMBDA {
      const T *g = dy + c * n + start, *from = x + c * n + start;
      V a[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
      V b[4] = {V::zero(), V::zero(), V::zero(), V::zero()};
      each_vector<T>(r, stride, w, [&](int u, int64_t at, int lanes) NABLA_LAMBDA {
        const V d = load_lanes(g + at, lanes);  // 0 beyond, and so is the product
        a[u] = a[u] + d;
        b[u] = fma(d, load_lanes(from + at, lanes) - m, b[u]);
      });
      first += total(a);
      second += total(b);
    });
    s1[c] = first;
    s2[c] = second;
  }
}

template <class T>
void plane_grad(T* dx, const T* dy, const T* x, const T* mean, const T* scale, const T* slope,
                const T* shift, int64_t channels, int64_t rows, int64_t stride, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += stride, dy += stride, dx += stride) {
    if (n == 1) {
      for_lanes<T>(channels, [&](int64_t c, int lanes) {
        const V d = load_lanes(x + c, lanes) - load_lanes(mean + c, lanes);
        const V t = fma(d, load_lanes(slope + c, lanes), load_lanes(shift + c, lanes));
        store_lanes(dx + c, fma(load_lanes(dy + c, lanes), load_lanes(scale + c, lanes), t), lanes);
      });
      continue;
    }
    for (int64_t c = 0; c < channels; ++c) {
      const V m = V::set1(mean[c]), a = V::set1(scale[c]), k = V::set1(slope[c]);
      const V b = V::set1(shift[c]);
      const int64_t at = c * n;
      for_lanes<T>(n, [&](int64_t i, int lanes) {
        const V t = fma(load_lanes(x + at + i, lanes) - m, k, b);
        store_lanes(dx + at + i, fma(load_lanes(dy + at + i, lanes), a, t), lanes);
      });
    }
  }
}

template <class T>
void fill(NormFns<T>& t) {
  t.plane_moments = plane_moments<T>;
  t.plane_scale = plane_scale<T>;
  t.plane_sums = plane_sums<T>;
  t.plane_grad = plane_grad<T>;
}

}  // namespace

void fill_norm_planes(NormTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
