#include <algorithm>
#include <cmath>
#include <numeric>

#include "autograd/grad_mode.h"
#include "ops/ops.h"
#include "ops/random_fill.h"

namespace nabla::ops {
namespace {

// Row i of a matrix of probabilities, checked.
template <class T>
void check_row(const T* p, int64_t n) {
  bool positive = false;
  for (int64_t j = 0; j < n; ++j) {
    const float v = static_cast<float>(p[j]);
    CHECK_RANGE(v >= 0 && std::isfinite(static_cast<double>(p[j])),
                "probability tensor contains either `inf`, `nan` or element < 0");
    positive |= static_cast<double>(p[j]) > 0;
  }
  CHECK_RANGE(positive, "invalid multinomial distribution (sum of probabilities <= 0)");
}

// C is the dtype of arithmetic: float for the reduced ones.
template <class T>
using Compute = std::conditional_t<std::is_same_v<T, double>, double, float>;

// Each sample is the first category whose normalised running sum reaches a uniform double.
template <class T>
void draw_with_replacement(const T* p, int64_t n, int64_t* out, int64_t samples,
                           Generator& generator) {
  using C = Compute<T>;
  std::vector<C> sums(static_cast<size_t>(n));
  C sum = 0;
  for (int64_t j = 0; j < n; ++j) sums[j] = sum = sum + static_cast<C>(p[j]);
  for (C& s : sums) s /= sum;
  sums.back() = 1;
  for (int64_t i = 0; i < samples; ++i) {
    const double u = generator.uniform53();
    const auto reaches = [](C s, double wanted) { return static_cast<double>(s) < wanted; };
    out[i] = std::lower_bound(sums.begin(), sums.end(), u, reaches) - sums.begin();
  }
}

// The categories with the largest p / q, q exponential: Gumbel's trick without the logarithm.
template <class T>
void draw_without_replacement(const T* p, const T* q, int64_t n, int64_t* out, int64_t samples) {
  using C = Compute<T>;
  std::vector<C> ratio(static_cast<size_t>(n));
  for (int64_t j = 0; j < n; ++j)
    ratio[j] = static_cast<C>(T(static_cast<C>(p[j]) / static_cast<C>(q[j])));
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), int64_t{0});
  std::partial_sort(order.begin(), order.begin() + samples, order.end(), [&](int64_t a, int64_t b) {
    const C x = ratio[a], y = ratio[b];
    if (x != x || y != y) return (x != x) > (y != y) || (x != x && y != y && a < b);
    return x > y || (x == y && a < b);
  });
  std::copy_n(order.begin(), samples, out);
}

}  // namespace

Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement,
                   OptGenerator generator) {
  CHECK_RANGE(self.dim() == 1 || self.dim() == 2, "prob_dist must be 1 or 2 dim");
  CHECK_TYPE(self.is_floating(), "multinomial only supports floating-point dtypes for input, got: ",
             scalar_type_name(self.dtype()));
  CHECK_RANGE(num_samples > 0, "cannot sample n_sample <= 0 samples");
  const int64_t n = self.size(-1), rows = self.dim() == 2 ? self.size(0) : 1;
  CHECK_RANGE(replacement || num_samples <= n,
              "cannot sample n_sample > prob_dist.size(-1) samples without replacement");
  CHECK_RANGE(n > 0, "cannot sample from an empty distribution");
  GradModeGuard off(false);
  Dims sizes{num_samples};
  if (self.dim() == 2) sizes.insert(0, rows);
  const Tensor out = empty(sizes, DType::int64);
  const Tensor p = contiguous(self);
  Generator& source = generator_or_default(generator);
  dispatch(self.dtype(), [&](auto zero) {
    using T = decltype(zero);
    if constexpr (is_floating(dtype_of<T>)) {
      const T* probabilities = p.data<T>();
      for (int64_t i = 0; i < rows; ++i) check_row(probabilities + i * n, n);
      int64_t* to = out.data<int64_t>();
      if (replacement && num_samples > 1) {
        for (int64_t i = 0; i < rows; ++i)
          draw_with_replacement(probabilities + i * n, n, to + i * num_samples, num_samples,
                                source);
        return;
      }
      const Tensor q = empty(p.sizes(), p.dtype());
      fill_exponential(q.raw_data(), q.dtype(), q.numel(), 1.0, source);
      for (int64_t i = 0; i < rows; ++i)
        draw_without_replacement(probabilities + i * n, q.data<T>() + i * n, n,
                                 to + i * num_samples, num_samples);
    }
  });
  return out;
}

}  // namespace nabla::ops
