#pragma once
// Plain twins of the activation kernels in double precision: f(x) and f'(x) with parameters p.
#include <algorithm>
#include <cmath>

namespace nabla::kernels::ref {

struct Activation {
  double (*value)(double x, const double* p);
  double (*slope)(double x, const double* p);
};

inline double logistic(double x) { return 1 / (1 + std::exp(-x)); }
inline double normal_below(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); }
inline double hard(double x) { return std::min(std::max(x + 3, 0.0), 6.0) / 6; }
inline double gelu_tanh_of(double x) {
  return std::tanh(0.79788456080286535588 * (x + 0.044715 * x * x * x));
}

inline constexpr Activation leaky_relu{
    [](double x, const double* p) { return x > 0 ? x : p[0] * x; },
    [](double x, const double* p) { return x > 0 ? 1 : p[0]; }};
inline constexpr Activation elu{
    [](double x, const double* p) { return p[1] * (x > 0 ? x : p[0] * std::expm1(p[2] * x)); },
    [](double x, const double* p) {
      return p[1] * (x > 0 ? 1 : p[0] * p[2] * std::exp(p[2] * x));
    }};
inline constexpr Activation softplus{
    [](double x, const double* p) {
      return p[0] * x > p[1] ? x : std::log1p(std::exp(p[0] * x)) / p[0];
    },
    [](double x, const double* p) { return p[0] * x > p[1] ? 1 : logistic(p[0] * x); }};
inline constexpr Activation gelu{[](double x, const double*) { return x * normal_below(x); },
                                 [](double x, const double*) {
                                   return normal_below(x) +
                                          x * std::exp(-0.5 * x * x) * 0.39894228040143267794;
                                 }};
inline constexpr Activation gelu_tanh{
    [](double x, const double*) { return 0.5 * x * (1 + gelu_tanh_of(x)); },
    [](double x, const double*) {
      const double t = gelu_tanh_of(x);
      const double inner = 0.79788456080286535588 * (1 + 3 * 0.044715 * x * x);
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner;
    }};
inline constexpr Activation silu{
    [](double x, const double*) { return x * logistic(x); },
    [](double x, const double*) { return logistic(x) * (1 + x * logistic(-x)); }};
inline constexpr Activation mish{
    [](double x, const double*) { return x * std::tanh(std::log1p(std::exp(x))); },
    [](double x, const double*) {
      const double t = std::tanh(std::log1p(std::exp(x)));
      return t + x * logistic(x) * (1 - t * t);
    }};
inline constexpr Activation hardswish{[](double x, const double*) { return x * hard(x); },
                                      [](double x, const double*) {
                                        return x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1;
                                      }};
inline constexpr Activation hardsigmoid{
    [](double x, const double*) { return hard(x); },
    [](double x, const double*) { return x > -3 && x < 3 ? 1.0 / 6 : 0; }};
inline constexpr Activation hardtanh{
    [](double x, const double* p) { return std::min(std::max(x, p[0]), p[1]); },
    [](double x, const double* p) { return x <= p[0] || x >= p[1] ? 0.0 : 1.0; }};
inline constexpr Activation threshold{
    [](double x, const double* p) { return x <= p[0] ? p[1] : x; },
    [](double x, const double* p) { return x <= p[0] ? 0.0 : 1.0; }};
inline constexpr Activation hardshrink{
    [](double x, const double* p) { return std::fabs(x) <= p[0] ? 0 : x; },
    [](double x, const double* p) { return std::fabs(x) <= p[0] ? 0.0 : 1.0; }};
inline constexpr Activation softshrink{
    [](double x, const double* p) { return x > p[0]    ? x - p[0]
                                           : x < -p[0] ? x + p[0]
                                                       : 0; },
    [](double x, const double* p) { return std::fabs(x) <= p[0] ? 0.0 : 1.0; }};
inline constexpr Activation log_sigmoid{
    [](double x, const double*) { return std::min(x, 0.0) - std::log1p(std::exp(-std::fabs(x))); },
    [](double x, const double*) { return logistic(-x); }};

}  // namespace nabla::kernels::ref
