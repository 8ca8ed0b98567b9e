// The one thread pool of the process, as two loops.
//
// Work is cut by the caller's grain, which follows from the problem's shape and never from the
// number of threads, so a result is bitwise the same for any number of threads. A loop inside a
// loop, or one that starts while another thread (a JS worker) holds the pool, runs serially on its
// own thread.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

namespace nabla {

// Threads that a loop may use, the calling one included. Starts as NABLA_NUM_THREADS, else as the
// number of physical cores that affinity and cgroup quota leave to the process.
int num_threads();

// Sets it; values are clamped to 1..1024.
void set_num_threads(int n);

// True inside a function that a parallel loop is running on this thread.
bool in_parallel_region();

namespace parallel_detail {
using ChunkFn = void (*)(void* context, int64_t index);
void run_chunks(int64_t count, ChunkFn fn, void* context);
}  // namespace parallel_detail

// Calls f(i) once for each i in [0, count), in no particular order. f must not throw.
template <class F>
void parallel_chunks(int64_t count, F&& f) {
  if (count == 1) {
    f(static_cast<int64_t>(0));
    return;
  }
  using Fn = std::remove_reference_t<F>;
  auto trampoline = [](void* context, int64_t i) { (*static_cast<Fn*>(context))(i); };
  void* context = const_cast<void*>(static_cast<const void*>(&f));
  parallel_detail::run_chunks(count, trampoline, context);
}

// Calls f(begin, end) once for each chunk [i * grain, min(n, (i + 1) * grain)) of [0, n).
// f must not throw. A good grain is 10 to 100 us of work.
template <class F>
void parallel_for(int64_t n, int64_t grain, F&& f) {
  if (n <= 0) return;
  if (grain < 1) grain = 1;
  if (n <= grain) {
    f(static_cast<int64_t>(0), n);
    return;
  }
  parallel_chunks((n - 1) / grain + 1, [&f, n, grain](int64_t i) {
    const int64_t begin = i * grain;
    f(begin, n - begin < grain ? n : begin + grain);
  });
}

}  // namespace nabla
