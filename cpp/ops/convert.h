#pragma once
#include <cstdint>

#include "core/dtype.h"

// Conversion of elements between dtypes, as PyTorch's: floating to integer cuts towards zero and
// wraps around for int8, int16 and uint8 (what int64, for int32 what int32 cannot hold becomes its
// lowest value), anything to bool is x != 0, and what goes to float16 or bfloat16 goes by float32.

namespace nabla::ops {

// dst[i] = src[i], i < n, both contiguous. dst may be src when the dtypes have one size.
void convert(void* dst, DType to, const void* src, DType from, int64_t n);

// dst[i] = src[i * step]: step in bytes; dst contiguous.
void gather(void* dst, const void* src, int64_t step, size_t itemsize, int64_t n);
// dst[i * step] = src[i].
void scatter(void* dst, int64_t step, const void* src, size_t itemsize, int64_t n);

// One value of dtype `from` as dtype `to`.
inline void convert_one(void* dst, DType to, const void* src, DType from) {
  convert(dst, to, src, from, 1);
}

}  // namespace nabla::ops
