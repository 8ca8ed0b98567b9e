#include "autograd/grad_mode.h"
#include "autograd/variable.h"
#include "ops/ops.h"

// Views in place: the tensor takes the geometry and the history of a view of itself.
namespace nabla::ops {
namespace {

template <class F>
Tensor become(const Tensor& self, F&& view_of) {
  check_inplace(self, false);
  const Tensor view = view_of(self);
  const Ref<Node> node = GradMode::enabled() && self.requires_grad() ? grad_fn(view) : nullptr;
  self.impl()->set_geometry(view.sizes(), view.strides(), view.storage_offset());
  self.bump_version();
  if (node) set_history(self, node, autograd_meta(view).output_nr);
  return self;
}

}  // namespace

Tensor squeeze_(const Tensor& self) {
  return become(self, [](const Tensor& x) { return squeeze(x); });
}
Tensor squeeze_dims_(const Tensor& self, IntSpan dim) {
  return become(self, [&](const Tensor& x) { return squeeze_dims(x, dim); });
}
Tensor unsqueeze_(const Tensor& self, int64_t dim) {
  return become(self, [&](const Tensor& x) { return unsqueeze(x, dim); });
}
Tensor transpose_(const Tensor& self, int64_t dim0, int64_t dim1) {
  return become(self, [&](const Tensor& x) { return transpose(x, dim0, dim1); });
}
Tensor t_(const Tensor& self) {
  return become(self, [](const Tensor& x) { return t(x); });
}

}  // namespace nabla::ops
