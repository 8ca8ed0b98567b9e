// Products of matrices that are tensors of any strides and dtype, without history.
#pragma once

#include "core/tensor.h"

namespace nabla::ops {

// What surrounds a product: out = relu(alpha * A B + beta * out + bias).
struct Epilogue {
  Scalar alpha = 1;
  Scalar beta = 0;
  const Tensor* bias = nullptr;  // (n), of the dtype of out; added after alpha
  bool relu = false;
};

// out (m, n), contiguous = op(a) (m, k) * op(b) (k, n); op transposes where the flag says so.
// Operands are read where they are when one of their strides is 1, else copied. float16 and
// bfloat16 are computed in float32 and rounded once; integers wrap around.
void multiply_matrices(Tensor& out, const Tensor& a, bool trans_a, const Tensor& b, bool trans_b,
                       const Epilogue& epilogue = {});

// The same for each matrix of a batch: equal sizes in front of the last two dimensions of all
// three.
void multiply_batches(Tensor& out, const Tensor& a, bool trans_a, const Tensor& b, bool trans_b,
                      const Scalar& alpha = 1);

}  // namespace nabla::ops
