// Cache sizes, for choosing block sizes: they may change how fast a result is, never its bits.
#pragma once

#include <cstdint>

namespace nabla {

// Bytes of second-level cache of one core; 1 MiB where the system does not tell.
int64_t l2_cache_bytes();

}  // namespace nabla
