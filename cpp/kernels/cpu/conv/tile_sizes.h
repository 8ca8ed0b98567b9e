// Register tiles of the convolution kernels: accumulators, operands and one broadcast must fit the
// registers (32 of AVX-512 and NEON, 16 of the others).
#pragma once

#include "../gemm/transpose.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

#if defined(NABLA_ISA_AVX512)
constexpr int kPixelRows = 6, kPixelVectors = 4;
constexpr int kChannelPixels = 14, kChannelVectors = 2, kChannelSums = 28;
constexpr int kGradRows = 6, kGradTaps = 4;
constexpr int kOuterSums = 28;
#elif defined(NABLA_ISA_AVX2)
constexpr int kPixelRows = 6, kPixelVectors = 2;
constexpr int kChannelPixels = 6, kChannelVectors = 2, kChannelSums = 12;
constexpr int kGradRows = 3, kGradTaps = 4;
constexpr int kOuterSums = 12;
#elif defined(NABLA_ISA_NEON)
constexpr int kPixelRows = 6, kPixelVectors = 4;
constexpr int kChannelPixels = 12, kChannelVectors = 2, kChannelSums = 24;
constexpr int kGradRows = 6, kGradTaps = 4;
constexpr int kOuterSums = 24;
#else
constexpr int kPixelRows = 4, kPixelVectors = 2;
constexpr int kChannelPixels = 5, kChannelVectors = 2, kChannelSums = 10;
constexpr int kGradRows = 3, kGradTaps = 3;
constexpr int kOuterSums = 10;
#endif

NABLA_INLINE int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
