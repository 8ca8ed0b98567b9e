#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <ostream>
#include <span>
#include <type_traits>

#include "core/error.h"

namespace nabla {

using IntSpan = std::span<const int64_t>;

// Vector of trivially copyable values with room for N without a heap allocation.
template <class T, size_t N>
class SmallVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  SmallVector() = default;
  explicit SmallVector(size_t n, T value = T()) { resize(n, value); }
  SmallVector(std::initializer_list<T> v) { assign(v.begin(), v.size()); }
  SmallVector(const T* p, size_t n) { assign(p, n); }
  SmallVector(std::span<const T> s) { assign(s.data(), s.size()); }
  SmallVector(const SmallVector& o) { assign(o.data(), o.size_); }
  SmallVector(SmallVector&& o) noexcept { steal(o); }
  ~SmallVector() { free_heap(); }
  SmallVector& operator=(const SmallVector& o) {
    if (this != &o) assign(o.data(), o.size_);
    return *this;
  }
  SmallVector& operator=(SmallVector&& o) noexcept {
    if (this != &o) {
      free_heap();
      steal(o);
    }
    return *this;
  }

  T* data() { return heap_ ? heap_ : local_; }
  const T* data() const { return heap_ ? heap_ : local_; }
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data(); }
  T* end() { return data() + size_; }
  const T* begin() const { return data(); }
  const T* end() const { return data() + size_; }
  T& operator[](size_t i) { return data()[i]; }
  const T& operator[](size_t i) const { return data()[i]; }
  T& front() { return data()[0]; }
  T& back() { return data()[size_ - 1]; }
  const T& back() const { return data()[size_ - 1]; }
  void clear() { size_ = 0; }
  void pop_back() { --size_; }
  void push_back(T v) {
    if (size_ == capacity_) grow(size_ + 1);
    data()[size_++] = v;
  }
  void resize(size_t n, T value = T()) {
    if (n > capacity_) grow(n);
    for (size_t i = size_; i < n; ++i) data()[i] = value;
    size_ = static_cast<uint32_t>(n);
  }
  void insert(size_t at, T v) {
    push_back(v);
    for (size_t i = size_ - 1; i > at; --i) std::swap(data()[i], data()[i - 1]);
  }
  void erase(size_t at) {
    std::copy(begin() + at + 1, end(), begin() + at);
    --size_;
  }
  void assign(const T* p, size_t n) {
    size_ = 0;
    if (n > capacity_) grow(n);
    std::copy(p, p + n, data());
    size_ = static_cast<uint32_t>(n);
  }
  operator std::span<const T>() const { return {data(), size_}; }
  friend bool operator==(const SmallVector& a, const SmallVector& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  void free_heap() {
    delete[] heap_;
    heap_ = nullptr;
  }
  void steal(SmallVector& o) {
    size_ = o.size_;
    capacity_ = o.capacity_;
    heap_ = o.heap_;
    if (!heap_) std::copy(o.local_, o.local_ + size_, local_);
    o.heap_ = nullptr;
    o.size_ = 0;
    o.capacity_ = N;
  }
  void grow(size_t n) {
    size_t capacity = std::max(n, size_t{2} * capacity_);
    T* p = new T[capacity];
    std::copy(data(), data() + size_, p);
    free_heap();
    heap_ = p;
    capacity_ = static_cast<uint32_t>(capacity);
  }
  T* heap_ = nullptr;
  uint32_t size_ = 0;
  uint32_t capacity_ = N;
  T local_[N];
};

using Dims = SmallVector<int64_t, 6>;

inline bool equal(IntSpan a, IntSpan b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

// Prints as PyTorch prints sizes: [2, 3].
struct Shape {
  IntSpan dims;
};
inline std::ostream& operator<<(std::ostream& out, const Shape& s) {
  out << '[';
  for (size_t i = 0; i < s.dims.size(); ++i) out << (i ? ", " : "") << s.dims[i];
  return out << ']';
}
inline std::ostream& operator<<(std::ostream& out, const Dims& d) { return out << Shape{d}; }

// -dim .. dim-1 to 0 .. dim-1; a 0-d tensor takes -1 and 0, as in PyTorch.
inline int64_t wrap_dim(int64_t d, int64_t ndim) {
  int64_t n = ndim == 0 ? 1 : ndim;
  CHECK_RANGE(d >= -n && d < n, "Dimension out of range (expected to be in range of [", -n, ", ",
              n - 1, "], but got ", d, ")");
  return d < 0 ? d + n : d;
}

// Number of elements; an overflow is an error that names the shape.
inline int64_t checked_numel(IntSpan sizes) {
  int64_t n = 1;
  bool zero = false, overflow = false;
  for (int64_t s : sizes) {
    CHECK_RANGE(s >= 0, "Trying to create tensor with negative dimension ", s, ": ", Shape{sizes});
    if (s == 0)
      zero = true;
    else
      overflow |= __builtin_mul_overflow(n, s, &n);
  }
  CHECK_RANGE(zero || !overflow, "the number of elements of shape ", Shape{sizes}, " overflows");
  return zero ? 0 : n;
}

inline int64_t product(IntSpan sizes) {
  uint64_t n = 1;  // shapes with a zero may overflow on the way
  for (int64_t s : sizes) n *= static_cast<uint64_t>(s);
  return static_cast<int64_t>(n);
}

inline Dims contiguous_strides(IntSpan sizes) {
  Dims strides(sizes.size());
  uint64_t step = 1;
  for (size_t i = sizes.size(); i-- > 0;) {
    strides[i] = static_cast<int64_t>(step);
    step *= static_cast<uint64_t>(std::max<int64_t>(sizes[i], 1));
  }
  return strides;
}

// Shape of two operands that broadcast against each other.
Dims broadcast_shapes(IntSpan a, IntSpan b);

}  // namespace nabla
