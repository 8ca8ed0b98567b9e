// The vec vocabulary, baseline.
#include "vec_test.h"
#undef NABLA_ISA
#define NABLA_ISA baseline
#include "vec_checks.h"

int main() { return nabla::kernels::baseline::run(); }
