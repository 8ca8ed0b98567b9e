#include "ops/random_fill.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <type_traits>

#include "kernels/tables.h"

namespace nabla::ops {
namespace {

constexpr int64_t kChunk = 512;

// Draws `per` words for each element and hands chunks to f(bits, first, count).
template <int per, class F>
void for_chunks(int64_t n, Generator& generator, F&& f) {
  alignas(64) uint32_t bits[per * kChunk];
  for (int64_t i = 0; i < n; i += kChunk) {
    const int64_t count = std::min(kChunk, n - i);
    generator.fill32(bits, per * count);
    f(bits, i, count);
  }
}

uint64_t wide(const uint32_t* pair) { return uint64_t(pair[0]) << 32 | pair[1]; }
double unit53(const uint32_t* pair) {
  return double(wide(pair) & ((uint64_t(1) << 53) - 1)) * 0x1p-53;
}

template <class T>
T from_integer(int64_t v) {
  if constexpr (std::is_integral_v<T> || std::is_same_v<T, double>)
    return static_cast<T>(v);
  else
    return T(static_cast<float>(v));
}
template <class T>
T from_double(double v) {
  if constexpr (std::is_arithmetic_v<T>)
    return static_cast<T>(v);
  else
    return T(static_cast<float>(v));
}

// f(T()) for the floating dtypes.
template <class F>
void dispatch_floating(DType dtype, F&& f) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    if constexpr (is_floating(dtype_of<T>))
      f(zero);
    else
      fail(ErrorKind::internal, "expected a floating dtype, got ", dtype);
  });
}

template <class T>
void normal_blocks(T* out, int64_t n, double mean, double std, Generator& generator) {
  constexpr bool reduced = !std::is_same_v<T, float> && !std::is_same_v<T, double>;
  using C = std::conditional_t<reduced, float, T>;
  // Whole blocks, then the last 16 places anew where n is no multiple of 16.
  const auto draw = [&](T* to, int64_t count) {
    alignas(64) C v[kChunk];
    for (int64_t i = 0; i < count; i += kChunk) {
      const int64_t size = std::min(kChunk, count - i);
      fill_uniform(v, dtype_of<C>, size, 0, 1, generator);
      if constexpr (std::is_same_v<C, float>) {
        kernels::tables().random.normal_f32(v, size / 16, float(mean), float(std));
      } else {
        for (int64_t b = 0; b < size; b += 16) {
          for (int j = 0; j < 8; ++j) {
            const double radius = std::sqrt(-2 * std::log(1 - v[b + j]));
            const double theta = 2 * std::numbers::pi * v[b + j + 8];
            v[b + j] = std::fma(radius * std::cos(theta), std, mean);
            v[b + j + 8] = std::fma(radius * std::sin(theta), std, mean);
          }
        }
      }
      for (int64_t j = 0; j < size; ++j) to[i + j] = T(v[j]);
    }
  };
  draw(out, n / 16 * 16);
  // The uniforms of an unfinished block are drawn and thrown away, as PyTorch does; float16 and
  // bfloat16 draw block by block and have none.
  if (n % 16 == 0) return;
  if constexpr (!reduced) {
    alignas(64) T rest[16];
    fill_uniform(rest, dtype_of<T>, n % 16, 0, 1, generator);
  }
  draw(out + n - 16, 16);
}

}  // namespace

void fill_uniform(void* out, DType dtype, int64_t n, double from, double to, Generator& generator) {
  const auto& table = kernels::tables().random;
  if (dtype == DType::float64) {
    return for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
      table.uniform_f64(static_cast<double*>(out) + i, bits, count, from, to);
    });
  }
  for_chunks<1>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
    if (dtype == DType::float32)
      return table.uniform_f32(static_cast<float*>(out) + i, bits, count, float(from), float(to));
    alignas(64) float v[kChunk];
    for (int64_t j = 0; j < count; ++j)
      v[j] = std::fma(float(bits[j] & 0xffffffu) * 0x1p-24f, float(to) - float(from), float(from));
    dispatch_floating(dtype, [&](auto zero) {
      using T = decltype(zero);
      const float upper = T(float(to));
      for (int64_t j = 0; j < count; ++j) {
        const T value = T(float(v[j]));
        static_cast<T*>(out)[i + j] = float(value) == upper ? T(float(from)) : value;
      }
    });
  });
}

void fill_normal(void* out, DType dtype, int64_t n, double mean, double std, bool one_by_one,
                 Generator& generator) {
  dispatch_floating(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(out);
    if (n >= 16 && !one_by_one) return normal_blocks(to, n, mean, std, generator);
    for (int64_t i = 0; i < n; ++i)
      to[i] = from_double<T>(std::fma(generator.normal53(), std, mean));
  });
}

void fill_exponential(void* out, DType dtype, int64_t n, double lambda, Generator& generator) {
  dispatch_floating(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(out);
    for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
      for (int64_t j = 0; j < count; ++j)
        to[i + j] = from_double<T>(-1.0 / lambda * std::log1p(-unit53(bits + 2 * j)));
    });
  });
}

void fill_bernoulli(void* out, DType dtype, int64_t n, double p, double one, Generator& generator) {
  uint8_t mask[kChunk];
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    const T values[2] = {T(), from_double<T>(one)};
    for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
      kernels::tables().random.bernoulli(mask, bits, count, p);
      for (int64_t j = 0; j < count; ++j) static_cast<T*>(out)[i + j] = values[mask[j]];
    });
  });
}

void fill_bernoulli(void* out, DType dtype, int64_t n, const void* p, bool wide,
                    Generator& generator) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    const T one = from_double<T>(1);
    T* to = static_cast<T*>(out);
    if (wide) {
      for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j)
          to[i + j] = unit53(bits + 2 * j) < static_cast<const double*>(p)[i + j] ? one : T();
      });
    } else {
      for_chunks<1>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j) {
          const float unit = float(bits[j] & 0xffffffu) * 0x1p-24f;
          to[i + j] = unit < static_cast<const float*>(p)[i + j] ? one : T();
        }
      });
    }
  });
}

void fill_integers(void* out, DType dtype, int64_t n, int64_t base, uint64_t range,
                   Generator& generator) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(out);
    if (range != 0 && range < uint64_t(1) << 28) {
      const uint32_t small = uint32_t(range);
      for_chunks<1>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j)
          to[i + j] = from_integer<T>(int64_t(uint64_t(bits[j] % small) + uint64_t(base)));
      });
    } else {
      for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j) {
          const uint64_t value = wide(bits + 2 * j);
          to[i + j] = from_integer<T>(int64_t(range ? value % range + uint64_t(base) : value));
        }
      });
    }
  });
}

void fill_random(void* out, DType dtype, int64_t n, Generator& generator) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(out);
    if constexpr (std::is_same_v<T, int64_t> || std::is_same_v<T, double>) {
      constexpr uint64_t modulus =
          std::is_same_v<T, double> ? (uint64_t(1) << 53) + 1 : uint64_t(1) << 63;
      for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j)
          to[i + j] = from_integer<T>(int64_t(wide(bits + 2 * j) % modulus));
      });
    } else {
      constexpr uint64_t modulus = std::is_same_v<T, float>      ? (1u << 24) + 1
                                   : std::is_same_v<T, Half>     ? (1u << 11) + 1
                                   : std::is_same_v<T, BFloat16> ? (1u << 8) + 1
                                   : std::is_same_v<T, bool>
                                       ? 2
                                       : uint64_t(std::numeric_limits<T>::max()) + 1;
      for_chunks<1>(n, generator, [&](const uint32_t* bits, int64_t i, int64_t count) {
        for (int64_t j = 0; j < count; ++j) to[i + j] = from_integer<T>(int64_t(bits[j] % modulus));
      });
    }
  });
}

void fill_permutation(void* out, DType dtype, int64_t n, Generator& generator) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    T* to = static_cast<T*>(out);
    if (n < int64_t(std::numeric_limits<uint32_t>::max() / 20)) {
      for (int64_t i = 0; i < n; ++i) to[i] = from_integer<T>(i);
      for_chunks<1>(n - 1, generator, [&](const uint32_t* bits, int64_t first, int64_t count) {
        for (int64_t j = 0; j < count; ++j) {
          const int64_t i = first + j;
          std::swap(to[i], to[i + bits[j] % uint32_t(n - i)]);
        }
      });
    } else {
      // Inside-out shuffle with 64 bits a step.
      for_chunks<2>(n, generator, [&](const uint32_t* bits, int64_t first, int64_t count) {
        for (int64_t j = 0; j < count; ++j) {
          const int64_t i = first + j;
          const int64_t z = int64_t(wide(bits + 2 * j) % uint64_t(i + 1));
          to[i] = from_integer<T>(i);
          to[i] = to[z];
          to[z] = from_integer<T>(i);
        }
      });
    }
  });
}

}  // namespace nabla::ops
