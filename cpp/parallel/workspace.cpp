#include "workspace.h"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace nabla {
namespace {

constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kSmallPage = 4096;

class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer() { release(); }

  void* at_least(size_t bytes) {
    if (bytes > size_) grow(bytes);
    return data_;
  }

 private:
  void grow(size_t bytes) {
    release();
    // Half a huge page is worth a whole one: a packed panel streamed from L2 then misses no TLB
    // entry.
    const size_t page = bytes >= kHugePage / 4 ? kHugePage : kSmallPage;
    const size_t size = (bytes + page - 1) / page * page;
    data_ = ::operator new(size, std::align_val_t(page));
    alignment_ = page;
    size_ = size;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (page == kHugePage) madvise(data_, size, MADV_HUGEPAGE);
#endif
  }

  void release() {
    if (data_ != nullptr) ::operator delete(data_, std::align_val_t(alignment_));
    data_ = nullptr;
    size_ = 0;
  }

  void* data_ = nullptr;
  size_t size_ = 0;
  size_t alignment_ = 0;
};

}  // namespace

void* workspace_bytes(Workspace slot, size_t bytes) {
  thread_local Buffer buffers[static_cast<int>(Workspace::kCount)];
  return buffers[static_cast<int>(slot)].at_least(bytes);
}

}  // namespace nabla
