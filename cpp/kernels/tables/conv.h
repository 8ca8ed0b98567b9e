#pragma once
// Direct convolution of dense NCHW blocks: see cpp/ops/conv_direct.cpp.
#include <cstdint>

namespace nabla::kernels {

struct ConvTable {};

}  // namespace nabla::kernels
