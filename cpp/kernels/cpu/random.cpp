#include "kernels/tables/random.h"

// Plain loops that the compiler vectorises for each ISA; fma stands where PyTorch's build has one.
namespace nabla::kernels::NABLA_ISA {
namespace {

void uniform_f32(float* out, const uint32_t* bits, int64_t n, float from, float to) {
  const float range = to - from;
  for (int64_t i = 0; i < n; ++i) {
    const float unit = float(int32_t(bits[i] & 0xffffffu)) * 0x1p-24f;
    const float value = __builtin_fmaf(unit, range, from);
    out[i] = value == to ? from : value;
  }
}

uint64_t low53(const uint32_t* pair) { return uint64_t(pair[0] & 0x1fffffu) << 32 | pair[1]; }

void uniform_f64(double* out, const uint32_t* bits, int64_t n, double from, double to) {
  const double range = to - from;
  for (int64_t i = 0; i < n; ++i) {
    const double unit = double(int64_t(low53(bits + 2 * i))) * 0x1p-53;
    const double value = __builtin_fma(unit, range, from);
    out[i] = value == to ? from : value;
  }
}

void bernoulli(uint8_t* out, const uint32_t* bits, int64_t n, double p) {
  // k 2^-53 < p exactly when k < ceil(p 2^53): the comparison is done on integers.
  const uint64_t limit = p > 0 ? uint64_t(__builtin_ceil(p * 0x1p53)) : 0;
  for (int64_t i = 0; i < n; ++i) out[i] = low53(bits + 2 * i) < limit;
}

// ln x for 0 < x <= 1 after Cephes' logf: x = m 2^e with m in [sqrt(1/2), sqrt(2)), then
// ln m = r - r^2/2 + r^3 P(r), r = m - 1, and e ln 2 in two parts.
float log_unit(float x) {
  const int32_t bits = __builtin_bit_cast(int32_t, x);
  const int32_t half = (bits & 0x007fffff) | 0x3f000000;
  // All ones where m < sqrt(1/2); selects are done on bits, which vectorises under any flags.
  const int32_t low = -int32_t(half < 0x3f3504f3);
  const float e = float((bits >> 23) - 126 + low);
  const float m = __builtin_bit_cast(float, half);
  const float r = (m - 1.0f) + __builtin_bit_cast(float, half& low);
  const float z = r * r;
  float y = 7.0376836292e-2f;
  y = __builtin_fmaf(y, r, -1.1514610310e-1f);
  y = __builtin_fmaf(y, r, 1.1676998740e-1f);
  y = __builtin_fmaf(y, r, -1.2420140846e-1f);
  y = __builtin_fmaf(y, r, 1.4249322787e-1f);
  y = __builtin_fmaf(y, r, -1.6668057665e-1f);
  y = __builtin_fmaf(y, r, 2.0000714765e-1f);
  y = __builtin_fmaf(y, r, -2.4999993993e-1f);
  y = __builtin_fmaf(y, r, 3.3333331174e-1f);
  y = y * r;
  y = __builtin_fmaf(y, z, e * -2.12194440e-4f);
  y = __builtin_fmaf(z, -0.5f, y);
  return __builtin_fmaf(e, 0.693359375f, r + y);
}

// sin and cos of x >= 0 after Cephes: j = the nearest even octant of x, r = x - j pi/4 in three
// parts, both polynomials in r, swapped and signed by j.
void sincos_positive(float x, float& sine, float& cosine) {
  const int32_t j = (int32_t(x * 1.27323954473516f) + 1) & ~1;
  const float octant = float(j);
  float r = __builtin_fmaf(octant, -0.78515625f, x);
  r = __builtin_fmaf(octant, -2.4187564849853515625e-4f, r);
  r = __builtin_fmaf(octant, -3.77489497744594108e-8f, r);
  const float z = r * r;
  float c = 2.443315711809948e-5f;
  c = __builtin_fmaf(c, z, -1.388731625493765e-3f);
  c = __builtin_fmaf(c, z, 4.166664568298827e-2f);
  c = c * z;
  c = __builtin_fmaf(c, z, -(z * 0.5f));
  c = c + 1.0f;
  float s = -1.9515295891e-4f;
  s = __builtin_fmaf(s, z, 8.3321608736e-3f);
  s = __builtin_fmaf(s, z, -1.6666654611e-1f);
  s = s * z;
  s = __builtin_fmaf(s, r, r);
  const uint32_t s_bits = __builtin_bit_cast(uint32_t, s);
  const uint32_t c_bits = __builtin_bit_cast(uint32_t, c);
  const uint32_t swap = (s_bits ^ c_bits) & (0u - (uint32_t(j >> 1) & 1u));
  sine = __builtin_bit_cast(float, s_bits ^ swap ^ (uint32_t(j & 4) << 29));
  cosine = __builtin_bit_cast(float, c_bits ^ swap ^ (uint32_t(~(j - 2) & 4) << 29));
}

// Blocks taken together, so that the arithmetic is one long loop.
constexpr int kBlocks = 16;
constexpr int kPairs = 8 * kBlocks;

void normal_f32(float* data, int64_t blocks, float mean, float std) {
  float u1[kPairs], u2[kPairs], n1[kPairs], n2[kPairs];
  float square[kPairs], sine[kPairs], cosine[kPairs];
  for (int64_t b = 0; b < blocks; b += kBlocks) {
    float* v = data + 16 * b;
    const int count = int(blocks - b < kBlocks ? blocks - b : kBlocks);
    for (int k = 0; k < count; ++k) {
      __builtin_memcpy(u1 + 8 * k, v + 16 * k, 8 * sizeof(float));
      __builtin_memcpy(u2 + 8 * k, v + 16 * k + 8, 8 * sizeof(float));
    }
    for (int i = 0; i < 8 * count; ++i) {
      square[i] = -2.0f * log_unit(1.0f - u1[i]);
      sincos_positive(6.283185307179586f * u2[i], sine[i], cosine[i]);
    }
    for (int i = 0; i < 8 * count; ++i) {
      const float radius = __builtin_sqrtf(square[i]);
      n1[i] = __builtin_fmaf(radius * cosine[i], std, mean);
      n2[i] = __builtin_fmaf(radius * sine[i], std, mean);
    }
    for (int k = 0; k < count; ++k) {
      __builtin_memcpy(v + 16 * k, n1 + 8 * k, 8 * sizeof(float));
      __builtin_memcpy(v + 16 * k + 8, n2 + 8 * k, 8 * sizeof(float));
    }
  }
}

}  // namespace

void fill_random(RandomTable& table) {
  table.uniform_f32 = uniform_f32;
  table.uniform_f64 = uniform_f64;
  table.bernoulli = bernoulli;
  table.normal_f32 = normal_f32;
}

}  // namespace nabla::kernels::NABLA_ISA
