// gridSample: y[n, c, p] = sum_t w_t(grid[n, p]) x[n, c, i_t(grid[n, p])] over the elements t
// around point p. Linear in x, and smooth in the grid where no point crosses an element:
//
//   dx = W^T dy,  dgrid_a[p] = sum_c,t dy[c, p] (dw_t / da) x[c, i_t]
//
// The derivatives of these take the same three shapes (sum over elements, its transpose, sum over
// channels) with derivatives of the weights in the place of the weights.
#include <array>
#include <vector>

#include "ops/dense.h"
#include "ops/grid_taps.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

constexpr int64_t kPoints = 256;       // points whose weights are worked out at once
constexpr int64_t kGrain = 32 * 1024;  // products per parallel chunk
constexpr int64_t kGroup = 8;          // channels per parallel chunk of a scatter

// Sizes of a call: x is [n, channels, spatial...], the grid [n, points, axes].
struct GridShape {
  int64_t n, channels, points, elements;
  int axes;
  int64_t sizes[3];  // by coordinate: width, height, depth
  int64_t strides[3];

  GridShape(IntSpan input, IntSpan grid)
      : n(input[0]), channels(input[1]), points(1), elements(1), axes(int(input.size()) - 2) {
    for (int a = 0; a < axes; ++a) {
      sizes[a] = input[input.size() - 1 - size_t(a)];
      strides[a] = elements;
      elements *= sizes[a];
      points *= grid[size_t(1 + a)];
    }
  }
};

// The elements around some points with their weights: [points, taps], or [axes, points, taps] when
// the weights are derivatives by each coordinate.
template <class T>
struct TapTable {
  int64_t taps = 0;
  std::vector<int64_t> at;
  std::vector<T> w;
};

// Product of the weights of one element over the axes, with `order[a]` derivatives along each.
template <class T>
T weight_of(const AxisTaps<T>* taps, const int* k, const int* order, int axes) {
  T product = 1;
  for (int a = 0; a < axes; ++a) {
    const AxisTaps<T>& t = taps[a];
    product *= order[a] == 0 ? t.w[k[a]] : order[a] == 1 ? t.d[k[a]] : t.dd[k[a]];
  }
  return product;
}

// The derivative by coordinate a (none: a < 0), then along `u` if given.
template <class T>
T derived(const AxisTaps<T>* taps, const int* k, int a, const T* u, int axes) {
  int order[3] = {0, 0, 0};
  if (a >= 0) ++order[a];
  if (!u) return weight_of(taps, k, order, axes);
  T sum = 0;
  for (int b = 0; b < axes; ++b) {
    ++order[b];
    sum += u[b] * weight_of(taps, k, order, axes);
    --order[b];
  }
  return sum;
}

// Points [begin, end) of a sample; grid and u point to the sample's first point.
template <class T>
void fill_table(TapTable<T>& table, const GridShape& s, const GridSampling& how, const T* grid,
                const T* u, bool slopes, int64_t begin, int64_t end) {
  const int64_t count = end - begin;
  const int each = how.mode == GridMode::nearest ? 1 : how.mode == GridMode::bilinear ? 2 : 4;
  table.taps = 1;
  for (int a = 0; a < s.axes; ++a) table.taps *= each;
  table.at.resize(size_t(count * table.taps));
  table.w.resize(size_t(count * table.taps * (slopes ? s.axes : 1)));
  for (int64_t p = 0; p < count; ++p) {
    AxisTaps<T> taps[3];
    for (int a = 0; a < s.axes; ++a)
      taps[a] = axis_taps(grid[(begin + p) * s.axes + a], s.sizes[a], how);
    const T* const along = u ? u + (begin + p) * s.axes : nullptr;
    for (int64_t t = 0; t < table.taps; ++t) {
      int k[3];
      int64_t at = 0, rest = t;
      for (int a = 0; a < s.axes; ++a, rest /= each) {
        k[a] = int(rest % each);
        const int64_t i = taps[a].at[k[a]];
        at = at < 0 || i < 0 ? -1 : at + i * s.strides[a];
      }
      table.at[size_t(p * table.taps + t)] = at;
      for (int a = 0; a < (slopes ? s.axes : 1); ++a)
        table.w[size_t((a * count + p) * table.taps + t)] =
            at < 0 && s.axes == 3
                ? T(0)
                : derived(taps, k, slopes ? a : -1, along, s.axes) * T(at < 0 ? 0 : 1);
    }
  }
}

// sum_t w_t x[i_t] of one point. The weight of a missing element is 0, or NaN where the point is no
// number.
template <int K, class T>
inline T sampled(const T* x, const int64_t* at, const T* w) {
  int64_t all = 0;  // negative where an element is missing
  for (int t = 0; t < K; ++t) all |= at[t];
  T sum = 0;
  if (all >= 0) {
    for (int t = 0; t < K; ++t) sum += w[t] * x[at[t]];
  } else {
    for (int t = 0; t < K; ++t) sum += at[t] >= 0 ? w[t] * x[at[t]] : w[t];
  }
  return sum;
}

// Calls f with the number of elements of a point as a constant.
template <class F>
void with_taps(int64_t taps, F&& f) {
  switch (taps) {
    case 1:
      return f.template operator()<1>();
    case 4:
      return f.template operator()<4>();
    case 8:
      return f.template operator()<8>();
    default:
      return f.template operator()<16>();
  }
}

// Calls f(n, table, begin, end) for blocks of points, in parallel.
template <class T, class F>
void each_block(const GridShape& s, const GridSampling& how, const T* grid, const T* u, bool slopes,
                F&& f) {
  const int64_t blocks = (s.points - 1) / kPoints + 1;
  const int64_t work = std::min(s.points, kPoints) * s.channels * 4;
  parallel_for(s.n * blocks, std::max<int64_t>(1, kGrain / work), [&](int64_t first, int64_t last) {
    TapTable<T> table;
    for (int64_t i = first; i < last; ++i) {
      const int64_t n = i / blocks, begin = i % blocks * kPoints;
      const int64_t end = std::min(begin + kPoints, s.points), skip = n * s.points * s.axes;
      fill_table(table, s, how, grid + skip, u ? u + skip : nullptr, slopes, begin, end);
      f(n, table, begin, end);
    }
  });
}

// y[p] = sum_t w_t x[i_t], with the weights' derivative along u if given
template <class T>
void gather(T* y, const T* x, const T* grid, const T* u, const GridShape& s,
            const GridSampling& how) {
  each_block(s, how, grid, u, false,
             [&](int64_t n, const TapTable<T>& table, int64_t begin, int64_t end) {
               with_taps(table.taps, [&]<int K>() {
                 for (int64_t c = n * s.channels; c < (n + 1) * s.channels; ++c) {
                   const int64_t* at = table.at.data();
                   const T* w = table.w.data();
                   for (int64_t p = begin; p < end; ++p, at += K, w += K)
                     y[c * s.points + p] = sampled<K>(x + c * s.elements, at, w);
                 }
               });
             });
}

// dx = the transpose of that: a group of channels of one sample at a time
template <class T>
void scatter(T* dx, const T* dy, const T* grid, const T* u, const GridShape& s,
             const GridSampling& how) {
  const int64_t groups = (s.channels - 1) / kGroup + 1;
  std::fill_n(dx, s.n * s.channels * s.elements, T(0));
  parallel_for(s.n * groups, 1, [&](int64_t first, int64_t last) {
    TapTable<T> table;
    for (int64_t i = first; i < last; ++i) {
      const int64_t n = i / groups, low = i % groups * kGroup, skip = n * s.points * s.axes;
      const int64_t high = std::min(low + kGroup, s.channels);
      for (int64_t begin = 0; begin < s.points; begin += kPoints) {
        const int64_t end = std::min(begin + kPoints, s.points);
        fill_table(table, s, how, grid + skip, u ? u + skip : nullptr, false, begin, end);
        with_taps(table.taps, [&]<int K>() {
          for (int64_t c = n * s.channels + low; c < n * s.channels + high; ++c) {
            const int64_t* at = table.at.data();
            const T* w = table.w.data();
            T* const plane = dx + c * s.elements;
            for (int64_t p = begin; p < end; ++p, at += K, w += K)
              for (int t = 0; t < K; ++t)
                if (at[t] >= 0) plane[at[t]] += w[t] * dy[c * s.points + p];
          }
        });
      }
    }
  });
}

// dgrid_a[p] = sum_c,t dy[c, p] (dw_t / da) x[c, i_t]
template <class T>
void slope_sums(T* dgrid, const T* dy, const T* x, const T* grid, const T* u, const GridShape& s,
                const GridSampling& how) {
  each_block(s, how, grid, u, true,
             [&](int64_t n, const TapTable<T>& table, int64_t begin, int64_t end) {
               T* const to = dgrid + (n * s.points + begin) * s.axes;
               const int64_t count = end - begin;
               std::fill_n(to, count * s.axes, T(0));
               with_taps(table.taps, [&]<int K>() {
                 for (int64_t c = n * s.channels; c < (n + 1) * s.channels; ++c)
                   for (int64_t p = 0; p < count; ++p)
                     for (int a = 0; a < s.axes; ++a)
                       to[p * s.axes + a] += dy[c * s.points + begin + p] *
                                             sampled<K>(x + c * s.elements, table.at.data() + p * K,
                                                        table.w.data() + (a * count + p) * K);
               });
             });
}

// Runs f(zero, shape) with dense operands; nothing to do for empty results.
template <class F>
void with_dense(Tensor& out, const Tensor& grid, IntSpan input, F&& f) {
  const GridShape s(input, grid.sizes());
  if (out.numel() == 0) return;
  const DType type = compute_type(out.dtype());
  Target target(out, type);
  if (s.channels == 0 || s.points == 0) {
    zero_(target.block());
  } else {
    dispatch_float(type, [&](auto zero) { f(target.block().data<decltype(zero)>(), s, type); });
  }
  target.finish();
}

[[noreturn]] Grads no_third_derivative() {
  fail(ErrorKind::state, "gridSample: the third derivative is not implemented");
}

Meta sample_meta(const Tensor& x, const Tensor& grid) {
  Meta m{Dims{x.sizes()[0], x.sizes()[1]}, x.dtype(), std::nullopt};
  for (int64_t a = 1; a < grid.dim() - 1; ++a) m.sizes.push_back(grid.sizes()[size_t(a)]);
  return m;
}

// y = (dW / dgrid along u) x, and its transpose: what the derivative of the grid's gradient needs
struct GridSampleAlong {
  static Meta meta(const Tensor& x, const Tensor& grid, const Tensor&, const GridSampling&) {
    return sample_meta(x, grid);
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& grid, const Tensor& u,
                      const GridSampling& how) {
    with_dense(out, grid, x.sizes(), [&]<class T>(T* to, const GridShape& s, DType type) {
      gather(to, dense(x, type).data<T>(), dense(grid, type).data<T>(), dense(u, type).data<T>(), s,
             how);
    });
  }
  static Grads backward(const Ctx&, const Tensor&, const Tensor&, const Tensor&, const Tensor&,
                        const GridSampling&) {
    no_third_derivative();
  }
};
struct GridSampleAlongInput {
  static Meta meta(const Tensor& dy, const Tensor&, const Tensor&, IntSpan sizes,
                   const GridSampling&) {
    return {Dims(sizes), dy.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& grid, const Tensor& u,
                      IntSpan sizes, const GridSampling& how) {
    with_dense(out, grid, sizes, [&]<class T>(T* to, const GridShape& s, DType type) {
      scatter(to, dense(dy, type).data<T>(), dense(grid, type).data<T>(), dense(u, type).data<T>(),
              s, how);
    });
  }
  static Grads backward(const Ctx&, const Tensor&, const Tensor&, const Tensor&, const Tensor&,
                        IntSpan, const GridSampling&) {
    no_third_derivative();
  }
};
struct GridSampleAlongGrid {
  static Meta meta(const Tensor&, const Tensor&, const Tensor& grid, const Tensor&,
                   const GridSampling&) {
    return like(grid);
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& x, const Tensor& grid,
                      const Tensor& u, const GridSampling& how) {
    with_dense(out, grid, x.sizes(), [&]<class T>(T* to, const GridShape& s, DType type) {
      slope_sums(to, dense(dy, type).data<T>(), dense(x, type).data<T>(),
                 dense(grid, type).data<T>(), dense(u, type).data<T>(), s, how);
    });
  }
  static Grads backward(const Ctx&, const Tensor&, const Tensor&, const Tensor&, const Tensor&,
                        const Tensor&, const GridSampling&) {
    no_third_derivative();
  }
};

// dgrid;  for u, the gradient of dgrid: as with y, but with weights derived along u
struct GridSampleGridGrad {
  static constexpr Saves saves = Saves::args(0, 1, 2);
  static Meta meta(const Tensor&, const Tensor&, const Tensor& grid, const GridSampling&) {
    return like(grid);
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& x, const Tensor& grid,
                      const GridSampling& how) {
    with_dense(out, grid, x.sizes(), [&]<class T>(T* to, const GridShape& s, DType type) {
      slope_sums<T>(to, dense(dy, type).data<T>(), dense(x, type).data<T>(),
                    dense(grid, type).data<T>(), nullptr, s, how);
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& u, const Tensor& dy, const Tensor& x,
                        const Tensor& grid, const GridSampling& how) {
    Grads grads(3);
    if (ctx.needs(0)) grads[0] = run<GridSampleAlong>(x, grid, u, how);
    if (ctx.needs(1)) grads[1] = run<GridSampleAlongInput>(dy, grid, u, x.sizes(), how);
    if (ctx.needs(2)) grads[2] = run<GridSampleAlongGrid>(dy, x, grid, u, how);
    return grads;
  }
};

Tensor sample(const Tensor& x, const Tensor& grid, const GridSampling& how);

// dx = W^T dy;  for v, the gradient of dx: ddy = W v, dgrid = as of a sampled v
struct GridSampleInputGrad {
  static constexpr Saves saves = Saves::args(0, 1);
  static Meta meta(const Tensor& dy, const Tensor&, IntSpan sizes, const GridSampling&) {
    return {Dims(sizes), dy.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& dy, const Tensor& grid, IntSpan sizes,
                      const GridSampling& how) {
    with_dense(out, grid, sizes, [&]<class T>(T* to, const GridShape& s, DType type) {
      scatter<T>(to, dense(dy, type).data<T>(), dense(grid, type).data<T>(), nullptr, s, how);
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& v, const Tensor& dy, const Tensor& grid,
                        IntSpan, const GridSampling& how) {
    Grads grads(2);
    if (ctx.needs(0)) grads[0] = sample(v, grid, how);
    if (ctx.needs(1)) grads[1] = run<GridSampleGridGrad>(dy, v, grid, how);
    return grads;
  }
};

// y = W(grid) x
struct GridSample {
  static constexpr Saves saves(uint64_t needs) {
    return needs & 2 ? Saves::args(0, 1) : Saves::args(1);
  }
  static Meta meta(const Tensor& x, const Tensor& grid, const GridSampling&) {
    return sample_meta(x, grid);
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& grid, const GridSampling& how) {
    with_dense(out, grid, x.sizes(), [&]<class T>(T* to, const GridShape& s, DType type) {
      gather<T>(to, dense(x, type).data<T>(), dense(grid, type).data<T>(), nullptr, s, how);
    });
  }
  static Grads backward(const Ctx& ctx, const Tensor& dy, const Tensor& x, const Tensor& grid,
                        const GridSampling& how) {
    Grads grads(2);
    if (ctx.needs(0)) grads[0] = run<GridSampleInputGrad>(dy, grid, x.sizes(), how);
    if (ctx.needs(1)) grads[1] = run<GridSampleGridGrad>(dy, x, grid, how);
    return grads;
  }
};

Tensor sample(const Tensor& x, const Tensor& grid, const GridSampling& how) {
  return run<GridSample>(x, grid, how);
}

void check_shapes(const Tensor& input, const Tensor& grid, GridMode mode) {
  CHECK_RANGE(input.dim() >= 1 && grid.dim() >= 1 && input.sizes()[0] == grid.sizes()[0],
              "expected grid and input to have same batch size, but got input with sizes ",
              Shape{input.sizes()}, " and grid with sizes ", Shape{grid.sizes()});
  CHECK_RANGE(grid.size(-1) == input.dim() - 2, "expected grid to have size ", input.dim() - 2,
              " in last dimension, but got grid with sizes ", Shape{grid.sizes()});
  CHECK_RANGE((input.dim() == 4 || input.dim() == 5) && input.dim() == grid.dim(),
              "expected 4D or 5D input and grid with same number of dimensions, but got input with "
              "sizes ",
              Shape{input.sizes()}, " and grid with sizes ", Shape{grid.sizes()});
  for (int64_t d = 2; d < input.dim(); ++d)
    CHECK_RANGE(input.sizes()[size_t(d)] > 0,
                "expected input to have non-empty spatial dimensions, but input has sizes ",
                Shape{input.sizes()}, " with dimension ", d, " being empty");
  CHECK_RANGE(mode != GridMode::bicubic || input.dim() == 4,
              "bicubic interpolation only supports 4D input, got sizes ", Shape{input.sizes()});
  CHECK_TYPE(input.is_floating(), "not implemented for '", scalar_type_name(input.dtype()), "'");
  CHECK_TYPE(input.dtype() == grid.dtype(), "expected input and grid of one dtype, but got ",
             input.dtype(), " and ", grid.dtype());
}

// Coordinates of `count` elements of an axis in [-1, 1].
Tensor affine_axis(int64_t count, bool align_corners, DType type) {
  if (count <= 1) return zeros(Dims{count}, type);
  const Tensor edge = linspace(Scalar(-1.0), Scalar(1.0), count, type);
  return align_corners ? edge : mul(edge, double(count - 1) / double(count));
}

}  // namespace

Tensor grid_sample(const Tensor& input, const Tensor& grid, std::string_view mode,
                   std::string_view padding_mode, OptBool align_corners) {
  GridSampling how;
  CHECK_RANGE(mode == "bilinear" || mode == "nearest" || mode == "bicubic",
              "expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '", mode, "'");
  CHECK_RANGE(padding_mode == "zeros" || padding_mode == "border" || padding_mode == "reflection",
              "expected paddingMode to be 'zeros', 'border', or 'reflection', but got: '",
              padding_mode, "'");
  how.mode = mode == "bilinear"  ? GridMode::bilinear
             : mode == "nearest" ? GridMode::nearest
                                 : GridMode::bicubic;
  how.padding = padding_mode == "zeros"    ? GridPadding::zeros
                : padding_mode == "border" ? GridPadding::border
                                           : GridPadding::reflection;
  how.align_corners = align_corners.value_or(false);
  check_shapes(input, grid, how.mode);
  return sample(input, grid, how);
}

Tensor affine_grid(const Tensor& theta, IntSpan size, OptBool align_corners) {
  CHECK_TYPE(theta.is_floating(), "Expected theta to have floating point type, but got ",
             theta.dtype());
  CHECK_RANGE(size.size() == 4 || size.size() == 5,
              "only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got "
              "size ",
              Shape{size});
  const auto axes = int64_t(size.size()) - 2;
  CHECK_RANGE(theta.dim() == 3 && theta.sizes()[1] == axes && theta.sizes()[2] == axes + 1,
              "Expected a batch of ", axes, "D affine matrices of shape Nx", axes, "x", axes + 1,
              " for size ", Shape{size}, ". Got ", Shape{theta.sizes()});
  for (int64_t s : size)
    CHECK_RANGE(s > 0, "Expected non-zero, positive output size. Got ", Shape{size});
  CHECK_RANGE(theta.sizes()[0] == size[0], "Expected ", size[0], " affine matrices for size ",
              Shape{size}, ". Got ", Shape{theta.sizes()});
  // Each point as (x, y, 1) or (x, y, z, 1).
  const IntSpan spatial = size.last(size_t(axes));
  TensorList columns;
  for (int64_t a = axes - 1; a >= 0; --a) {
    Dims shape(static_cast<size_t>(axes), 1);
    shape[size_t(a)] = spatial[size_t(a)];
    const Tensor axis =
        affine_axis(spatial[size_t(a)], align_corners.value_or(false), theta.dtype());
    columns.push_back(expand(reshape(axis, shape), spatial));
  }
  columns.push_back(ones(spatial, theta.dtype()));
  const int64_t points = product(spatial);
  const Tensor base = reshape(stack(columns, -1), Dims{1, points, axes + 1});
  const Tensor grid =
      matmul(expand(base, Dims{size[0], points, axes + 1}), transpose(contiguous(theta), 1, 2));
  Dims result{size[0]};
  for (int64_t s : spatial) result.push_back(s);
  result.push_back(axes);
  return reshape(grid, result);
}

}  // namespace nabla::ops
