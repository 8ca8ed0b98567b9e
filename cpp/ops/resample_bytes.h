#pragma once
#include <cstdint>

#include "ops/resample_bands.h"

namespace nabla::ops {

// Planes of bytes through y and x in whole numbers, rounded after each axis: what PyTorch computes
// for uint8 images, to the bit.
void resample_bytes(uint8_t* out, const uint8_t* in, int64_t planes, const Band<double>& y,
                    const Band<double>& x);

}  // namespace nabla::ops
