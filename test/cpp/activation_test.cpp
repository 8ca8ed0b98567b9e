// Activation kernels of the instruction set that NABLA_ISA chooses against their plain twins:
// values and derivatives, all tail lengths, in place, guard bands, NaN.
#include "kernels/ref/activation.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <vector>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

constexpr int64_t kLengths[] = {1, 2, 3, 5, 8, 13, 16, 17, 31, 32, 63, 100, 1003};

// Relative to the size of the operand: the functions cancel where they go to 0.
template <class T>
void check(const char* name, const ActivationFn<T>& fn, const ref::Activation& twin, const T* p) {
  const double wide[3] = {double(p[0]), double(p[1]), double(p[2])};
  Numbers numbers(11);
  for (int64_t n : kLengths) {
    std::vector<T> x = numbers.vector<T>(n, 6.0), dy = numbers.vector<T>(n, 2.0);
    Guarded<T> y(n), dx(n);
    fn.value(y.data(), x.data(), n, p);
    fn.grad(dx.data(), dy.data(), x.data(), n, p);
    CHECK_TRUE(y.intact() && dx.intact());
    for (int64_t i = 0; i < n; ++i) {
      const double at = x[size_t(i)], size = std::fabs(at) + 1;
      const double eps = std::numeric_limits<T>::epsilon() * 16 * size;
      const double value = twin.value(at, wide), slope = twin.slope(at, wide) * dy[size_t(i)];
      if (!(std::fabs(y[i] - value) <= eps && std::fabs(dx[i] - slope) <= 4 * eps))
        std::printf("%s at %g: %g, expected %g; slope %g, expected %g\n", name, at, double(y[i]),
                    value, double(dx[i]), slope);
      CHECK_TRUE(std::fabs(y[i] - value) <= eps);
      CHECK_TRUE(std::fabs(dx[i] - slope) <= 4 * eps);
    }
    std::vector<T> same = x;
    fn.value(same.data(), same.data(), n, p);
    for (int64_t i = 0; i < n; ++i) CHECK_TRUE(same[size_t(i)] == y[i]);
  }
  const T nan = std::numeric_limits<T>::quiet_NaN();
  T out = 0;
  fn.value(&out, &nan, 1, p);
  CHECK_TRUE(out != out);
}

template <class T>
void check_all(const ActivationRow<T>& row) {
  const T none[3] = {0, 0, 0}, slope[3] = {T(0.2), 0, 0}, elu[3] = {T(1.7), T(1.1), T(0.6)};
  const T softplus[3] = {T(1.5), 6, 0}, limits[3] = {T(-1.5), T(2.5), 0}, half[3] = {T(0.5), 7, 0};
  check("leaky_relu", row.leaky_relu, ref::leaky_relu, slope);
  check("elu", row.elu, ref::elu, elu);
  check("softplus", row.softplus, ref::softplus, softplus);
  check("gelu", row.gelu, ref::gelu, none);
  check("gelu_tanh", row.gelu_tanh, ref::gelu_tanh, none);
  check("silu", row.silu, ref::silu, none);
  check("mish", row.mish, ref::mish, none);
  check("hardswish", row.hardswish, ref::hardswish, none);
  check("hardsigmoid", row.hardsigmoid, ref::hardsigmoid, none);
  check("hardtanh", row.hardtanh, ref::hardtanh, limits);
  check("threshold", row.threshold, ref::threshold, half);
  check("hardshrink", row.hardshrink, ref::hardshrink, half);
  check("softshrink", row.softshrink, ref::softshrink, half);
  check("log_sigmoid", row.log_sigmoid, ref::log_sigmoid, none);
}

}  // namespace

TEST(activations_f32) { check_all(tables().activation.f32); }
TEST(activations_f64) { check_all(tables().activation.f64); }
