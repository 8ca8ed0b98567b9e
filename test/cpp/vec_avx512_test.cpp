// The vec vocabulary, avx512. main() stands before the target switch: it must run on any machine.
#include "vec_test.h"

#if defined(__x86_64__)
static int run_checks();
int main() {
  if (!(__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")))
    return not_here("avx512");
  return run_checks();
}
NABLA_TARGET("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl")
#undef NABLA_ISA
#define NABLA_ISA avx512
#define NABLA_ISA_AVX512 1
#include "vec_checks.h"
static int run_checks() { return nabla::kernels::avx512::run(); }
NABLA_TARGET_END
#else
int main() { return not_here("avx512"); }
#endif
