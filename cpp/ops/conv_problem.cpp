#include "ops/conv_problem.h"

#include <sstream>

namespace nabla::ops {
namespace {

// One dimension of a problem.
struct Axis {
  int64_t in = 1, out = 1, k = 1, stride = 1, pad = 0, dil = 1;
};

std::string times(const Axis* axes, int64_t rank, int64_t (*value)(const Axis&)) {
  std::ostringstream out;
  for (int64_t i = 0; i < rank; ++i) out << (i ? " x " : "(") << value(axes[i]);
  out << ")";
  return out.str();
}

int64_t window(const Axis& a) { return multiply_add(a.dil, a.k - 1, 1); }
int64_t padded(const Axis& a) { return multiply_add(2, a.pad, a.in); }

void check_signs(const Dims& stride, const Dims& padding, const Dims& dilation, int64_t groups) {
  for (size_t i = 0; i < stride.size(); ++i) {
    CHECK_RANGE(padding[i] >= 0, "negative padding is not supported, got padding=", padding);
    CHECK_RANGE(stride[i] > 0, "non-positive stride is not supported, got stride=", stride);
    CHECK_RANGE(dilation[i] > 0, "dilation should be greater than zero, got dilation=", dilation);
  }
  CHECK_RANGE(groups > 0, "non-positive groups is not supported, got groups=", groups);
}

void check_dtypes(const Tensor& input, const Tensor& weight, const OptTensor& bias,
                  bool transposed) {
  CHECK_TYPE(input.dtype() == weight.dtype(), "Input type (", input.dtype(), ") and weight type (",
             weight.dtype(), ") should be the same");
  CHECK_TYPE(input.is_floating() || input.dtype() == DType::int64 ||
                 (!transposed && input.dtype() != DType::bool_),
             "not implemented for '", scalar_type_name(input.dtype()), "'");
  if (bias)
    CHECK_TYPE(input.dtype() == bias->dtype(), "Input type (", input.dtype(), ") and bias type (",
               bias->dtype(), ") should be the same");
}

void check_channels(const ConvArguments& args, const Tensor& input, const Tensor& weight,
                    const OptTensor& bias) {
  const Shape ws{weight.sizes()}, xs{input.sizes()};
  const int64_t groups = args.groups, first = weight.sizes()[0], second = weight.sizes()[1];
  CHECK_RANGE(first >= groups, "Given groups=", groups, ", expected weight to be at least ", groups,
              " at dimension 0, but got weight of size ", ws, " instead");
  CHECK_RANGE(first % groups == 0, "Given groups=", groups, ", expected weight to be divisible by ",
              groups, " at dimension 0, but got weight of size ", ws, " instead");
  const int64_t wanted = args.transposed ? first : multiply_add(second, groups, 0);
  CHECK_RANGE(input.sizes()[1] == wanted, "Given ",
              args.transposed ? "transposed=1" : "groups=", args.transposed ? "" : str(groups),
              ", weight of size ", ws, ", expected input ", xs, " to have ", wanted,
              " channels, but got ", input.sizes()[1], " channels instead");
  if (args.transposed) CHECK_RANGE(second > 0, "weight of size ", ws, " has no output channels");
  const int64_t results = args.transposed ? multiply_add(second, groups, 0) : first;
  if (bias)
    CHECK_RANGE(bias->dim() == 1 && bias->sizes()[0] == results, "Given weight of size ", ws,
                ", expected bias to be 1-dimensional with ", results, " elements, but got bias of ",
                "size ", Shape{bias->sizes()}, " instead");
}

// Sizes of results from those of inputs, dimension by dimension.
void find_outputs(Axis* axes, const ConvArguments& args) {
  bool fits = true;
  for (int64_t i = 0; i < args.rank; ++i) {
    Axis& a = axes[i];
    if (args.same) {
      // What an even window leaves over is read on the right.
      CHECK_RANGE(a.stride == 1, "padding='same' is not supported for strided convolutions");
      a.pad = (window(a) - 1) / 2;
      a.out = a.in;
    } else {
      fits &= padded(a) >= window(a);
      a.out = (padded(a) - window(a)) / a.stride + 1;
    }
  }
  CHECK_RANGE(fits, "Calculated padded input size per channel: ", times(axes, args.rank, padded),
              ". Kernel size: ", times(axes, args.rank, window),
              ". Kernel size can't be greater than actual input size");
}

// A transposed convolution: `out` is the size that is given, `in` the size of the result.
void find_inputs(Axis* axes, const ConvArguments& args) {
  const Dims extra = for_each_dim(args.output_padding, args.rank, 0, "output_padding");
  for (int64_t i = 0; i < args.rank; ++i) {
    Axis& a = axes[i];
    const int64_t more = extra[static_cast<size_t>(i)];
    CHECK_RANGE(more >= 0, "negative output_padding is not supported, got output_padding=", extra);
    CHECK_RANGE(more < a.stride || more < a.dil,
                "output padding must be smaller than either stride or dilation, but got ",
                "output_padding=", more, ", stride=", a.stride, ", dilation=", a.dil);
    a.out = a.in;
    const int64_t whole = multiply_add(a.out - 1, a.stride, multiply_add(1, window(a), more));
    a.in = multiply_add(-2, a.pad, whole);
    CHECK_RANGE(a.in >= 0, "the output would have size ", a.in, " in dimension ", i + 2,
                ": padding=", a.pad, " takes more than there is");
  }
}

}  // namespace

int64_t multiply_add(int64_t a, int64_t b, int64_t c) {
  int64_t result;
  CHECK_RANGE(!__builtin_mul_overflow(a, b, &result) && !__builtin_add_overflow(result, c, &result),
              "the sizes of the convolution overflow: ", a, " * ", b, " + ", c);
  return result;
}

Dims ConvProblem::sizes(int64_t a, int64_t b, int64_t d, int64_t h, int64_t w) const {
  Dims s{a, b};
  if (rank > 2) s.push_back(d);
  if (rank > 1) s.push_back(h);
  s.push_back(w);
  return s;
}

Dims for_each_dim(IntSpan values, int64_t rank, int64_t otherwise, std::string_view name) {
  const auto count = static_cast<size_t>(rank);
  if (values.data() == nullptr) return Dims(count, otherwise);
  if (values.size() == 1) return Dims(count, values[0]);
  CHECK_RANGE(values.size() == count, "expected ", name, " to be a single integer value or a list ",
              "of ", rank, " values to match the convolution dimensions, but got ", name, "=",
              Shape{values});
  return Dims(values);
}

ConvProblem conv_problem(const ConvArguments& args, const Tensor& input, const Tensor& weight,
                         const OptTensor& bias) {
  CHECK_RANGE(weight.dim() == args.rank + 2, "expected a weight of ", args.rank + 2,
              " dimensions, but got weight of size ", Shape{weight.sizes()});
  const Dims stride = for_each_dim(args.stride, args.rank, 1, "stride");
  const Dims padding = for_each_dim(args.padding, args.rank, 0, "padding");
  const Dims dilation = for_each_dim(args.dilation, args.rank, 1, "dilation");
  check_signs(stride, padding, dilation, args.groups);
  check_dtypes(input, weight, bias, args.transposed);
  check_channels(args, input, weight, bias);

  Axis all[3];
  Axis* axes = all + 3 - args.rank;
  bool empty = false;
  for (int64_t i = 0; i < args.rank; ++i) {
    const auto at = static_cast<size_t>(i);
    axes[i] = {input.sizes()[at + 2], 1,           weight.sizes()[at + 2], stride[at],
               padding[at],           dilation[at]};
    empty |= axes[i].in == 0;
    CHECK_RANGE(axes[i].k > 0, "kernel size should be greater than zero, but got weight of size ",
                Shape{weight.sizes()});
  }
  if (args.transposed)
    find_inputs(axes, args);
  else
    find_outputs(axes, args);
  CHECK_RANGE(!empty || input.sizes()[0] == 0 || input.sizes()[1] == 0,
              "Only zero batch or zero channel inputs are supported, but got input shape: ",
              Shape{input.sizes()});

  ConvProblem p;
  p.rank = args.rank;
  p.n = input.sizes()[0];
  p.groups = args.groups;
  p.in_c = args.transposed ? weight.sizes()[1] * args.groups : input.sizes()[1];
  p.out_c = weight.sizes()[0];
  // A stride beyond the input is never taken; kept small, it cannot overflow in a product.
  for (Axis& a : all) a.stride = std::min(a.stride, std::max<int64_t>(padded(a), 1));
  p.in_d = all[0].in, p.in_h = all[1].in, p.in_w = all[2].in;
  p.out_d = all[0].out, p.out_h = all[1].out, p.out_w = all[2].out;
  p.k_d = all[0].k, p.k_h = all[1].k, p.k_w = all[2].k;
  p.stride_d = all[0].stride, p.stride_h = all[1].stride, p.stride_w = all[2].stride;
  p.pad_d = all[0].pad, p.pad_h = all[1].pad, p.pad_w = all[2].pad;
  p.dil_d = all[0].dil, p.dil_h = all[1].dil, p.dil_w = all[2].dil;
  return p;
}

}  // namespace nabla::ops
