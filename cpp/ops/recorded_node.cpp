#include "ops/recorded_node.h"

#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"
#include "autograd/variable.h"

namespace nabla::detail {

const Tensor& undefined_tensor() {
  static const Tensor none;
  return none;
}

uint64_t needs_mask(const TensorRefs& tensors) {
  uint64_t mask = 0;
  for (size_t i = 0; i < tensors.size(); ++i)
    if (tensors[i]->defined() && tensors[i]->requires_grad())
      mask |= uint64_t{1} << std::min<size_t>(i, 63);
  return mask;
}

void RecordedNode::keep_inputs(const TensorRefs& tensors, Saves saves) {
  inputs_.resize(tensors.size());
  if (saves.arguments) saved_.resize(tensors.size());
  for (size_t i = 0; i < tensors.size(); ++i) {
    const Tensor& t = *tensors[i];
    if (!t.defined()) continue;
    inputs_[i] = {gradient_edge(t), Dims(t.sizes()), t.dtype()};
    if (saves.arguments >> std::min<size_t>(i, 63) & 1) saved_[i] = SavedTensor(t, false);
  }
  saved_outputs_ = saves.outputs;
}

void RecordedNode::attach(const Tensor& out) {
  set_history(out, Ref<Node>(this), 0);
  keep_output(out, 0);
}

void RecordedNode::attach(const Tensor* outs, size_t count, size_t differentiable) {
  set_output_count(static_cast<uint32_t>(count));
  for (size_t i = 0; i < count; ++i) {
    if (i < differentiable && outs[i].is_floating())
      set_history(outs[i], Ref<Node>(this), static_cast<uint32_t>(i));
    else
      autograd_meta(outs[i]).output_nr = static_cast<uint32_t>(i);
  }
  for (size_t i = 0; i < count; ++i) keep_output(outs[i], i);
}

void RecordedNode::keep_output(const Tensor& t, size_t nr) {
  if (saved_outputs_ >> nr & 1) outputs_[nr] = SavedTensor(t, true);
}

void RecordedNode::keep_copy_of_first(const Tensor& t) {
  if (!saved_.empty() && saved_[0].defined()) saved_[0] = SavedTensor(grad_ops().clone(t), false);
}

void RecordedNode::release_saved() {
  for (auto& s : saved_) s.release();
  for (auto& s : outputs_) s.release();
}

bool RecordedNode::none_defined(const Grads& grads) {
  return std::none_of(grads.begin(), grads.end(), [](const Tensor& g) { return g.defined(); });
}

Tensor RecordedNode::tensor(size_t i) {
  if (i < saved_.size() && saved_[i].defined()) return saved_[i].unpack(this);
  return shell(inputs_[i].sizes, inputs_[i].dtype);
}

TensorList RecordedNode::list(size_t count, size_t& next) {
  TensorList tensors;
  for (size_t i = 0; i < count; ++i) tensors.push_back(tensor(next++));
  return tensors;
}

Tensor allocate(const Meta& m) {
  Tensor t = m.strides ? empty_strided(m.sizes, *m.strides, m.dtype) : empty(m.sizes, m.dtype);
  if (InferenceMode::enabled()) t.impl()->inference = true;
  return t;
}

Tensor make_view(const Tensor& self, const Geometry& g) {
  Tensor out = alias(self, g.sizes, g.strides, g.offset);
  mark_view(out, self);
  return out;
}

bool shares_half(const Tensor& a, const Tensor& self) {
  if (!a.has_storage() || self.storage() != a.storage() || a.storage()->bytes() == 0) return false;
  return a.storage_offset() != self.storage_offset() || !equal(a.sizes(), self.sizes()) ||
         !equal(a.strides(), self.strides());
}

void begin_inplace(const Tensor& self, const Meta& m, RecordedNode* node) {
  CHECK_RANGE(equal(m.sizes, self.sizes()), "output with shape ", Shape{self.sizes()},
              " doesn't match the broadcast shape ", m.sizes);
  CHECK_TYPE(category(m.dtype) <= category(self.dtype()), "result type ", scalar_type_name(m.dtype),
             " can't be cast to the desired output type ", scalar_type_name(self.dtype()));
  CHECK(is_non_overlapping(self.sizes(), self.strides()),
        "unsupported operation: more than one element of the written-to tensor refers to a single "
        "memory location. Please clone() the tensor before performing the operation.");
  check_inplace(self, node != nullptr);
  if (node) node->keep_copy_of_first(self);
}

void end_inplace(const Tensor& self, const Meta& m, const Ref<RecordedNode>& node) {
  if (m.dtype == self.dtype()) self.bump_version();  // otherwise the copy has done it
  if (!node) return;
  rebase_history(self, node);
  node->keep_output(self, 0);
}

}  // namespace nabla::detail
