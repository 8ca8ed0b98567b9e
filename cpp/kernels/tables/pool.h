#pragma once
// Pooling over windows of dense NCHW blocks.
#include <cstdint>

namespace nabla::kernels {

struct PoolTable {};

}  // namespace nabla::kernels
