#pragma once
#include "autograd/node.h"

namespace nabla {

// A tensor kept for backward, with the version its data had. It never holds the tensor's own
// history through the tensor itself (no cycles: a result may be kept by the node that made it, and
// a tensor that is edited later may come to depend on the node that keeps it).
class SavedTensor {
 public:
  SavedTensor() = default;
  // is_output: t is a result of the node that keeps it.
  SavedTensor(const Tensor& t, bool is_output);
  // The tensor with its history. `owner` is the node that keeps it.
  Tensor unpack(Node* owner) const;
  bool defined() const { return defined_; }
  void release();

 private:
  Tensor data_;  // the leaf itself, or a detached alias
  Edge edge_;    // history of an input
  uint32_t version_ = 0;
  uint32_t output_nr_ = 0;
  bool defined_ = false;
  bool is_output_ = false;
  bool released_ = false;
};

}  // namespace nabla
