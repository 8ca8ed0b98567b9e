#include "core/system_memory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "core/allocator.h"

#ifdef __linux__
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#elif defined(_WIN32)
#include <malloc.h>
#endif

namespace nabla {

#ifdef __linux__

void* map_pages(size_t bytes, size_t align) noexcept {
  // mapped larger, then cut to the aligned part
  size_t size = (bytes + 4095) / 4096 * 4096;
  char* raw = static_cast<char*>(
      mmap(nullptr, size + align, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  if (raw == MAP_FAILED) return nullptr;
  auto address = reinterpret_cast<uintptr_t>(raw);
  char* aligned = raw + ((address + align - 1) / align * align - address);
  if (aligned > raw) munmap(raw, static_cast<size_t>(aligned - raw));
  size_t tail = static_cast<size_t>(raw + size + align - (aligned + size));
  if (tail) munmap(aligned + size, tail);
  madvise(aligned, size, MADV_HUGEPAGE);
  return aligned;
}

void unmap_pages(void* pages, size_t bytes) noexcept {
  munmap(pages, (bytes + 4095) / 4096 * 4096);
}

namespace {

constexpr int64_t unlimited = std::numeric_limits<int64_t>::max();

// First integer in a file, `unlimited` when there is none ("max", no such file).
int64_t read_number(const char* path) {
  FILE* f = std::fopen(path, "re");
  if (!f) return unlimited;
  long long v = 0;
  int n = std::fscanf(f, "%lld", &v);
  std::fclose(f);
  return n == 1 && v >= 0 ? v : unlimited;
}

int64_t field_kib(const char* path, const char* key) {
  FILE* f = std::fopen(path, "re");
  if (!f) return unlimited;
  char line[256];
  long long kib = -1;
  while (kib < 0 && std::fgets(line, sizeof line, f))
    if (!std::strncmp(line, key, std::strlen(key)))
      std::sscanf(line + std::strlen(key), "%lld", &kib);
  std::fclose(f);
  return kib < 0 ? unlimited : kib * 1024;
}

int64_t cgroup_left() {
  int64_t limit = read_number("/sys/fs/cgroup/memory.max");
  int64_t used = read_number("/sys/fs/cgroup/memory.current");
  if (limit == unlimited) {
    limit = read_number("/sys/fs/cgroup/memory/memory.limit_in_bytes");
    used = read_number("/sys/fs/cgroup/memory/memory.usage_in_bytes");
  }
  if (limit == unlimited || used == unlimited) return unlimited;
  return limit > used ? limit - used : 0;
}

// What RLIMIT_AS (ulimit -v) leaves.
int64_t address_space_left() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  int64_t used_pages = read_number("/proc/self/statm");
  if (used_pages == unlimited) return unlimited;
  int64_t used = used_pages * sysconf(_SC_PAGESIZE);
  auto total = static_cast<int64_t>(limit.rlim_cur);
  return total > used ? total - used : 0;
}

}  // namespace

int64_t available_memory() {
  int64_t machine = field_kib("/proc/meminfo", "MemAvailable:");
  if (machine == unlimited)
    machine = static_cast<int64_t>(sysconf(_SC_AVPHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  return std::min(machine, std::min(cgroup_left(), address_space_left()));
}

#else

void* map_pages(size_t bytes, size_t align) noexcept {
  size_t size = (bytes + align - 1) / align * align;
#ifdef _WIN32
  return _aligned_malloc(size, align);
#else
  return std::aligned_alloc(align, size);
#endif
}
void unmap_pages(void* pages, size_t) noexcept {
#ifdef _WIN32
  _aligned_free(pages);
#else
  std::free(pages);
#endif
}
int64_t available_memory() { return std::numeric_limits<int64_t>::max(); }

#endif

}  // namespace nabla
