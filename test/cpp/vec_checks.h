// Checks of the vec vocabulary against one-lane C++; included once per instruction set by
// vec_<isa>_test.cpp.
#include "../../cpp/kernels/cpu/vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

int g_failed = 0;

template <class T>
bool same(T a, T b) {
  return a == b ? std::signbit(a) == std::signbit(b) : a != a && b != b;
}
#define EXPECT(cond, ...)                                   \
  do {                                                      \
    if (!(cond) && ++g_failed <= 20) {                      \
      std::printf("%s:%d: %s ", __FILE__, __LINE__, #cond); \
      std::printf("" __VA_ARGS__);                          \
      std::printf("\n");                                    \
    }                                                       \
  } while (0)

template <class T>
constexpr T kInf = std::numeric_limits<T>::infinity();

template <class T>
struct Values {
  T v[64];
};
template <class T>
Values<T> interesting() {
  const T tiny = std::numeric_limits<T>::denorm_min(), small = std::numeric_limits<T>::min(),
          big = std::numeric_limits<T>::max(), nan = std::numeric_limits<T>::quiet_NaN();
  const T base[32] = {
      T(0),   T(-0.0), T(1),     T(-1),      T(0.5), T(-0.5),    T(1.5),        T(-1.5),
      T(2.5), T(-2.5), T(0.49),  T(-0.49),   T(3.7), T(-3.7),    T(123456.789), T(-8388607.5),
      tiny,   -tiny,   small,    -small,     big,    -big,       kInf<T>,       -kInf<T>,
      nan,    T(1e10), T(-1e10), T(0.99999), T(7),   T(8388609), T(4.5),        T(-6.5)};
  Values<T> r;
  for (int i = 0; i < 32; ++i) r.v[i] = base[i], r.v[63 - i] = base[(i * 7 + 3) % 32];
  return r;
}

template <class V, class T, class F, class G>
void unary(const char* name, F f, G g) {
  const Values<T> x = interesting<T>();
  for (int i = 0; i + V::W <= 64; i += V::W) {
    T y[V::W];
    f(V::load(x.v + i)).store(y);
    for (int k = 0; k < V::W; ++k)
      EXPECT(same(y[k], g(x.v[i + k])), "%s(%g) = %g", name, double(x.v[i + k]), double(y[k]));
  }
}
template <class V, class T, class F, class G>
void binary(const char* name, F f, G g) {
  const Values<T> x = interesting<T>();
  for (int s = 0; s < 64; ++s)
    for (int i = 0; i + V::W <= 64; i += V::W) {
      T y[V::W], b[V::W];
      for (int k = 0; k < V::W; ++k) b[k] = x.v[(i + k * 5 + s) % 64];
      f(V::load(x.v + i), V::load(b)).store(y);
      for (int k = 0; k < V::W; ++k)
        EXPECT(same(y[k], g(x.v[i + k], b[k])), "%s(%g, %g) = %g", name, double(x.v[i + k]),
               double(b[k]), double(y[k]));
    }
}
template <class V, class M, class T, class F, class G>
void compare(const char* name, F f, G g) {
  const Values<T> x = interesting<T>();
  for (int s = 0; s < 64; ++s)
    for (int i = 0; i + V::W <= 64; i += V::W) {
      T b[V::W];
      uint8_t y[V::W];
      for (int k = 0; k < V::W; ++k) b[k] = x.v[(i + k * 5 + s) % 64];
      const M m = f(V::load(x.v + i), V::load(b));
      store_bool(y, m);
      bool some = false, every = true;
      for (int k = 0; k < V::W; ++k) {
        const bool want = g(x.v[i + k], b[k]);
        some |= want, every &= want;
        EXPECT(y[k] == uint8_t(want), "%s(%g, %g)", name, double(x.v[i + k]), double(b[k]));
      }
      EXPECT(any(m) == some && all(m) == every && none(m) == !some, "%s", name);
    }
}

void check_lanes() {
  constexpr int W = F32::W;
  const Values<float> x = interesting<float>();
  for (int begin = -2; begin <= W + 2; ++begin) {
    for (int end = -2; end <= W + 2; ++end) {
      float lanes[W];
      load_if(lane_range(begin, end), x.v).store(lanes);
      for (int k = 0; k < W; ++k)
        EXPECT(same(lanes[k], k >= begin && k < end ? x.v[k] : 0.f), "load_if %d", k);
    }
  }
}

template <class T>
void check_float() {
  using V = typename Kind<T>::V;
  using M = typename Kind<T>::M;
  constexpr int W = V::W;
  // Tails: nothing outside the first n lanes is read (poisoned by NaN here, by guard pages in
  // kernel tests) or written.
  const Values<T> x = interesting<T>();
  for (int n = 0; n <= W; ++n) {
    T out[W + 2], lanes[W];
    for (T& t : out) t = T(42);
    V::load_n(x.v, n).store(lanes);
    for (int k = 0; k < W; ++k)
      EXPECT(same(lanes[k], k < n ? x.v[k] : T(0)), "load_n %d lane %d", n, k);
    V::load(x.v).store_n(out + 1, n);
    for (int k = 0; k < W + 2; ++k)
      EXPECT(same(out[k], k >= 1 && k <= n ? x.v[k - 1] : T(42)), "store_n %d at %d", n, k);
    uint8_t bytes[W + 2], ones[W];
    for (uint8_t& b : bytes) b = 9;
    const M first = M::first_n(n);
    store_bool(ones, first);
    store_bool_n(bytes + 1, M::first_n(W), n);
    for (int k = 0; k < W; ++k) EXPECT(ones[k] == (k < n), "first_n");
    for (int k = 0; k < W + 2; ++k) EXPECT(bytes[k] == (k >= 1 && k <= n ? 1 : 9), "store_bool_n");
    M m;
    uint8_t flags[W], back[W];
    for (int k = 0; k < W; ++k) flags[k] = k % 3 == 1;
    load_bool_n(flags, n, m);
    store_bool(back, m);
    for (int k = 0; k < W; ++k) EXPECT(back[k] == (k < n ? flags[k] : 0), "load_bool_n");
    load_bool(flags, m);
    store_bool(back, m);
    for (int k = 0; k < W; ++k) EXPECT(back[k] == flags[k], "load_bool");
    T one[W];
    select(m, V::set1(1), V::zero()).store(one);
    for (int k = 0; k < W; ++k) EXPECT(one[k] == T(flags[k]), "select");
    select(~m, V::set1(1), V::zero()).store(one);
    for (int k = 0; k < W; ++k) EXPECT(one[k] == T(1 - flags[k]), "not");
  }
#define UN(name, expr) \
  unary<V, T>(name, [](V a) { return expr; }, [](T a) -> T
  UN("neg", -a) { return -a; });
  UN("abs", abs(a)) { return std::fabs(a); });
  UN("sqrt", sqrt(a)) { return std::sqrt(a); });
  UN("floor", floor(a)) { return std::floor(a); });
  UN("ceil", ceil(a)) { return std::ceil(a); });
  UN("trunc", trunc(a)) { return std::trunc(a); });
  UN("round_even", round_even(a)) { return std::nearbyint(a); });
#undef UN
#define BIN(name, expr) \
  binary<V, T>(name, [](V a, V b) { return expr; }, [](T a, T b) -> T
  BIN("+", a + b) { return a + b; });
  BIN("-", a - b) { return a - b; });
  BIN("*", a * b) { return a * b; });
  BIN("/", a / b) { return a / b; });
  BIN("copysign", copysign(a, b)) { return std::copysign(a, b); });
  BIN("max_num", max_num(a, b)) { return a > b ? a : b; });
  BIN("min_num", min_num(a, b)) { return a < b ? a : b; });
#undef BIN
  // The sign of a zero maximum is the machine's choice.
  binary<V, T>(
      "maximum", [](V a, V b) { return maximum(a, b) + V::zero(); },
      [](T a, T b) -> T { return a != a || b != b ? a + b : (a > b ? a : b) + T(0); });
  binary<V, T>(
      "minimum", [](V a, V b) { return minimum(a, b) + V::set1(0); },
      [](T a, T b) -> T { return a != a || b != b ? a + b : (a < b ? a : b) + T(0); });
#define CMP(name, op) \
  compare<V, M, T>(   \
      #name, [](V a, V b) { return name(a, b); }, [](T a, T b) { return a op b; });
  // An unstable spot: the tool would move one more item to its own line at each run.
  // clang-format off
  CMP(lt, <) CMP(le, <=) CMP(gt, >) CMP(ge, >=) CMP(eq, ==) CMP(ne, !=)
  // clang-format on
#undef CMP
      compare<V, M, T>(
          "is_nan", [](V a, V) { return is_nan(a); }, [](T a, T) { return a != a; });
  // fma: fused, or rounded twice on baseline.
  const T a = T(1) + std::numeric_limits<T>::epsilon(),
          c = -(T(1) + 2 * std::numeric_limits<T>::epsilon());
  const bool fused = std::strcmp(NABLA_STRING(NABLA_ISA), "baseline") != 0;
  const T product = a * a;
  T lanes[W];
  fma(V::set1(a), V::set1(a), V::set1(c)).store(lanes);
  EXPECT(lanes[W - 1] == (fused ? std::fma(a, a, c) : product + c), "fma");
  fnma(V::set1(a), V::set1(a), V::set1(-c)).store(lanes);
  EXPECT(lanes[0] == (fused ? std::fma(-a, a, -c) : -c - product), "fnma");
  fms(V::set1(a), V::set1(a), V::set1(-c)).store(lanes);
  EXPECT(lanes[0] == (fused ? std::fma(a, a, c) : product + c), "fms");
  // Reductions over the lanes; whole numbers add exactly in any order.
  T sum = 0;
  for (int k = 0; k < W; ++k) lanes[k] = T((k * 7) % 11 - 4), sum += lanes[k];
  const V v = V::load(lanes);
  EXPECT(reduce_add(v) == sum, "reduce_add");
  EXPECT(reduce_max(v) == *std::max_element(lanes, lanes + W), "reduce_max");
  EXPECT(reduce_min(v) == *std::min_element(lanes, lanes + W), "reduce_min");
  // x = m * 2^e and back, denormals included.
  const int lo = std::numeric_limits<T>::min_exponent - std::numeric_limits<T>::digits,
            hi = std::numeric_limits<T>::max_exponent;
  for (int e = lo; e < hi; ++e)
    for (T f : {T(1), T(1.25), T(1.41421), T(1.41422), T(1.999)}) {
      const T value = std::ldexp(f, e);
      if (value == 0 || value == kInf<T>) continue;
      V ev;
      exponent_split(V::set1(value), ev).store(lanes);
      T es[W];
      ev.store(es);
      EXPECT(std::ldexp(lanes[0], int(es[0])) == value && lanes[0] > T(0.7071) &&
                 lanes[0] < T(1.41422),
             "exponent_split(%g) = %g * 2^%g", double(value), double(lanes[0]), double(es[0]));
      scale2(V::set1(f), V::set1(T(e))).store(lanes);
      EXPECT(lanes[0] == std::ldexp(f, e), "scale2(%g, %d) = %g", double(f), e, double(lanes[0]));
    }
  T all_bits[W], copy[W];
  for (int k = 0; k < W; ++k) all_bits[k] = x.v[k + 8];
  from_bits(to_bits(V::load(all_bits))).store(copy);
  EXPECT(std::memcmp(all_bits, copy, sizeof copy) == 0, "bits");
}

// Exact one-lane twins of the half formats.
float half_value(uint16_t h) {
  const int e = h >> 10 & 31, m = h & 1023;
  const float s = h & 0x8000 ? -1.f : 1.f;
  if (e == 31) return m ? std::numeric_limits<float>::quiet_NaN() : s * kInf<float>;
  return s * (e ? std::ldexp(1024.f + float(m), e - 25) : std::ldexp(float(m), -24));
}
float bfloat_value(uint16_t h) {
  const uint32_t u = uint32_t(h) << 16;
  float f;
  std::memcpy(&f, &u, 4);
  return f;
}

// All 65536 patterns load right; every midpoint between neighbours, and the floats beside it, round
// to even.
template <class Load, class Store>
void check_half(const char* name, float (*value)(uint16_t), uint16_t inf, Load load, Store store) {
  constexpr int W = F32::W;
  for (int h = 0; h < 65536; h += W) {
    uint16_t in[W], out[W];
    float f[W];
    for (int k = 0; k < W; ++k) in[k] = uint16_t(h + k);
    load(in).store(f);
    store(out, F32::load(f));
    for (int k = 0; k < W; ++k) {
      EXPECT(same(f[k], value(in[k])), "%s load %04x", name, in[k]);
      if (f[k] == f[k])
        EXPECT(out[k] == in[k], "%s store %04x", name, in[k]);
      else
        EXPECT(value(out[k]) != value(out[k]), "%s NaN", name);
    }
  }
  for (uint16_t h = 0; h < inf; ++h) {
    const double low = value(h);
    const double high = h + 1 == inf ? low + (low - double(value(h - 1))) : double(value(h + 1));
    const float mid = float((low + high) / 2);
    const float probes[4] = {mid, std::nextafter(mid, 0.f), std::nextafter(mid, kInf<float>), -mid};
    const uint16_t odd_up = h & 1 ? uint16_t(h + 1) : h;
    const uint16_t want[4] = {odd_up, h, uint16_t(h + 1), uint16_t(odd_up | 0x8000)};
    for (int i = 0; i < 4; ++i) {
      uint16_t out[W];
      store(out, F32::set1(probes[i]));
      EXPECT(out[0] == want[i], "%s round %.9g: %04x, not %04x", name, double(probes[i]), out[0],
             want[i]);
    }
  }
}

// Bytes to integers and back, and the two orders of pairs.
template <class T>
void check_bytes_and_pairs() {
  using V = typename Kind<T>::V;
  using I = typename Kind<T>::I;
  constexpr int W = V::W;
  uint8_t in[W], out[W + 2];
  for (int k = 0; k < W; ++k) in[k] = uint8_t(255 - 7 * k);
  I whole;
  load_u8(in, whole);
  store_u8(out, whole);
  for (int k = 0; k < W; ++k) EXPECT(out[k] == in[k], "store_u8 at %d", k);
  T ones[W];
  select(eq(whole, I::set1(248)), V::set1(1), V::zero()).store(ones);
  for (int k = 0; k < W; ++k) EXPECT(ones[k] == T(k == 1), "load_u8 lane %d", k);
  for (int n = 0; n <= W; ++n) {
    I part;
    load_u8_n(in, n, part);
    store_u8(out, part);
    for (int k = 0; k < W; ++k) EXPECT(out[k] == (k < n ? in[k] : 0), "load_u8_n %d at %d", n, k);
    for (uint8_t& b : out) b = 9;
    store_u8_n(out + 1, whole, n);
    for (int k = 0; k < W + 2; ++k)
      EXPECT(out[k] == (k >= 1 && k <= n ? in[k - 1] : 9), "store_u8_n %d at %d", n, k);
  }
  T row[2 * W], even[W], odd[W], back[2 * W];
  for (int k = 0; k < 2 * W; ++k) row[k] = T(k + 1);
  V e, o, a, b;
  deinterleave(V::load(row), V::load(row + W), e, o);
  e.store(even);
  o.store(odd);
  interleave(e, o, a, b);
  a.store(back);
  b.store(back + W);
  for (int k = 0; k < W; ++k)
    EXPECT(even[k] == row[2 * k] && odd[k] == row[2 * k + 1], "deinterleave lane %d", k);
  for (int k = 0; k < 2 * W; ++k) EXPECT(back[k] == row[k], "interleave at %d", k);
}

int run() {
  check_lanes();
  check_float<float>();
  check_float<double>();
  check_bytes_and_pairs<float>();
  check_bytes_and_pairs<double>();
  check_half(
      "f16", half_value, 0x7C00, [](const uint16_t* p) { return load_f16(p); },
      [](uint16_t* p, F32 v) { store_f16(p, v); });
  check_half(
      "bf16", bfloat_value, 0x7F80, [](const uint16_t* p) { return load_bf16(p); },
      [](uint16_t* p, F32 v) { store_bf16(p, v); });
  constexpr int W = F32::W;
  for (int n = 0; n <= W; ++n) {
    uint16_t in[W], out[W + 2];
    float f[W];
    for (int k = 0; k < W; ++k) in[k] = uint16_t(0x3C00 + k);
    for (uint16_t& o : out) o = 77;
    load_f16_n(in, n).store(f);
    store_f16_n(out + 1, load_f16(in), n);
    for (int k = 0; k < W; ++k) EXPECT(f[k] == (k < n ? half_value(in[k]) : 0.f), "load_f16_n");
    for (int k = 0; k < W + 2; ++k)
      EXPECT(out[k] == (k >= 1 && k <= n ? in[k - 1] : 77), "store_f16_n");
    for (uint16_t& o : out) o = 77;
    load_bf16_n(in, n).store(f);
    store_bf16_n(out + 1, load_bf16(in), n);
    for (int k = 0; k < W; ++k) EXPECT(f[k] == (k < n ? bfloat_value(in[k]) : 0.f), "load_bf16_n");
    for (int k = 0; k < W + 2; ++k)
      EXPECT(out[k] == (k >= 1 && k <= n ? in[k - 1] : 77), "store_bf16_n");
  }
  // Integers and widths.
  float f[W], back[W];
  double lo[F64::W], hi[F64::W];
  int32_t i32[W];
  for (int k = 0; k < W; ++k) f[k] = float(k) * 1.25f - 3.5f;
  to_i32(F32::load(f)).store(i32);
  from_i32(I32::load(i32)).store(back);
  for (int k = 0; k < W; ++k)
    EXPECT(back[k] == std::nearbyint(f[k]), "to_i32(%g) = %d", double(f[k]), i32[k]);
  widen_lo(F32::load(f)).store(lo);
  widen_hi(F32::load(f)).store(hi);
  narrow(F64::load(lo), F64::load(hi)).store(back);
  for (int k = 0; k < W; ++k) {
    EXPECT(back[k] == f[k], "narrow");
    EXPECT((k < F64::W ? lo[k] : hi[k - F64::W]) == double(f[k]), "widen");
  }
  const int32_t pattern = int32_t(0x87654321);
  int32_t r[W];
  shr<4>(I32::set1(pattern)).store(r);
  EXPECT(r[0] == 0x08765432, "shr");
  sra<4>(I32::set1(pattern)).store(r);
  EXPECT(r[0] == int32_t(0xF8765432), "sra");
  shl<4>(I32::set1(pattern)).store(r);
  EXPECT(r[0] == 0x76543210, "shl");
  select(gt(I32::set1(2), I32::set1(1)) & eq(I32::set1(3), I32::set1(3)), I32::set1(5), I32::zero())
      .store(r);
  EXPECT(r[W - 1] == 5, "select");
  int64_t q[F64::W];
  (shr<4>(I64::set1(int64_t(0x8765432112345678))) + I64::set1(1)).store(q);
  EXPECT(q[0] == 0x0876543211234568, "shr 64");
  alignas(64) float streamed[W];
  F32::load(f).stream(streamed);
  stream_fence();
  for (int k = 0; k < W; ++k) EXPECT(streamed[k] == f[k], "stream");
  std::printf("vec %s: %d failed\n", NABLA_STRING(NABLA_ISA), g_failed);
  return g_failed != 0;
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
