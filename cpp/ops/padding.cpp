// Padding: a constant around any axes, or the input's own elements around the last one to three.
//
//   constant   y_o = x_(o - before) inside of x, else the value; negative pads crop
//   reflect    y_o = x_m, m = o - before mirrored at the first and last element
//   replicate  y_o = x_m, m = o - before clamped to the axis
//   circular   y_o = x_m, m = o - before modulo what negative pads leave of the axis
//
// All but the first are a gather by a table of indices per axis; its transpose, the sum over the
// places that an element went to, is the gradient.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include "ops/dense.h"
#include "ops/item_type.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

constexpr int64_t kGrain = 32 * 1024;  // elements per parallel chunk

// Pads (before, after) of axis d of a tensor with `dims` axes: pairs start at the last axis.
struct Pair {
  int64_t before = 0, after = 0;
};
Pair pair_of(IntSpan pad, int64_t dims, int64_t d) {
  const auto k = size_t(2 * (dims - 1 - d));
  return k < pad.size() ? Pair{pad[k], pad[k + 1]} : Pair{};
}

struct PadAxis {
  int64_t in, before, out;
};

// The axes of a constant pad, the innermost first; unpadded neighbours are one axis.
SmallVector<PadAxis, 8> pad_axes(IntSpan in, IntSpan out, IntSpan pad) {
  SmallVector<PadAxis, 8> axes;
  const auto dims = int64_t(in.size());
  int64_t block = 1;
  for (int64_t d = dims - 1; d >= 0; --d) {
    const Pair p = pair_of(pad, dims, d);
    if (p.before == 0 && p.after == 0) {
      block *= in[d];
      continue;
    }
    if (block != 1 && !axes.empty()) axes.push_back({block, 0, block});
    const int64_t step = axes.empty() ? block : 1;
    axes.push_back({in[d] * step, p.before * step, out[d] * step});
    block = 1;
  }
  if (block != 1 || axes.empty()) axes.push_back({block, 0, block});
  return axes;
}

// The places of a result's rows in turn: where a row lies among the input's, if it lies there.
class RowWalk {
 public:
  RowWalk(const SmallVector<PadAxis, 8>& axes, int64_t first) : axes_(axes), at_(axes.size()) {
    for (size_t d = 1; d < axes.size(); ++d) {
      at_[d] = first % axes[d].out;
      first /= axes[d].out;
    }
  }
  // The offset of the input's row, -1 outside of the input.
  int64_t source() const {
    int64_t offset = 0, step = axes_[0].in;
    for (size_t d = 1; d < axes_.size(); ++d) {
      const int64_t i = at_[d] - axes_[d].before;
      if (i < 0 || i >= axes_[d].in) return -1;
      offset += i * step;
      step *= axes_[d].in;
    }
    return offset;
  }
  void next() {
    for (size_t d = 1; d < axes_.size() && ++at_[d] == axes_[d].out; ++d) at_[d] = 0;
  }

 private:
  const SmallVector<PadAxis, 8>& axes_;
  SmallVector<int64_t, 8> at_;
};

// Rows [begin, end) of the result, where a row is the innermost axis.
template <class T>
void pad_rows(T* to, const T* from, T value, const SmallVector<PadAxis, 8>& axes, int64_t begin,
              int64_t end) {
  const PadAxis row = axes[0];
  const int64_t skip = std::max<int64_t>(-row.before, 0);
  const int64_t head = std::clamp<int64_t>(row.before, 0, row.out);
  const int64_t body = std::clamp<int64_t>(row.in - skip, 0, row.out - head);
  RowWalk walk(axes, begin);
  for (int64_t r = begin; r < end; ++r, walk.next()) {
    T* const line = to + r * row.out;
    const int64_t source = walk.source();
    if (source < 0) {
      std::fill_n(line, row.out, value);
      continue;
    }
    for (int64_t i = 0; i < head; ++i) line[i] = value;
    std::memcpy(line + head, from + source + skip, size_t(body) * sizeof(T));
    for (int64_t i = head + body; i < row.out; ++i) line[i] = value;
  }
}

template <class T>
void pad_constant(Tensor& out, const Tensor& x, const Tensor& value,
                  const SmallVector<PadAxis, 8>& axes) {
  T bits;
  std::memcpy(&bits, value.raw_data(), sizeof(T));
  auto* const to = static_cast<T*>(out.raw_data());
  const auto* const from = x.numel() ? static_cast<const T*>(x.raw_data()) : nullptr;
  const int64_t width = axes[0].out;
  parallel_for(out.numel() / width, std::max<int64_t>(1, kGrain / width),
               [&](int64_t begin, int64_t end) { pad_rows(to, from, bits, axes, begin, end); });
}

// What PyTorch calls an overflow when a number fills a tensor; integers are left to full().
void check_value(const Scalar& value, DType dtype) {
  if (!value.is_floating() || !std::isfinite(value.to_double())) return;
  const double v = value.to_double();
  const double most = dtype == DType::float16    ? 65504
                      : dtype == DType::bfloat16 ? 0x1.fep127
                      : dtype == DType::float32  ? double(std::numeric_limits<float>::max())
                                                 : std::numeric_limits<double>::max();
  CHECK_RANGE(std::abs(v) <= most && (dtype != DType::uint8 || v >= 0), "value ", v,
              " cannot be converted to ", dtype, " without overflow");
}

// y = x with `value` around it;  dx = dy cropped where x was padded and padded where it was cropped
struct ConstantPadNd {
  static Meta meta(const Tensor& self, IntSpan pad, const Scalar& value) {
    check_value(value, self.dtype());
    Meta m = like(self);
    for (int64_t d = 0; d < self.dim(); ++d) {
      const Pair p = pair_of(pad, self.dim(), d);
      const int64_t left =
          m.sizes[d] + std::min<int64_t>(p.before, 0) + std::min<int64_t>(p.after, 0);
      CHECK_RANGE(left >= 0, "The input size ", m.sizes[d], ", plus negative padding ", p.before,
                  " and ", p.after,
                  ", resulted in a negative output size, which is invalid. Check dimension ", d,
                  " of your input: ", Shape{self.sizes()});
      m.sizes[d] += p.before + p.after;
    }
    return m;
  }
  static void compute(Tensor& out, const Tensor& self, IntSpan pad, const Scalar& value) {
    const Tensor one = full(IntSpan(), value, out.dtype());  // checks that the dtype holds it
    if (out.numel() == 0) return;
    const Tensor x = dense(self, self.dtype());
    const auto axes = pad_axes(self.sizes(), out.sizes(), pad);
    with_item_type(out.itemsize(),
                   [&](auto item) { pad_constant<decltype(item)>(out, x, one, axes); });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan pad, const Scalar&) {
    Dims back(pad);
    for (int64_t& p : back) p = -p;
    return {run<ConstantPadNd>(grad, IntSpan(back), Scalar(0))};
  }
};

enum class PadMode { reflect, replicate, circular };

// Where the elements of one padded axis come from. [head, tail) is a plain copy that begins at
// source[head].
struct PadTable {
  std::vector<int64_t> source;
  int64_t in = 1, head = 0, tail = 0;
};

PadTable pad_table(int64_t in, Pair p, PadMode mode) {
  PadTable t;
  const int64_t out = in + p.before + p.after;
  t.in = in;
  t.source.resize(size_t(out));
  const int64_t first = std::max<int64_t>(-p.before, 0);
  const int64_t core = in - first - std::max<int64_t>(-p.after, 0);
  for (int64_t o = 0; o < out; ++o) {
    int64_t i = o - p.before;
    if (mode == PadMode::reflect) {
      i = i < 0 ? -i : i >= in ? 2 * (in - 1) - i : i;
    } else if (mode == PadMode::replicate) {
      i = std::clamp<int64_t>(i, 0, in - 1);
    } else {
      const int64_t at = i - first;
      i = first + (at < 0 ? at + core : at >= core ? at - core : at);
    }
    t.source[size_t(o)] = i;
  }
  t.head = std::clamp<int64_t>(p.before, 0, out);
  t.tail = std::max(t.head, std::min(out, in + p.before));
  return t;
}

// The last axes of a gather and what stands before them.
struct PadPlan {
  PadTable z, y, x;
  int64_t planes = 1;
  std::vector<int64_t> rows;  // offsets of the input's rows that those of a plane come from

  PadPlan(IntSpan in, IntSpan pad, PadMode mode) {
    const auto dims = int64_t(in.size()), padded = int64_t(pad.size() / 2);
    PadTable* const tables[] = {&x, &y, &z};
    for (int64_t k = 0; k < 3; ++k)
      *tables[k] = k < padded ? pad_table(in[dims - 1 - k], pair_of(pad, dims, dims - 1 - k), mode)
                              : pad_table(1, {}, PadMode::replicate);
    for (int64_t d = 0; d < dims - padded; ++d) planes *= in[d];
    for (int64_t i : z.source)
      for (int64_t j : y.source) rows.push_back((i * y.in + j) * x.in);
  }
  int64_t width() const { return int64_t(x.source.size()); }
  int64_t in_plane() const { return z.in * y.in * x.in; }
  int64_t out_plane() const { return int64_t(rows.size()) * width(); }
};

template <class T>
void gather_padded(Tensor& out, const Tensor& x, const PadPlan& plan) {
  auto* const to = static_cast<T*>(out.raw_data());
  const auto* const from = static_cast<const T*>(x.raw_data());
  const int64_t rows = int64_t(plan.rows.size()), width = plan.width();
  const int64_t* const source = plan.x.source.data();
  const int64_t head = plan.x.head, tail = plan.x.tail;
  const int64_t grain = std::max<int64_t>(1, kGrain / width);
  parallel_for(plan.planes * rows, grain, [&](int64_t begin, int64_t end) {
    int64_t plane = begin / rows, row = begin % rows;
    for (int64_t r = begin; r < end; ++r) {
      const T* const line = from + plane * plan.in_plane() + plan.rows[size_t(row)];
      T* const y = to + r * width;
      for (int64_t i = 0; i < head; ++i) y[i] = line[source[i]];
      if (tail > head) std::memcpy(y + head, line + source[head], size_t(tail - head) * sizeof(T));
      for (int64_t i = tail; i < width; ++i) y[i] = line[source[i]];
      if (++row == rows) {
        row = 0;
        ++plane;
      }
    }
  });
}

template <class T>
void scatter_padded(T* to, const T* from, const PadPlan& plan) {
  const int64_t rows = int64_t(plan.rows.size()), width = plan.width();
  const int64_t* const source = plan.x.source.data();
  const int64_t head = plan.x.head, tail = plan.x.tail;
  parallel_for(plan.planes, std::max<int64_t>(1, kGrain / (rows * width)),
               [&](int64_t begin, int64_t end) {
                 std::fill(to + begin * plan.in_plane(), to + end * plan.in_plane(), T(0));
                 for (int64_t r = begin * rows; r < end * rows; ++r) {
                   T* const line = to + r / rows * plan.in_plane() + plan.rows[size_t(r % rows)];
                   const T* const dy = from + r * width;
                   for (int64_t i = 0; i < head; ++i) line[source[i]] += dy[i];
                   T* const body = tail > head ? line + source[head] - head : line;
                   for (int64_t i = head; i < tail; ++i) body[i] += dy[i];
                   for (int64_t i = tail; i < width; ++i) line[source[i]] += dy[i];
                 }
               });
}

Tensor gather_own(const Tensor& self, IntSpan pad, PadMode mode);

// dx_i = sum of dy_o over all o that came from i; what it is the gradient of is its own gradient
struct PadWithSelfGrad {
  static Meta meta(const Tensor& grad, IntSpan sizes, IntSpan, PadMode) {
    return {Dims(sizes), grad.dtype()};
  }
  static void compute(Tensor& out, const Tensor& grad, IntSpan sizes, IntSpan pad, PadMode mode) {
    if (out.numel() == 0) return;
    const PadPlan plan(sizes, pad, mode);
    const DType type = compute_type(out.dtype());
    const Tensor dy = dense(grad, type);
    Target target(out, type);
    if (plan.out_plane() == 0) {
      zero_(target.block());
    } else {
      dispatch_float(type, [&](auto zero) {
        using T = decltype(zero);
        scatter_padded(target.block().data<T>(), dy.data<T>(), plan);
      });
    }
    target.finish();
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, IntSpan, IntSpan pad,
                        PadMode mode) {
    return {gather_own(grad, pad, mode)};
  }
};

// y_o = x_(m(o)), separably over the last axes
struct PadWithSelf {
  static Meta meta(const Tensor& self, IntSpan pad, PadMode) {
    Meta m = like(self);
    for (int64_t d = 0; d < self.dim(); ++d) {
      const Pair p = pair_of(pad, self.dim(), d);
      m.sizes[d] += p.before + p.after;
    }
    return m;
  }
  static void compute(Tensor& out, const Tensor& self, IntSpan pad, PadMode mode) {
    if (out.numel() == 0) return;
    const Tensor x = dense(self, self.dtype());
    const PadPlan plan(self.sizes(), pad, mode);
    with_item_type(out.itemsize(), [&](auto item) { gather_padded<decltype(item)>(out, x, plan); });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor& self, IntSpan pad,
                        PadMode mode) {
    return {run<PadWithSelfGrad>(grad, self.sizes(), pad, mode)};
  }
};

Tensor gather_own(const Tensor& self, IntSpan pad, PadMode mode) {
  return run<PadWithSelf>(self, pad, mode);
}

void check_axis(const Tensor& self, int64_t d, Pair p, PadMode mode) {
  const int64_t in = self.sizes()[size_t(d)], out = in + p.before + p.after;
  const int64_t core = in + std::min<int64_t>(p.before, 0) + std::min<int64_t>(p.after, 0);
  if (mode == PadMode::circular) {
    CHECK_RANGE(core >= 0 || std::max(p.before, p.after) > 0,
                "Negative padding value is resulting in an empty dimension: padding (", p.before,
                ", ", p.after, ") at dimension ", d, " of input ", Shape{self.sizes()});
    CHECK_RANGE(std::max(p.before, p.after) <= std::max<int64_t>(core, 0),
                "Padding value causes wrapping around more than once: padding (", p.before, ", ",
                p.after, ") at dimension ", d, " of input ", Shape{self.sizes()});
    return;
  }
  if (mode == PadMode::reflect)
    CHECK_RANGE(p.before < in && p.after < in,
                "Padding size should be less than the corresponding input dimension, but got: "
                "padding (",
                p.before, ", ", p.after, ") at dimension ", d, " of input ", Shape{self.sizes()});
  CHECK_RANGE(out >= 1, "input of size ", in, " in dimension ", d,
              " is too small. Calculated output size: ", out, " for padding (", p.before, ", ",
              p.after, ") of input ", Shape{self.sizes()});
}

Tensor pad_with_self(const Tensor& self, IntSpan pad, PadMode mode) {
  const auto padded = int64_t(pad.size() / 2), dims = self.dim();
  CHECK_RANGE(padded >= 1 && padded <= 3 && (dims == padded + 1 || dims == padded + 2),
              "Padding size ", pad.size(), " is not supported for ", dims,
              "D input tensor. Supported combinations for non-constant padding: 2D or 3D input: "
              "padding size = 2, 3D or 4D input: padding size = 4, 4D or 5D input: padding size = "
              "6 (pads the last 3 dimensions)");
  if (mode != PadMode::circular) {
    CHECK_TYPE(self.dtype() != DType::bool_, "not implemented for 'Bool'");
    for (int64_t d = dims == padded + 2 ? 1 : 0; d < dims; ++d)
      CHECK_RANGE(self.sizes()[size_t(d)] != 0, "Expected ", padded + 1, "D or ", padded + 2,
                  "D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions "
                  "for input, but got: ",
                  Shape{self.sizes()});
  }
  for (int64_t d = dims - padded; d < dims; ++d) check_axis(self, d, pair_of(pad, dims, d), mode);
  return gather_own(self, pad, mode);
}

}  // namespace

Tensor constant_pad_nd(const Tensor& self, IntSpan pad, Scalar value) {
  CHECK_RANGE(pad.size() % 2 == 0, "Length of pad must be even but instead it equals ", pad.size());
  CHECK_RANGE(int64_t(pad.size()) <= 2 * self.dim(),
              "Length of pad should be no more than twice the number of dimensions of the input. "
              "Pad length is ",
              pad.size(), " while the input has ", self.dim(),
              " dimensions: ", Shape{self.sizes()});
  return run<ConstantPadNd>(self, pad, value);
}

Tensor pad(const Tensor& input, IntSpan pad, std::string_view mode, const OptScalar& value) {
  CHECK_RANGE(pad.size() % 2 == 0, "Padding length must be divisible by 2, got ", pad.size());
  CHECK_RANGE(int64_t(pad.size()) <= 2 * input.dim(),
              "Padding length should be less than or equal to two times the input dimension but "
              "got padding length ",
              pad.size(), " and input of dimension ", input.dim());
  if (mode == "constant")
    return run<ConstantPadNd>(input, pad, Scalar(value ? value->to_double() : 0.0));
  CHECK_TYPE(!value || value->to_double() == 0, "Padding mode \"", mode,
             "\" doesn't take in value argument");
  if (mode == "reflect") return pad_with_self(input, pad, PadMode::reflect);
  if (mode == "replicate") return pad_with_self(input, pad, PadMode::replicate);
  CHECK_RANGE(mode == "circular", "Unrecognised padding mode ", mode,
              ": expected 'constant', 'reflect', 'replicate' or 'circular'");
  return pad_with_self(input, pad, PadMode::circular);
}

}  // namespace nabla::ops
