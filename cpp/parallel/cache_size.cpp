#include "cache_size.h"

#include <fstream>
#include <string>

#if defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace nabla {
namespace {

constexpr int64_t kUnknown = int64_t{1} << 20;

int64_t read_l2() {
#if defined(__linux__)
  // "2048K"
  for (int index = 0; index < 8; ++index) {
    const std::string folder =
        "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/";
    int level = 0;
    if (!(std::ifstream(folder + "level") >> level)) break;
    if (level != 2) continue;
    int64_t size = 0;
    char unit = 0;
    std::ifstream(folder + "size") >> size >> unit;
    if (unit == 'K') size <<= 10;
    if (unit == 'M') size <<= 20;
    if (size > 0) return size;
  }
#elif defined(__APPLE__)
  int64_t size = 0;
  size_t bytes = sizeof size;
  if (sysctlbyname("hw.l2cachesize", &size, &bytes, nullptr, 0) == 0 && size > 0) return size;
#endif
  return kUnknown;
}

}  // namespace

int64_t l2_cache_bytes() {
  static const int64_t bytes = read_l2();
  return bytes;
}

}  // namespace nabla
