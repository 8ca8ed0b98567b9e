#include "autograd/grad_mode.h"
#include "ops/op.h"
#include "ops/ops.h"

// Ops that give several views at once. One node has all pieces as outputs, so that the gradient of
// n pieces is one concatenation and not n sums over the whole tensor.
namespace nabla::ops {
namespace {

class PiecesBackward final : public Node {
 public:
  // `stacked`: the pieces lack dimension dim (unbind); else they share it (split).
  PiecesBackward(const Tensor& self, const TensorList& pieces, int64_t dim, bool stacked)
      : dim_(dim), stacked_(stacked), dtype_(self.dtype()) {
    inputs_.push_back({gradient_edge(self), Dims(self.sizes()), self.dtype()});
    for (const Tensor& piece : pieces) sizes_.push_back(Dims(piece.sizes()));
    set_output_count(uint32_t(pieces.size()));
  }

  // dx = cat or stack of the pieces' gradients, zeros where there is none
  Grads apply(Grads&& grads, const Needs&) override {
    for (size_t i = 0; i < grads.size(); ++i)
      if (!grads[i].defined()) grads[i] = full(sizes_[i], Scalar(0), dtype_);
    if (grads.empty()) return {Tensor()};
    return {stacked_ ? stack(grads, dim_) : cat(grads, dim_)};
  }
  std::string name() const override { return stacked_ ? "UnbindBackward0" : "SplitBackward0"; }

 private:
  int64_t dim_;
  bool stacked_;
  DType dtype_;
  std::vector<Dims> sizes_;
};

// Piece i is made by make(i) without a history of its own.
template <class F>
TensorList pieces_of(const Tensor& self, int64_t count, int64_t dim, bool stacked, F&& make) {
  TensorList pieces;
  pieces.reserve(size_t(count));
  for (int64_t i = 0; i < count; ++i) {
    const Geometry g = make(i);
    pieces.push_back(alias(self, g.sizes, g.strides, g.offset));
    mark_view(pieces.back(), self, true);
  }
  if (GradMode::enabled() && self.requires_grad()) {
    Ref<Node> node(new PiecesBackward(self, pieces, dim, stacked));
    for (size_t i = 0; i < pieces.size(); ++i) set_history(pieces[i], node, uint32_t(i));
  }
  return pieces;
}

void check_has_dims(const Tensor& self) {
  CHECK_RANGE(self.dim() > 0, "expects at least a 1-dimensional tensor");
}

TensorList split_at(const Tensor& self, IntSpan lengths, int64_t dim) {
  int64_t start = 0;
  return pieces_of(self, int64_t(lengths.size()), dim, false, [&](int64_t i) {
    Geometry g{Dims(self.sizes()), Dims(self.strides()), self.storage_offset()};
    g.sizes[dim] = lengths[i];
    g.offset += start * self.strides()[dim];
    start += lengths[i];
    return g;
  });
}

}  // namespace

TensorList unbind(const Tensor& self, int64_t dim) {
  CHECK_RANGE(self.dim() > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  dim = wrap_dim(dim, self.dim());
  return pieces_of(self, self.sizes()[dim], dim, true, [&](int64_t i) {
    Geometry g{Dims(self.sizes()), Dims(self.strides()), self.storage_offset()};
    g.offset += i * self.strides()[dim];
    g.sizes.erase(dim);
    g.strides.erase(dim);
    return g;
  });
}

TensorList split(const Tensor& self, int64_t split_size, int64_t dim) {
  check_has_dims(self);
  CHECK_RANGE(split_size >= 0,
              "split expects split_size be non-negative, but got split_size=", split_size);
  dim = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[dim];
  CHECK_RANGE(split_size > 0 || size == 0,
              "split_size can only be 0 if dimension size is 0, but got dimension size of ", size);
  const int64_t count = split_size == 0 || size == 0 ? 1 : (size - 1) / split_size + 1;
  Dims lengths(size_t(count), split_size);
  lengths.back() = size - split_size * (count - 1);
  return split_at(self, lengths, dim);
}

TensorList split_with_sizes(const Tensor& self, IntSpan split_size, int64_t dim) {
  check_has_dims(self);
  dim = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[dim];
  int64_t sum = 0;
  bool overflow = false;
  for (int64_t s : split_size) {
    CHECK_RANGE(s >= 0,
                "split_with_sizes expects split_sizes have only non-negative entries, but "
                "got split_sizes=",
                Shape{split_size});
    overflow |= __builtin_add_overflow(sum, s, &sum);
  }
  CHECK_RANGE(!overflow && sum == size, "split_with_sizes expects split_sizes to sum exactly to ",
              size, " (input tensor's size at dimension ", dim,
              "), but got split_sizes=", Shape{split_size});
  return split_at(self, split_size, dim);
}

TensorList chunk(const Tensor& self, int64_t chunks, int64_t dim) {
  check_has_dims(self);
  CHECK_RANGE(chunks > 0, "chunk expects `chunks` to be greater than 0, got: ", chunks);
  dim = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[dim];
  const int64_t length = (size + chunks - 1) / chunks;
  // An empty dimension still gives the number of pieces that was asked for.
  if (length == 0) return split_at(self, Dims(size_t(chunks), 0), dim);
  return split(self, length, dim);
}

}  // namespace nabla::ops
