// nn.functional.unfold and fold: sliding windows of an image as columns, and their adjoint.
#include <algorithm>

#include "ops/conv_columns.h"
#include "ops/conv_problem.h"
#include "ops/dense.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

constexpr int64_t kGrain = 32768;  // elements per parallel chunk

// Calls f(image, columns) with the offsets of each channel of each image, p.in_c channels each.
template <class F>
void each_channel(const Conv3d& p, F&& f) {
  const int64_t columns = p.taps() * p.positions();
  parallel_for(p.n * p.in_c, std::max<int64_t>(1, kGrain / columns), [&](int64_t b, int64_t e) {
    for (int64_t i = b; i < e; ++i) f(i * p.in_size(), i * columns);
  });
}

// y[n, (c, tap), position] = x[n, c] under the tap, 0 outside; its adjoint is Fold
struct Unfold {
  static constexpr auto node_name = "Im2ColBackward0";
  static Meta meta(const Tensor& x, const Conv3d& p) {
    return {Dims{p.n, p.in_c * p.taps(), p.positions()}, x.dtype()};
  }
  static void compute(Tensor& out, const Tensor& input, const Conv3d& p) {
    if (out.numel() == 0) return;
    const DType type = compute_type(out.dtype());
    const Tensor x = dense(input, type);
    Target target(out, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* from = x.data<T>();
      T* to = target.block().data<T>();
      const ColumnBlock all = {0, p.taps(), 0, p.positions()};
      each_channel(p, [&](int64_t image, int64_t columns) {
        gather_columns(p, all, from + image, to + columns, p.positions());
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& x, const Conv3d& p);
};

// x[n, c] = the sum of the elements of y[n, (c, tap), position] that belong to each place
struct Fold {
  static constexpr auto node_name = "Col2ImBackward0";
  static Meta meta(const Tensor& y, const Conv3d& p) {
    return {Dims{p.n, p.in_c, p.in_h, p.in_w}, y.dtype()};
  }
  static void compute(Tensor& out, const Tensor& input, const Conv3d& p) {
    if (out.numel() == 0) return;
    const DType type = compute_type(out.dtype());
    const Tensor y = dense(input, type);
    Target target(out, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* from = y.data<T>();
      T* to = target.block().data<T>();
      const ColumnBlock all = {0, p.taps(), 0, p.positions()};
      each_channel(p, [&](int64_t image, int64_t columns) {
        std::fill_n(to + image, p.in_size(), T(0));
        scatter_columns(p, all, from + columns, p.positions(), to + image);
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, const Conv3d& p) {
    return {run<Unfold>(grad, p)};
  }
};

Grads Unfold::backward(const Ctx&, const Tensor& grad, const Tensor&, const Conv3d& p) {
  return {run<Fold>(grad, p)};
}

struct Pair {
  int64_t h, w;
};

Pair pair_of(IntSpan values, int64_t otherwise, int64_t least, std::string_view name) {
  Pair p = {otherwise, otherwise};
  if (values.data() != nullptr) {
    CHECK_RANGE(values.size() == 1 || values.size() == 2, name,
                " must be a number or two numbers, got ", Shape{values});
    p = {values[0], values[values.size() - 1]};
  }
  CHECK_RANGE(p.h >= least && p.w >= least, name, " should be ",
              least > 0 ? "greater than zero" : "non-negative", ", but got (", p.h, ", ", p.w, ")");
  return p;
}

// How the windows lie, whatever the image: sizes and counts are 0 still.
Conv3d windows(IntSpan kernel_size, IntSpan dilation, IntSpan padding, IntSpan stride) {
  const Pair k = pair_of(kernel_size, 1, 1, "kernelSize"), d = pair_of(dilation, 1, 1, "dilation");
  const Pair pad = pair_of(padding, 0, 0, "padding"), s = pair_of(stride, 1, 1, "stride");
  Conv3d p{};
  p.groups = 1;
  p.k_h = k.h, p.k_w = k.w, p.stride_h = s.h, p.stride_w = s.w;
  p.pad_h = pad.h, p.pad_w = pad.w, p.dil_h = d.h, p.dil_w = d.w;
  return p;
}

// Counts the windows along both sides of the image.
void count_windows(Conv3d& p) {
  const auto count = [](int64_t in, int64_t k, int64_t stride, int64_t pad, int64_t dil) {
    const int64_t room = multiply_add(2, pad, in) - multiply_add(dil, k - 1, 1);
    return room < 0 ? 0 : room / stride + 1;
  };
  p.out_h = count(p.in_h, p.k_h, p.stride_h, p.pad_h, p.dil_h);
  p.out_w = count(p.in_w, p.k_w, p.stride_w, p.pad_w, p.dil_w);
  CHECK_RANGE(p.out_h > 0 && p.out_w > 0, "Given an image of size (", p.in_h, ", ", p.in_w,
              "), kernelSize=(", p.k_h, ", ", p.k_w, "), dilation=(", p.dil_h, ", ", p.dil_w,
              "), padding=(", p.pad_h, ", ", p.pad_w,
              "), calculated shape of the array of sliding ", "blocks as (", p.out_h, ", ", p.out_w,
              "), but its components must be at least one");
}

void check_dtype(const Tensor& input, const char* name) {
  CHECK_TYPE(input.is_floating(), '"', name, "\" not implemented for '",
             scalar_type_name(input.dtype()), "': expected a floating point tensor");
}

// All sizes but the batch's must be positive.
bool has_sizes(const Tensor& t, int64_t batched) {
  if (t.dim() != batched && t.dim() != batched - 1) return false;
  for (int64_t d = t.dim() == batched ? 1 : 0; d < t.dim(); ++d)
    if (t.sizes()[d] == 0) return false;
  return true;
}

// Bools are computed as numbers, of which all but 0 are true.
Tensor as_numbers(const Tensor& t) { return dense(t, DType::float32); }

}  // namespace

Tensor unfold_windows(const Tensor& input, IntSpan kernel_size, IntSpan dilation, IntSpan padding,
                      IntSpan stride) {
  if (input.dtype() == DType::bool_)
    return ops::ne(unfold_windows(as_numbers(input), kernel_size, dilation, padding, stride), 0);
  check_dtype(input, "im2col_out_cpu");
  Conv3d p = windows(kernel_size, dilation, padding, stride);
  CHECK_RANGE(has_sizes(input, 4), "Expected 3D or 4D (batch mode) tensor with possibly 0 batch ",
              "size and other non-zero dimensions for input, but got: ", Shape{input.sizes()});
  if (input.dim() == 3)
    return ops::squeeze_dims(
        unfold_windows(ops::unsqueeze(input, 0), kernel_size, dilation, padding, stride), Dims{0});
  p.n = input.sizes()[0], p.in_c = input.sizes()[1];
  p.in_h = input.sizes()[2], p.in_w = input.sizes()[3];
  count_windows(p);
  return run<Unfold>(input, p);
}

Tensor fold(const Tensor& input, IntSpan output_size, IntSpan kernel_size, IntSpan dilation,
            IntSpan padding, IntSpan stride) {
  if (input.dtype() == DType::bool_)
    return ops::ne(fold(as_numbers(input), output_size, kernel_size, dilation, padding, stride), 0);
  check_dtype(input, "col2im_out_cpu");
  Conv3d p = windows(kernel_size, dilation, padding, stride);
  const Pair size = pair_of(output_size, 1, 1, "outputSize");
  CHECK_RANGE(has_sizes(input, 3), "Expected 2D or 3D (batch mode) tensor for input with possibly ",
              "0 batch size and non-zero dimensions for input, but got: ", Shape{input.sizes()});
  if (input.dim() == 2)
    return ops::squeeze_dims(
        fold(ops::unsqueeze(input, 0), output_size, kernel_size, dilation, padding, stride),
        Dims{0});
  p.in_h = size.h, p.in_w = size.w;
  count_windows(p);
  const int64_t rows = input.sizes()[1], blocks = input.sizes()[2];
  const int64_t taps = multiply_add(p.k_h, p.k_w, 0);
  CHECK_RANGE(rows % taps == 0, "Expected size of input's dimension 1 to be divisible by the ",
              "product of kernelSize, but got input of size ", Shape{input.sizes()},
              " and kernelSize=(", p.k_h, ", ", p.k_w, ")");
  CHECK_RANGE(blocks == multiply_add(p.out_h, p.out_w, 0), "Given outputSize=(", p.in_h, ", ",
              p.in_w, ") expected size of input's dimension 2 to match the calculated number of ",
              "sliding blocks ", p.out_h, " * ", p.out_w, ", but got input of size ",
              Shape{input.sizes()});
  p.n = input.sizes()[0], p.in_c = rows / taps;
  return run<Fold>(input, p);
}

}  // namespace nabla::ops
