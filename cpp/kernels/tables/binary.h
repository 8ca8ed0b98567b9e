#pragma once
// out[i] = f(a[i * da], b[i * db], ...), i < n: out contiguous, each operand either contiguous
// (step 1) or one value for all (step 0). out may be an operand itself, but must not overlap it
// otherwise.
#include <cstdint>

namespace nabla::kernels {

// The last argument p is alpha of add_scaled (a + alpha b, fused) and unused elsewhere.
//   floor_div, remainder: rounded towards minus infinity, as Python; trunc_div, fmod: towards zero,
//   as C sigmoid_backward(dy, y) = dy (1 - y) y   tanh_backward(dy, y) = dy (1 - y^2)
//   relu_backward(dy, y) = y <= 0 ? 0 : dy
// An unstable spot: the tool would move one more item to its own line at each run.
// clang-format off
#define NABLA_BINARY_KERNELS(K) \
  K(add) K(sub) K(mul) K(div) K(add_scaled) K(maximum) K(minimum) K(pow) K(fmod) \
  K(remainder) K(floor_div) K(trunc_div) K(sigmoid_backward) K(tanh_backward) \
  K(relu_backward)
// clang-format on
#define NABLA_COMPARE_KERNELS(K) K(eq) K(ne) K(lt) K(le) K(gt) K(ge)

template <class T>
using BinaryFn = void (*)(T* out, const T* a, int64_t da, const T* b, int64_t db, int64_t n, T p);
template <class T>
using CompareFn = void (*)(uint8_t* out, const T* a, int64_t da, const T* b, int64_t db, int64_t n);
// out[i] = f(a, b, c) with a parameter p.
template <class T>
using TernaryFn = void (*)(T* out, const T* a, int64_t da, const T* b, int64_t db, const T* c,
                           int64_t dc, int64_t n, T p);

template <class T>
struct BinaryRow {
#define K(name) BinaryFn<T> name;
  NABLA_BINARY_KERNELS(K)
#undef K
#define K(name) CompareFn<T> name;
  NABLA_COMPARE_KERNELS(K)
#undef K
  // a + p * b * c, a + p * b / c, and a + c * (b - a) (from b's side where |c| >= 1/2)
  TernaryFn<T> addcmul, addcdiv, lerp;
  // clamp with tensor bounds: min(max(a, b), c), NaN anywhere gives NaN
  TernaryFn<T> clamp;
  // out = c[i] ? a[i] : b[i]
  void (*where)(T* out, const uint8_t* c, int64_t dc, const T* a, int64_t da, const T* b,
                int64_t db, int64_t n);
};

struct BinaryTable {
  BinaryRow<float> f32;
  BinaryRow<double> f64;
};

template <class T>
constexpr auto row_of(const BinaryTable& t) -> const BinaryRow<T>&;
template <>
constexpr auto row_of<float>(const BinaryTable& t) -> const BinaryRow<float>& {
  return t.f32;
}
template <>
constexpr auto row_of<double>(const BinaryTable& t) -> const BinaryRow<double>& {
  return t.f64;
}

}  // namespace nabla::kernels
