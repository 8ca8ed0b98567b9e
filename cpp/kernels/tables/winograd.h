#pragma once
// Transforms of the Winograd convolution F(4x4, 3x3): see cpp/ops/conv_winograd.cpp.
#include <cstdint>

namespace nabla::kernels {

struct WinogradTable {};

}  // namespace nabla::kernels
