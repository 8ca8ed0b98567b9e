#pragma once
#include "autograd/node.h"

namespace nabla {

// History of a base tensor after an in-place op on one of its views: the gradient of the edited
// slice goes through the op, the rest passes unchanged.
class CopySlices : public Node {
 public:
  CopySlices(const Tensor& base, const Tensor& view, Ref<Node> op);
  Grads apply(Grads&& grads, const Needs& needs) override;
  std::string name() const override { return "CopySlices"; }
  void release_saved() override { op_->release_saved(); }

 private:
  Dims base_sizes_, base_strides_;
  Dims view_sizes_, view_strides_;
  int64_t offset_;  // of the view within the base
  Ref<Node> op_;
};

}  // namespace nabla
