#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace nabla {

// A source of random numbers: mt19937, seeded by init_genrand, with the state that PyTorch's CPU
// generator keeps, so that the same seed gives the same numbers and a saved state goes both ways.
class Generator {
 public:
  static constexpr uint64_t default_seed = 67280421310721ull;  // PyTorch's default_rng_seed_val
  static constexpr std::size_t state_bytes = 5056;

  explicit Generator(uint64_t seed = default_seed) { manual_seed(seed); }

  // Starts the sequence of `seed`; forgets the second half of a normal pair.
  void manual_seed(uint64_t seed);
  // Seeds from the operating system and returns the seed, which is below 2^53.
  uint64_t seed();
  uint64_t initial_seed() const { return initial_seed_; }

  uint32_t next32() {
    uint32_t value;
    fill32(&value, 1);
    return value;
  }
  // Two draws, the first is the high half.
  uint64_t next64() {
    uint32_t pair[2];
    fill32(pair, 2);
    return uint64_t(pair[0]) << 32 | pair[1];
  }
  // The next n outputs.
  void fill32(uint32_t* out, int64_t n);

  // Uniform in [0, 1) with 53 bits; two draws.
  double uniform53() { return double(next64() & ((uint64_t(1) << 53) - 1)) * 0x1p-53; }
  // Standard normal by Box-Muller in double; four draws give two values, the second is kept.
  double normal53();

  // PyTorch's layout of torch.Generator.get_state(): 5056 bytes. The legacy 5048 are read too.
  void get_state(std::span<std::byte, state_bytes> out) const;
  // Throws, and changes nothing, where `in` is no such state.
  void set_state(std::span<const std::byte> in);

 private:
  static constexpr int size_ = 624;
  void refill();

  std::array<uint32_t, size_> state_;
  // PyTorch's pair of counters: `left_ - 1` outputs of the block are unused, `next_` is the first.
  int left_ = 1;
  int next_ = 0;
  uint64_t initial_seed_ = 0;
  std::optional<double> next_normal_;
};

// An optional generator argument of an op: null means the default generator.
using OptGenerator = Generator*;

// The generator of this thread (each worker of JavaScript has its own).
Generator& default_generator();
inline Generator& generator_or_default(OptGenerator generator) {
  return generator ? *generator : default_generator();
}

}  // namespace nabla
