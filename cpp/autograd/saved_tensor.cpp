#include "autograd/saved_tensor.h"

#include "autograd/variable.h"

namespace nabla {

SavedTensor::SavedTensor(const Tensor& t, bool is_output) {
  if (!t.defined()) return;
  CHECK(!t.impl()->inference,
        "Inference tensors cannot be saved for backward. To work around you can make a clone to "
        "get a normal tensor and use it in autograd.");
  defined_ = true;
  is_output_ = is_output;
  version_ = t.version();
  bool leaf = !is_output && t.requires_grad() && is_leaf(t);
  if (leaf) {
    data_ = t;
    return;
  }
  data_ = alias(t, t.sizes(), t.strides(), t.storage_offset());
  data_.impl()->wrapped_number = t.is_wrapped_number();
  if (is_output)
    output_nr_ = autograd_meta(t).output_nr;
  else if (t.requires_grad())
    edge_ = gradient_edge(t);
}

Tensor SavedTensor::unpack(Node* owner) const {
  if (!defined_) return Tensor();
  CHECK(!released_,
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify { retainGraph: true } if you need "
        "to backward through the graph a second time or if you need to access saved tensors after "
        "calling backward.");
  CHECK(data_.version() == version_,
        "one of the variables needed for gradient computation has been modified by an inplace "
        "operation: [torch.",
        data_.dtype(), " ", Shape{data_.sizes()}, "], which is ",
        is_output_ ? str("output ", output_nr_, " of ", owner->name())
                   : str("an input of ", owner->name()),
        ", is at version ", data_.version(), "; expected version ", version_, " instead.");
  if (!edge_ && !is_output_) return data_;
  Tensor t = alias(data_, data_.sizes(), data_.strides(), data_.storage_offset());
  if (is_output_)
    set_history(t, Ref<Node>(owner), output_nr_);
  else
    set_history(t, edge_.node, edge_.nr);
  return t;
}

void SavedTensor::release() {
  if (!defined_) return;
  data_.reset();
  edge_ = Edge();
  released_ = true;
}

}  // namespace nabla
