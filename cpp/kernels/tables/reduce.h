// Reductions of float32 and float64 blocks. rows: x is [rows, n], element (r, j) at x[r * stride +
// j], one result per row. cols: x is [n, cols], element (i, j) at x[i * stride + j], one result per
// column. Sums are pairwise over blocks, so the rounding error grows with log n; the order is fixed
// by the shape.
#pragma once

#include <cstdint>

namespace nabla::kernels {

enum ReduceOp : int {
  kReduceSum,       // sum x                      (0 when n = 0)
  kReduceProd,      // product x                  (1 when n = 0)
  kReduceMax,       // max x, NaN wins            (-inf when n = 0)
  kReduceMin,       // min x, NaN wins            (inf when n = 0)
  kReduceSumAbs,    // sum |x|
  kReduceSumSq,     // sum x^2
  kReduceSumSqDev,  // sum (x - center)^2, center[r] or center[j]; the others ignore center
  kReduceOps
};

template <class T>
struct ReduceFns {
  using Block = void (*)(T* out, const T* x, const T* center, int64_t rows, int64_t cols,
                         int64_t stride);
  Block rows[kReduceOps];  // (rows, n):  n results are folded per row
  Block cols[kReduceOps];  // (n, cols):  n rows are folded into one
  // index[r] = the first j with x(r, j) == value[r], where NaN equals NaN; n when there is none.
  void (*find_rows)(int64_t* index, const T* x, const T* value, int64_t rows, int64_t n,
                    int64_t stride);
  // index[j] = the first i with x(i, j) == value[j], where NaN equals NaN; n when there is none.
  void (*find_cols)(int64_t* index, const T* x, const T* value, int64_t n, int64_t cols,
                    int64_t stride);
};

struct ReduceTable {
  ReduceFns<float> f32;
  ReduceFns<double> f64;
};

}  // namespace nabla::kernels
