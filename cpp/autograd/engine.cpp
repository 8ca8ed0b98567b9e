#include "autograd/engine.h"

#include <algorithm>
#include <unordered_map>

#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"

namespace nabla {
namespace {

// One call of backward. Edges lead from larger to smaller sequence numbers, so the node with the
// largest number has received all its gradients; leaf sinks (number 0) come last.
class BackwardRun {
 public:
  BackwardRun(const TensorList& inputs, const BackwardOptions& options) : options_(options) {
    captured_.resize(inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
      Edge edge = gradient_edge(inputs[i]);
      CHECK(edge, "One of the differentiated Tensors does not require grad");
      captures_[edge.node.get()].push_back({edge.nr, i});
      sinks_.push_back(std::move(edge.node));
    }
  }

  void add_root(const Edge& edge, const Tensor& grad) {
    roots_.push_back(edge.node);
    deliver(edge, grad);
  }

  Grads run() {
    if (!captures_.empty()) find_wanted();
    while (!queue_.empty()) step();
    return std::move(captured_);
  }

 private:
  struct Capture {
    uint32_t nr;
    size_t index;
  };
  struct Later {
    bool operator()(const Ref<Node>& a, const Ref<Node>& b) const {
      return a->sequence_nr() < b->sequence_nr();
    }
  };

  // Marks the nodes from which an input can be reached: depth first with a stack of our own.
  void find_wanted() {
    std::unordered_map<const Node*, bool> seen;
    struct Frame {
      const Node* node;
      size_t next;
    };
    std::vector<Frame> stack;
    auto visit = [&](const Node* n) {
      if (seen.emplace(n, captures_.contains(const_cast<Node*>(n))).second) stack.push_back({n, 0});
    };
    for (const auto& root : roots_) {
      visit(root.get());
      while (!stack.empty()) {
        Frame& top = stack.back();
        const Node* node = top.node;
        if (top.next < node->inputs().size()) {
          const Edge& edge = node->inputs()[top.next++].edge;
          if (edge) visit(edge.node.get());
          continue;
        }
        for (const auto& input : node->inputs())
          if (input.edge && seen[input.edge.node.get()]) seen[node] = true;
        stack.pop_back();
      }
    }
    for (const auto& [node, leads] : seen)
      if (leads) wanted_.insert(node);
  }

  bool is_wanted(const Node* node) const { return captures_.empty() || wanted_.contains(node); }

  void deliver(const Edge& edge, Tensor grad) {
    auto [slot, fresh] = pending_.try_emplace(edge.node.get());
    if (fresh) {
      queue_.push_back(edge.node);
      std::push_heap(queue_.begin(), queue_.end(), Later());
    }
    Grads& grads = slot->second;
    if (grads.size() <= edge.nr)
      grads.resize(std::max<size_t>(edge.nr + 1, edge.node->output_count()));
    Tensor& sum = grads[edge.nr];
    sum = sum.defined() ? grad_ops().add(sum, grad) : std::move(grad);
  }

  void step() {
    std::pop_heap(queue_.begin(), queue_.end(), Later());
    Ref<Node> node = std::move(queue_.back());
    queue_.pop_back();
    auto found = pending_.find(node.get());
    Grads grads = std::move(found->second);
    pending_.erase(found);
    if (!is_wanted(node.get())) return;
    node->run_hooks(grads);
    if (auto capture = captures_.find(node.get()); capture != captures_.end())
      if (!take(capture->second, grads, *node)) return;
    Needs needs(*node, captures_.empty() ? nullptr : &wanted_);
    Grads made = node->apply(std::move(grads), needs);
    if (!options_.retain_graph) node->release_saved();
    send(*node, std::move(made), needs);
  }

  // Keeps captured gradients; false if the pass ends at this node.
  bool take(const std::vector<Capture>& captures, const Grads& grads, const Node& node) {
    bool leaf = node.sequence_nr() == 0;
    // a leaf that accumulates gets its gradient from its own sink
    if (!leaf || !options_.accumulate)
      for (const Capture& c : captures)
        if (c.nr < grads.size()) captured_[c.index] = grads[c.nr];
    if (leaf) return options_.accumulate;
    return std::any_of(node.inputs().begin(), node.inputs().end(), [&](const NodeInput& in) {
      return in.edge && wanted_.contains(in.edge.node.get());
    });
  }

  void send(const Node& node, Grads&& made, const Needs& needs) {
    const auto& inputs = node.inputs();
    INTERNAL(made.size() <= inputs.size(), node.name(), " made ", made.size(), " gradients for ",
             inputs.size(), " inputs");
    for (size_t i = 0; i < made.size(); ++i) {
      if (!made[i].defined() || !needs(i)) continue;
      const NodeInput& in = inputs[i];
      Tensor g = std::move(made[i]);
      if (g.dtype() != in.dtype || !equal(g.sizes(), in.sizes))
        g = grad_ops().reduce_to(g, in.sizes, in.dtype);
      deliver(in.edge, std::move(g));
    }
  }

  const BackwardOptions& options_;
  std::vector<Ref<Node>> queue_;
  std::vector<Ref<Node>> roots_;
  std::vector<Ref<Node>> sinks_;
  std::unordered_map<Node*, Grads> pending_;
  std::unordered_map<Node*, std::vector<Capture>> captures_;
  std::unordered_set<const Node*> wanted_;
  Grads captured_;
};

Tensor root_grad(const Tensor& output, const Tensor& grad) {
  if (!grad.defined()) {
    CHECK(output.numel() == 1, "grad can be implicitly created only for scalar outputs, got shape ",
          Shape{output.sizes()});
    return grad_ops().ones_like(output);
  }
  CHECK_RANGE(equal(grad.sizes(), output.sizes()),
              "Mismatch in shape: the gradient has a shape of ", Shape{grad.sizes()},
              " and the output has a shape of ", Shape{output.sizes()}, ".");
  CHECK_TYPE(grad.is_floating(), "the gradient must be floating point, got ", grad.dtype());
  return grad.dtype() == output.dtype()
             ? grad
             : grad_ops().reduce_to(grad, output.sizes(), output.dtype());
}

}  // namespace

Grads run_backward(const TensorList& outputs, const Grads& grads, const TensorList& inputs,
                   const BackwardOptions& options) {
  INTERNAL(grads.size() == outputs.size(), "one gradient per output");
  for (const Tensor& out : outputs)
    CHECK(out.requires_grad(),
          "element of tensors does not require grad and does not have a gradFn");
  Grads made;
  {
    GradModeGuard mode(options.create_graph);
    BackwardRun run(inputs, options);
    for (size_t i = 0; i < outputs.size(); ++i)
      run.add_root(gradient_edge(outputs[i]), root_grad(outputs[i], grads[i]));
    made = run.run();
    if (options.accumulate) {
      // leaves have received theirs; other inputs get their captured gradient here
      for (size_t i = 0; i < made.size(); ++i)
        if (made[i].defined()) accumulate_grad(inputs[i], made[i]);
      return {};
    }
  }
  for (size_t i = 0; i < made.size(); ++i)
    CHECK(made[i].defined() || options.allow_unused,
          "One of the differentiated Tensors appears to not have been used in the graph. Set "
          "{ allowUnused: true } if this is the desired behavior.");
  return made;
}

}  // namespace nabla
