#include "core/storage.h"

#include "core/allocator.h"

namespace nabla {

Storage::Storage(size_t bytes) : bytes_(bytes) {
  if (bytes > 0) data_ = allocate(bytes, &capacity_);
}

Storage::~Storage() {
  if (release_)
    release_(context_);
  else if (data_)
    deallocate(data_, capacity_);
}

}  // namespace nabla
