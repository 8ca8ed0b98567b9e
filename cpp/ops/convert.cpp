#include "ops/convert.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "kernels/tables.h"

namespace nabla::ops {
namespace {

using Fn = void (*)(void* dst, const void* src, int64_t n);

template <class I, class F>
I to_integer(F x) {
  // Outside the range a cast is undefined behaviour; the machine's answer on x86 is the lowest
  // value.
  constexpr F limit = static_cast<F>(std::numeric_limits<I>::max()) + F(1);
  return x >= -limit && x < limit ? static_cast<I>(x) : std::numeric_limits<I>::min();
}

template <class To, class From>
To cast(From x) {
  if constexpr (std::is_same_v<To, bool>)
    return x != From(0);
  else if constexpr (std::is_floating_point_v<From> && std::is_same_v<To, int32_t>)
    return to_integer<int32_t>(static_cast<double>(x));
  else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>)
    return static_cast<To>(to_integer<int64_t>(x));
  else
    return static_cast<To>(x);
}

template <class To, class From>
void convert_loop(void* dst, const void* src, int64_t n) {
  auto* to = static_cast<To*>(dst);
  auto* from = static_cast<const From*>(src);
  for (int64_t i = 0; i < n; ++i) to[i] = cast<To>(from[i]);
}

// float16 and bfloat16 go by float32, a piece at a time.
void by_float(void* dst, DType to, const void* src, DType from, int64_t n) {
  constexpr int64_t piece = 512;
  alignas(64) float block[piece];
  const int64_t to_size = static_cast<int64_t>(size_of(to)),
                from_size = static_cast<int64_t>(size_of(from));
  for (int64_t i = 0; i < n; i += piece) {
    const int64_t m = n - i < piece ? n - i : piece;
    convert(block, DType::float32, static_cast<const char*>(src) + i * from_size, from, m);
    convert(static_cast<char*>(dst) + i * to_size, to, block, DType::float32, m);
  }
}

// The ten C++ types without the half formats, at their dtype's place.
template <int D>
struct Plain {
  using type = void;
};
#define NABLA_PLAIN(name, T)                                      \
  template <>                                                     \
  struct Plain<static_cast<int>(DType::name)> {                   \
    using type = std::conditional_t<std::is_class_v<T>, void, T>; \
  };
NABLA_FOR_DTYPES(NABLA_PLAIN)
#undef NABLA_PLAIN

template <int To, int From>
constexpr Fn loop_for() {
  using T = typename Plain<To>::type;
  using F = typename Plain<From>::type;
  if constexpr (std::is_void_v<T> || std::is_void_v<F> || To == From)
    return nullptr;
  else
    return convert_loop<T, F>;
}
using Row = std::array<Fn, dtype_count>;
template <int To, size_t... From>
constexpr Row make_row(std::index_sequence<From...>) {
  return {loop_for<To, static_cast<int>(From)>()...};
}
template <size_t... To>
constexpr std::array<Row, dtype_count> make_loops(std::index_sequence<To...>) {
  return {make_row<static_cast<int>(To)>(std::make_index_sequence<dtype_count>())...};
}
constexpr std::array<Row, dtype_count> loops = make_loops(std::make_index_sequence<dtype_count>());

template <class T>
void gather_items(void* dst, const void* src, int64_t step, int64_t n) {
  auto* to = static_cast<T*>(dst);
  auto* from = static_cast<const char*>(src);
  for (int64_t i = 0; i < n; ++i) std::memcpy(to + i, from + i * step, sizeof(T));
}
template <class T>
void scatter_items(void* dst, int64_t step, const void* src, int64_t n) {
  auto* to = static_cast<char*>(dst);
  auto* from = static_cast<const T*>(src);
  for (int64_t i = 0; i < n; ++i) std::memcpy(to + i * step, from + i, sizeof(T));
}

}  // namespace

void convert(void* dst, DType to, const void* src, DType from, int64_t n) {
  if (to == from) {
    if (dst != src) std::memmove(dst, src, static_cast<size_t>(n) * size_of(to));
    return;
  }
  const kernels::ConvertTable& table = kernels::tables().convert;
  auto* f32 = static_cast<float*>(dst);
  if (to == DType::float32) {
    switch (from) {
      case DType::float16:
        return table.f16_to_f32(f32, static_cast<const uint16_t*>(src), n);
      case DType::bfloat16:
        return table.bf16_to_f32(f32, static_cast<const uint16_t*>(src), n);
      case DType::float64:
        return table.f64_to_f32(f32, static_cast<const double*>(src), n);
      case DType::uint8:
        return table.u8_to_f32(f32, static_cast<const uint8_t*>(src), n);
      case DType::int64:
        return table.i64_to_f32(f32, static_cast<const int64_t*>(src), n);
      case DType::int32:
        return table.i32_to_f32(f32, static_cast<const int32_t*>(src), n);
      default:
        break;
    }
  } else if (from == DType::float32) {
    auto* in = static_cast<const float*>(src);
    if (to == DType::float16) return table.f32_to_f16(static_cast<uint16_t*>(dst), in, n);
    if (to == DType::bfloat16) return table.f32_to_bf16(static_cast<uint16_t*>(dst), in, n);
    if (to == DType::float64) return table.f32_to_f64(static_cast<double*>(dst), in, n);
  }
  if (Fn loop = loops[static_cast<size_t>(to)][static_cast<size_t>(from)]) return loop(dst, src, n);
  by_float(dst, to, src, from, n);
}

void gather(void* dst, const void* src, int64_t step, size_t itemsize, int64_t n) {
  switch (itemsize) {
    case 1:
      return gather_items<uint8_t>(dst, src, step, n);
    case 2:
      return gather_items<uint16_t>(dst, src, step, n);
    case 4:
      return gather_items<uint32_t>(dst, src, step, n);
    default:
      return gather_items<uint64_t>(dst, src, step, n);
  }
}

void scatter(void* dst, int64_t step, const void* src, size_t itemsize, int64_t n) {
  switch (itemsize) {
    case 1:
      return scatter_items<uint8_t>(dst, step, src, n);
    case 2:
      return scatter_items<uint16_t>(dst, step, src, n);
    case 4:
      return scatter_items<uint32_t>(dst, step, src, n);
    default:
      return scatter_items<uint64_t>(dst, step, src, n);
  }
}

}  // namespace nabla::ops
