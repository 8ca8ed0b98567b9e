// Contiguous conversions (tables/convert.h).
#include "kernels/tables/convert.h"

#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

#define NABLA_HALF(NAME)                                                      \
  void NAME##_to_f32(float* out, const uint16_t* in, int64_t n) {             \
    constexpr int W = F32::W;                                                 \
    int64_t i = 0;                                                            \
    for (; i + W <= n; i += W) load_##NAME(in + i).store(out + i);            \
    const int rest = static_cast<int>(n - i);                                 \
    if (rest > 0) load_##NAME##_n(in + i, rest).store_n(out + i, rest);       \
  }                                                                           \
  void f32_to_##NAME(uint16_t* out, const float* in, int64_t n) {             \
    constexpr int W = F32::W;                                                 \
    int64_t i = 0;                                                            \
    for (; i + W <= n; i += W) store_##NAME(out + i, F32::load(in + i));      \
    const int rest = static_cast<int>(n - i);                                 \
    if (rest > 0) store_##NAME##_n(out + i, F32::load_n(in + i, rest), rest); \
  }
NABLA_HALF(f16)
NABLA_HALF(bf16)
#undef NABLA_HALF

// What compilers vectorise well by themselves.
#define NABLA_CAST(NAME, To, From)                                      \
  void NAME(To* __restrict out, const From* __restrict in, int64_t n) { \
    for (int64_t i = 0; i < n; ++i) out[i] = static_cast<To>(in[i]);    \
  }
NABLA_CAST(f32_to_f64, double, float)
NABLA_CAST(f64_to_f32, float, double)
NABLA_CAST(u8_to_f32, float, uint8_t)
NABLA_CAST(i64_to_f32, float, int64_t)
NABLA_CAST(i32_to_f32, float, int32_t)
#undef NABLA_CAST

}  // namespace

void fill_convert(ConvertTable& table) {
  table = {f16_to_f32, bf16_to_f32, f32_to_f16, f32_to_bf16, f32_to_f64,
           f64_to_f32, u8_to_f32,   i64_to_f32, i32_to_f32};
}

}  // namespace nabla::kernels::NABLA_ISA
