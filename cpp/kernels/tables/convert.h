#pragma once
// Contiguous conversions that gain from vector instructions, and copies that change the order of
// elements.
#include <cstdint>

namespace nabla::kernels {

struct ConvertTable {
  // float16 and bfloat16 (as their bits) to and from float32, rounded to nearest even
  void (*f16_to_f32)(float* out, const uint16_t* in, int64_t n);
  void (*bf16_to_f32)(float* out, const uint16_t* in, int64_t n);
  void (*f32_to_f16)(uint16_t* out, const float* in, int64_t n);
  void (*f32_to_bf16)(uint16_t* out, const float* in, int64_t n);
  void (*f32_to_f64)(double* out, const float* in, int64_t n);
  void (*f64_to_f32)(float* out, const double* in, int64_t n);
  void (*u8_to_f32)(float* out, const uint8_t* in, int64_t n);
  void (*i64_to_f32)(float* out, const int64_t* in, int64_t n);
  void (*i32_to_f32)(float* out, const int32_t* in, int64_t n);
  // out[c * out_stride + r] = in[r * in_stride + c], r < rows, c < columns; strides in elements of
  // 4 or 8 bytes
  void (*transpose4)(uint32_t* out, int64_t out_stride, const uint32_t* in, int64_t in_stride,
                     int64_t rows, int64_t columns);
  void (*transpose8)(uint64_t* out, int64_t out_stride, const uint64_t* in, int64_t in_stride,
                     int64_t rows, int64_t columns);
  // n elements of one value
  void (*fill4)(uint32_t* out, int64_t n, uint32_t value);
  void (*fill8)(uint64_t* out, int64_t n, uint64_t value);
};

}  // namespace nabla::kernels
