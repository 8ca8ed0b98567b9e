#include <cstring>
#include <numeric>

#include "ops/index_support.h"
#include "ops/item_type.h"
#include "ops/op.h"
#include "ops/ops.h"

// x[items] and x[items] = value. The items without tensors make a view; what is left are integer
// tensors of one shape over neighbouring dimensions: indexGather and indexPlace.
namespace nabla::ops {
namespace {

// Adds up what the index tensors say into item offsets, one for each element of their shape.
std::vector<int64_t> offsets_of(const Tensor& self, int64_t first, const TensorList& indices) {
  std::vector<int64_t> offsets(size_t(indices[0].numel()), 0);
  for (size_t k = 0; k < indices.size(); ++k) {
    const int64_t dim = first + int64_t(k), step = self.strides()[dim];
    const int64_t size = self.sizes()[dim];
    const Tensor flat = long_indices(indices[k]);
    const int64_t* at = flat.data<int64_t>();
    check_indices(at, flat.numel(), dim, size, true);
    for (size_t i = 0; i < offsets.size(); ++i)
      offsets[i] += step * (at[i] < 0 ? at[i] + size : at[i]);
  }
  return offsets;
}

void check_index_tensors(const Tensor& self, int64_t first, const TensorList& indices) {
  INTERNAL(!indices.empty() && first >= 0 && first + int64_t(indices.size()) <= self.dim(),
           "index tensors beside the dimensions");
  for (const Tensor& t : indices)
    INTERNAL(is_index_dtype(t.dtype()) && equal(t.sizes(), indices[0].sizes()),
             "index tensors of different shapes");
}

// [before..., shape of the indices..., after...]
Dims gathered_sizes(const Tensor& self, int64_t first, const TensorList& indices) {
  Dims sizes(self.sizes().first(first));
  for (int64_t s : indices[0].sizes()) sizes.push_back(s);
  for (int64_t s : self.sizes().subspan(first + indices.size())) sizes.push_back(s);
  return sizes;
}

// f(self_offset, i) for each row of the result: before dimension and index element in order; i
// counts rows. A row is what the dimensions after the indexed ones hold.
template <class F>
void each_row(const Tensor& self, int64_t first, const std::vector<int64_t>& offsets, F&& f) {
  const IntSpan before = self.sizes().first(first), strides = self.strides().first(first);
  int64_t i = 0;
  each_offset(before, strides, strides, [&](int64_t start, int64_t) {
    for (int64_t offset : offsets) f(start + offset, i++);
  });
}

bool is_row_contiguous(IntSpan sizes, IntSpan strides) {
  int64_t step = 1;
  for (size_t d = sizes.size(); d-- > 0;) {
    if (sizes[d] != 1 && strides[d] != step) return false;
    step *= sizes[d];
  }
  return true;
}

// y = x[..., i1, i2, ..., ...];  dx = zeros with dy added at the indices
struct IndexGather {
  static constexpr Saves saves = {~uint64_t{1}, 0};
  static constexpr std::string_view node_name = "IndexBackward0";
  static Meta meta(const Tensor& self, int64_t first, const TensorList& indices) {
    check_index_tensors(self, first, indices);
    return {gathered_sizes(self, first, indices), self.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& self, int64_t first, const TensorList& indices) {
    const std::vector<int64_t> offsets = offsets_of(self, first, indices);
    if (out.numel() == 0) return;
    const size_t last = size_t(first) + indices.size();
    const IntSpan sizes = self.sizes().subspan(last), strides = self.strides().subspan(last);
    const int64_t row = product(sizes);
    if (row == 1) {
      with_item_type(self.itemsize(), [&](auto zero) {
        using T = decltype(zero);
        const T* from = static_cast<const T*>(self.raw_data());
        T* to = static_cast<T*>(out.raw_data());
        each_row(self, first, offsets, [&](int64_t at, int64_t i) { to[i] = from[at]; });
      });
      return;
    }
    const int64_t item = int64_t(self.itemsize());
    const char* from = static_cast<const char*>(self.raw_data());
    char* to = static_cast<char*>(out.raw_data());
    const bool whole = is_row_contiguous(sizes, strides);
    const Dims dense = contiguous_strides(sizes);
    each_row(self, first, offsets, [&](int64_t at, int64_t i) {
      if (whole)
        std::memcpy(to + i * row * item, from + at * item, size_t(row * item));
      else
        strided_copy(to + i * row * item, dense, from + at * item, strides, sizes, size_t(item));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, int64_t first,
                        const TensorList& indices) {
    Grads grads(1 + indices.size());
    const Tensor zeros = full(self.sizes(), Scalar(0), grad.dtype());
    grads[0] = index_place(zeros, grad, first, true, indices);
    return grads;
  }
};

// y = x with y[..., i1, i2, ..., ...] = v, or += v;  dx = dy (zeros there unless added), dv = dy
// from there
struct IndexPlace {
  static constexpr Saves saves = {~uint64_t{3}, 0};
  static constexpr std::string_view node_name = "IndexPutBackward0";
  static Meta meta(const Tensor& self, const Tensor& values, int64_t first, bool,
                   const TensorList& indices) {
    check_index_tensors(self, first, indices);
    INTERNAL(values.dtype() == self.dtype() &&
                 equal(values.sizes(), gathered_sizes(self, first, indices)),
             "values of another shape or dtype");
    return like(self);
  }
  static void compute(Tensor& out, const Tensor& self, const Tensor& values, int64_t first,
                      bool accumulate, const TensorList& indices) {
    const std::vector<int64_t> offsets = offsets_of(out, first, indices);
    start_from(out, self);
    if (values.numel() == 0) return;
    const size_t last = size_t(first) + indices.size();
    const IntSpan sizes = out.sizes().subspan(last), strides = out.strides().subspan(last);
    const Tensor dense = contiguous_values(values);
    if (accumulate) {
      dispatch(out.dtype(), [&](auto zero) {
        using T = decltype(zero);
        const T* from = dense.data<T>();
        place<T>(out, first, offsets, sizes, strides, [&](T& to) { to = T(to + *from++); });
      });
    } else {
      with_item_type(out.itemsize(), [&](auto zero) {
        using T = decltype(zero);
        const T* from = static_cast<const T*>(dense.raw_data());
        place<T>(out, first, offsets, sizes, strides, [&](T& to) { to = *from++; });
      });
    }
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, const Tensor& values,
                        int64_t first, bool accumulate, const TensorList& indices) {
    Grads grads(2 + indices.size());
    if (ctx.needs(0)) {
      grads[0] = accumulate ? grad
                            : index_place(grad, full(values.sizes(), Scalar(0), grad.dtype()),
                                          first, false, indices);
    }
    if (ctx.needs(1)) grads[1] = index_gather(grad, first, indices);
    return grads;
  }

 private:
  static Tensor contiguous_values(const Tensor& values) {
    if (values.is_contiguous()) return values;
    Tensor dense = empty(values.sizes(), values.dtype());
    start_from(dense, values);
    return dense;
  }
  // f(element) for all elements that are named, in the order of the values.
  template <class T, class F>
  static void place(Tensor& out, int64_t first, const std::vector<int64_t>& offsets, IntSpan sizes,
                    IntSpan strides, F&& f) {
    T* to = static_cast<T*>(out.raw_data());
    each_row(out, first, offsets, [&](int64_t at, int64_t) {
      each_offset(sizes, strides, strides, [&](int64_t a, int64_t) { f(to[at + a]); });
    });
  }
};

// What the items say: a view, and a tensor of int64 for each of its dimensions that is gathered.
struct Resolved {
  Tensor view;
  // By dimension of the view, undefined where there is none; empty when no item is a tensor.
  std::vector<Tensor> indices;
};

bool is_mask(const Tensor& t) { return t.dtype() == DType::bool_ || t.dtype() == DType::uint8; }

// Dimensions of self that an item takes.
int64_t taken_dims(const IndexItem& item) {
  using K = IndexItem::Kind;
  if (item.kind == K::integer || item.kind == K::slice) return 1;
  if (item.kind != K::tensor) return 0;
  return is_mask(item.tensor) ? item.tensor.dim() : 1;
}

Tensor select_at(const Tensor& view, int64_t dim, int64_t index, int64_t original) {
  CHECK_RANGE(view.dim() > 0,
              "invalid index of a 0-dim tensor. Use `tensor.item()` to convert a 0-dim tensor to a "
              "number");
  const int64_t size = view.sizes()[dim];
  CHECK_RANGE(index >= -size && index < size, "index ", index, " is out of bounds for dimension ",
              original, " with size ", size);
  return select(view, dim, index);
}

// A mask as one index tensor per dimension: where it is true.
void add_mask(Resolved& r, int64_t dim, const Tensor& mask) {
  for (int64_t d = 0; d < mask.dim(); ++d)
    CHECK_RANGE(mask.sizes()[d] == r.view.sizes()[dim + d], "The shape of the mask ",
                Shape{mask.sizes()}, " at index ", d,
                " does not match the shape of the indexed tensor ", Shape{r.view.sizes()},
                " at index ", dim + d);
  const Tensor places = nonzero(mask);
  for (int64_t d = 0; d < mask.dim(); ++d) r.indices[dim + d] = select(places, 1, d);
}

// A boolean: a new dimension that is kept or emptied by an index tensor.
void add_boolean(Resolved& r, int64_t dim, bool keep) {
  r.view = unsqueeze(r.view, dim);
  r.indices.insert(r.indices.begin() + dim, full(Dims{keep}, Scalar(0), DType::int64));
}

// Negative indices are brought into range here, where the caller's dimension is known.
void add_indices(Resolved& r, int64_t dim, const Tensor& index, int64_t original) {
  CHECK_TYPE(is_integral(index.dtype()),
             "tensors used as indices must be long, int, byte or bool "
             "tensors, got ",
             index.dtype(), "; make it with { dtype: torch.int64 }");
  const Tensor flat = long_indices(index);
  check_indices(flat.data<int64_t>(), flat.numel(), original, r.view.sizes()[dim], true);
  r.indices[dim] = flat;
}

Resolved resolve(const Tensor& self, const IndexList& items) {
  using K = IndexItem::Kind;
  int64_t taken = 0;
  bool basic = true;
  for (const IndexItem& item : items) {
    taken += taken_dims(item);
    basic &= item.kind != K::tensor && item.kind != K::boolean;
  }
  CHECK_RANGE(taken <= self.dim() || self.dim() > 0,
              "invalid index of a 0-dim tensor. Use `tensor.item()` to convert a 0-dim tensor to a "
              "number");
  CHECK_RANGE(taken <= self.dim(), "too many indices for tensor of dimension ", self.dim());
  Resolved r{self, {}};
  if (!basic) r.indices.resize(size_t(self.dim()));
  int64_t dim = 0;       // of the view
  int64_t original = 0;  // of self
  const auto drop = [&](int64_t index) {
    r.view = select_at(r.view, dim, index, original++);
    if (!basic) r.indices.erase(r.indices.begin() + dim);
  };
  for (const IndexItem& item : items) {
    // A second ellipsis may have passed the end.
    CHECK_RANGE(dim + taken_dims(item) <= r.view.dim(), "too many indices for tensor of dimension ",
                self.dim());
    switch (item.kind) {
      case K::integer:
        drop(item.integer);
        break;
      case K::slice:
        if (item.start || item.stop || item.step.value_or(1) != 1)
          r.view = slice(r.view, dim, item.start, item.stop, item.step.value_or(1));
        ++dim;
        ++original;
        break;
      case K::ellipsis:
        dim += self.dim() - taken;
        original += self.dim() - taken;
        break;
      case K::newaxis:
        r.view = unsqueeze(r.view, dim);
        if (!basic) r.indices.insert(r.indices.begin() + dim, Tensor());
        ++dim;
        break;
      case K::boolean:
        add_boolean(r, dim++, item.integer != 0);
        break;
      case K::tensor: {
        const Tensor& t = item.tensor;
        if (t.dim() == 0 && is_mask(t)) {
          add_boolean(r, dim++, t.item().to_bool());
        } else if (t.dim() == 0 && is_integral(t.dtype())) {
          drop(t.item().to_int());
        } else if (is_mask(t)) {
          add_mask(r, dim, t);
          dim += t.dim();
          original += t.dim();
        } else {
          add_indices(r, dim++, t, original++);
        }
        break;
      }
    }
  }
  return r;
}

// The view with its gathered dimensions side by side, and their index tensors in one shape.
struct Advanced {
  Tensor view;
  int64_t first = 0;
  TensorList indices;  // none: the view is the result
};

Advanced advance(Resolved r) {
  Advanced a{r.view, 0, {}};
  Dims dims;
  Dims shape;
  std::vector<Dims> shapes;
  for (size_t d = 0; d < r.indices.size(); ++d) {
    if (!r.indices[d].defined()) continue;
    dims.push_back(int64_t(d));
    a.indices.push_back(r.indices[d]);
  }
  if (dims.empty()) return a;
  for (const Tensor& t : a.indices) {
    try {
      shape = broadcast_shapes(shape, t.sizes());
    } catch (const Error&) {
      std::string all;
      for (const Tensor& s : a.indices) all += (all.empty() ? "" : ", ") + str(Shape{s.sizes()});
      fail(ErrorKind::range,
           "shape mismatch: indexing tensors could not be broadcast together with shapes ", all);
    }
  }
  for (Tensor& t : a.indices) t = long_indices(expand(t, shape));
  a.first = dims[0];
  if (dims.back() - dims[0] + 1 != int64_t(dims.size())) {
    // Apart from each other: the gathered dimensions go to the front.
    Dims order(dims);
    for (int64_t d = 0; d < r.view.dim(); ++d)
      if (!r.indices[d].defined()) order.push_back(d);
    a.view = permute(a.view, order);
    a.first = 0;
  }
  return a;
}

// value in the shape of the target; leading dimensions of size 1 that the target lacks go.
Tensor fitted(const Tensor& value, IntSpan target) {
  Tensor v = value;
  while (v.dim() > int64_t(target.size()) && v.sizes()[0] == 1) v = squeeze_dims(v, Dims{0});
  bool fits = v.dim() <= int64_t(target.size());
  for (int64_t d = 0; fits && d < v.dim(); ++d) {
    const int64_t s = v.sizes()[v.dim() - 1 - d];
    fits = s == 1 || s == target[target.size() - 1 - d];
  }
  CHECK_RANGE(fits, "shape mismatch: value tensor of shape ", Shape{value.sizes()},
              " cannot be broadcast to indexing result of shape ", Shape{target});
  return equal(v.sizes(), target) ? v : expand(v, target);
}

}  // namespace

Tensor index_gather(const Tensor& self, int64_t first, const TensorList& indices) {
  return run<IndexGather>(self, first, indices);
}
Tensor index_place(const Tensor& self, const Tensor& values, int64_t first, bool accumulate,
                   const TensorList& indices) {
  return run<IndexPlace>(self, values, first, accumulate, indices);
}

Tensor index(const Tensor& self, const IndexList& items) {
  Resolved r = resolve(self, items);
  const Advanced a = advance(std::move(r));
  if (!a.indices.empty()) return index_gather(a.view, a.first, a.indices);
  return a.view.is_same(self) ? view(self, self.sizes()) : a.view;
}
Tensor get(const Tensor& self, const IndexList& items) { return index(self, items); }

Tensor index_put_(const Tensor& self, const IndexList& items, const Operand& value,
                  bool accumulate) {
  const Advanced a = advance(resolve(self, items));
  const bool number = value.is_wrapped_number();
  const Tensor source = number ? scalar_tensor(value.item(), self.dtype()) : Tensor(value);
  if (a.indices.empty()) {
    const Tensor fit = fitted(source, a.view.sizes());
    if (accumulate)
      add_(a.view, fit);
    else
      copy_(a.view, fit);
    return self;
  }
  CHECK_TYPE(source.dtype() == self.dtype(),
             "Index put requires the source and destination dtypes match, got ",
             scalar_type_name(self.dtype()), " for the destination and ",
             scalar_type_name(source.dtype()), " for the source.");
  const Tensor fit = fitted(source, gathered_sizes(a.view, a.first, a.indices));
  run_inplace<IndexPlace>(a.view, fit, a.first, accumulate, a.indices);
  return self;
}

Tensor index_put(const Tensor& self, const IndexList& items, const Operand& value,
                 bool accumulate) {
  return index_put_(clone(self), items, value, accumulate);
}

Tensor take(const Tensor& self, const Tensor& index) {
  CHECK_TYPE(is_index_dtype(index.dtype()), "Expected a long tensor for index, but got ",
             scalar_type_name(index.dtype()), "; make it with { dtype: torch.int64 }");
  const Tensor flat = long_indices(index);
  const int64_t n = self.numel();
  for (int64_t i = 0; i < flat.numel(); ++i) {
    const int64_t at = flat.data<int64_t>()[i];
    CHECK_RANGE(at >= -n && at < n, "out of range: tried to access index ", at, " on a tensor of ",
                n, " elements.");
  }
  return index_gather(reshape(self, Dims{n}), 0, {flat});
}

Tensor masked_select(const Tensor& self, const Tensor& mask) {
  CHECK_TYPE(mask.dtype() == DType::bool_, "expected BoolTensor for mask, got ", mask.dtype());
  Dims shape = broadcast_shapes(self.sizes(), mask.sizes());
  if (shape.empty()) shape.push_back(1);
  IndexItem item;
  item.kind = IndexItem::Kind::tensor;
  item.tensor = expand(mask, shape);
  return index(expand(self, shape), {item});
}

}  // namespace nabla::ops
