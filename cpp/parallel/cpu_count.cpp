#include "cpu_count.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace nabla {
namespace {

#if defined(__linux__)

constexpr int kNoLimit = 1 << 20;

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// cores of a quota of `quota` us of CPU time per `period` us
int whole_cores(double quota, double period) {
  if (!(quota > 0) || !(period > 0)) return kNoLimit;
  return std::max(1, static_cast<int>(std::min(quota / period, 1.0 * kNoLimit)));
}

int quota_v2(const std::string& folder) {
  std::istringstream line(first_line(folder + "/cpu.max"));
  double quota = 0, period = 0;
  if (!(line >> quota >> period)) return kNoLimit;  // no file, or "max"
  return whole_cores(quota, period);
}

int quota_v1(const std::string& folder) {
  std::istringstream quota_line(first_line(folder + "/cpu.cfs_quota_us"));
  std::istringstream period_line(first_line(folder + "/cpu.cfs_period_us"));
  double quota = 0, period = 0;
  if (!(quota_line >> quota) || !(period_line >> period)) return kNoLimit;
  return whole_cores(quota, period);
}

// The least quota from a cgroup up to the root of its hierarchy.
int least_quota(const std::string& root, std::string path, int (*read)(const std::string&)) {
  int least = read(root);
  while (path.size() > 1) {
    least = std::min(least, read(root + path));
    path.resize(path.rfind('/'));
  }
  return least;
}

int cgroup_cores() {
  int least = kNoLimit;
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {  // id:controllers:path
    const size_t first = line.find(':');
    const size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    std::string controllers = line.substr(first, second - first);
    controllers[0] = ',';
    controllers += ',';
    const std::string path = line.substr(second + 1);
    if (path.empty() || path[0] != '/') continue;
    if (controllers == ",,") least = std::min(least, least_quota("/sys/fs/cgroup", path, quota_v2));
    if (controllers.find(",cpu,") != std::string::npos)
      least = std::min(least, least_quota("/sys/fs/cgroup/cpu", path, quota_v1));
  }
  return least;
}

struct Affinity {
  int cpus = 0;
  int cores = 0;
};

Affinity affinity() {
  Affinity result;
  constexpr int kMaxCpus = 8192;
  cpu_set_t* mask = CPU_ALLOC(kMaxCpus);
  const size_t bytes = CPU_ALLOC_SIZE(kMaxCpus);
  CPU_ZERO_S(bytes, mask);
  if (sched_getaffinity(0, bytes, mask) == 0) {
    std::set<std::string> cores;  // each as the list of its hyperthreads
    for (int cpu = 0; cpu < kMaxCpus; ++cpu) {
      if (!CPU_ISSET_S(cpu, bytes, mask)) continue;
      ++result.cpus;
      const std::string siblings = first_line("/sys/devices/system/cpu/cpu" + std::to_string(cpu) +
                                              "/topology/thread_siblings_list");
      cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
    }
    result.cores = static_cast<int>(cores.size());
  }
  CPU_FREE(mask);
  return result;
}

#endif

int hardware_threads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

#if defined(__linux__)

int usable_cores() {
  const int cores = affinity().cores;
  return std::clamp(cgroup_cores(), 1, cores > 0 ? cores : hardware_threads());
}

int usable_cpus() {
  const int cpus = affinity().cpus;
  return cpus > 0 ? cpus : hardware_threads();
}

#elif defined(__APPLE__)

int usable_cores() {
  int cores = 0;
  size_t bytes = sizeof cores;
  if (sysctlbyname("hw.physicalcpu", &cores, &bytes, nullptr, 0) != 0 || cores < 1)
    cores = hardware_threads();
  return cores;
}

int usable_cpus() { return hardware_threads(); }

#else

int usable_cores() { return hardware_threads(); }
int usable_cpus() { return hardware_threads(); }

#endif

}  // namespace nabla
