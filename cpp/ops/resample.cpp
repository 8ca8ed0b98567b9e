// interpolate: linear maps along each spatial axis, applied one after the other. The derivative of
// a linear map is its transpose, so one op serves forward, backward and all higher orders.
#include <algorithm>
#include <array>
#include <cstring>

#include "ops/dense.h"
#include "ops/item_type.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/resample_bands.h"
#include "ops/resample_bytes.h"
#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

constexpr int64_t kGrain = 32 * 1024;  // elements per parallel chunk

// out = sum_k w_k rows_k, a row of n elements.
template <class T>
void combine_rows(T* __restrict out, const T* first, int64_t stride, const T* w, int64_t count,
                  int64_t n) {
  if (count == 1) {
    for (int64_t i = 0; i < n; ++i) out[i] = w[0] * first[i];
    return;
  }
  if (count == 0) {
    std::fill_n(out, n, T(0));
    return;
  }
  const T *a = first, *b = first + stride;
  for (int64_t i = 0; i < n; ++i) out[i] = w[0] * a[i] + w[1] * b[i];
  int64_t k = 2;
  for (; k + 1 < count; k += 2) {
    const T *c = first + k * stride, *d = c + stride;
    for (int64_t i = 0; i < n; ++i) out[i] = (out[i] + w[k] * c[i]) + w[k + 1] * d[i];
  }
  if (k < count) {
    const T* c = first + k * stride;
    for (int64_t i = 0; i < n; ++i) out[i] += w[k] * c[i];
  }
}

// One row through a band whose rows have K elements; others take the loop of any length.
template <int K, class T>
void map_row_of(T* __restrict out, const T* in, const Band<T>& b) {
  const int64_t *begin = b.begin.data(), *count = b.count.data();
  const T* w = b.weights.data();
  for (int64_t o = 0; o < b.out; ++o, w += b.taps) {
    const T* const x = in + begin[o];
    T sum = 0;
    if (K > 0 && count[o] == K) {
      sum = w[0] * x[0];
      for (int k = 1; k < K; ++k) sum += w[k] * x[k];
    } else {
      for (int64_t k = 0; k < count[o]; ++k) sum += w[k] * x[k];
    }
    out[o] = sum;
  }
}

template <class T>
void map_row(T* out, const T* in, const Band<T>& b) {
  if (b.identity) {
    std::memcpy(out, in, size_t(b.out) * sizeof(T));
    return;
  }
  switch (b.taps) {
    case 1:
      return map_row_of<1>(out, in, b);
    case 2:
      return map_row_of<2>(out, in, b);
    case 3:
      return map_row_of<3>(out, in, b);
    case 4:
      return map_row_of<4>(out, in, b);
    default:
      return map_row_of<0>(out, in, b);
  }
}

// Rows [begin, end) of a plane. Where it grows in height, input rows are mapped first, each once,
// into a ring of as many rows as a result takes (and copies of them behind it, so that those of a
// result lie in order); where it shrinks, rows are combined first.
template <class T>
void resample_rows(T* out, const T* in, const Band<T>& y, const Band<T>& x, int64_t begin,
                   int64_t end) {
  if (y.identity) {
    for (int64_t r = begin; r < end; ++r) map_row(out + r * x.out, in + r * x.in, x);
    return;
  }
  const bool rows_first = x.identity || y.in > y.out;
  const int64_t width = rows_first ? x.in : x.out;
  T* const scratch = workspace<T>(Workspace::kRows, size_t(2 * y.taps * width));
  int64_t mapped = -1;  // input rows up to this one have been mapped
  for (int64_t r = begin; r < end; ++r) {
    const int64_t first = y.begin[size_t(r)], count = y.count[size_t(r)];
    const T* const w = y.weights.data() + r * y.taps;
    T* const to = out + r * x.out;
    if (x.identity) {
      combine_rows(to, in + first * width, width, w, count, width);
    } else if (rows_first) {
      combine_rows(scratch, in + first * width, width, w, count, width);
      map_row(to, scratch, x);
    } else {
      for (int64_t i = std::max(first, mapped + 1); i < first + count; ++i) {
        T* const slot = scratch + i % y.taps * width;
        map_row(slot, in + i * x.in, x);
        std::memcpy(slot + y.taps * width, slot, size_t(width) * sizeof(T));
        mapped = i;
      }
      combine_rows(to, scratch + first % y.taps * width, width, w, count, width);
    }
  }
}

// The spatial axes of a tensor, in the direction of the forward pass, as [planes, depth, height,
// width].
struct Volume {
  int64_t planes = 1;
  std::array<ResampleAxis, 3> axes;
};

struct Resampling {
  Filter filter = Filter::nearest;
  bool align_corners = false;
  bool transposed = false;
  std::array<double, 3> scales = {};  // of depth, height and width; 0 where none was given
};

Volume volume_of(const Tensor& self, IntSpan size, const Resampling& how) {
  Volume v;
  const auto spatial = int64_t(size.size());
  for (int64_t d = 0; d < self.dim() - spatial; ++d) v.planes *= self.sizes()[size_t(d)];
  for (int64_t k = 0; k < spatial; ++k) {
    ResampleAxis& axis = v.axes[size_t(3 - spatial + k)];
    axis = {self.sizes()[size_t(self.dim() - spatial + k)], size[size_t(k)],
            how.scales[size_t(3 - spatial + k)]};
    if (how.transposed) std::swap(axis.in, axis.out);
  }
  const bool small = spatial == 2 && v.axes[1].out + v.axes[2].out <= 128;
  for (ResampleAxis& axis : v.axes) axis.by_size = small || how.transposed;
  return v;
}

template <class T>
void resample_planes(T* out, const T* in, int64_t planes, const std::array<Band<T>, 3>& bands) {
  const Band<T>&z = bands[0], &y = bands[1], &x = bands[2];
  const int64_t in_slice = y.in * x.in, out_slice = y.out * x.out;
  const int64_t slices = planes * z.out;
  if (z.identity) {
    // Large planes are cut into blocks of rows, as the shape says.
    const int64_t rows = std::clamp<int64_t>(kGrain / x.out, 1, y.out);
    const int64_t blocks = (y.out - 1) / rows + 1;
    parallel_for(slices * blocks, std::max<int64_t>(1, kGrain / (rows * x.out)),
                 [&](int64_t begin, int64_t end) {
                   for (int64_t i = begin; i < end; ++i) {
                     const int64_t s = i / blocks, r = i % blocks * rows;
                     resample_rows(out + s * out_slice, in + s * in_slice, y, x, r,
                                   std::min(r + rows, y.out));
                   }
                 });
    return;
  }
  parallel_for(slices, std::max<int64_t>(1, kGrain / std::max(in_slice, out_slice)),
               [&](int64_t begin, int64_t end) {
                 T* const slice = workspace<T>(Workspace::kConvert, size_t(in_slice));
                 for (int64_t s = begin; s < end; ++s) {
                   const int64_t d = s % z.out;
                   combine_rows(slice, in + (s / z.out * z.in + z.begin[size_t(d)]) * in_slice,
                                in_slice, z.weights.data() + d * z.taps, z.count[size_t(d)],
                                in_slice);
                   resample_rows(out + s * out_slice, slice, y, x, 0, y.out);
                 }
               });
}

// Copies: every element of the result is one of the input.
template <class T>
void pick_nearest(T* out, const T* in, const Volume& v, DType type, bool exact) {
  const auto z = nearest_indices(v.axes[0], type, exact);
  const auto y = nearest_indices(v.axes[1], type, exact);
  const auto x = nearest_indices(v.axes[2], type, exact);
  const auto depth = int64_t(z.size()), height = int64_t(y.size()), width = int64_t(x.size());
  const int64_t in_rows = v.axes[1].in, in_width = v.axes[2].in;
  const int64_t* const at = x.data();
  parallel_for(v.planes * depth, std::max<int64_t>(1, kGrain / (height * width)),
               [&](int64_t begin, int64_t end) {
                 for (int64_t s = begin; s < end; ++s) {
                   const T* const slice =
                       in + (s / depth * v.axes[0].in + z[size_t(s % depth)]) * in_rows * in_width;
                   T* to = out + s * height * width;
                   for (int64_t r = 0; r < height; ++r, to += width) {
                     if (r > 0 && y[size_t(r)] == y[size_t(r - 1)]) {
                       std::memcpy(to, to - width, size_t(width) * sizeof(T));
                       continue;
                     }
                     const T* const from = slice + y[size_t(r)] * in_width;
                     for (int64_t i = 0; i < width; ++i) to[i] = from[at[i]];
                   }
                 }
               });
}

void nearest_into(Tensor& out, const Tensor& self, const Volume& v, bool exact) {
  const Tensor x = dense(self, self.dtype());
  const DType type = self.dtype();
  with_item_type(out.itemsize(), [&](auto item) {
    using T = decltype(item);
    pick_nearest(static_cast<T*>(out.raw_data()), static_cast<const T*>(x.raw_data()), v, type,
                 exact);
  });
}

void bytes_into(Tensor& out, const Tensor& self, const Volume& v, const Resampling& how) {
  const Tensor x = dense(self, DType::uint8);
  const auto band = [&](size_t axis) {
    return resample_band<double>(v.axes[axis], how.filter, how.align_corners, false);
  };
  resample_bytes(out.data<uint8_t>(), x.data<uint8_t>(), v.planes, band(1), band(2));
}

// y = W x along each of the last axes, or W^T x;  dx = W^T dy, or W dy
struct Interpolate {
  static Meta meta(const Tensor& self, IntSpan size, const Resampling&) {
    Meta m = like(self);
    for (size_t k = 0; k < size.size(); ++k) m.sizes[m.sizes.size() - size.size() + k] = size[k];
    return m;
  }
  static void compute(Tensor& out, const Tensor& self, IntSpan size, const Resampling& how) {
    if (out.numel() == 0) return;
    const Volume v = volume_of(self, size, how);
    const bool nearest = how.filter == Filter::nearest || how.filter == Filter::nearest_exact;
    if (nearest && !how.transposed)
      return nearest_into(out, self, v, how.filter == Filter::nearest_exact);
    if (out.dtype() == DType::uint8) return bytes_into(out, self, v, how);
    const DType type = compute_type(out.dtype());
    const Tensor x = dense(self, type);
    Target target(out, type);
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      std::array<Band<T>, 3> bands;
      for (size_t k = 0; k < 3; ++k)
        bands[k] = resample_band<T>(v.axes[k], how.filter, how.align_corners, how.transposed);
      resample_planes(target.block().data<T>(), x.data<T>(), v.planes, bands);
    });
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan size,
                        Resampling how) {
    how.transposed = !how.transposed;
    return {run<Interpolate>(grad, self.sizes().last(size.size()), how)};
  }
};

constexpr const char* kModes =
    "nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact";

// The filter of a mode, checked against the rank of the input.
Filter filter_of(const Tensor& input, std::string_view mode, bool antialias) {
  const int64_t dims = input.dim();
  CHECK_RANGE(dims >= 3 && dims <= 5, "Only 3D, 4D and 5D input Tensors supported (got ", dims,
              "D) for the modes: ", kModes, " (got ", mode, ")");
  const auto needs = [&](int64_t rank) {
    CHECK_RANGE(dims == rank, "Got ", dims, "D input, but ", mode, " mode needs ", rank,
                "D input, got shape ", Shape{input.sizes()});
  };
  CHECK_TYPE(
      !antialias || (dims == 4 && (mode == "bilinear" || mode == "bicubic" || mode == "lanczos")),
      "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires "
      "a 4-D tensor as input, got mode ",
      mode, " and shape ", Shape{input.sizes()});
  if (mode == "nearest") return Filter::nearest;
  if (mode == "nearest-exact") return Filter::nearest_exact;
  if (mode == "area") return Filter::area;
  if (mode == "linear") {
    needs(3);
    return Filter::linear;
  }
  if (mode == "trilinear") {
    needs(5);
    return Filter::linear;
  }
  CHECK_RANGE(mode == "bilinear" || mode == "bicubic" || mode == "lanczos", "unknown mode ", mode,
              ": expected one of ", kModes);
  needs(4);
  if (mode == "bilinear") return antialias ? Filter::smooth_linear : Filter::linear;
  if (mode == "bicubic") return antialias ? Filter::smooth_cubic : Filter::cubic;
  CHECK_TYPE(antialias, "Lanczos mode requires antialias=true");
  return Filter::lanczos;
}

void check_sizes(const Tensor& input, IntSpan size, Filter filter) {
  const IntSpan spatial = input.sizes().last(size.size());
  if (filter == Filter::area) {
    for (size_t k = 0; k < size.size(); ++k)
      CHECK_RANGE(size[k] >= 0 && spatial[k] > 0,
                  "elements of output_size must be greater than or equal to 0 and those of the "
                  "input positive, but got input ",
                  Shape{input.sizes()}, " and output size ", Shape{size});
    return;
  }
  for (size_t k = 0; k < size.size(); ++k)
    CHECK_RANGE(size[k] > 0 && spatial[k] > 0,
                "Input and output sizes should be greater than 0, but got input ", Shape{spatial},
                " output ", Shape{size});
  CHECK_RANGE(input.sizes()[1] > 0, "Non-empty ", input.dim(),
              "D data tensor expected but got a tensor with sizes ", Shape{input.sizes()});
}

}  // namespace

Tensor interpolate(const Tensor& input, const OptDims& size, OptDouble depth_scale,
                   OptDouble height_scale, OptDouble width_scale, std::string_view mode,
                   OptBool align_corners, bool recompute_scale_factor, bool antialias) {
  Resampling how;
  how.filter = filter_of(input, mode, antialias);
  const bool plain = how.filter == Filter::nearest || how.filter == Filter::nearest_exact ||
                     how.filter == Filter::area;
  CHECK_TYPE(!align_corners || !plain,
             "alignCorners option can only be set with the interpolating modes: linear | bilinear "
             "| bicubic | trilinear, got mode ",
             mode);
  how.align_corners = align_corners.value_or(false);
  CHECK_TYPE(how.filter != Filter::lanczos || !how.align_corners,
             "Lanczos mode does not support alignCorners=true");
  const auto spatial = size_t(input.dim() - 2);
  const std::array<OptDouble, 3> scales = {depth_scale, height_scale, width_scale};
  Dims wanted;
  if (size) {
    CHECK_TYPE(!recompute_scale_factor,
               "recomputeScaleFactor is not meaningful with an explicit size.");
    CHECK_RANGE(size->size() == spatial,
                "Input and output must have the same number of spatial dimensions, but got input "
                "with spatial dimensions of ",
                Shape{input.sizes().last(spatial)}, " and output size of ", Shape{*size});
    wanted = *size;
  } else {
    for (size_t k = 0; k < spatial; ++k) {
      const double scale = scales[3 - spatial + k].value_or(0);
      const double length = double(input.sizes()[2 + k]) * scale;
      CHECK_RANGE(std::abs(length) < 0x1p62, "scaleFactor ", scale, " is out of range");
      wanted.push_back(int64_t(length));
      if (!recompute_scale_factor && how.filter != Filter::area)
        how.scales[3 - spatial + k] = scale;
    }
  }
  const DType type = input.dtype();
  // Images of bytes: where PyTorch has kernels for them.
  const bool bytes = type == DType::uint8 && how.filter != Filter::area &&
                     (how.filter != Filter::linear || spatial == 2);
  CHECK_TYPE(is_floating(type) || bytes, "not implemented for '", scalar_type_name(type), "'");
  check_sizes(input, wanted, how.filter);
  return run<Interpolate>(input, IntSpan(wanted), how);
}

}  // namespace nabla::ops
