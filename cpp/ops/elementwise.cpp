#include "ops/elementwise.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ops/convert.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

// ---- type promotion

struct Promotion {
  OptDType dimensioned, zero_dim, number;

  static void add(OptDType& to, DType t) { to = to ? promote_types(*to, t) : t; }
  void add(const Tensor& t) {
    if (t.is_wrapped_number())
      add(number, t.is_floating() ? default_dtype() : t.dtype());
    else
      add(t.dim() == 0 ? zero_dim : dimensioned, t.dtype());
  }
  static OptDType combine(OptDType higher, OptDType lower) {
    if (!higher) return lower;
    if (!lower || is_floating(*higher)) return higher;
    if (*higher == DType::bool_ || is_floating(*lower)) return promote_types(*higher, *lower);
    return higher;
  }
  DType result() const { return *combine(dimensioned, combine(zero_dim, number)); }
};

// ---- shape and layout of the result

// Stride of t along dimension d of the broadcast shape; 0 where it is repeated.
int64_t broadcast_stride(const Tensor& t, IntSpan sizes, size_t d) {
  const size_t missing = sizes.size() - t.sizes().size();
  if (d < missing) return 0;
  const int64_t own = t.sizes()[d - missing];
  return own == 1 && sizes[d] != 1 ? 0 : t.strides()[d - missing];
}

// > 0: dimension a belongs outside of b, < 0: inside, 0: the operands do not say.
int compare_dims(const Tensor* const* operands, int count, IntSpan sizes, size_t a, size_t b) {
  for (int k = 0; k < count; ++k) {
    const int64_t sa = broadcast_stride(*operands[k], sizes, a);
    const int64_t sb = broadcast_stride(*operands[k], sizes, b);
    if (sa == 0 || sb == 0) continue;
    if (sa != sb) return sa < sb ? -1 : 1;
    if (sizes[a] > sizes[b]) return 1;
  }
  return 0;
}

// Dimensions from the innermost outwards, in the order of the first operand whose strides decide.
SmallVector<size_t, 8> memory_order(const Tensor* const* operands, int count, IntSpan sizes) {
  SmallVector<size_t, 8> order(sizes.size());
  for (size_t i = 0; i < sizes.size(); ++i) order[i] = sizes.size() - 1 - i;
  // Insertion sort that tolerates "do not say", as PyTorch's TensorIterator.
  for (size_t i = 1; i < order.size(); ++i) {
    size_t at = i;
    for (size_t k = i; k-- > 0;) {
      const int c = compare_dims(operands, count, sizes, order[k], order[at]);
      if (c > 0) {
        std::swap(order[k], order[at]);
        at = k;
      } else if (c < 0) {
        break;
      }
    }
  }
  return order;
}

OptDims result_strides(const Tensor* const* operands, int count, IntSpan sizes) {
  bool contiguous = true;
  for (int k = 0; k < count; ++k) contiguous &= operands[k]->is_contiguous();
  if (contiguous || sizes.size() < 2) return std::nullopt;
  const auto order = memory_order(operands, count, sizes);
  Dims strides(sizes.size());
  int64_t step = 1;
  bool reordered = false;
  for (size_t i = 0; i < order.size(); ++i) {
    strides[order[i]] = step;
    step *= std::max<int64_t>(sizes[order[i]], 1);
    reordered |= order[i] != order.size() - 1 - i;
  }
  return reordered ? OptDims(strides) : std::nullopt;
}

Dims joined_sizes(const Tensor& a, const Tensor& b) {
  if (b.dim() == 0 || equal(a.sizes(), b.sizes())) return Dims(a.sizes());
  return broadcast_shapes(a.sizes(), b.sizes());
}

// ---- execution

constexpr int64_t block_items = 1024;

// The axes of an elementwise loop, innermost first: bytes per step of out and of each input.
struct Axis {
  int64_t size;
  int64_t step[max_inputs + 1];
};
using Axes = SmallVector<Axis, 8>;

Axes loop_axes(const Tensor& out, const Tensor* const* inputs, int count) {
  const IntSpan sizes = out.sizes();
  const Tensor* all[max_inputs + 1] = {&out};
  for (int k = 0; k < count; ++k) all[k + 1] = inputs[k];
  const auto order = memory_order(all, count + 1, sizes);
  Axes axes;
  for (size_t d : order) {
    if (sizes[d] == 1) continue;
    Axis axis{sizes[d], {}};
    for (int k = 0; k <= count; ++k)
      axis.step[k] = broadcast_stride(*all[k], sizes, d) * static_cast<int64_t>(all[k]->itemsize());
    bool merge = !axes.empty();
    for (int k = 0; merge && k <= count; ++k)
      merge = axes.back().step[k] * axes.back().size == axis.step[k];
    if (merge)
      axes.back().size *= axis.size;
    else
      axes.push_back(axis);
  }
  if (axes.empty()) axes.push_back(Axis{1, {}});
  return axes;
}

// One row of a loop: what can be used in place is, the rest goes through blocks.
class RowRunner {
 public:
  RowRunner(const Row& row, const Tensor& out, const Tensor* const* inputs, int count,
            const Axis& inner)
      : row_(row), count_(count), out_type_(out.dtype()), out_step_(inner.step[0]) {
    out_direct_ = out.dtype() == row.out && out_step_ == static_cast<int64_t>(size_of(row.out));
    whole_ = out_direct_;
    for (int k = 0; k < count; ++k) {
      in_type_[k] = inputs[k]->dtype();
      in_step_[k] = inner.step[k + 1];
      const bool same = in_type_[k] == row.in[k];
      const bool repeated = in_step_[k] == 0;
      in_direct_[k] = same && (in_step_[k] == static_cast<int64_t>(inputs[k]->itemsize()) ||
                               (repeated && row.steps));
      whole_ &= in_direct_[k];
      unit_[k] = repeated && row.steps ? 0 : 1;
    }
  }

  void operator()(char* out, const char* const* in, int64_t n) const {
    if (whole_) {
      const void* at[max_inputs] = {in[0], in[1], in[2]};
      row_.fn(row_.context, out, at, unit_, n);
      return;
    }
    alignas(64) char blocks[max_inputs + 1][block_items * 8];
    alignas(64) char raw[block_items * 8];
    const void* at[max_inputs] = {};
    // One value for all: converted once.
    for (int k = 0; k < count_; ++k)
      if (!in_direct_[k] && in_step_[k] == 0) {
        const int64_t copies = row_.steps ? 1 : std::min(n, block_items);
        convert_one(blocks[k], row_.in[k], in[k], in_type_[k]);
        repeat(blocks[k], size_of(row_.in[k]), copies);
        at[k] = blocks[k];
      }
    for (int64_t i = 0; i < n; i += block_items) {
      const int64_t m = std::min(n - i, block_items);
      for (int k = 0; k < count_; ++k) {
        const char* from = in[k] + i * in_step_[k];
        if (in_direct_[k])
          at[k] = from;
        else if (in_step_[k] != 0)
          at[k] = fetch(blocks[k], raw, from, k, m);
      }
      char* to = out + i * out_step_;
      if (out_direct_) {
        row_.fn(row_.context, to, at, unit_, m);
        continue;
      }
      row_.fn(row_.context, blocks[max_inputs], at, unit_, m);
      store(to, blocks[max_inputs], raw, m);
    }
  }

 private:
  static void repeat(char* block, size_t itemsize, int64_t n) {
    const size_t bytes = itemsize * static_cast<size_t>(n);
    for (size_t done = itemsize; done < bytes; done *= 2)
      std::memcpy(block + done, block, std::min(done, bytes - done));
  }
  const void* fetch(char* block, char* raw, const char* from, int k, int64_t n) const {
    const size_t size = size_of(in_type_[k]);
    if (in_step_[k] == static_cast<int64_t>(size)) {
      convert(block, row_.in[k], from, in_type_[k], n);
      return block;
    }
    const bool same = in_type_[k] == row_.in[k];
    gather(same ? block : raw, from, in_step_[k], size, n);
    if (!same) convert(block, row_.in[k], raw, in_type_[k], n);
    return block;
  }
  void store(char* to, const char* block, char* raw, int64_t n) const {
    const size_t size = size_of(out_type_);
    if (out_step_ == static_cast<int64_t>(size)) return convert(to, out_type_, block, row_.out, n);
    const bool same = out_type_ == row_.out;
    if (!same) convert(raw, out_type_, block, row_.out, n);
    scatter(to, out_step_, same ? block : raw, size, n);
  }

  const Row& row_;
  int count_;
  DType out_type_;
  int64_t out_step_;
  bool out_direct_, whole_;
  DType in_type_[max_inputs] = {};
  int64_t in_step_[max_inputs] = {};
  int64_t unit_[max_inputs] = {};
  bool in_direct_[max_inputs] = {};
};

// Elements that one thread takes at a time; below `serial` they are not worth a second thread.
struct Split {
  int64_t serial, grain;
};
constexpr Split split_of(bool heavy) { return heavy ? Split{32768, 16384} : Split{131072, 32768}; }

void run_general(Tensor& out, const Row& row, const Tensor* const* inputs, int count) {
  const Axes axes = loop_axes(out, inputs, count);
  const RowRunner run(row, out, inputs, count, axes[0]);
  char* out_base = static_cast<char*>(out.raw_data());
  const char* in_base[max_inputs] = {};
  for (int k = 0; k < count; ++k) in_base[k] = static_cast<const char*>(inputs[k]->raw_data());

  // Work is cut into spans of the outer axes, and where those are few, pieces of the innermost.
  const Split split = split_of(row.heavy);
  const int64_t inner = axes[0].size;
  const bool threads = out.numel() >= split.serial;
  const int64_t piece = threads ? std::min(inner, std::max(split.grain, block_items)) : inner;
  const int64_t pieces = (inner + piece - 1) / piece;
  const int64_t spans = out.numel() / inner * pieces;
  const int64_t grain = threads ? std::max<int64_t>(split.grain / piece, 1) : spans;
  parallel_for(spans, grain, [&](int64_t begin, int64_t end) {
    SmallVector<int64_t, 8> at(axes.size());
    int64_t rest = begin / pieces, first = begin % pieces;
    char* to = out_base;
    const char* from[max_inputs] = {in_base[0], in_base[1], in_base[2]};
    for (size_t d = 1; d < axes.size(); ++d) {
      at[d] = rest % axes[d].size;
      rest /= axes[d].size;
      to += at[d] * axes[d].step[0];
      for (int k = 0; k < count; ++k) from[k] += at[d] * axes[d].step[k + 1];
    }
    for (int64_t span = begin; span < end;) {
      const int64_t last = std::min(pieces, first + (end - span));
      const int64_t i = first * piece, n = std::min(inner, last * piece) - i;
      const char* in[max_inputs] = {};
      for (int k = 0; k < count; ++k) in[k] = from[k] + i * axes[0].step[k + 1];
      run(to + i * axes[0].step[0], in, n);
      span += last - first;
      first = 0;
      for (size_t d = 1; d < axes.size(); ++d) {
        to += axes[d].step[0];
        for (int k = 0; k < count; ++k) from[k] += axes[d].step[k + 1];
        if (++at[d] < axes[d].size) break;
        to -= axes[d].size * axes[d].step[0];
        for (int k = 0; k < count; ++k) from[k] -= axes[d].size * axes[d].step[k + 1];
        at[d] = 0;
      }
    }
  });
}

}  // namespace

DType result_type(const Tensor& a, const Tensor& b) {
  if (a.dtype() == b.dtype() && !a.is_wrapped_number() && !b.is_wrapped_number()) return a.dtype();
  Promotion p;
  p.add(a);
  p.add(b);
  return p.result();
}
DType result_type(const Tensor& a, const Tensor& b, const Tensor& c) {
  Promotion p;
  p.add(a);
  p.add(b);
  p.add(c);
  return p.result();
}

Meta pointwise(const Tensor& a, DType dtype) {
  const Tensor* operands[] = {&a};
  return {Dims(a.sizes()), dtype, result_strides(operands, 1, a.sizes())};
}
Meta pointwise(const Tensor& a, const Tensor& b, DType dtype) {
  Meta m{joined_sizes(a, b), dtype, std::nullopt};
  const Tensor* operands[] = {&a, &b};
  m.strides = result_strides(operands, 2, m.sizes);
  return m;
}
Meta pointwise(const Tensor& a, const Tensor& b, const Tensor& c, DType dtype) {
  Dims sizes = joined_sizes(a, b);
  if (!equal(sizes, c.sizes())) sizes = broadcast_shapes(sizes, c.sizes());
  const Tensor* operands[] = {&a, &b, &c};
  OptDims strides = result_strides(operands, 3, sizes);
  return {std::move(sizes), dtype, std::move(strides)};
}

void run_rows(Tensor& out, const Row& row, const Tensor* const* inputs, int count) {
  const int64_t n = out.numel();
  if (n == 0) return;
  // The common case: everything contiguous and of the right dtype, or one value.
  bool direct = out.is_contiguous() && out.dtype() == row.out;
  const void* in[max_inputs] = {};
  int64_t step[max_inputs] = {};
  std::array<uint64_t, max_inputs> values;
  for (int k = 0; direct && k < count; ++k) {
    const Tensor& t = *inputs[k];
    if (t.numel() == 1 && (row.steps || n == 1)) {
      in[k] = t.raw_data();
      if (t.dtype() != row.in[k]) {
        convert_one(&values[static_cast<size_t>(k)], row.in[k], in[k], t.dtype());
        in[k] = &values[static_cast<size_t>(k)];
      }
      step[k] = n == 1 ? 1 : 0;
    } else {
      in[k] = t.raw_data();
      step[k] = 1;
      direct = t.dtype() == row.in[k] && t.is_contiguous() && t.numel() == n;
    }
  }
  if (!direct) return run_general(out, row, inputs, count);
  char* to = static_cast<char*>(out.raw_data());
  const Split split = split_of(row.heavy);
  if (n < split.serial) return row.fn(row.context, to, in, step, n);
  parallel_for(n, split.grain, [&](int64_t begin, int64_t end) {
    const void* at[max_inputs] = {};
    for (int k = 0; k < count; ++k)
      at[k] = static_cast<const char*>(in[k]) +
              begin * step[k] * static_cast<int64_t>(size_of(row.in[k]));
    row.fn(row.context, to + begin * static_cast<int64_t>(size_of(row.out)), at, step, end - begin);
  });
}

}  // namespace nabla::ops
