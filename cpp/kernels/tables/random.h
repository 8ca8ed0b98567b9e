#pragma once
#include <cstdint>

namespace nabla::kernels {

// Turns outputs of the generator into random numbers; the recipes are those of PyTorch's CPU
// kernels, bit by bit, on every ISA.
struct RandomTable {
  // out[i] = fma((bits[i] mod 2^24) 2^-24, to - from, from); a result that rounds to `to` is
  // `from`.
  void (*uniform_f32)(float* out, const uint32_t* bits, int64_t n, float from, float to);
  // The same with 53 bits of the pair (high, low) = bits[2i], bits[2i + 1].
  void (*uniform_f64)(double* out, const uint32_t* bits, int64_t n, double from, double to);
  // out[i] = 1 where the 53-bit uniform of the pair bits[2i], bits[2i + 1] is below p, else 0.
  void (*bernoulli)(uint8_t* out, const uint32_t* bits, int64_t n, double p);
  // Box-Muller over `blocks` blocks of 16 uniforms, in place; with r = sqrt(-2 ln(1 - v[j])) and
  // t = 2 pi v[j + 8], v[j] = fma(r cos t, std, mean) and v[j + 8] = fma(r sin t, std, mean).
  void (*normal_f32)(float* data, int64_t blocks, float mean, float std);
};

}  // namespace nabla::kernels
