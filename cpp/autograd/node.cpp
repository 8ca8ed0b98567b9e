#include "autograd/node.h"

#include <algorithm>

#include "autograd/variable.h"

namespace nabla {
namespace {
// Increases with every recorded op of this thread, so edges always lead to smaller numbers.
// 0 is for gradient sinks.
thread_local uint64_t next_sequence_nr = 1;
thread_local uint64_t next_hook_id = 1;
}  // namespace

Node::Node() : sequence_nr_(next_sequence_nr++) {}

bool Needs::operator()(size_t input) const {
  const auto& inputs = node_.inputs();
  if (input >= inputs.size() || !inputs[input].edge) return false;
  return !wanted_ || wanted_->contains(inputs[input].edge.node.get());
}

void Node::destroy(Node* self) {
  thread_local std::vector<Node*> pending;
  thread_local bool running = false;
  pending.push_back(self);
  if (running) return;
  running = true;
  while (!pending.empty()) {
    Node* node = pending.back();
    pending.pop_back();
    delete node;  // drops edges and saved tensors; nodes that die with them queue up above
  }
  running = false;
  pending.shrink_to_fit();
}

uint64_t HookList::add(uint32_t nr, std::shared_ptr<GradHook> hook) {
  hooks_.push_back({nr, next_hook_id, std::move(hook)});
  return next_hook_id++;
}

bool HookList::remove(uint64_t id) {
  return std::erase_if(hooks_, [&](const Entry& h) { return h.id == id; }) > 0;
}

void HookList::run(Grads& grads) const {
  auto hooks = hooks_;  // a hook may add or remove hooks
  for (const Entry& h : hooks) {
    if (h.nr >= grads.size() || !grads[h.nr].defined()) continue;
    Tensor replaced = h.hook->call(grads[h.nr]);
    if (!replaced.defined()) continue;
    CHECK_RANGE(equal(replaced.sizes(), grads[h.nr].sizes()),
                "a hook has changed the size of the gradient from ", Shape{grads[h.nr].sizes()},
                " to ", Shape{replaced.sizes()});
    grads[h.nr] = replaced;
  }
}

void HookList::notify(const Tensor& t) const {
  auto hooks = hooks_;
  for (const Entry& h : hooks) h.hook->call(t);
}

void Node::run_hooks(Grads& grads) {
  if (!hooks_.empty()) hooks_.run(grads);
  for (auto& [nr, slot] : retained_)
    if (slot->target && nr < grads.size() && grads[nr].defined())
      accumulate_grad(Tensor(Ref<TensorImpl>(slot->target)), grads[nr]);
}

}  // namespace nabla
