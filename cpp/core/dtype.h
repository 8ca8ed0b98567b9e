#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <string_view>

#include "core/error.h"

namespace nabla {

enum class DType : uint8_t {
  float32,
  float64,
  float16,
  bfloat16,
  int64,
  int32,
  int16,
  int8,
  uint8,
  bool_,
};
constexpr int dtype_count = 10;

// IEEE binary16 and the upper half of a binary32, both rounded to nearest even.
float half_to_float(uint16_t bits);
uint16_t float_to_half(float value);
inline float bfloat16_to_float(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }
inline uint16_t float_to_bfloat16(float value) {
  uint32_t u = std::bit_cast<uint32_t>(value);
  if (value != value) return 0x7fc0;
  return static_cast<uint16_t>((u + 0x7fff + ((u >> 16) & 1)) >> 16);
}

struct Half {
  uint16_t bits = 0;
  Half() = default;
  Half(float v) : bits(float_to_half(v)) {}
  operator float() const { return half_to_float(bits); }
};
struct BFloat16 {
  uint16_t bits = 0;
  BFloat16() = default;
  BFloat16(float v) : bits(float_to_bfloat16(v)) {}
  operator float() const { return bfloat16_to_float(bits); }
};

template <class T>
struct DTypeOf;
#define NABLA_FOR_DTYPES(X) \
  X(float32, float)         \
  X(float64, double)        \
  X(float16, Half)          \
  X(bfloat16, BFloat16)     \
  X(int64, int64_t)         \
  X(int32, int32_t)         \
  X(int16, int16_t)         \
  X(int8, int8_t)           \
  X(uint8, uint8_t)         \
  X(bool_, bool)
#define NABLA_DTYPE_OF(name, type)              \
  template <>                                   \
  struct DTypeOf<type> {                        \
    static constexpr DType value = DType::name; \
  };
NABLA_FOR_DTYPES(NABLA_DTYPE_OF)
#undef NABLA_DTYPE_OF
template <class T>
constexpr DType dtype_of = DTypeOf<T>::value;

constexpr size_t size_of(DType t) {
  constexpr uint8_t sizes[dtype_count] = {4, 8, 2, 2, 8, 4, 2, 1, 1, 1};
  return sizes[static_cast<int>(t)];
}
constexpr bool is_floating(DType t) { return t <= DType::bfloat16; }
constexpr bool is_reduced_float(DType t) { return t == DType::float16 || t == DType::bfloat16; }
constexpr bool is_integral(DType t) { return t >= DType::int64 && t <= DType::uint8; }
// 0 bool, 1 integer, 2 floating: PyTorch's categories for type promotion.
constexpr int category(DType t) { return t == DType::bool_ ? 0 : is_floating(t) ? 2 : 1; }

// "float32", as torch.float32 without the prefix.
std::string_view name_of(DType t);
// PyTorch's C++ name, used in its error texts: Float, Long, Bool.
std::string_view scalar_type_name(DType t);
inline std::ostream& operator<<(std::ostream& out, DType t) { return out << name_of(t); }

// The smallest dtype that both operands convert to (PyTorch's promote_types).
DType promote_types(DType a, DType b);

// Per thread of JavaScript: the dtype that floating numbers get (float32 unless set).
DType default_dtype();
void set_default_dtype(DType t);

// The dtype in which arithmetic on t is done: float32 for float16 and bfloat16, else t.
constexpr DType compute_type(DType t) { return is_reduced_float(t) ? DType::float32 : t; }

// Calls f with a value of the C++ type of t: dispatch(t, [&](auto v) { using T = decltype(v); ...
// }).
template <class F>
decltype(auto) dispatch(DType t, F&& f) {
  switch (t) {
#define NABLA_CASE(name, type) \
  case DType::name:            \
    return f(type());
    NABLA_FOR_DTYPES(NABLA_CASE)
#undef NABLA_CASE
  }
  fail(ErrorKind::internal, "unknown dtype");
}
// As dispatch, for float32 and float64 alone (the compute types of floating ops).
template <class F>
decltype(auto) dispatch_float(DType t, F&& f) {
  if (t == DType::float64) return f(double());
  INTERNAL(t == DType::float32, "expected float32 or float64, got ", t);
  return f(float());
}

}  // namespace nabla
