// Matrix products on raw memory: the path through the kernels and the cut for the threads.
#pragma once

#include "kernels/tables/gemm.h"

namespace nabla::ops {

// C = relu(alpha * op(A) * op(B) + beta * C + bias_n + bias_m), see GemmArgs; any beta. C must not
// overlap A or B. The result is bitwise the same for any number of threads.
void gemm(const kernels::GemmArgs<float>& args);
void gemm(const kernels::GemmArgs<double>& args);

}  // namespace nabla::ops
