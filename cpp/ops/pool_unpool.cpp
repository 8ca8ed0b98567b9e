// Max unpooling: each value goes to the place in its plane from which max pooling took it.
#include <cstring>

#include "ops/ops.h"
#include "ops/pool.h"

namespace nabla::ops {

namespace {

// y = zeros, with x[p, i] at index[p, i] of plane p (of several the last);  dx = dy at the places
struct MaxUnpool {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& self, const Tensor&, const Dims& sizes, int) {
    return {sizes, self.dtype()};
  }
  static void compute(Tensor& out, const Tensor& self, const Tensor& indices, const Dims& sizes,
                      int spatial) {
    const Tensor x = dense(self, self.dtype()), at = dense(indices, DType::int64);
    const IntSpan plane = IntSpan(sizes).last(static_cast<size_t>(spatial));
    const int64_t inputs = product(IntSpan(x.sizes()).last(static_cast<size_t>(spatial)));
    const int64_t outputs = product(plane), planes = inputs > 0 ? x.numel() / inputs : 0;
    const int64_t* index = at.data<int64_t>();
    for (int64_t i = 0; i < at.numel(); ++i)
      CHECK_RANGE(index[i] >= 0 && index[i] < outputs, "Found an invalid max index: ", index[i],
                  " (output volumes are of size ", Shape{plane}, ")");
    std::memset(out.raw_data(), 0, static_cast<size_t>(out.numel()) * out.itemsize());
    dispatch(out.dtype(), [&](auto zero) {
      using T = decltype(zero);
      const T* from = x.data<T>();
      T* to = out.data<T>();
      for (int64_t p = 0; p < planes; ++p)
        for (int64_t i = p * inputs; i < (p + 1) * inputs; ++i)
          to[p * outputs + index[i]] = from[i];
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, const Tensor& indices,
                        const Dims&, int spatial) {
    return {pool_take(grad, indices, spatial), Tensor()};
  }
};

// A number for each axis.
Dims spread(IntSpan given, int spatial, std::string_view what) {
  const size_t n = static_cast<size_t>(spatial);
  CHECK_RANGE(given.size() == 1 || given.size() == n, what, " must be a single int or ", spatial,
              " ints, but got ", Shape{given});
  return given.size() == n ? Dims(given) : Dims(n, given[0]);
}

// The sizes that pooling with these windows may have had: those given, or the smallest.
Dims unpooled_sizes(const Tensor& input, IntSpan kernel_size, const OptDims& stride,
                    IntSpan padding, const OptDims& output_size, int spatial) {
  const size_t n = static_cast<size_t>(spatial), lead = input.sizes().size() - n;
  const Dims kernel = spread(kernel_size, spatial, "kernel_size");
  const Dims step = stride && !stride->empty() ? spread(*stride, spatial, "stride") : kernel;
  const Dims pad = padding.empty() ? Dims(n) : spread(padding, spatial, "padding");
  IntSpan wanted = output_size ? IntSpan(*output_size) : IntSpan();
  if (output_size) {
    CHECK_RANGE(wanted.size() == n || wanted.size() == n + 2,
                "output_size should be a sequence containing ", n, " or ", n + 2,
                " elements, but it has a length of '", wanted.size(), "'");
    wanted = wanted.last(n);
  }
  Dims out(input.sizes());
  for (size_t i = 0; i < n; ++i) {
    int64_t size = 0;
    const bool overflow = __builtin_mul_overflow(out[lead + i] - 1, step[i], &size) ||
                          __builtin_add_overflow(size, kernel[i] - 2 * pad[i], &size);
    CHECK_RANGE(!overflow, "the output size overflows");
    CHECK_RANGE(!output_size || (size - step[i] < wanted[i] && wanted[i] < size + step[i]),
                "invalid output_size ", Shape{wanted}, " (dim ", i, " must be between ",
                size - step[i], " and ", size + step[i], ")");
    if (output_size) size = wanted[i];
    CHECK_RANGE(size >= 0,
                "output_size must contain non-negative spatial dimensions, but got output_size[", i,
                "]=", size);
    out[lead + i] = size;
  }
  return out;
}

Tensor unpool(const Tensor& input, const Tensor& indices, IntSpan kernel_size,
              const OptDims& stride, IntSpan padding, const OptDims& output_size, int spatial) {
  check_pool_rank(input, spatial);
  CHECK_TYPE(indices.dtype() == DType::int64,
             "elements in indices should be type int64 but got: ", indices.dtype());
  CHECK_RANGE(equal(indices.sizes(), input.sizes()),
              "Expected shape of indices to be same as that of the input tensor (",
              Shape{input.sizes()},
              ") but got indices tensor with shape: ", Shape{indices.sizes()});
  for (int64_t d = 1; d < input.dim(); ++d)
    CHECK_RANGE(input.size(d) > 0,
                "Expected input to have non-zero size for non-batch dimensions, but got ",
                Shape{input.sizes()}, " with dimension ", d, " being empty");
  CHECK_TYPE(input.is_floating(), "\"max_unpool\" not implemented for '",
             scalar_type_name(input.dtype()), "'");
  for (int64_t s : stride ? IntSpan(*stride) : IntSpan())
    CHECK_RANGE(s > 0, "strides should be greater than zero, but got stride: ", *stride);
  const Dims sizes = unpooled_sizes(input, kernel_size, stride, padding, output_size, spatial);
  return run<MaxUnpool>(input, indices, sizes, spatial);
}

}  // namespace

Tensor max_unpool1d(const Tensor& input, const Tensor& indices, IntSpan kernel_size,
                    const OptDims& stride, IntSpan padding, const OptDims& output_size) {
  return unpool(input, indices, kernel_size, stride, padding, output_size, 1);
}
Tensor max_unpool2d(const Tensor& input, const Tensor& indices, IntSpan kernel_size,
                    const OptDims& stride, IntSpan padding, const OptDims& output_size) {
  return unpool(input, indices, kernel_size, stride, padding, output_size, 2);
}
Tensor max_unpool3d(const Tensor& input, const Tensor& indices, IntSpan kernel_size,
                    const OptDims& stride, IntSpan padding, const OptDims& output_size) {
  return unpool(input, indices, kernel_size, stride, padding, output_size, 3);
}

}  // namespace nabla::ops
