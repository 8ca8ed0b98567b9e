// Conversions, transposing copies and fills (tables/convert.h).
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

// Blocks of 16 x 16: reads and writes both stay within few cache lines, whatever the strides.
template <class T>
void transpose(T* out, int64_t out_stride, const T* in, int64_t in_stride, int64_t rows,
               int64_t columns) {
  constexpr int64_t B = 16;
  for (int64_t r = 0; r < rows; r += B) {
    const int64_t h = rows - r < B ? rows - r : B;
    for (int64_t c = 0; c < columns; c += B) {
      const int64_t w = columns - c < B ? columns - c : B;
      const T* from = in + r * in_stride + c;
      T* to = out + c * out_stride + r;
      if (h == B && w == B) {
        T t[B][B];
        for (int i = 0; i < B; ++i)
          for (int j = 0; j < B; ++j) t[j][i] = from[i * in_stride + j];
        for (int j = 0; j < B; ++j)
          for (int i = 0; i < B; ++i) to[j * out_stride + i] = t[j][i];
      } else {
        for (int64_t j = 0; j < w; ++j)
          for (int64_t i = 0; i < h; ++i) to[j * out_stride + i] = from[i * in_stride + j];
      }
    }
  }
}
void transpose4(uint32_t* out, int64_t out_stride, const uint32_t* in, int64_t in_stride,
                int64_t rows, int64_t columns) {
  transpose(out, out_stride, in, in_stride, rows, columns);
}
void transpose8(uint64_t* out, int64_t out_stride, const uint64_t* in, int64_t in_stride,
                int64_t rows, int64_t columns) {
  transpose(out, out_stride, in, in_stride, rows, columns);
}

void fill4(uint32_t* out, int64_t n, uint32_t value) {
  const I32 v = I32::set1(static_cast<int32_t>(value));
  int64_t i = 0;
  for (; i + I32::W <= n; i += I32::W) v.store(reinterpret_cast<int32_t*>(out + i));
  for (; i < n; ++i) out[i] = value;
}
void fill8(uint64_t* out, int64_t n, uint64_t value) {
  const I64 v = I64::set1(static_cast<int64_t>(value));
  int64_t i = 0;
  for (; i + I64::W <= n; i += I64::W) v.store(reinterpret_cast<int64_t*>(out + i));
  for (; i < n; ++i) out[i] = value;
}

}  // namespace

void fill_convert(ConvertTable& table) {
  table = {f16_to_f32, bf16_to_f32, f32_to_f16, f32_to_bf16, f32_to_f64, f64_to_f32, u8_to_f32,
           i64_to_f32, i32_to_f32,  transpose4, transpose8,  fill4,      fill8};
}

}  // namespace nabla::kernels::NABLA_ISA
