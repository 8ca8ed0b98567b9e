#pragma once
// Plain twins of the elementwise kernels, in the widest type there is: the tests' truth.
#include <cmath>
#include <limits>

namespace nabla::kernels::ref {

using Wide = long double;

inline Wide neg(Wide x) { return -x; }
inline Wide abs(Wide x) { return std::fabs(x); }
inline Wide sign(Wide x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
inline Wide square(Wide x) { return x * x; }
inline Wide reciprocal(Wide x) { return 1 / x; }
inline Wide sqrt(Wide x) { return std::sqrt(x); }
inline Wide rsqrt(Wide x) { return 1 / std::sqrt(x); }
inline Wide floor(Wide x) { return std::floor(x); }
inline Wide ceil(Wide x) { return std::ceil(x); }
inline Wide round(Wide x) { return std::nearbyint(x); }
inline Wide trunc(Wide x) { return std::trunc(x); }
inline Wide relu(Wide x) { return x <= 0 ? 0 : x; }
inline Wide exp(Wide x) { return std::exp(x); }
inline Wide exp2(Wide x) { return std::exp2(x); }
inline Wide expm1(Wide x) { return std::expm1(x); }
inline Wide log(Wide x) { return std::log(x); }
inline Wide log2(Wide x) { return std::log2(x); }
inline Wide log10(Wide x) { return std::log10(x); }
inline Wide log1p(Wide x) { return std::log1p(x); }
inline Wide sigmoid(Wide x) { return 1 / (1 + std::exp(-x)); }
inline Wide tanh(Wide x) { return std::tanh(x); }
inline Wide sin(Wide x) { return std::sin(x); }
inline Wide cos(Wide x) { return std::cos(x); }
inline Wide erf(Wide x) { return std::erf(x); }

inline Wide maximum(Wide a, Wide b) { return a != a || b != b ? a + b : a > b ? a : b; }
inline Wide minimum(Wide a, Wide b) { return a != a || b != b ? a + b : a < b ? a : b; }
inline Wide clamp(Wide x, Wide low, Wide high) { return minimum(maximum(x, low), high); }
inline Wide add(Wide a, Wide b, Wide) { return a + b; }
inline Wide sub(Wide a, Wide b, Wide) { return a - b; }
inline Wide mul(Wide a, Wide b, Wide) { return a * b; }
inline Wide div(Wide a, Wide b, Wide) { return a / b; }
inline Wide add_scaled(Wide a, Wide b, Wide alpha) { return a + alpha * b; }
inline Wide maximum(Wide a, Wide b, Wide) { return maximum(a, b); }
inline Wide minimum(Wide a, Wide b, Wide) { return minimum(a, b); }
inline Wide pow(Wide a, Wide b, Wide) { return std::pow(a, b); }
inline Wide fmod(Wide a, Wide b, Wide) { return std::fmod(a, b); }
inline Wide remainder(Wide a, Wide b, Wide) {
  const Wide m = std::fmod(a, b);
  return m != 0 && (b < 0) != (m < 0) ? m + b : m;
}
inline Wide floor_div(Wide a, Wide b, Wide) { return b == 0 ? a / b : std::floor(a / b); }
inline Wide trunc_div(Wide a, Wide b, Wide) { return std::trunc(a / b); }
inline Wide sigmoid_backward(Wide dy, Wide y, Wide) { return dy * (1 - y) * y; }
inline Wide tanh_backward(Wide dy, Wide y, Wide) { return dy * (1 - y * y); }
inline Wide relu_backward(Wide dy, Wide y, Wide) { return y <= 0 ? 0 : dy; }
inline Wide addcmul(Wide a, Wide b, Wide c, Wide value) { return a + value * b * c; }
inline Wide addcdiv(Wide a, Wide b, Wide c, Wide value) { return a + value * b / c; }
inline Wide lerp(Wide a, Wide b, Wide w, Wide) { return a + w * (b - a); }

// |got - want| in units of the last place that a T near want has; 0 if both are NaN or the same
// infinity.
template <class T>
double ulps(T got, Wide want) {
  const T rounded = static_cast<T>(want);
  if (got != got || rounded != rounded) return got != got && rounded != rounded ? 0 : 1e30;
  if (std::isinf(got) || std::isinf(rounded)) {
    // The largest number is within a rounding of infinity.
    if (got == rounded) return 0;
    const T top = std::numeric_limits<T>::max();
    return (got > 0) == (rounded > 0) && std::fabs(std::isinf(got) ? rounded : got) == top ? 1
                                                                                           : 1e30;
  }
  int e;
  std::frexp(want, &e);
  using Limits = std::numeric_limits<T>;
  const int lowest = Limits::min_exponent - Limits::digits;
  const int unit = e - Limits::digits > lowest ? e - Limits::digits : lowest;
  return static_cast<double>(std::fabs(static_cast<Wide>(got) - want) / std::ldexp(Wide(1), unit));
}

}  // namespace nabla::kernels::ref
