// Scratch memory of a thread, kept from call to call: kernels allocate nothing themselves.
#pragma once

#include <cstddef>

namespace nabla {

enum class Workspace {
  kPackedA,
  kPackedB,
  kRows,
  kConvert,
  kColumns,
  kPlanes,
  kWinograd,
  kChannels,
  kCount
};

// At least `bytes` bytes, 64-byte aligned, in huge pages when large. Contents are left from earlier
// uses; the pointer is good until this thread asks for the same slot again. Throws std::bad_alloc.
void* workspace_bytes(Workspace slot, size_t bytes);

template <class T>
T* workspace(Workspace slot, size_t count) {
  return static_cast<T*>(workspace_bytes(slot, count * sizeof(T)));
}

}  // namespace nabla
