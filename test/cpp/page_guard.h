// Arrays for kernel tests that end where memory ends.
#pragma once

#include <cstdint>
#include <vector>

#if defined(__unix__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace nabla_test {

// Numbers in [-1, 1).
class Noise {
 public:
  float operator()() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<float>(static_cast<int32_t>(state_ >> 32)) * 0x1p-31f;
  }

 private:
  uint64_t state_ = 1;
};
inline Noise noise;

// An array of noise that ends at a page that cannot be touched: a kernel that reads or writes
// behind it crashes.
template <class T>
class PageGuarded {
 public:
  explicit PageGuarded(int64_t count) : count_(count) {
#if defined(__unix__)
    const int64_t page = sysconf(_SC_PAGESIZE);
    const int64_t bytes = (count * static_cast<int64_t>(sizeof(T)) + page - 1) / page * page;
    size_ = bytes + page;
    base_ = static_cast<char*>(
        mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    mprotect(base_ + bytes, page, PROT_NONE);
    data_ = reinterpret_cast<T*>(base_ + bytes) - count;
#else
    plain_.resize(count);
    data_ = plain_.data();
#endif
    for (int64_t i = 0; i < count; ++i) data_[i] = noise();
  }
#if defined(__unix__)
  ~PageGuarded() { munmap(base_, size_); }
#endif
  PageGuarded(const PageGuarded&) = delete;
  PageGuarded& operator=(const PageGuarded&) = delete;
  T* data() const { return data_; }
  std::vector<T> copy() const { return std::vector<T>(data_, data_ + count_); }

 private:
  int64_t count_;
  T* data_;
#if defined(__unix__)
  char* base_;
  size_t size_;
#else
  std::vector<T> plain_;
#endif
};

}  // namespace nabla_test
