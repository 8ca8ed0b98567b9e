#pragma once
#include <atomic>
#include <cstddef>

#include "core/intrusive.h"

namespace nabla {

// Counts in-place edits; shared by all tensors that look at the same data.
class VersionCounter : public RefCounted<VersionCounter> {
 public:
  uint32_t value() const { return value_.load(std::memory_order_relaxed); }
  void bump() { value_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::atomic<uint32_t> value_{0};
};

// A block of memory: our allocator's, or a foreign one that `release` gives back.
class Storage : public RefCounted<Storage> {
 public:
  using ReleaseFn = void (*)(void* context);
  explicit Storage(size_t bytes);
  Storage(void* data, size_t bytes, ReleaseFn release, void* context)
      : data_(data), bytes_(bytes), capacity_(0), release_(release), context_(context) {}
  ~Storage();
  void* data() const { return data_; }
  size_t bytes() const { return bytes_; }
  // Bytes that this storage holds of the allocator's memory (0 for foreign memory).
  size_t capacity() const { return capacity_; }
  bool is_foreign() const { return release_ != nullptr; }

 private:
  void* data_ = nullptr;
  size_t bytes_ = 0;
  size_t capacity_ = 0;
  ReleaseFn release_ = nullptr;
  void* context_ = nullptr;
};

}  // namespace nabla
