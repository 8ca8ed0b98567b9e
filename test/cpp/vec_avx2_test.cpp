// The vec vocabulary, avx2. main() stands before the target switch: it must run on any machine.
#include "vec_test.h"

#if defined(__x86_64__)
static int run_checks();
int main() {
  if (!(__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))) return not_here("avx2");
  return run_checks();
}
NABLA_TARGET("avx2,fma,f16c")
#undef NABLA_ISA
#define NABLA_ISA avx2
#define NABLA_ISA_AVX2 1
#include "vec_checks.h"
static int run_checks() { return nabla::kernels::avx2::run(); }
NABLA_TARGET_END
#else
int main() { return not_here("avx2"); }
#endif
