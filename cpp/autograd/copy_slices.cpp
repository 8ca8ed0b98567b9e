#include "autograd/copy_slices.h"

#include "autograd/grad_ops.h"
#include "autograd/variable.h"

namespace nabla {

CopySlices::CopySlices(const Tensor& base, const Tensor& view, Ref<Node> op)
    : base_sizes_(base.sizes()),
      base_strides_(base.strides()),
      view_sizes_(view.sizes()),
      view_strides_(view.strides()),
      offset_(view.storage_offset() - base.storage_offset()),
      op_(std::move(op)) {
  inputs_.push_back({gradient_edge(base), base_sizes_, base.dtype()});
  for (size_t i = 1; i < op_->inputs().size(); ++i) inputs_.push_back(op_->inputs()[i]);
}

Grads CopySlices::apply(Grads&& grads, const Needs& needs) {
  const GradOps& ops = grad_ops();
  Grads out(inputs_.size());
  if (!grads[0].defined()) return out;
  Tensor whole = empty_strided(base_sizes_, base_strides_, inputs_[0].dtype);
  ops.copy_(whole, grads[0]);
  Tensor slice = ops.clone(ops.as_strided(whole, view_sizes_, view_strides_, offset_));
  Grads inner;
  inner.push_back(std::move(slice));
  // the op's own first input (the view) stands behind the base's edge: always computed
  Grads made = op_->apply(std::move(inner), Needs(*op_, nullptr));
  for (size_t i = 1; i < made.size() && i < out.size(); ++i)
    if (needs(i)) out[i] = made[i];
  Tensor hole = ops.as_strided(whole, view_sizes_, view_strides_, offset_);
  Tensor value = !made.empty() && made[0].defined()
                     ? ops.reduce_to(made[0], view_sizes_, inputs_[0].dtype)
                     : ops.zeros(view_sizes_, inputs_[0].dtype);
  ops.copy_(hole, value);
  out[0] = whole;
  return out;
}

}  // namespace nabla
