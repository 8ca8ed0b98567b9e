#pragma once
// Contiguous conversions that gain from vector instructions.
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
};

}  // namespace nabla::kernels
