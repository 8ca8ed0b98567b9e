// Keeping workers off the CPU that the caller runs on. Best effort; nothing where there is no such
// call.
#pragma once

namespace nabla {

// The CPU that this thread runs on, -1 where that is unknown.
int current_cpu();

// Called once by each worker on its own thread.
void register_worker(int index);

// Lets the registered workers run on every CPU of the process but this one (-1: on every one).
void keep_workers_off(int cpu);

}  // namespace nabla
