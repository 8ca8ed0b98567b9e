#pragma once
// What the losses share: reductions by name, class targets, class weights.
#include <string_view>

#include "core/tensor.h"

namespace nabla::ops {

enum class Reduction : int64_t { none, mean, sum };
Reduction parse_reduction(std::string_view name);

// Classes as a dense int64 tensor, from any integer dtype or whole numbers in a floating one.
Tensor class_indices(const Tensor& target);

// Every class is ignore_index or in [0, classes); names the first that is not.
void check_classes(const int64_t* target, int64_t n, int64_t classes, int64_t ignore_index);

// weight is absent or holds one number per class.
void check_class_weight(const OptTensor& weight, int64_t classes);

}  // namespace nabla::ops
