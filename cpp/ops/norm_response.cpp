// Normalisation by neighbouring channels and by a norm.
#include <algorithm>

#include "ops/dense.h"
#include "ops/norm.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {

namespace {

constexpr int64_t kGrain = 16384;  // elements per parallel chunk

// y_c = x_(c - before) + ... + x_(c + after) along dimension 1, where there are such channels; dx
// is the sum the other way round.
struct BandSum {
  static Meta meta(const Tensor& x, int64_t, int64_t) { return like(x); }
  static void compute(Tensor& out, const Tensor& self, int64_t before, int64_t after) {
    const DType type = compute_type(out.dtype());
    const Tensor x = dense(self, type);
    Target target(out, type);
    const AxisView v = around(x.sizes(), 1);
    if (x.numel() == 0) return;
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* from = x.data<T>();
      T* to = target.block().data<T>();
      const int64_t grain = std::max<int64_t>(1, kGrain / (v.inner * (before + after + 1)));
      parallel_for(v.outer * v.n, grain, [&](int64_t begin, int64_t end) {
        for (int64_t k = begin; k < end; ++k) {
          const int64_t c = k % v.n;
          const int64_t first = std::max<int64_t>(0, c - before),
                        last = std::min(v.n - 1, c + after);
          sum_down(to + k * v.inner, from + (k - c + first) * v.inner, last - first + 1, v.inner);
        }
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, int64_t before,
                        int64_t after) {
    return {run<BandSum>(grad, after, before)};
  }
};

}  // namespace

Tensor local_response_norm(const Tensor& input, int64_t size, double alpha, double beta, double k) {
  CHECK_RANGE(input.dim() >= 3, "Expected 3D or higher dimensionality input (got ", input.dim(),
              " dimensions: ", Shape{input.sizes()}, ")");
  CHECK_RANGE(size > 0, "size should be greater than zero, but got ", size);
  CHECK_TYPE(input.is_floating(), "expected a floating point dtype, got ", input.dtype());
  if (input.numel() == 0) return input;
  const Tensor band = run<BandSum>(mul(input, input), size / 2, (size - 1) / 2);
  return div(input, pow(add(mul(band, alpha / static_cast<double>(size)), k), beta));
}

Tensor normalize_dims(const Tensor& input, double p, IntSpan dim, double eps) {
  return div(input, clamp_min(norm(input, p, Dims(dim), true), eps));
}
Tensor normalize(const Tensor& input, double p, int64_t dim, double eps) {
  return normalize_dims(input, p, Dims{dim}, eps);
}

}  // namespace nabla::ops
