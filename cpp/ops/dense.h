#pragma once
// Tensors as kernels want them: dense blocks of one dtype.
#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"
#include "core/tensor.h"

namespace nabla::ops {

// t as a contiguous tensor of dtype: t itself when it is one, else a converted copy without
// history.
inline Tensor dense(const Tensor& t, DType dtype) {
  if (t.is_contiguous() && t.dtype() == dtype) return t;
  GradModeGuard off(false);
  Tensor out = empty(t.sizes(), dtype);
  grad_ops().copy_(out, t);
  return out;
}

// out = source, converted.
inline void assign(Tensor& out, const Tensor& source) {
  GradModeGuard off(false);
  grad_ops().copy_(out, source);
}

// Where kernels write when out has dtype `wanted` and is contiguous: out itself, else a temporary
// that finish() converts into out with one rounding.
class Target {
 public:
  Target(Tensor& out, DType wanted)
      : out_(out),
        direct_(out.dtype() == wanted && out.is_contiguous()),
        block_(direct_ ? out : empty(out.sizes(), wanted)) {}
  Tensor& block() { return block_; }
  void finish() {
    if (!direct_) assign(out_, block_);
  }

 private:
  Tensor& out_;
  bool direct_;
  Tensor block_;
};

// A dense tensor seen around one dimension: [outer, n, inner].
struct AxisView {
  int64_t outer = 1, n = 1, inner = 1;
};
inline AxisView around(IntSpan sizes, int64_t dim) {
  AxisView v;
  for (size_t d = 0; d < sizes.size(); ++d) {
    if (static_cast<int64_t>(d) < dim) {
      v.outer *= sizes[d];
    } else if (static_cast<int64_t>(d) == dim) {
      v.n = sizes[d];
    } else {
      v.inner *= sizes[d];
    }
  }
  return v;
}

}  // namespace nabla::ops
