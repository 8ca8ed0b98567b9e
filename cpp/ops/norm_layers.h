#pragma once
#include <array>

#include "core/tensor.h"
#include "ops/norm.h"

namespace nabla::ops {

// The normalised x, and the statistics [2, groups] (means, then biased variances) in the dtype of
// computation; `stats` holds them when the plan is fixed. weight and bias are one-dimensional.
std::array<Tensor, 2> normalize_by(const NormPlan& p, const Tensor& x, const OptTensor& weight,
                                   const OptTensor& bias, const OptTensor& stats);

}  // namespace nabla::ops
