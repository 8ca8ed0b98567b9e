// Binary, comparing and ternary elementwise kernels of float32 and float64 (tables/binary.h).
#include "kernels/tables/binary.h"

#include "vec/math.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

// An operand with step 0 or 1 read by one loop: a single value becomes one vector's worth in memory
// that is read again and again.
template <class T, int W>
struct Source {
  const T* p;
  int64_t mask;
  alignas(64) T same[W];

  NABLA_INLINE Source(const T* data, int64_t step) : p(data), mask(-1) {
    if (step == 0) {
      for (int i = 0; i < W; ++i) same[i] = data[0];
      p = same;
      mask = 0;
    }
  }
  NABLA_INLINE const T* at(int64_t i) const { return p + (i & mask); }
};

template <bool Heavy, class T, class F>
NABLA_INLINE void zip(T* out, const T* pa, int64_t da, const T* pb, int64_t db, int64_t n, F f) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  const Source<T, W> a(pa, da), b(pb, db);
  int64_t i = 0;
  if constexpr (Heavy) {
    for (; i < n; i += W) {
      const bool full = n - i >= W;
      const int rest = static_cast<int>(n - i);
      const V r = f(full ? V::load(a.at(i)) : V::load_n(a.at(i), rest),
                    full ? V::load(b.at(i)) : V::load_n(b.at(i), rest));
      if (full)
        r.store(out + i);
      else
        r.store_n(out + i, rest);
    }
  } else {
    for (; i + 2 * W <= n; i += 2 * W) {
      const V r = f(V::load(a.at(i)), V::load(b.at(i)));
      const V s = f(V::load(a.at(i + W)), V::load(b.at(i + W)));
      r.store(out + i);
      s.store(out + i + W);
    }
    for (; i + W <= n; i += W) f(V::load(a.at(i)), V::load(b.at(i))).store(out + i);
    const int rest = static_cast<int>(n - i);
    if (rest > 0) f(V::load_n(a.at(i), rest), V::load_n(b.at(i), rest)).store_n(out + i, rest);
  }
}

// fmod is exact; C's is the only one that is right for every pair.
NABLA_INLINE float fmod_one(float a, float b) { return ::fmodf(a, b); }
NABLA_INLINE double fmod_one(double a, double b) { return ::fmod(a, b); }
template <class T>
NABLA_INLINE T remainder_one(T a, T b) {
  T m = fmod_one(a, b);
  if (m != 0 && (b < 0) != (m < 0)) m += b;
  return m;
}
// As Python: consistent with remainder, and a quotient that is almost whole is rounded to it.
template <class T>
NABLA_INLINE T floor_div_one(T a, T b) {
  if (b == 0) return a / b;
  const T m = fmod_one(a, b);
  T q = (a - m) / b;
  if (m != 0 && (b < 0) != (m < 0)) q -= 1;
  if (q == 0) return static_cast<T>(::copysign(0.0, static_cast<double>(a / b)));
  T f = static_cast<T>(::floor(static_cast<double>(q)));
  if (q - f > T(0.5)) f += 1;
  return f;
}

#define NABLA_BINARY(name, heavy, expr)                                                        \
  template <class T>                                                                           \
  void name##_kernel(T* out, const T* a, int64_t da, const T* b, int64_t db, int64_t n, T p) { \
    using V = typename Kind<T>::V;                                                             \
    const V alpha = V::set1(p);                                                                \
    (void)alpha;                                                                               \
    zip<heavy>(out, a, da, b, db, n, [=](V x, V y) NABLA_LAMBDA -> V { return expr; });        \
  }
NABLA_BINARY(add, false, x + y)
NABLA_BINARY(sub, false, x - y)
NABLA_BINARY(mul, false, x* y)
NABLA_BINARY(div, false, x / y)
NABLA_BINARY(add_scaled, false, fma(y, alpha, x))
NABLA_BINARY(maximum, false, maximum(x, y))
NABLA_BINARY(minimum, false, minimum(x, y))
NABLA_BINARY(pow, true, pow(x, y))
NABLA_BINARY(fmod, true, map_lanes(x, y, [](T s, T t) { return fmod_one(s, t); }))
NABLA_BINARY(remainder, true, map_lanes(x, y, [](T s, T t) { return remainder_one(s, t); }))
NABLA_BINARY(floor_div, true, map_lanes(x, y, [](T s, T t) { return floor_div_one(s, t); }))
NABLA_BINARY(trunc_div, false, trunc(x / y))
NABLA_BINARY(sigmoid_backward, false, x*(V::set1(1) - y) * y)
NABLA_BINARY(tanh_backward, false, x* fnma(y, y, V::set1(1)))
NABLA_BINARY(relu_backward, false, select(le(y, V::zero()), V::zero(), x))
#undef NABLA_BINARY

template <class T, class F>
NABLA_INLINE void compare(uint8_t* out, const T* pa, int64_t da, const T* pb, int64_t db, int64_t n,
                          F f) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  const Source<T, W> a(pa, da), b(pb, db);
  int64_t i = 0;
  for (; i + W <= n; i += W) store_bool(out + i, f(V::load(a.at(i)), V::load(b.at(i))));
  const int rest = static_cast<int>(n - i);
  if (rest > 0) store_bool_n(out + i, f(V::load_n(a.at(i), rest), V::load_n(b.at(i), rest)), rest);
}
#define K(name)                                                                                 \
  template <class T>                                                                            \
  void name##_kernel(uint8_t* out, const T* a, int64_t da, const T* b, int64_t db, int64_t n) { \
    using V = typename Kind<T>::V;                                                              \
    compare(out, a, da, b, db, n, [](V x, V y) NABLA_LAMBDA { return name(x, y); });            \
  }
NABLA_COMPARE_KERNELS(K)
#undef K

template <class T, class F>
NABLA_INLINE void zip3(T* out, const T* pa, int64_t da, const T* pb, int64_t db, const T* pc,
                       int64_t dc, int64_t n, F f) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  const Source<T, W> a(pa, da), b(pb, db), c(pc, dc);
  int64_t i = 0;
  for (; i + W <= n; i += W) f(V::load(a.at(i)), V::load(b.at(i)), V::load(c.at(i))).store(out + i);
  const int rest = static_cast<int>(n - i);
  if (rest > 0)
    f(V::load_n(a.at(i), rest), V::load_n(b.at(i), rest), V::load_n(c.at(i), rest))
        .store_n(out + i, rest);
}
#define NABLA_TERNARY(name, expr)                                                             \
  template <class T>                                                                          \
  void name##_kernel(T* out, const T* a, int64_t da, const T* b, int64_t db, const T* c,      \
                     int64_t dc, int64_t n, T p) {                                            \
    using V = typename Kind<T>::V;                                                            \
    const V value = V::set1(p);                                                               \
    (void)value;                                                                              \
    zip3(out, a, da, b, db, c, dc, n, [=](V x, V y, V z) NABLA_LAMBDA -> V { return expr; }); \
  }
NABLA_TERNARY(addcmul, fma(value* y, z, x))
NABLA_TERNARY(addcdiv, x + value * y / z)
NABLA_TERNARY(clamp3, minimum(maximum(x, y), z))
NABLA_TERNARY(lerp,
              select(lt(abs(z), V::set1(T(0.5))), fma(z, y - x, x), fnma(y - x, V::set1(1) - z, y)))
#undef NABLA_TERNARY

template <class T>
void where_kernel(T* out, const uint8_t* pc, int64_t dc, const T* pa, int64_t da, const T* pb,
                  int64_t db, int64_t n) {
  using V = typename Kind<T>::V;
  constexpr int W = V::W;
  const Source<uint8_t, W> c(pc, dc);
  const Source<T, W> a(pa, da), b(pb, db);
  int64_t i = 0;
  typename Kind<T>::M m;
  for (; i + W <= n; i += W) {
    load_bool(c.at(i), m);
    select(m, V::load(a.at(i)), V::load(b.at(i))).store(out + i);
  }
  const int rest = static_cast<int>(n - i);
  if (rest > 0) {
    load_bool_n(c.at(i), rest, m);
    select(m, V::load_n(a.at(i), rest), V::load_n(b.at(i), rest)).store_n(out + i, rest);
  }
}

template <class T>
void fill_row(BinaryRow<T>& row) {
#define K(name) row.name = name##_kernel<T>;
  NABLA_BINARY_KERNELS(K)
  NABLA_COMPARE_KERNELS(K)
#undef K
  row.addcmul = addcmul_kernel<T>;
  row.addcdiv = addcdiv_kernel<T>;
  row.lerp = lerp_kernel<T>;
  row.clamp = clamp3_kernel<T>;
  row.where = where_kernel<T>;
}

}  // namespace

void fill_binary(BinaryTable& table) {
  fill_row(table.f32);
  fill_row(table.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
