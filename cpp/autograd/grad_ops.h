#pragma once
#include "core/tensor.h"

namespace nabla {

// The few ops that differentiation itself needs. Declared here, defined by the op layer: autograd
// knows no op.
struct GradOps {
  Tensor (*add)(const Tensor& a, const Tensor& b);
  void (*add_)(const Tensor& self, const Tensor& other);         // in place
  Tensor (*reduce_to)(const Tensor& g, IntSpan sizes, DType t);  // sums broadcast dims, casts
  Tensor (*clone)(const Tensor& t);
  Tensor (*ones_like)(const Tensor& t);
  Tensor (*zeros)(IntSpan sizes, DType t);
  Tensor (*as_strided)(const Tensor& t, IntSpan sizes, IntSpan strides, int64_t offset);
  void (*copy_)(const Tensor& self, const Tensor& source);
};
const GradOps& grad_ops();

}  // namespace nabla
