// Softmax and log-softmax, forward and gradient, along rows and down columns.
#include "../tables/softmax.h"

#include "row_sum.h"
#include "vec/math.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

template <class T>
NABLA_INLINE typename Kind<T>::V minus_infinity() {
  return Kind<T>::V::set1(static_cast<T>(-__builtin_inf()));
}

// The loaded lanes of p, the others -inf: they never win a maximum and their exp is 0.
template <class T>
NABLA_INLINE typename Kind<T>::V load_or_least(const T* p, int lanes) {
  using V = typename Kind<T>::V;
  if (lanes == V::W) return V::load(p);
  return select(Kind<T>::M::first_n(lanes), V::load_n(p, lanes), minus_infinity<T>());
}

// Largest of a row. A NaN may or may not come out: the sum of exponentials is NaN in any case.
template <class T>
NABLA_INLINE T row_max(const T* x, int64_t n) {
  using V = typename Kind<T>::V;
  constexpr int64_t W = V::W;
  V m0 = minus_infinity<T>();
  V m1 = m0;
  int64_t i = 0;
  for (; n - i >= 2 * W; i += 2 * W) {
    m0 = max_num(m0, V::load(x + i));
    m1 = max_num(m1, V::load(x + i + W));
  }
  for (; n - i >= W; i += W) m0 = max_num(m0, V::load(x + i));
  if (i < n) m1 = max_num(m1, load_or_least(x + i, static_cast<int>(n - i)));
  return reduce_max(max_num(m0, m1));
}

template <class T>
void softmax_rows(T* y, const T* x, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += n, y += n) {
    if (n <= V::W) {  // one vector: nothing is stored in between
      const int lanes = static_cast<int>(n);
      const V v = load_or_least(x, lanes);
      const V e = exp(v - V::set1(reduce_max(v)));
      store_lanes(y, e / V::set1(reduce_add(e)), lanes);
      continue;
    }
    const V m = V::set1(row_max(x, n));
    const T sum = sum_row<T>(n, [&](int64_t i, int lanes) {
      const V e = exp(load_or_least(x + i, lanes) - m);
      store_lanes(y + i, e, lanes);
      return e;
    });
    const V s = V::set1(sum);
    for_lanes<T>(
        n, [&](int64_t i, int lanes) { store_lanes(y + i, load_lanes(y + i, lanes) / s, lanes); });
  }
}

template <class T>
void log_sum_rows(T* max, T* log_sum, const T* x, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += n) {
    if (n <= V::W) {
      const V v = load_or_least(x, static_cast<int>(n));
      const T m = reduce_max(v);
      max[r] = m;
      log_sum[r] = reduce_add(exp(v - V::set1(m)));
      continue;
    }
    max[r] = row_max(x, n);
    const V m = V::set1(max[r]);
    log_sum[r] =
        sum_row<T>(n, [&](int64_t i, int lanes) { return exp(load_or_least(x + i, lanes) - m); });
  }
  for_lanes<T>(rows, [&](int64_t r, int lanes) {
    store_lanes(log_sum + r, log(load_lanes(log_sum + r, lanes)), lanes);
  });
}

template <class T>
void log_softmax_rows(T* y, const T* x, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  constexpr int64_t kGroup = 64;
  T max[kGroup], log_sum[kGroup];
  int64_t group = n > 0 ? 8192 / n : kGroup;  // a group stays in the first cache
  group = group < 1 ? 1 : (group > kGroup ? kGroup : group);
  for (int64_t first = 0; first < rows; first += group) {
    const int64_t count = rows - first < group ? rows - first : group;
    log_sum_rows(max, log_sum, x + first * n, count, n);
    for (int64_t r = 0; r < count; ++r) {
      const T* in = x + (first + r) * n;
      T* out = y + (first + r) * n;
      const V m = V::set1(max[r]), l = V::set1(log_sum[r]);
      for_lanes<T>(n, [&](int64_t i, int lanes) {
        store_lanes(out + i, load_lanes(in + i, lanes) - m - l, lanes);
      });
    }
  }
}

template <class T>
void softmax_grad_rows(T* dx, const T* dy, const T* y, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, dx += n, dy += n, y += n) {
    const V s = V::set1(sum_row<T>(n, [&](int64_t i, int lanes) {
      return load_lanes(dy + i, lanes) * load_lanes(y + i, lanes);
    }));
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      store_lanes(dx + i, (load_lanes(dy + i, lanes) - s) * load_lanes(y + i, lanes), lanes);
    });
  }
}

template <class T>
void log_softmax_grad_rows(T* dx, const T* dy, const T* y, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, dx += n, dy += n, y += n) {
    const V s =
        V::set1(sum_row<T>(n, [&](int64_t i, int lanes) { return load_lanes(dy + i, lanes); }));
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      store_lanes(dx + i, fnma(exp(load_lanes(y + i, lanes)), s, load_lanes(dy + i, lanes)), lanes);
    });
  }
}

// Largest of each of `lanes` columns.
template <class T>
NABLA_INLINE typename Kind<T>::V col_max(const T* x, int64_t n, int64_t stride, int lanes) {
  auto m = minus_infinity<T>();
  for (int64_t i = 0; i < n; ++i) m = max_num(m, load_lanes(x + i * stride, lanes));
  return m;
}

template <class T>
void softmax_cols(T* y, const T* x, int64_t n, int64_t cols, int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(cols, [&](int64_t j, int lanes) {
    const V m = col_max(x + j, n, stride, lanes);
    const V s = sum_col<T>(n, [&](int64_t i) {
      const V e = exp(load_lanes(x + i * stride + j, lanes) - m);
      store_lanes(y + i * stride + j, e, lanes);
      return e;
    });
    for (int64_t i = 0; i < n; ++i) {
      T* out = y + i * stride + j;
      store_lanes(out, load_lanes(out, lanes) / s, lanes);
    }
  });
}

template <class T>
void log_softmax_cols(T* y, const T* x, int64_t n, int64_t cols, int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(cols, [&](int64_t j, int lanes) {
    const V m = col_max(x + j, n, stride, lanes);
    const V l = log(
        sum_col<T>(n, [&](int64_t i) { return exp(load_lanes(x + i * stride + j, lanes) - m); }));
    for (int64_t i = 0; i < n; ++i) {
      const int64_t at = i * stride + j;
      store_lanes(y + at, load_lanes(x + at, lanes) - m - l, lanes);
    }
  });
}

template <class T>
void softmax_grad_cols(T* dx, const T* dy, const T* y, int64_t n, int64_t cols, int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(cols, [&](int64_t j, int lanes) {
    const V s = sum_col<T>(n, [&](int64_t i) {
      const int64_t at = i * stride + j;
      return load_lanes(dy + at, lanes) * load_lanes(y + at, lanes);
    });
    for (int64_t i = 0; i < n; ++i) {
      const int64_t at = i * stride + j;
      store_lanes(dx + at, (load_lanes(dy + at, lanes) - s) * load_lanes(y + at, lanes), lanes);
    }
  });
}

template <class T>
void log_softmax_grad_cols(T* dx, const T* dy, const T* y, int64_t n, int64_t cols,
                           int64_t stride) {
  using V = typename Kind<T>::V;
  for_lanes<T>(cols, [&](int64_t j, int lanes) {
    const V s = sum_col<T>(n, [&](int64_t i) { return load_lanes(dy + i * stride + j, lanes); });
    for (int64_t i = 0; i < n; ++i) {
      const int64_t at = i * stride + j;
      store_lanes(dx + at, fnma(exp(load_lanes(y + at, lanes)), s, load_lanes(dy + at, lanes)),
                  lanes);
    }
  });
}

template <class T>
void fill(SoftmaxFns<T>& t) {
  t.softmax_rows = softmax_rows<T>;
  t.log_softmax_rows = log_softmax_rows<T>;
  t.softmax_grad_rows = softmax_grad_rows<T>;
  t.log_softmax_grad_rows = log_softmax_grad_rows<T>;
  t.softmax_cols = softmax_cols<T>;
  t.log_softmax_cols = log_softmax_cols<T>;
  t.softmax_grad_cols = softmax_grad_cols<T>;
  t.log_softmax_grad_cols = log_softmax_grad_cols<T>;
  t.log_sum_rows = log_sum_rows<T>;
}

}  // namespace

void fill_softmax(SoftmaxTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
