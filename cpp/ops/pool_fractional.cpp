// Fractional max pooling (Graham, "Fractional max-pooling", 2014): windows of one size whose
// distances are drawn, so that any output size between the input's and a fraction of it is reached.
#include "ops/ops.h"
#include "ops/pool_ranges.h"

namespace nabla::ops {

namespace {

// PyTorch's starts of windows along an axis: (int)((i + u) a) - (int)(u a) with
// a = (in - kernel) / (out - 1), all in the dtype of the samples; the last window ends the input.
template <class T>
void add_windows(PoolRanges& r, size_t axis, T u, int64_t in, int64_t out, int64_t kernel) {
  const int64_t last = in - kernel;
  const auto whole = [&](T value) {
    const double v = static_cast<double>(value);
    return v > -1e9 && v < 1e9 ? static_cast<int64_t>(v) : int64_t{0};  // NaN: 0
  };
  for (int64_t i = 0; i + 1 < out; ++i) {
    const T a = T(static_cast<T>(last) / static_cast<T>(out - 1));
    const T moved = T(T(static_cast<T>(i) + u) * a), offset = T(u * a);
    const int64_t start = std::clamp<int64_t>(whole(moved) - whole(offset), 0, last);
    r.add(axis, start, start + kernel);
  }
  if (out > 0) r.add(axis, last, in);
}

struct Fraction {
  int64_t in[3], out[3], kernel[3];
};

void check_samples(const Tensor& input, const Tensor& samples, int spatial) {
  CHECK_TYPE(samples.dtype() == input.dtype(),
             "Expect _random_samples to have the same dtype as input: ", input.dtype(), ", got ",
             samples.dtype());
  CHECK_RANGE(samples.dim() == 3, "Expect _random_samples to have 3 dimensions, got ",
              samples.dim());
  const bool batch = input.dim() == spatial + 2;
  const int64_t n = batch ? input.size(0) : 1, c = input.size(batch ? 1 : 0);
  CHECK_RANGE(samples.size(0) >= n, "Expect _random_samples.size(0) no less then input batch size ",
              n, ", got shape ", Shape{samples.sizes()});
  CHECK_RANGE(samples.size(1) == c, "Expect _random_samples.size(1) equals to input channel size ",
              c, ", got shape ", Shape{samples.sizes()});
  CHECK_RANGE(samples.size(2) == spatial, "Expect _random_samples.size(2) equals to ", spatial,
              ", got shape ", Shape{samples.sizes()});
}

Fraction fraction(const Tensor& input, IntSpan kernel_size, IntSpan output_size, int spatial) {
  const size_t n = static_cast<size_t>(spatial);
  for (const auto& [name, list] :
       {std::pair{"kernel_size", kernel_size}, {"output_size", output_size}})
    CHECK_RANGE(list.size() == 1 || list.size() == n, name, " must be a single int or ", spatial,
                " ints, but got ", Shape{list});
  Fraction f;
  constexpr const char* kAxes[] = {"time", "height", "width"};
  for (size_t i = 0; i < n; ++i) {
    f.in[i] = input.sizes()[input.sizes().size() - n + i];
    f.kernel[i] = kernel_size[kernel_size.size() == 1 ? 0 : i];
    f.out[i] = output_size[output_size.size() == 1 ? 0 : i];
    CHECK_RANGE(f.kernel[i] > 0, "kernel_size must be greater than zero, but got ",
                Shape{kernel_size});
    CHECK_RANGE(f.out[i] >= 0, "output_size must not be negative, but got ", Shape{output_size});
    // PyTorch wants one element more in three dimensions.
    const int64_t room = f.in[i] - f.kernel[i] - f.out[i] + (spatial == 2 ? 1 : 0);
    CHECK_RANGE(f.kernel[i] <= f.in[i] && f.out[i] <= f.in[i] && room >= 0, "pool ",
                kAxes[3 - n + i], ' ', f.kernel[i], " too large relative to input ",
                kAxes[3 - n + i], ' ', f.in[i], " for ", f.out[i], " outputs");
  }
  return f;
}

Tensor2 fractional(const Tensor& input, IntSpan kernel_size, IntSpan output_size,
                   const Tensor& samples, int spatial) {
  check_pool_rank(input, spatial);
  for (int64_t d = 1; d < input.dim(); ++d)
    CHECK_RANGE(input.size(d) > 0,
                "Expected input to have non-zero size for non-batch dimensions, but got ",
                Shape{input.sizes()}, " with dimension ", d, " being empty");
  CHECK_TYPE(input.is_floating(), "expected a floating point tensor, got ", input.dtype());
  check_samples(input, samples, spatial);
  const Fraction f = fraction(input, kernel_size, output_size, spatial);
  const size_t n = static_cast<size_t>(spatial);
  const Tensor u = dense(samples, samples.dtype());
  const PoolRanges none(input.sizes(), spatial);
  std::vector<PoolRanges> each(static_cast<size_t>(std::max<int64_t>(none.planes, 1)), none);
  dispatch(u.dtype(), [&](auto zero) {
    using T = decltype(zero);
    for (size_t p = 0; p < each.size(); ++p) {
      for (size_t i = 0; i < n; ++i) {
        // The samples of two dimensions are for width and height, those of three in order.
        const size_t at = spatial == 2 ? 1 - i : i;
        const T sample = none.planes > 0 ? u.data<T>()[p * n + at] : T(0);
        add_windows<T>(each[p], 3 - n + i, sample, f.in[i], f.out[i], f.kernel[i]);
      }
    }
  });
  return max_of_ranges(input, each);
}

}  // namespace

Tensor2 fractional_max_pool2d(const Tensor& input, IntSpan kernel_size, IntSpan output_size,
                              const Tensor& random_samples) {
  return fractional(input, kernel_size, output_size, random_samples, 2);
}
Tensor2 fractional_max_pool3d(const Tensor& input, IntSpan kernel_size, IntSpan output_size,
                              const Tensor& random_samples) {
  return fractional(input, kernel_size, output_size, random_samples, 3);
}

}  // namespace nabla::ops
