#pragma once
#include <functional>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/tensor.h"

namespace nabla {

class Node;

// One gradient per forward input (or output); undefined stands for zero.
using Grads = std::vector<Tensor>;

// Where a gradient goes: input `nr` of a node's backward, which is output `nr` of its forward.
struct Edge {
  Ref<Node> node;
  uint32_t nr = 0;
  explicit operator bool() const { return static_cast<bool>(node); }
};

// What a node remembers of one forward input: its edge, and the shape and dtype that the gradient
// is brought to.
struct NodeInput {
  Edge edge;
  Dims sizes;
  DType dtype = DType::float32;
};

// Tells which of a node's inputs need a gradient in the current backward pass.
class Needs {
 public:
  Needs(const Node& node, const std::unordered_set<const Node*>* wanted)
      : node_(node), wanted_(wanted) {}
  bool operator()(size_t input) const;

 private:
  const Node& node_;
  const std::unordered_set<const Node*>* wanted_;  // null: everything that has an edge
};

// A function that sees a tensor's gradient on its way and may replace it (an undefined result keeps
// it).
class GradHook {
 public:
  virtual ~GradHook() = default;
  virtual Tensor call(const Tensor& grad) = 0;
};

// Link from a node to a tensor whose `retainGrad` was asked for; the tensor clears it when it dies.
struct RetainSlot : RefCounted<RetainSlot> {
  TensorImpl* target = nullptr;
};

// Hooks in the order in which they were added.
class HookList {
 public:
  uint64_t add(uint32_t nr, std::shared_ptr<GradHook> hook);
  bool remove(uint64_t id);
  // Replaces gradients by what their hooks return.
  void run(Grads& grads) const;
  // Calls every hook with one tensor and ignores results.
  void notify(const Tensor& t) const;
  bool empty() const { return hooks_.empty(); }

 private:
  struct Entry {
    uint32_t nr;
    uint64_t id;
    std::shared_ptr<GradHook> hook;
  };
  std::vector<Entry> hooks_;
};

// One recorded operation: from the gradients of its outputs it makes those of its inputs.
class Node : public RefCounted<Node> {
 public:
  Node();
  virtual ~Node() = default;
  virtual Grads apply(Grads&& grads, const Needs& needs) = 0;
  virtual std::string name() const = 0;
  // Frees saved tensors; a later apply that needs them is an error.
  virtual void release_saved() {}
  // Destroys without recursion: a chain of a million nodes must not overflow the stack.
  static void destroy(Node* self);

  std::vector<NodeInput>& inputs() { return inputs_; }
  const std::vector<NodeInput>& inputs() const { return inputs_; }
  uint64_t sequence_nr() const { return sequence_nr_; }
  uint32_t output_count() const { return output_count_; }
  void set_output_count(uint32_t n) { output_count_ = n; }

  HookList& hooks() { return hooks_; }
  // Runs hooks and fills retained gradients; called by the engine with complete gradients.
  virtual void run_hooks(Grads& grads);
  void retain_grad(uint32_t nr, Ref<RetainSlot> slot) {
    retained_.emplace_back(nr, std::move(slot));
  }

 protected:
  explicit Node(uint64_t sequence_nr) : sequence_nr_(sequence_nr) {}
  std::vector<NodeInput> inputs_;

 private:
  uint64_t sequence_nr_;
  uint32_t output_count_ = 1;
  HookList hooks_;
  std::vector<std::pair<uint32_t, Ref<RetainSlot>>> retained_;
};

}  // namespace nabla
