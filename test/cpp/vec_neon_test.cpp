// The vec vocabulary, neon.
#include "vec_test.h"

#if defined(__aarch64__)
#undef NABLA_ISA
#define NABLA_ISA neon
#define NABLA_ISA_NEON 1
#include "vec_checks.h"
int main() { return nabla::kernels::neon::run(); }
#else
int main() { return not_here("neon"); }
#endif
