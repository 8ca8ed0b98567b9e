#pragma once
// How a reduction over any dimensions of a tensor of any strides becomes kernel calls on rows and
// columns. Cuts depend on the shape alone, so results are the same for any number of threads.
#include "core/tensor.h"
#include "kernels/tables/reduce.h"

namespace nabla::ops {

// A set of dimensions, bit d for dimension d. At most 63 dimensions.
using DimMask = int64_t;

// All dimensions when dim is absent or empty; wraps negative ones, refuses repeated ones.
DimMask dim_mask(const OptDims& dim, int64_t ndim);
inline DimMask one_dim(int64_t dim, int64_t ndim) { return DimMask{1} << wrap_dim(dim, ndim); }
Dims reduced_sizes(IntSpan sizes, DimMask mask, bool keepdim);
// Number of elements that are folded into one.
int64_t reduced_count(IntSpan sizes, DimMask mask);

// out = op over the dimensions in mask. x is float32 or float64; out is contiguous, of x's dtype,
// with the kept dimensions in order. center (for kReduceSumSqDev): contiguous, one per result.
void reduce_blocks(kernels::ReduceOp op, Tensor& out, const Tensor& x, DimMask mask,
                   const Tensor* center = nullptr);

// As reduce_blocks, with x of any floating dtype and out of any dtype.
void reduce_into(kernels::ReduceOp op, Tensor& out, const Tensor& x, DimMask mask);

// A dense copy (or x itself) as [results, count]: kept dimensions first, then those in mask, each
// in their order.
Tensor reduced_last(const Tensor& x, DimMask mask, DType dtype);

}  // namespace nabla::ops
