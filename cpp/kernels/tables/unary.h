#pragma once
// y[i] = f(x[i]), i < n, over contiguous arrays; y may be x itself, but must not overlap it
// otherwise.
#include <cstdint>

namespace nabla::kernels {

// round: half to even. sign: NaN gives 0, as PyTorch. relu: NaN stays NaN.
// An unstable spot: the tool would move one more item to its own line at each run.
// clang-format off
#define NABLA_UNARY_KERNELS(K) \
  K(neg) K(abs) K(sign) K(square) K(reciprocal) K(sqrt) K(rsqrt) K(floor) K(ceil) K(round) \
  K(trunc) K(relu) K(exp) K(exp2) K(expm1) K(log) K(log2) K(log10) K(log1p) K(sigmoid) \
  K(tanh) K(sin) K(cos) K(erf)
// clang-format on

template <class T>
using UnaryFn = void (*)(T* y, const T* x, int64_t n);

template <class T>
struct UnaryRow {
#define K(name) UnaryFn<T> name;
  NABLA_UNARY_KERNELS(K)
#undef K
  // clamp: min(max(x, low), high), NaN anywhere gives NaN.
  void (*clamp)(T* y, const T* x, int64_t n, T low, T high);
};

struct UnaryTable {
  UnaryRow<float> f32;
  UnaryRow<double> f64;
};

template <class T>
constexpr auto row_of(const UnaryTable& t) -> const UnaryRow<T>&;
template <>
constexpr auto row_of<float>(const UnaryTable& t) -> const UnaryRow<float>& {
  return t.f32;
}
template <>
constexpr auto row_of<double>(const UnaryTable& t) -> const UnaryRow<double>& {
  return t.f64;
}

}  // namespace nabla::kernels
