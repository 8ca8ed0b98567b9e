#include "ops/reduce_plan.h"

#include <algorithm>

#include "kernels/tables.h"
#include "ops/dense.h"
#include "parallel/parallel.h"

namespace nabla::ops {

using kernels::ReduceFns;
using kernels::ReduceOp;

DimMask dim_mask(const OptDims& dim, int64_t ndim) {
  CHECK_RANGE(ndim < 64, "only tensors with up to 63 dims are supported");
  if (!dim || dim->empty()) return (DimMask{1} << ndim) - 1;
  DimMask mask = 0;
  for (int64_t d : *dim) {
    const DimMask bit = one_dim(d, ndim);
    CHECK_RANGE((mask & bit) == 0, "dim ", wrap_dim(d, ndim),
                " appears multiple times in the list of dims");
    mask |= bit;
  }
  return mask;
}

Dims reduced_sizes(IntSpan sizes, DimMask mask, bool keepdim) {
  Dims out;
  for (size_t d = 0; d < sizes.size(); ++d) {
    if ((mask >> d & 1) == 0) {
      out.push_back(sizes[d]);
    } else if (keepdim) {
      out.push_back(1);
    }
  }
  return out;
}

int64_t reduced_count(IntSpan sizes, DimMask mask) {
  int64_t n = 1;
  for (size_t d = 0; d < sizes.size(); ++d) {
    if (mask >> d & 1) n *= sizes[d];
  }
  return n;
}

namespace {

// Elements of work per parallel chunk, and the length from which one row or column is cut.
constexpr int64_t kGrain = 32768;
constexpr int64_t kPart = 65536;
constexpr int64_t kColumns = 4096;

struct Axis {
  int64_t size;
  int64_t stride;
};
using Axes = SmallVector<Axis, 6>;

// Appends an axis, merged with the last one where both walk memory as one.
void append(Axes& axes, Axis a) {
  if (a.size == 1) return;
  if (!axes.empty() && axes.back().stride == a.stride * a.size) {
    axes.back() = {axes.back().size * a.size, a.stride};
  } else {
    axes.push_back(a);
  }
}

int64_t count(const Axes& axes) {
  int64_t n = 1;
  for (const Axis& a : axes) n *= a.size;
  return n;
}

// Offset of the i-th position (row-major) of the first `used` axes.
int64_t offset_of(const Axes& axes, size_t used, int64_t i) {
  int64_t offset = 0;
  for (size_t a = used; a-- > 0;) {
    offset += (i % axes[a].size) * axes[a].stride;
    i /= axes[a].size;
  }
  return offset;
}

// What folds partial results of op.
ReduceOp fold_of(ReduceOp op) {
  switch (op) {
    case kernels::kReduceProd:
    case kernels::kReduceMax:
    case kernels::kReduceMin:
      return op;
    default:
      return kernels::kReduceSum;
  }
}

template <class T>
class Reducer {
 public:
  Reducer() : fns_(functions()) {}

  // out[kept...] = op over the axes in `reduced` (sorted by falling stride).
  void run(ReduceOp op, T* out, const T* x, const T* center, Axes kept, Axes reduced) {
    if (reduced.empty()) reduced.push_back({1, 1});
    const bool rows = reduced.back().stride == 1 || reduced.back().size == 1;
    const bool cols = !rows && !kept.empty() && kept.back().stride == 1;
    if (reduced.size() == 1 && (rows || cols)) {
      if (rows) {
        run_rows(op, out, x, center, kept, reduced.back());
      } else {
        run_cols(op, out, x, center, kept, reduced.back());
      }
      return;
    }
    INTERNAL(rows || cols, "a reduction of scattered elements was not packed");
    // One axis now, the others of its (smaller) result afterwards.
    Axis first = reduced.back();
    reduced.pop_back();
    Axes stage, rest_kept, rest_reduced;
    if (rows) {
      for (const Axis& a : kept) stage.push_back(a);
      for (const Axis& a : reduced) stage.push_back(a);
    } else {
      for (const Axis& a : reduced) stage.push_back(a);
      for (const Axis& a : kept) stage.push_back(a);
    }
    const int64_t others = count(reduced), results = count(kept);
    Tensor partial = empty(Dims{others * results}, dtype_of<T>);
    Axes first_axes;
    first_axes.push_back(first);
    run(op, partial.data<T>(), x, nullptr, stage, first_axes);
    if (rows) {
      append(rest_kept, {results, others});
      append(rest_reduced, {others, 1});
    } else {
      append(rest_kept, {results, 1});
      append(rest_reduced, {others, results});
    }
    run(fold_of(op), out, partial.data<T>(), nullptr, rest_kept, rest_reduced);
  }

 private:
  static const ReduceFns<T>& functions() {
    if constexpr (std::is_same_v<T, float>) {
      return kernels::tables().reduce.f32;
    } else {
      return kernels::tables().reduce.f64;
    }
  }

  void run_rows(ReduceOp op, T* out, const T* x, const T* center, const Axes& kept, Axis row) {
    const auto kernel = fns_.rows[op];
    const int64_t results = count(kept);
    const int64_t n = row.size;
    if (n > kPart && results <= 64) {
      run_long_rows(op, out, x, center, kept, row);
      return;
    }
    const size_t outer_axes = kept.empty() ? 0 : kept.size() - 1;
    const Axis inner = kept.empty() ? Axis{1, 0} : kept.back();
    const int64_t chunk = std::clamp<int64_t>(kGrain / n, 1, inner.size);
    const int64_t chunks = (inner.size - 1) / chunk + 1;
    const int64_t units = results / inner.size * chunks;
    parallel_for(units, std::max<int64_t>(1, kGrain / (chunk * n)), [&](int64_t b, int64_t e) {
      for (int64_t u = b; u < e; ++u) {
        const int64_t outer = u / chunks, first = u % chunks * chunk;
        const int64_t at = outer * inner.size + first;
        kernel(out + at, x + offset_of(kept, outer_axes, outer) + first * inner.stride,
               center != nullptr ? center + at : nullptr, std::min(chunk, inner.size - first), n,
               inner.stride);
      }
    });
  }

  // Few rows, long ones: each is cut into parts of kPart elements.
  void run_long_rows(ReduceOp op, T* out, const T* x, const T* center, const Axes& kept, Axis row) {
    const auto kernel = fns_.rows[op];
    const int64_t results = count(kept), parts = (row.size - 1) / kPart + 1;
    Tensor partial = empty(Dims{results * parts}, dtype_of<T>);
    T* folded = partial.data<T>();
    parallel_for(results * parts, 1, [&](int64_t b, int64_t e) {
      for (int64_t u = b; u < e; ++u) {
        const int64_t r = u / parts, first = u % parts * kPart;
        kernel(folded + u, x + offset_of(kept, kept.size(), r) + first,
               center != nullptr ? center + r : nullptr, 1, std::min(kPart, row.size - first), 0);
      }
    });
    fns_.rows[fold_of(op)](out, folded, nullptr, results, parts, parts);
  }

  void run_cols(ReduceOp op, T* out, const T* x, const T* center, const Axes& kept, Axis col) {
    const auto kernel = fns_.cols[op];
    const int64_t cols = kept.back().size, outers = count(kept) / cols;
    const size_t outer_axes = kept.size() - 1;
    const int64_t width = std::min(cols, kColumns), widths = (cols - 1) / width + 1;
    const int64_t height = std::max<int64_t>(64, kPart / width);
    const int64_t parts = col.size > 2 * height ? (col.size - 1) / height + 1 : 1;
    Tensor partial;
    T* folded = out;
    if (parts > 1) {
      partial = empty(Dims{outers * parts * cols}, dtype_of<T>);
      folded = partial.data<T>();
    }
    const int64_t units = outers * parts * widths;
    const int64_t rows = parts > 1 ? height : col.size;
    const int64_t grain = std::max<int64_t>(1, kGrain / std::max<int64_t>(1, width * rows));
    parallel_for(units, grain, [&](int64_t b, int64_t e) {
      for (int64_t u = b; u < e; ++u) {
        const int64_t j = u % widths * width, part = u / widths % parts;
        const int64_t outer = u / widths / parts, i = part * rows;
        kernel(folded + (outer * parts + part) * cols + j,
               x + offset_of(kept, outer_axes, outer) + i * col.stride + j,
               center != nullptr ? center + outer * cols + j : nullptr,
               std::min(rows, col.size - i), std::min(width, cols - j), col.stride);
      }
    });
    if (parts == 1) return;
    for (int64_t outer = 0; outer < outers; ++outer) {
      fns_.cols[fold_of(op)](out + outer * cols, folded + outer * parts * cols, nullptr, parts,
                             cols, cols);
    }
  }

  const ReduceFns<T>& fns_;
};

template <class T>
T identity_of(ReduceOp op) {
  switch (op) {
    case kernels::kReduceProd:
      return T(1);
    case kernels::kReduceMax:
      return -std::numeric_limits<T>::infinity();
    case kernels::kReduceMin:
      return std::numeric_limits<T>::infinity();
    default:
      return T(0);
  }
}

}  // namespace

Tensor reduced_last(const Tensor& x, DimMask mask, DType dtype) {
  Dims sizes, strides;
  for (int pass = 0; pass < 2; ++pass) {
    for (int64_t d = 0; d < x.dim(); ++d) {
      if ((mask >> d & 1) != pass) continue;
      sizes.push_back(x.size(d));
      strides.push_back(x.stride(d));
    }
  }
  return dense(alias(x, sizes, strides, x.storage_offset()), dtype);
}

void reduce_blocks(ReduceOp op, Tensor& out, const Tensor& x, DimMask mask, const Tensor* center) {
  dispatch_float(x.dtype(), [&](auto zero) {
    using T = decltype(zero);
    T* to = out.data<T>();
    if (out.numel() == 0) return;
    if (x.numel() == 0) {
      std::fill_n(to, out.numel(), identity_of<T>(op));
      return;
    }
    Axes kept, reduced, sorted;
    for (int64_t d = 0; d < x.dim(); ++d) {
      const Axis a = {x.sizes()[d], x.strides()[d]};
      if (mask >> d & 1) {
        if (a.size != 1) sorted.push_back(a);
      } else {
        append(kept, a);
      }
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](Axis a, Axis b) { return a.stride > b.stride; });
    for (const Axis& a : sorted) append(reduced, a);
    const bool rows = reduced.empty() || reduced.back().stride == 1;
    const bool cols = !kept.empty() && kept.back().stride == 1;
    const T* middle = center != nullptr ? center->data<T>() : nullptr;
    if ((!rows && !cols) || (middle != nullptr && reduced.size() > 1)) {
      const Tensor packed = reduced_last(x, mask, x.dtype());
      const int64_t n = reduced_count(x.sizes(), mask);
      Axes results, terms;
      append(results, {out.numel(), n});
      append(terms, {n, 1});
      Reducer<T>().run(op, to, packed.data<T>(), middle, results, terms);
      return;
    }
    Reducer<T>().run(op, to, x.data<T>(), middle, kept, reduced);
  });
}

void reduce_into(ReduceOp op, Tensor& out, const Tensor& x, DimMask mask) {
  const DType compute = compute_type(x.dtype());
  Target target(out, compute);
  reduce_blocks(op, target.block(), x.dtype() == compute ? x : dense(x, compute), mask);
  target.finish();
}

}  // namespace nabla::ops
