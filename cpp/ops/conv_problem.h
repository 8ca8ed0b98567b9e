#pragma once
// What a call of a convolution means: its arguments checked, by PyTorch's rules, and brought to one
// problem.
#include <string_view>

#include "core/tensor.h"
#include "ops/conv_columns.h"

namespace nabla::ops {

// A correlation from [n, in_c, in...] to [n, out_c, out...] in `rank` dimensions; a transposed
// convolution is its adjoint.
struct ConvProblem : Conv3d {
  int64_t rank = 2;

  bool is_plane() const { return in_d == 1 && out_d == 1 && k_d == 1 && pad_d == 0; }
  Dims in_sizes() const { return sizes(n, in_c, in_d, in_h, in_w); }
  Dims out_sizes() const { return sizes(n, out_c, out_d, out_h, out_w); }
  Dims weight_sizes() const { return sizes(out_c, in_c / groups, k_d, k_h, k_w); }

 private:
  Dims sizes(int64_t a, int64_t b, int64_t d, int64_t h, int64_t w) const;
};

// The lists of a call, each one number or one for each dimension; an empty list that was not given
// stands for the default.
struct ConvArguments {
  int64_t rank;
  IntSpan stride, padding, dilation;
  int64_t groups;
  bool same = false;  // padding 'same'
  bool transposed = false;
  IntSpan output_padding = {};  // of a transposed convolution
};

// a * b + c of sizes; a RangeError when it overflows.
int64_t multiply_add(int64_t a, int64_t b, int64_t c);

// `values` for each of `rank` dimensions, `otherwise` where the caller gave nothing.
Dims for_each_dim(IntSpan values, int64_t rank, int64_t otherwise, std::string_view name);

// input is batched.
ConvProblem conv_problem(const ConvArguments& args, const Tensor& input, const Tensor& weight,
                         const OptTensor& bias);

}  // namespace nabla::ops
