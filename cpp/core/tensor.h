#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/dims.h"
#include "core/dtype.h"
#include "core/intrusive.h"
#include "core/scalar.h"
#include "core/storage.h"

namespace nabla {

// What autograd hangs on a tensor; defined in autograd/, opaque to core.
struct AutogradMetaBase : SmallObject {
  virtual ~AutogradMetaBase() = default;
  // For a view: whether its base has come to require gradients after the view was made.
  virtual bool base_requires_grad() const = 0;
};

class TensorImpl : public RefCounted<TensorImpl> {
 public:
  TensorImpl(Ref<Storage> storage, Ref<VersionCounter> version, IntSpan sizes, IntSpan strides,
             int64_t offset, DType dtype);

  Ref<Storage> storage;
  Ref<VersionCounter> version;
  Dims sizes;
  Dims strides;
  int64_t offset = 0;  // elements from the start of the storage
  int64_t numel = 0;
  DType dtype;
  bool contiguous = true;
  bool wrapped_number = false;  // stands for a number of the caller's: weak in type promotion
  bool inference = false;       // made under inferenceMode: has no place in a graph
  bool requires_grad = false;   // a leaf that asks for gradients, or the result of a recorded op
  bool is_view = false;         // autograd knows its base
  std::unique_ptr<AutogradMetaBase> autograd;

  void set_geometry(IntSpan new_sizes, IntSpan new_strides, int64_t new_offset);
};

// A handle to a strided n-dimensional array; copies share the array. May be undefined.
class Tensor {
 public:
  Tensor() = default;
  explicit Tensor(Ref<TensorImpl> impl) : impl_(std::move(impl)) {}

  bool defined() const { return static_cast<bool>(impl_); }
  int64_t dim() const { return static_cast<int64_t>(impl_->sizes.size()); }
  IntSpan sizes() const { return impl_->sizes; }
  IntSpan strides() const { return impl_->strides; }
  int64_t size(int64_t d) const { return impl_->sizes[wrap_dim(d, dim())]; }
  int64_t stride(int64_t d) const { return impl_->strides[wrap_dim(d, dim())]; }
  int64_t numel() const { return impl_->numel; }
  int64_t storage_offset() const { return impl_->offset; }
  DType dtype() const { return impl_->dtype; }
  size_t itemsize() const { return size_of(impl_->dtype); }
  bool is_contiguous() const { return impl_->contiguous; }
  bool is_floating() const { return nabla::is_floating(impl_->dtype); }
  bool is_wrapped_number() const { return impl_->wrapped_number; }
  bool requires_grad() const {
    return impl_->requires_grad || (impl_->is_view && impl_->autograd->base_requires_grad());
  }
  bool has_storage() const { return static_cast<bool>(impl_->storage); }
  const Ref<Storage>& storage() const { return impl_->storage; }
  uint32_t version() const { return impl_->version ? impl_->version->value() : 0; }
  void bump_version() const {
    if (impl_->version) impl_->version->bump();
  }

  // Address of element [0, ..., 0].
  void* raw_data() const {
    INTERNAL(impl_->storage, "a saved shape has no data");
    return static_cast<char*>(impl_->storage->data()) +
           impl_->offset * static_cast<int64_t>(itemsize());
  }
  template <class T>
  T* data() const {
    INTERNAL(dtype_of<T> == impl_->dtype, "data of another dtype: ", impl_->dtype);
    return static_cast<T*>(raw_data());
  }
  // Value of a one-element tensor.
  Scalar item() const;

  TensorImpl* impl() const { return impl_.get(); }
  const Ref<TensorImpl>& ref() const { return impl_; }
  void reset() { impl_.reset(); }
  bool is_same(const Tensor& o) const { return impl_ == o.impl_; }

 protected:
  Ref<TensorImpl> impl_;
};

// A tensor operand for which the caller may give a number: it arrives as a 0-d tensor that is
// marked as a wrapped number.
class Operand : public Tensor {
 public:
  Operand() = default;
  Operand(const Tensor& t) : Tensor(t) {}
  Operand(const Scalar& s);
  Operand(double v) : Operand(Scalar(v)) {}
  Operand(int64_t v) : Operand(Scalar(v)) {}
  Operand(int v) : Operand(Scalar(v)) {}
};

using OptTensor = std::optional<Tensor>;
using TensorList = std::vector<Tensor>;
using OptInt = std::optional<int64_t>;
using OptDouble = std::optional<double>;
using OptBool = std::optional<bool>;
using OptScalar = std::optional<Scalar>;
using OptDims = std::optional<Dims>;
using OptDType = std::optional<DType>;

// Uninitialised memory.
Tensor empty(IntSpan sizes, DType dtype);
Tensor empty_strided(IntSpan sizes, IntSpan strides, DType dtype);
// A 0-d tensor that holds the number, converted.
Tensor scalar_tensor(const Scalar& value, DType dtype);
// Another look at the same memory and version counter, unknown to autograd.
Tensor alias(const Tensor& base, IntSpan sizes, IntSpan strides, int64_t offset);
// Sizes and dtype without data: what a node remembers of an input that it does not need.
Tensor shell(IntSpan sizes, DType dtype);
// A tensor over memory of another owner; `release` is called with context when nobody looks at it.
Tensor from_foreign(void* data, size_t bytes, IntSpan sizes, DType dtype,
                    Storage::ReleaseFn release, void* context);

// True if no two index tuples reach the same element, provided by strides that are sorted and
// large enough (sufficient, not necessary; expanded tensors fail it).
bool is_non_overlapping(IntSpan sizes, IntSpan strides);
// Elements from the first to one past the last that the geometry reaches.
int64_t reach(IntSpan sizes, IntSpan strides);

}  // namespace nabla
