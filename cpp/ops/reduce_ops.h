#pragma once
// What the files of the reduce family share.
#include "ops/op.h"
#include "ops/reduce_plan.h"

namespace nabla::ops {

// grad of a reduction over mask, seen at every element it came from: a view of shape sizes, and the
// exact adjoint of a sum.
Tensor spread(const Tensor& reduced, IntSpan sizes, DimMask mask, bool keepdim);

// out[r] = fold of count int64 values x[r * count ...], 0 <= r < results.
enum class IntFold { sum, prod, max, min };
void fold_integers(IntFold fold, int64_t* out, const int64_t* x, int64_t results, int64_t count);

// Zeros of shape sizes with grad at the positions that indices name along dim (one per slice, the
// reduced dimension kept with size k).
Tensor place_along(const Tensor& grad, const Tensor& indices, IntSpan sizes, int64_t dim);

}  // namespace nabla::ops
