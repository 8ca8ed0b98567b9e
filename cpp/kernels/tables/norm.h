#pragma once
// Statistics and scaling of the normalisation layers.
#include <cstdint>

namespace nabla::kernels {

struct NormTable {};

}  // namespace nabla::kernels
