// Values at places in planes: the gradient of pooling by indices, and its adjoint.
#include <cstring>

#include "ops/ops.h"
#include "ops/pool.h"

namespace nabla::ops {

namespace {

// The numbers of elements in the planes and in the rows of indices, around the last dimensions.
struct Planes {
  int64_t count = 1, inputs = 1, outputs = 1;
  Planes(IntSpan sizes, IntSpan index, int spatial) {
    const size_t lead = sizes.size() - static_cast<size_t>(spatial);
    count = product(sizes.first(lead));
    inputs = product(sizes.subspan(lead));
    outputs = product(index.subspan(lead));
  }
};

Dims sizes_like(const Tensor& v, const Tensor& index, int spatial) {
  Dims out(v.sizes());
  for (size_t i = out.size() - static_cast<size_t>(spatial); i < out.size(); ++i)
    out[i] = index.sizes()[i];
  return out;
}

// dx[p, index[p, i]] += dy[p, i]
struct PlaceInPlanes {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& dy, const Tensor&, const Dims& sizes, int) {
    return {sizes, dy.dtype()};
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& index, const Dims& sizes,
                      int spatial) {
    const DType type = compute_type(out.dtype());
    const Tensor from = dense(dy, type), at = dense(index, DType::int64);
    Target target(out, type);
    const Planes n(sizes, at.sizes(), spatial);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* dy = from.data<T>();
      const int64_t* index = at.data<int64_t>();
      T* dx = target.block().data<T>();
      each_planes(n.count, n.inputs + n.outputs, [&](int64_t first, int64_t count) {
        std::memset(dx + first * n.inputs, 0, static_cast<size_t>(count * n.inputs) * sizeof(T));
        for (int64_t p = first; p < first + count; ++p)
          for (int64_t i = p * n.outputs; i < (p + 1) * n.outputs; ++i)
            if (index[i] >= 0) dx[p * n.inputs + index[i]] += dy[i];
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& v, const Tensor&, const Tensor& index,
                        const Dims&, int spatial) {
    return {pool_take(v, index, spatial), Tensor()};
  }
};

// y[p, i] = v[p, index[p, i]]
struct TakeFromPlanes {
  static constexpr Saves saves = Saves::args(1);
  static Meta meta(const Tensor& v, const Tensor& index, int spatial) {
    return {sizes_like(v, index, spatial), v.dtype()};
  }
  static void compute(Tensor& out, const Tensor& v, const Tensor& index, int spatial) {
    const DType type = compute_type(out.dtype());
    const Tensor from = dense(v, type), at = dense(index, DType::int64);
    Target target(out, type);
    const Planes n(from.sizes(), at.sizes(), spatial);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      const T* v = from.data<T>();
      const int64_t* index = at.data<int64_t>();
      T* y = target.block().data<T>();
      each_planes(n.count, n.outputs, [&](int64_t first, int64_t count) {
        for (int64_t p = first; p < first + count; ++p)
          for (int64_t i = p * n.outputs; i < (p + 1) * n.outputs; ++i)
            y[i] = index[i] < 0 ? T(0) : v[p * n.inputs + index[i]];
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& v, const Tensor& index,
                        int spatial) {
    return {pool_place(grad, index, v.sizes(), spatial), Tensor()};
  }
};

}  // namespace

Tensor pool_place(const Tensor& dy, const Tensor& index, IntSpan sizes, int spatial) {
  return run<PlaceInPlanes>(dy, index, Dims(sizes), spatial);
}
Tensor pool_take(const Tensor& v, const Tensor& index, int spatial) {
  return run<TakeFromPlanes>(v, index, spatial);
}

}  // namespace nabla::ops
