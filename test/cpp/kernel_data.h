// Input for kernel tests: reproducible numbers, and buffers whose surroundings are checked.
#pragma once

#include <cstdint>
#include <vector>

#include "check.h"

namespace nabla_test {

// Numbers in [-1, 1) from a linear congruential generator.
class Numbers {
 public:
  explicit Numbers(uint64_t seed) : state_(seed * 2862933555777941757u + 3037000493u) {}
  double next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(static_cast<int64_t>(state_) >> 11) * 0x1p-52;
  }
  template <class T>
  std::vector<T> vector(int64_t n, double scale = 1) {
    std::vector<T> v(static_cast<size_t>(n));
    for (T& x : v) x = static_cast<T>(next() * scale);
    return v;
  }

 private:
  uint64_t state_;
};

// n elements between two bands that nobody may write to.
template <class T>
class Guarded {
 public:
  explicit Guarded(int64_t n) : n_(n), all_(static_cast<size_t>(n) + 2 * kBand, kMark) {}
  explicit Guarded(const std::vector<T>& v) : Guarded(static_cast<int64_t>(v.size())) {
    for (size_t i = 0; i < v.size(); ++i) data()[i] = v[i];
  }
  T* data() { return all_.data() + kBand; }
  T& operator[](int64_t i) { return data()[i]; }
  bool intact() const {
    for (size_t i = 0; i < kBand; ++i) {
      if (all_[i] != kMark || all_[all_.size() - 1 - i] != kMark) return false;
    }
    return true;
  }

 private:
  static constexpr size_t kBand = 64;
  static constexpr T kMark = static_cast<T>(77);
  int64_t n_;
  std::vector<T> all_;
};

}  // namespace nabla_test
