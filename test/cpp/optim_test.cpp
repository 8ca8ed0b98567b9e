// Optimizer kernels against their plain twins: every option, several steps, bitwise where there is
// an fma.
#include "kernels/ref/optim.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const OptimFns<float>& fns(float) { return tables().optim.f32; }
const OptimFns<double>& fns(double) { return tables().optim.f64; }

constexpr int64_t kLengths[] = {0, 1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 33, 130};

// Equal where the machine has fma; baseline rounds a * b + c twice.
template <class T>
void check_same(Guarded<T>& got, const std::vector<T>& want) {
  const bool exact = std::strcmp(tables().isa, "baseline") != 0;
  CHECK_TRUE(got.intact());
  for (size_t i = 0; i < want.size(); ++i) {
    const double eps = exact ? 0 : 64 * std::numeric_limits<T>::epsilon();
    CHECK_NEAR(got[static_cast<int64_t>(i)], want[i], eps * (1 + std::fabs(want[i])));
  }
}

template <class T>
void check_sgd() {
  Numbers numbers(8);
  for (int64_t n : kLengths) {
    for (int options = 0; options < 16; ++options) {
      const bool momentum = options & 1;
      SgdArgs<T> a = {T(0.1),
                      momentum ? T(0.9) : T(0),
                      T(0.8),
                      options & 2 ? T(0.01) : T(0),
                      momentum && (options & 4),
                      (options & 8) != 0,
                      true};
      auto p = numbers.vector<T>(n);
      std::vector<T> b(p.size());
      Guarded<T> param(p), buffer(n);
      for (int step = 0; step < 3; ++step) {
        const auto g = numbers.vector<T>(n);
        a.first = step == 0;
        fns(T()).sgd(param.data(), g.data(), momentum ? buffer.data() : nullptr, n, a);
        for (size_t i = 0; i < p.size(); ++i) ref::sgd(p[i], g[i], momentum ? &b[i] : nullptr, a);
      }
      check_same(param, p);
      if (momentum) check_same(buffer, b);
    }
  }
}

template <class T>
void check_adam() {
  Numbers numbers(9);
  for (int64_t n : kLengths) {
    for (int options = 0; options < 32; ++options) {
      const bool amsgrad = options & 1;
      const double beta1 = options & 16 ? 0.3 : 0.9, decay = options & 2 ? 0.01 : 0;
      auto p = numbers.vector<T>(n);
      std::vector<T> m(p.size()), v(p.size()), top(p.size());
      Guarded<T> param(p), avg(m), avg_sq(v), max_sq(top);
      for (int step = 1; step <= 3; ++step) {
        const auto g = numbers.vector<T>(n);
        const AdamArgs<T> a = {T(1 - beta1),
                               T(0.999),
                               T(0.001),
                               T(1e-8),
                               T(decay),
                               T(0.1 / (1 - std::pow(beta1, step))),
                               T(std::sqrt(1 - std::pow(0.999, step))),
                               T(1 - 0.1 * decay),
                               (options & 4) != 0,
                               (options & 8) != 0};
        fns(T()).adam(param.data(), g.data(), avg.data(), avg_sq.data(),
                      amsgrad ? max_sq.data() : nullptr, n, a);
        for (size_t i = 0; i < p.size(); ++i) {
          ref::adam(p[i], g[i], m[i], v[i], amsgrad ? &top[i] : nullptr, a);
        }
      }
      check_same(param, p);
      check_same(avg, m);
      check_same(avg_sq, v);
      check_same(max_sq, top);
    }
  }
}

template <class T>
void check_rmsprop() {
  Numbers numbers(10);
  for (int64_t n : kLengths) {
    for (int options = 0; options < 16; ++options) {
      const bool momentum = options & 1, centered = options & 2;
      const RmspropArgs<T> a = {T(0.01),
                                T(0.99),
                                T(0.01),
                                T(1e-2),
                                options & 4 ? T(0.01) : T(0),
                                momentum ? T(0.9) : T(0),
                                (options & 8) != 0};
      auto p = numbers.vector<T>(n);
      std::vector<T> sq(p.size()), mean(p.size()), b(p.size());
      Guarded<T> param(p), avg_sq(sq), avg(mean), buffer(b);
      for (int step = 0; step < 3; ++step) {
        const auto g = numbers.vector<T>(n);
        fns(T()).rmsprop(param.data(), g.data(), avg_sq.data(), centered ? avg.data() : nullptr,
                         momentum ? buffer.data() : nullptr, n, a);
        for (size_t i = 0; i < p.size(); ++i) {
          ref::rmsprop(p[i], g[i], sq[i], centered ? &mean[i] : nullptr, momentum ? &b[i] : nullptr,
                       a);
        }
      }
      check_same(param, p);
      check_same(avg_sq, sq);
      check_same(avg, mean);
      check_same(buffer, b);
    }
  }
}

}  // namespace

TEST(sgd_f32) { check_sgd<float>(); }
TEST(sgd_f64) { check_sgd<double>(); }
TEST(adam_f32) { check_adam<float>(); }
TEST(adam_f64) { check_adam<double>(); }
TEST(rmsprop_f32) { check_rmsprop<float>(); }
TEST(rmsprop_f64) { check_rmsprop<double>(); }
