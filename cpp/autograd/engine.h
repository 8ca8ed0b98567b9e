#pragma once
#include "autograd/variable.h"

namespace nabla {

struct BackwardOptions {
  bool retain_graph = false;
  bool create_graph = false;  // record the backward pass itself
  bool allow_unused = false;  // autograd.grad: an input that the outputs do not depend on
  bool accumulate = true;     // false: return the gradients of `inputs` and leave .grad alone
};

// Runs the graph from `outputs` back: reverse order of recording, no recursion. `grads` are the
// gradients of the outputs (undefined: one, for a single element). With `inputs` only what leads to
// them is computed; the result has one gradient per input when `accumulate` is false, else nothing.
Grads run_backward(const TensorList& outputs, const Grads& grads, const TensorList& inputs,
                   const BackwardOptions& options);

}  // namespace nabla
