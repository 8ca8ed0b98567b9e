// How many threads are worth starting here.
#pragma once

namespace nabla {

// Physical cores that this process may use: those in its affinity mask, capped by the CPU quota of
// its cgroups (v1 and v2). At least 1.
int usable_cores();

// Logical CPUs in the affinity mask. At least 1.
int usable_cpus();

}  // namespace nabla
