#pragma once
#include <memory>
#include <vector>

#include "autograd/node.h"

namespace nabla {

class AccumulateGrad;

// The differentiable side of a tensor.
struct AutogradMeta : AutogradMetaBase {
  Tensor grad;
  Ref<Node> grad_fn;               // null for leaves
  uint32_t output_nr = 0;          // which output of grad_fn this tensor is
  AccumulateGrad* sink = nullptr;  // weak: the sink clears it when it dies
  HookList leaf_hooks;             // a leaf's own: its sink comes and goes
  HookList post_accumulate_hooks;  // see the leaf after its grad was updated
  Ref<RetainSlot> retain;          // retainGrad was asked for
  Tensor base;                     // for views: the tensor that owns the history
  uint32_t view_version = 0;       // version of the data at which grad_fn was made
  bool made_in_no_grad = false;    // a view whose base's history cannot be rewritten through it
  bool one_of_many = false;        // a view from an op with several results (unbind, split)
  bool base_requires_grad() const override { return base.defined() && base.requires_grad(); }
  ~AutogradMeta() override;
};

AutogradMeta& autograd_meta(const Tensor& t);  // made when missing
AutogradMeta* autograd_meta_or_null(const Tensor& t);

bool is_leaf(const Tensor& t);
// The node that made t, null for leaves; a view whose base was edited gets a new one.
Ref<Node> grad_fn(const Tensor& t);
// Where t's gradient goes: its node, its sink if it is a leaf that requires a gradient, or nowhere.
Edge gradient_edge(const Tensor& t);

void set_requires_grad(const Tensor& t, bool on);
void set_history(const Tensor& t, Ref<Node> node, uint32_t nr);

Tensor grad(const Tensor& t);
void set_grad(const Tensor& t, const Tensor& g);
// grad += g, as the sink of a leaf does it.
void accumulate_grad(const Tensor& t, const Tensor& g);
void retain_grad(const Tensor& t);
uint64_t add_grad_hook(const Tensor& t, std::shared_ptr<GradHook> hook);
// Called with the leaf after a backward pass has updated its grad.
uint64_t add_post_accumulate_hook(const Tensor& leaf, std::shared_ptr<GradHook> hook);
bool remove_grad_hook(const Tensor& t, uint64_t id);

// Same data and version counter, no history.
Tensor detach(const Tensor& t);
// Same data, version counter of its own: writes to it go unseen by autograd (Tensor.data).
Tensor data_alias(const Tensor& t);
// t := same impl over the other tensor's data (assignment to Tensor.data).
void set_data(const Tensor& t, const Tensor& data);
// Marks `view` as a differentiable view of `source` (or of source's own base).
void mark_view(const Tensor& view, const Tensor& source, bool one_of_many = false);

// In-place edits: the checks before, the bookkeeping after.
void check_inplace(const Tensor& self, bool recorded);
void rebase_history(const Tensor& self, Ref<Node> node);

// Sink of a leaf: adds what arrives to leaf.grad.
class AccumulateGrad : public Node {
 public:
  explicit AccumulateGrad(const Tensor& leaf);
  ~AccumulateGrad() override;
  Grads apply(Grads&& grads, const Needs& needs) override;
  std::string name() const override { return "AccumulateGrad"; }
  void run_hooks(Grads& grads) override;
  const Tensor& leaf() const { return leaf_; }

 private:
  Tensor leaf_;
};

}  // namespace nabla
