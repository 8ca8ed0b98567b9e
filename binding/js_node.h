#pragma once
#include "env.h"

// Where JS functions enter a graph.

namespace nabla::binding {

// A function of the user's that sees a gradient (registerHook).
class JsHook : public GradHook {
 public:
  JsHook(Env& env, napi_value payload) : payload_(env, payload) {}
  Tensor call(const Tensor& grad) override;

 private:
  WeakPayload payload_;
};

// The backward half of a torch.autograd.Function.
class JsNode : public Node {
 public:
  JsNode(Env& env, napi_value payload, std::string name, const TensorList& inputs, size_t outputs);
  Grads apply(Grads&& grads, const Needs& needs) override;
  std::string name() const override { return name_; }
  void release_saved() override;

 private:
  WeakPayload payload_;
  std::string name_;
};

}  // namespace nabla::binding
