#include "core/generator.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <random>

#include "core/error.h"

namespace nabla {
namespace {

constexpr int kSize = 624;
constexpr int kShift = 397;

// s' = t ^ (mix >> 1) ^ (low bit of v ? matrix : 0), mix = top bit of u, rest of v.
uint32_t twist(uint32_t u, uint32_t v, uint32_t t) {
  const uint32_t mix = (u & 0x80000000u) | (v & 0x7fffffffu);
  return t ^ (mix >> 1) ^ ((0u - (v & 1u)) & 0x9908b0dfu);
}

uint32_t temper(uint32_t y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

// The bytes of PyTorch's CPUGeneratorImplState on a 64-bit machine.
struct SavedState {
  uint64_t initial_seed;
  int32_t left;
  int32_t seeded;
  uint64_t next;
  uint64_t state[kSize];
  double normal_x;
  double normal_y;  // the kept normal value; in the legacy layout the pair (x, rho) gives it
  double normal_rho;
  int32_t normal_is_valid;
  int32_t padding;
  float next_float_normal;
  uint8_t next_float_normal_is_valid;
  uint8_t padding2[3];
};
static_assert(sizeof(SavedState) == Generator::state_bytes);
constexpr std::size_t kLegacyBytes = offsetof(SavedState, next_float_normal);

}  // namespace

void Generator::manual_seed(uint64_t seed) {
  initial_seed_ = seed;
  state_[0] = uint32_t(seed);
  for (int i = 1; i < size_; ++i)
    state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + uint32_t(i);
  left_ = 1;
  next_ = 0;
  next_normal_.reset();
}

uint64_t Generator::seed() {
  std::random_device device;
  const uint64_t high = device();
  manual_seed((high << 32 | device()) & ((uint64_t(1) << 53) - 1));
  return initial_seed_;
}

void Generator::refill() {
  uint32_t* s = state_.data();
  // Each loop reads only words that are 227 or more behind, or not yet written: it vectorises.
  for (int i = 0; i < kSize - kShift; ++i) s[i] = twist(s[i], s[i + 1], s[i + kShift]);
  for (int i = kSize - kShift; i < kSize - 1; ++i)
    s[i] = twist(s[i], s[i + 1], s[i + kShift - kSize]);
  s[kSize - 1] = twist(s[kSize - 1], s[0], s[kShift - 1]);
  left_ = size_ + 1;
  next_ = 0;
}

void Generator::fill32(uint32_t* out, int64_t n) {
  while (n > 0) {
    if (left_ == 1) refill();
    const int count = int(std::min<int64_t>(n, left_ - 1));
    const uint32_t* from = state_.data() + next_;
    for (int i = 0; i < count; ++i) out[i] = temper(from[i]);
    left_ -= count;
    next_ += count;
    out += count;
    n -= count;
  }
}

double Generator::normal53() {
  if (next_normal_) {
    const double value = *next_normal_;
    next_normal_.reset();
    return value;
  }
  const double u1 = uniform53();
  const double u2 = uniform53();
  const double radius = std::sqrt(-2.0 * std::log1p(-u2));
  const double theta = 2.0 * std::numbers::pi * u1;
  next_normal_ = radius * std::sin(theta);
  return radius * std::cos(theta);
}

void Generator::get_state(std::span<std::byte, state_bytes> out) const {
  SavedState saved{};
  saved.initial_seed = initial_seed_;
  saved.left = left_;
  saved.seeded = 1;
  saved.next = uint64_t(next_);
  std::copy(state_.begin(), state_.end(), saved.state);
  saved.normal_is_valid = next_normal_.has_value();
  saved.normal_y = next_normal_.value_or(0.0);
  std::memcpy(out.data(), &saved, sizeof saved);
}

void Generator::set_state(std::span<const std::byte> in) {
  CHECK(in.size() == state_bytes || in.size() == kLegacyBytes, "expected a generator state of ",
        state_bytes, " or ", kLegacyBytes, " bytes, got ", in.size());
  SavedState saved{};
  std::memcpy(&saved, in.data(), in.size());
  CHECK(saved.seeded == 1 && saved.left > 0 && saved.left <= size_ && saved.next <= size_,
        "invalid mt19937 state");
  // `left` and `next` say the same thing twice, save that a fresh seed has (1, 0).
  CHECK(saved.left + saved.next <= size_ + 1, "invalid mt19937 state");
  initial_seed_ = saved.initial_seed;
  left_ = saved.left;
  next_ = int(saved.next);
  for (int i = 0; i < size_; ++i) state_[i] = uint32_t(saved.state[i]);
  next_normal_.reset();
  if (!saved.normal_is_valid) return;
  next_normal_ = in.size() == kLegacyBytes
                     ? saved.normal_rho * std::sin(2.0 * std::numbers::pi * saved.normal_x)
                     : saved.normal_y;
}

Generator& default_generator() {
  static thread_local Generator generator;
  return generator;
}

}  // namespace nabla
