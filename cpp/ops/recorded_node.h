#pragma once
#include <array>

#include "autograd/node.h"
#include "autograd/saved_tensor.h"
#include "core/tensor.h"

// What running and recording an op needs that does not depend on the op.

namespace nabla {

// What a result will be: known before any data is touched.
struct Meta {
  Dims sizes;
  DType dtype = DType::float32;
  OptDims strides = std::nullopt;  // contiguous when not given
};
inline Meta like(const Tensor& t) { return {Dims(t.sizes()), t.dtype(), std::nullopt}; }

// Another look at the first argument's memory; offset in elements from the start of its storage.
struct Geometry {
  Dims sizes;
  Dims strides;
  int64_t offset = 0;
};

// Which tensors a node keeps: tensor arguments, numbered among the tensor arguments alone (lists
// count each element; numbers from 63 on share one bit), and results.
struct Saves {
  uint64_t arguments = 0;
  uint32_t outputs = 0;
  static constexpr Saves none() { return {}; }
  static constexpr Saves output(int nr = 0) { return {0, 1u << nr}; }
  template <class... I>
  static constexpr Saves args(I... i) {
    return {((uint64_t{1} << i) | ... | 0), 0};
  }
  // a * b: each is needed for the other's gradient. `needs` has a bit for each tensor argument.
  static constexpr Saves cross(uint64_t needs) {
    return {((needs >> 1) & 1) | ((needs & 1) << 1), 0};
  }
  constexpr Saves operator|(Saves o) const {
    return {arguments | o.arguments, outputs | o.outputs};
  }
};

namespace detail {

using TensorRefs = SmallVector<const Tensor*, 8>;
const Tensor& undefined_tensor();

// Bit i (63 for all later ones): tensor i requires a gradient.
uint64_t needs_mask(const TensorRefs& tensors);

// A node that keeps tensors of the call that it records.
class RecordedNode : public Node {
 public:
  void keep_inputs(const TensorRefs& tensors, Saves saves);
  // Makes `out` a result of this node.
  void attach(const Tensor& out);
  void attach(const Tensor* outs, size_t count, size_t differentiable);
  void keep_output(const Tensor& t, size_t nr);
  // Replaces what was kept of argument 0, if it was (in-place ops keep a copy made before the
  // edit).
  void keep_copy_of_first(const Tensor& t);
  Tensor output(size_t nr) { return outputs_[nr].unpack(this); }
  void release_saved() override;

 protected:
  static bool none_defined(const Grads& grads);
  // Tensor argument i: what was saved of it, else its shape alone.
  Tensor tensor(size_t i);
  TensorList list(size_t count, size_t& next);

 private:
  std::vector<SavedTensor> saved_;
  std::array<SavedTensor, 4> outputs_;
  uint32_t saved_outputs_ = 0;
};

Tensor allocate(const Meta& m);
Tensor make_view(const Tensor& self, const Geometry& g);

// Does `a` look at self's memory through another geometry? In-place ops would read half-written
// data.
bool shares_half(const Tensor& a, const Tensor& self);
// Checks of an in-place op whose result would be `m`, before anything is written; what follows its
// computation.
void begin_inplace(const Tensor& self, const Meta& m, RecordedNode* node);
void end_inplace(const Tensor& self, const Meta& m, const Ref<RecordedNode>& node);

}  // namespace detail
}  // namespace nabla
