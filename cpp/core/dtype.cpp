#include "core/dtype.h"

namespace nabla {

float half_to_float(uint16_t h) {
  uint32_t sign = uint32_t{h & 0x8000u} << 16, exponent = (h >> 10) & 31, mantissa = h & 0x3ffu;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000u | (mantissa << 13));
  if (exponent == 0) {
    float v = static_cast<float>(mantissa) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(v));
  }
  return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
}

uint16_t float_to_half(float value) {
  uint32_t u = std::bit_cast<uint32_t>(value);
  uint16_t sign = static_cast<uint16_t>((u >> 16) & 0x8000);
  u &= 0x7fffffff;
  if (u > 0x7f800000) return sign | 0x7e00;
  if (u >= 0x477ff000) return sign | 0x7c00;  // rounds to infinity
  if (u < 0x38800000) {                       // subnormal half: let the addition round
    float v = std::bit_cast<float>(u) + 0.5f;
    return sign | static_cast<uint16_t>(std::bit_cast<uint32_t>(v) - 0x3f000000);
  }
  u += 0xc8000fff + ((u >> 13) & 1);
  return sign | static_cast<uint16_t>(u >> 13);
}

std::string_view name_of(DType t) {
  constexpr std::string_view names[dtype_count] = {"float32", "float64", "float16", "bfloat16",
                                                   "int64",   "int32",   "int16",   "int8",
                                                   "uint8",   "bool"};
  return names[static_cast<int>(t)];
}

std::string_view scalar_type_name(DType t) {
  constexpr std::string_view names[dtype_count] = {"Float", "Double", "Half", "BFloat16", "Long",
                                                   "Int",   "Short",  "Char", "Byte",     "Bool"};
  return names[static_cast<int>(t)];
}

DType promote_types(DType a, DType b) {
  if (a == b) return a;
  if (category(a) != category(b)) return category(a) > category(b) ? a : b;
  if (category(a) == 2) {
    if (a == DType::float64 || b == DType::float64) return DType::float64;
    return DType::float32;  // any two of float32, float16, bfloat16 that differ
  }
  // integers: uint8 with a signed type of its own size needs the next larger one
  if (a == DType::uint8) std::swap(a, b);
  if (b == DType::uint8) return a == DType::int8 ? DType::int16 : a;
  return size_of(a) > size_of(b) ? a : b;
}

static thread_local DType current_default = DType::float32;
DType default_dtype() { return current_default; }
void set_default_dtype(DType t) {
  CHECK_TYPE(is_floating(t), "only floating-point types are supported as the default type, got ",
             t);
  current_default = t;
}

}  // namespace nabla
