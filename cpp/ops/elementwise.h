#pragma once
#include <initializer_list>
#include <span>

#include "core/tensor.h"
#include "ops/op.h"

// How elementwise ops run: operands of any strides and dtypes, broadcast against each other, become
// rows of contiguous blocks of one compute type for a row kernel. Whatever is contiguous and of the
// right dtype is used in place; the rest passes through buffers in L1.

namespace nabla::ops {

// PyTorch's result_type: tensors with dimensions count first, then 0-d ones, then numbers, and a
// lower class counts only where it has a higher category (bool < integer < floating).
DType result_type(const Tensor& a, const Tensor& b);
DType result_type(const Tensor& a, const Tensor& b, const Tensor& c);
// As that, and at least the default floating dtype.
inline DType floating(DType t) { return is_floating(t) ? t : default_dtype(); }

// Sizes and strides of an elementwise result: broadcast, and laid out in the order of the operands'
// strides (a permuted dense operand gives a result of the same permutation).
Meta pointwise(const Tensor& a, DType dtype);
Meta pointwise(const Tensor& a, const Tensor& b, DType dtype);
Meta pointwise(const Tensor& a, const Tensor& b, const Tensor& c, DType dtype);

constexpr int max_inputs = 3;
// out[i] = f(in[0][i * step[0]], ...), i < n; a step is 0 or 1. `context` is the row's own.
using RowFn = void (*)(const void* context, void* out, const void* const* in, const int64_t* step,
                       int64_t n);
struct Row {
  RowFn fn;
  const void* context;
  DType out;             // what fn writes
  DType in[max_inputs];  // what fn reads
  bool steps = true;     // fn understands step 0; otherwise one value is repeated for it
  bool heavy = false;    // tens of instructions an element: worth more threads
};

// Runs the row kernel over out and its operands.
void run_rows(Tensor& out, const Row& row, const Tensor* const* inputs, int count);
inline void run_rows(Tensor& out, const Row& row, std::initializer_list<const Tensor*> inputs) {
  run_rows(out, row, inputs.begin(), static_cast<int>(inputs.size()));
}

}  // namespace nabla::ops
