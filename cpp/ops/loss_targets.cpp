#include "ops/loss_targets.h"

#include <cmath>

#include "ops/dense.h"

namespace nabla::ops {

Reduction parse_reduction(std::string_view name) {
  if (name == "mean") return Reduction::mean;
  if (name == "sum") return Reduction::sum;
  CHECK_RANGE(name == "none", name, " is not a valid value for reduction");
  return Reduction::none;
}

Tensor class_indices(const Tensor& target) {
  CHECK_TYPE(target.dtype() != DType::bool_,
             "expected target dtype to be an integer one, but got Bool");
  if (target.is_floating()) {
    const Tensor values = dense(target, DType::float64);
    const double* v = values.data<double>();
    for (int64_t i = 0; i < values.numel(); ++i) {
      CHECK_TYPE(std::trunc(v[i]) == v[i] && std::fabs(v[i]) < 0x1p53,
                 "expected class indices (an integer tensor, or whole numbers), but target holds ",
                 v[i]);
    }
    return dense(values, DType::int64);
  }
  return dense(target, DType::int64);
}

void check_classes(const int64_t* target, int64_t n, int64_t classes, int64_t ignore_index) {
  for (int64_t i = 0; i < n; ++i) {
    const int64_t t = target[i];
    CHECK_RANGE((t >= 0 && t < classes) || t == ignore_index, "Target ", t, " is out of bounds.");
  }
}

void check_class_weight(const OptTensor& weight, int64_t classes) {
  if (!weight || !weight->defined()) return;
  CHECK_RANGE(weight->dim() == 1 && weight->numel() == classes,
              "weight tensor should be defined either for all ", classes,
              " classes or no classes but got weight tensor of shape: ", Shape{weight->sizes()});
}

}  // namespace nabla::ops
