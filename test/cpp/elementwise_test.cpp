// The elementwise kernels of the instruction set that NABLA_ISA chooses, against their plain twins:
// ulps over the whole range of inputs, special values, every tail length, operands of one value, in
// place, and no byte written outside the output. NABLA_VERBOSE=1 prints what was measured, and the
// speed in L1.
#include <sys/mman.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <vector>

#include "check.h"
#include "kernels/ref/elementwise.h"
#include "kernels/tables.h"

namespace {

using namespace nabla::kernels;

const bool verbose = std::getenv("NABLA_VERBOSE") != nullptr;
// 2^24 steps over all float32 patterns is too slow for every run; odd steps reach all exponents and
// mantissas.
constexpr uint32_t kStep = 48271;

// Every kStep-th float32 there is, and the values where things change.
std::vector<float> float_samples() {
  std::vector<float> x;
  for (uint64_t u = 0; u < (uint64_t{1} << 32); u += kStep) {
    const uint32_t bits = static_cast<uint32_t>(u);
    float f;
    std::memcpy(&f, &bits, 4);
    x.push_back(f);
  }
  // Dense where functions bend.
  for (int i = -40000; i < 40000; ++i) x.push_back(static_cast<float>(i) * 2.6e-3f + 1e-5f);
  for (int i = -20000; i < 20000; ++i) x.push_back(1.f + static_cast<float>(i) * 3.1e-5f);
  const float inf = std::numeric_limits<float>::infinity();
  for (float f : {0.f,           -0.f,           1.f,           -1.f,        0.5f,
                  inf,           -inf,           std::nanf(""), 88.72283f,   88.72284f,
                  -87.33655f,    -103.97207f,    -103.97208f,   128.f,       -126.f,
                  -149.f,        -150.f,         1e-45f,        -1e-45f,     1.17549435e-38f,
                  3.4028235e38f, -3.4028235e38f, 8388607.5f,    -8388607.5f, 2.5f,
                  3.5f,          -2.5f,          22.f,          9.01f})
    x.push_back(f);
  return x;
}
std::vector<double> double_samples() {
  std::vector<double> x;
  for (uint64_t i = 0; i < 60000; ++i) {
    const uint64_t bits = i * 0x9E3779B97F4A7C15ull;
    double f;
    std::memcpy(&f, &bits, 8);
    x.push_back(f);
  }
  for (int i = -20000; i < 20000; ++i) x.push_back(i * 0.0377 + 1e-7);
  for (int i = -20000; i < 20000; ++i) x.push_back(1.0 + i * 3.1e-5);
  const double inf = std::numeric_limits<double>::infinity();
  for (double f : {0.0,
                   -0.0,
                   1.0,
                   -1.0,
                   inf,
                   -inf,
                   std::nan(""),
                   709.78,
                   709.79,
                   -708.4,
                   -745.1,
                   -745.2,
                   1024.0,
                   -1074.0,
                   -1075.0,
                   5e-324,
                   2.2250738585072014e-308,
                   1.7976931348623157e308,
                   0.5,
                   2.5,
                   -2.5})
    x.push_back(f);
  return x;
}
template <class T>
const std::vector<T>& samples() {
  if constexpr (std::is_same_v<T, float>) {
    static const std::vector<float> x = float_samples();
    return x;
  } else {
    static const std::vector<double> x = double_samples();
    return x;
  }
}

template <class T>
double nanoseconds(UnaryFn<T> f) {
  std::vector<T> x(2048), y(2048);
  for (int i = 0; i < 2048; ++i) x[i] = T(0.01) + T(i) * T(0.003);
  double best = 1e9;
  for (int r = 0; r < 20; ++r) {
    const auto start = std::chrono::steady_clock::now();
    for (int k = 0; k < 20; ++k) f(y.data(), x.data(), 2048);
    const std::chrono::duration<double, std::nano> d = std::chrono::steady_clock::now() - start;
    best = std::min(best, d.count() / 20 / 2048);
  }
  return best;
}

template <class T>
void check_unary(const char* name, UnaryFn<T> f, ref::Wide (*want)(ref::Wide), double bound) {
  const std::vector<T>& x = samples<T>();
  std::vector<T> y(x.size());
  f(y.data(), x.data(), static_cast<int64_t>(x.size()));
  double worst = 0;
  T at = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double e = ref::ulps(y[i], want(x[i]));
    if (e > worst) worst = e, at = x[i];
  }
  if (verbose)
    std::printf("  %-11s f%d  %8.3f ulp at %-14.9g  %.3f ns\n", name, int(sizeof(T) * 8), worst,
                double(at), nanoseconds(f));
  if (!(worst <= bound))
    nabla_test::fail(__FILE__, __LINE__,
                     std::string(name) + (sizeof(T) == 4 ? " float32: " : " float64: ") +
                         nabla_test::show(worst) + " ulp at " + nabla_test::show(at) + ", bound " +
                         nabla_test::show(bound));
}

// n elements that end exactly where readable memory ends (and a second copy that begins where it
// begins).
template <class T>
struct Guarded {
  explicit Guarded(int64_t n) : n_(n) {
    base_ = static_cast<char*>(
        mmap(nullptr, 3 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    mprotect(base_, kPage, PROT_NONE);
    mprotect(base_ + 2 * kPage, kPage, PROT_NONE);
  }
  ~Guarded() { munmap(base_, 3 * kPage); }
  T* at_end() { return reinterpret_cast<T*>(base_ + 2 * kPage) - n_; }
  T* at_start() { return reinterpret_cast<T*>(base_ + kPage); }
  static constexpr int64_t kPage = 4096;
  char* base_;
  int64_t n_;
};

// All lengths up to a few vectors: lane i gives the same as alone, in place too, and guard pages on
// both sides stay untouched.
template <class T>
void check_tails(const char* name, UnaryFn<T> f) {
  for (int64_t n = 0; n <= 70; ++n) {
    Guarded<T> gx(n), gy(n);
    for (bool end : {false, true}) {
      T* x = end ? gx.at_end() : gx.at_start();
      T* y = end ? gy.at_end() : gy.at_start();
      for (int64_t i = 0; i < n; ++i) x[i] = T(0.3) + T(i) * T(0.11);
      f(y, x, n);
      for (int64_t i = 0; i < n; ++i) {
        T one;
        f(&one, x + i, 1);
        if (!(std::memcmp(&one, y + i, sizeof(T)) == 0))
          nabla_test::fail(__FILE__, __LINE__, std::string(name) + " tail " + std::to_string(n));
      }
      f(x, x, n);
      if (n) CHECK_TRUE(std::memcmp(x, y, static_cast<size_t>(n) * sizeof(T)) == 0);
    }
  }
}

struct Bound {
  const char* name;
  double f32, f64;
};
// The promise: what exp, log, tanh and sigmoid may be off by, over all inputs.
constexpr Bound kBounds[] = {{"exp", 1.0, 1.0},  {"exp2", 1.1, 1.0}, {"expm1", 0.51, 2},
                             {"log", 0.8, 0.8},  {"log2", 0.51, 2},  {"log10", 0.51, 2},
                             {"log1p", 0.51, 1}, {"sigmoid", 2, 2},  {"tanh", 1.8, 1.6},
                             {"sin", 0.6, 0.6},  {"cos", 0.6, 0.6},  {"erf", 0.55, 1},
                             {"rsqrt", 1.5, 1.5}};
double bound_of(const char* name, bool wide) {
  for (const Bound& b : kBounds)
    if (std::strcmp(b.name, name) == 0) return wide ? b.f64 : b.f32;
  return 0.5 + 1e-3;  // correctly rounded
}

TEST(isa_is_known) {
  CHECK_TRUE(isa_error() == nullptr);
  if (verbose) std::printf("  isa %s\n", tables().isa);
}

TEST(unary_values) {
#define K(name)                                                                          \
  check_unary<float>(#name, tables().unary.f32.name, ref::name, bound_of(#name, false)); \
  check_unary<double>(#name, tables().unary.f64.name, ref::name, bound_of(#name, true));
  NABLA_UNARY_KERNELS(K)
#undef K
}

TEST(unary_tails) {
#define K(name)                                       \
  check_tails<float>(#name, tables().unary.f32.name); \
  check_tails<double>(#name, tables().unary.f64.name);
  NABLA_UNARY_KERNELS(K)
#undef K
}

TEST(signed_zeros) {
  float zeros[2] = {0.f, -0.f}, y[2];
#define SAME_SIGN(name)                         \
  tables().unary.f32.name(y, zeros, 2);         \
  CHECK_TRUE(y[0] == 0 && !std::signbit(y[0])); \
  CHECK_TRUE(y[1] == 0 && std::signbit(y[1]));
  SAME_SIGN(sin)
  SAME_SIGN(tanh)
  SAME_SIGN(expm1)
  SAME_SIGN(log1p)
  SAME_SIGN(erf) SAME_SIGN(sqrt) SAME_SIGN(floor) SAME_SIGN(ceil) SAME_SIGN(trunc) SAME_SIGN(round)
#undef SAME_SIGN
}

// Every mode (contiguous or one value on either side), every tail, in place, guard pages.
template <class T>
void check_binary(const char* name, BinaryFn<T> f,
                  ref::Wide (*want)(ref::Wide, ref::Wide, ref::Wide), double bound) {
  const T alpha = T(1.7);
  for (int64_t n = 0; n <= 40; ++n)
    for (int mode = 0; mode < 4; ++mode) {
      const int64_t da = mode & 1, db = mode >> 1;
      Guarded<T> ga(da ? n : 1), gb(db ? n : 1), go(n);
      T *a = ga.at_end(), *b = gb.at_end(), *out = go.at_end();
      for (int64_t i = 0; i < (da ? n : 1); ++i) a[i] = T(i) * T(0.37) - T(3.1);
      for (int64_t i = 0; i < (db ? n : 1); ++i) b[i] = T(2.9) - T(i) * T(0.53);
      f(out, a, da, b, db, n, alpha);
      for (int64_t i = 0; i < n; ++i) {
        const double e = ref::ulps(out[i], want(a[i * da], b[i * db], alpha));
        if (!(e <= bound))
          nabla_test::fail(__FILE__, __LINE__,
                           std::string(name) + "(" + nabla_test::show(a[i * da]) + ", " +
                               nabla_test::show(b[i * db]) + ") = " + nabla_test::show(out[i]) +
                               ": " + nabla_test::show(e) + " ulp");
      }
      if (da) {
        f(a, a, da, b, db, n, alpha);
        if (n) CHECK_TRUE(std::memcmp(a, out, static_cast<size_t>(n) * sizeof(T)) == 0);
      }
    }
}

TEST(binary_values) {
  // Sums of rounded products may cancel: their bound is loose here, single operations are exact to
  // half an ulp.
  const auto bound = [](const char* name) {
    const std::string s = name;
    return s == "pow"                                                             ? 1.0
           : s == "add_scaled" || s == "sigmoid_backward" || s == "tanh_backward" ? 64
           : s == "remainder"                                                     ? 1.5
                                                                                  : 0.501;
  };
#define K(name)                                                                                \
  check_binary<float>(#name, tables().binary.f32.name,                                         \
                      static_cast<ref::Wide (*)(ref::Wide, ref::Wide, ref::Wide)>(ref::name),  \
                      bound(#name));                                                           \
  check_binary<double>(#name, tables().binary.f64.name,                                        \
                       static_cast<ref::Wide (*)(ref::Wide, ref::Wide, ref::Wide)>(ref::name), \
                       bound(#name));
  NABLA_BINARY_KERNELS(K)
#undef K
}

TEST(pow_follows_c) {
  const float inf = std::numeric_limits<float>::infinity(), nan = std::nanf("");
  const float v[] = {0.f,       -0.f,      1.f,    -1.f,   2.f,     -2.f,       0.5f,
                     -0.5f,     3.f,       -3.f,   2.5f,   -2.5f,   inf,        -inf,
                     nan,       1e20f,     -1e20f, 1e-40f, -1e-40f, 16777217.f, 8388607.f,
                     0.999999f, 1.000001f, 88.f,   -149.f};
  for (float a : v)
    for (float b : v) {
      float y;
      tables().binary.f32.pow(&y, &a, 1, &b, 1, 1, 0.f);
      const float want = static_cast<float>(std::pow(double(a), double(b)));
      const double e = ref::ulps(y, std::pow(double(a), double(b)));
      if (!(e <= 1) || (want == 0 && std::signbit(want) != std::signbit(y)))
        nabla_test::fail(__FILE__, __LINE__,
                         "pow(" + nabla_test::show(a) + ", " + nabla_test::show(b) +
                             ") = " + nabla_test::show(y) + ", not " + nabla_test::show(want));
    }
}

TEST(nan_in_maximum_minimum_clamp_relu) {
  const float nan = std::nanf("");
  float y, one = 1, x = nan;
  tables().binary.f32.maximum(&y, &one, 1, &x, 1, 1, 0);
  CHECK_TRUE(y != y);
  tables().binary.f32.minimum(&y, &x, 1, &one, 1, 1, 0);
  CHECK_TRUE(y != y);
  tables().unary.f32.clamp(&y, &x, 1, 0, 1);
  CHECK_TRUE(y != y);
  tables().unary.f32.relu(&y, &x, 1);
  CHECK_TRUE(y != y);
  tables().binary.f32.relu_backward(&y, &one, 1, &x, 1, 1, 0);
  CHECK_EQ(y, 1.f);
}

template <class T>
void check_compare() {
  const T nan = std::numeric_limits<T>::quiet_NaN();
  const T v[] = {T(1), T(2), T(-1), T(0), T(-0.0), nan, std::numeric_limits<T>::infinity()};
  for (int64_t n = 0; n <= 40; ++n)
    for (int mode = 0; mode < 4; ++mode) {
      const int64_t da = mode & 1, db = mode >> 1;
      Guarded<T> ga(da ? n : 1), gb(db ? n : 1);
      Guarded<uint8_t> go(n);
      T *a = ga.at_end(), *b = gb.at_end();
      for (int64_t i = 0; i < (da ? n : 1); ++i) a[i] = v[i % 7];
      for (int64_t i = 0; i < (db ? n : 1); ++i) b[i] = v[(i * 3 + 1) % 7];
#define C(name, op)                                                              \
  nabla::kernels::row_of<T>(tables().binary).name(go.at_end(), a, da, b, db, n); \
  for (int64_t i = 0; i < n; ++i) CHECK_EQ(int(go.at_end()[i]), int(a[i * da] op b[i * db]));
      C(eq, ==) C(ne, !=) C(lt, <) C(le, <=) C(gt, >) C(ge, >=)
#undef C
    }
}
TEST(compare) {
  check_compare<float>();
  check_compare<double>();
}

template <class T>
void check_ternary() {
  const auto& row = nabla::kernels::row_of<T>(tables().binary);
  for (int64_t n = 0; n <= 40; ++n)
    for (int mode = 0; mode < 8; ++mode) {
      const int64_t da = mode & 1, db = mode >> 1 & 1, dc = mode >> 2;
      Guarded<T> ga(da ? n : 1), gb(db ? n : 1), gc(dc ? n : 1), go(n);
      Guarded<uint8_t> gm(dc ? n : 1);
      T *a = ga.at_end(), *b = gb.at_end(), *c = gc.at_end(), *out = go.at_end();
      uint8_t* m = gm.at_end();
      for (int64_t i = 0; i < (da ? n : 1); ++i) a[i] = T(i) * T(0.37) - T(3.1);
      for (int64_t i = 0; i < (db ? n : 1); ++i) b[i] = T(2.9) - T(i) * T(0.53);
      for (int64_t i = 0; i < (dc ? n : 1); ++i) c[i] = T(0.21) * T(i) + T(0.1), m[i] = i % 3 == 1;
#define TER(name, want)                                               \
  row.name(out, a, da, b, db, c, dc, n, T(0.7));                      \
  for (int64_t i = 0; i < n; ++i)                                     \
    CHECK_NEAR(out[i], want(a[i * da], b[i * db], c[i * dc], T(0.7)), \
               sizeof(T) == 4 ? 4e-5 : 1e-13);
      TER(addcmul, ref::addcmul)
      TER(addcdiv, ref::addcdiv)
      TER(lerp, ref::lerp)
      const auto clamp = [](T x, T low, T high, T) { return ref::clamp(x, low, high); };
      TER(clamp, clamp)
#undef TER
      row.where(out, m, dc, a, da, b, db, n);
      for (int64_t i = 0; i < n; ++i) CHECK_EQ(out[i], m[i * dc] ? a[i * da] : b[i * db]);
    }
}
TEST(ternary) {
  check_ternary<float>();
  check_ternary<double>();
}

TEST(conversions) {
  const ConvertTable& t = tables().convert;
  for (int64_t n = 0; n <= 40; ++n) {
    Guarded<float> f(n), g(n);
    Guarded<uint16_t> h(n);
    Guarded<double> d(n);
    Guarded<uint8_t> u(n);
    Guarded<int64_t> l(n);
    Guarded<int32_t> s(n);
    for (int64_t i = 0; i < n; ++i) f.at_end()[i] = float(i) * 0.25f - 3;
    const auto same = [&] {
      for (int64_t i = 0; i < n; ++i) CHECK_EQ(g.at_end()[i], f.at_end()[i]);
    };
    t.f32_to_f16(h.at_end(), f.at_end(), n), t.f16_to_f32(g.at_end(), h.at_end(), n), same();
    t.f32_to_bf16(h.at_end(), f.at_end(), n), t.bf16_to_f32(g.at_end(), h.at_end(), n), same();
    t.f32_to_f64(d.at_end(), f.at_end(), n), t.f64_to_f32(g.at_end(), d.at_end(), n), same();
    for (int64_t i = 0; i < n; ++i) {
      f.at_end()[i] = float(i), u.at_end()[i] = uint8_t(i), l.at_end()[i] = i,
      s.at_end()[i] = int32_t(i);
    }
    t.u8_to_f32(g.at_end(), u.at_end(), n), same();
    t.i64_to_f32(g.at_end(), l.at_end(), n), same();
    t.i32_to_f32(g.at_end(), s.at_end(), n), same();
  }
}

}  // namespace
