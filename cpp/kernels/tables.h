#pragma once
// The kernels of this machine: one struct of function pointers per family, chosen once by CPU
// features (dispatch.cpp). To add a family: its header tables/<family>.h, a row here,
// cpu/<family>.cpp with fill_<family>.
#include "kernels/tables/activation.h"
#include "kernels/tables/binary.h"
#include "kernels/tables/conv.h"
#include "kernels/tables/convert.h"
#include "kernels/tables/depthwise.h"
#include "kernels/tables/gemm.h"
#include "kernels/tables/loss.h"
#include "kernels/tables/norm.h"
#include "kernels/tables/optim.h"
#include "kernels/tables/pool.h"
#include "kernels/tables/random.h"
#include "kernels/tables/reduce.h"
#include "kernels/tables/softmax.h"
#include "kernels/tables/unary.h"
#include "kernels/tables/winograd.h"

// Rows: struct prefix, member name.
#define NABLA_KERNEL_FAMILIES(F) \
  F(Unary, unary)                \
  F(Activation, activation)      \
  F(Binary, binary)              \
  F(Convert, convert)            \
  F(Gemm, gemm)                  \
  F(Random, random)              \
  F(Reduce, reduce)              \
  F(Softmax, softmax)            \
  F(Loss, loss)                  \
  F(Optim, optim)                \
  F(Conv, conv)                  \
  F(Winograd, winograd)          \
  F(Depthwise, depthwise)        \
  F(Pool, pool)                  \
  F(Norm, norm)

namespace nabla::kernels {

struct Tables {
  const char* isa;  // "baseline", "avx2", "avx512" or "neon"
#define NABLA_MEMBER(Type, name) Type##Table name;
  NABLA_KERNEL_FAMILIES(NABLA_MEMBER)
#undef NABLA_MEMBER
};

extern const Tables g_tables;
inline const Tables& tables() { return g_tables; }

// nullptr, or why NABLA_ISA cannot be obeyed (an unknown name; the text lists the known ones). Then
// tables() is the best that the machine has, and whoever loads the library must report this text as
// an error.
const char* isa_error();

}  // namespace nabla::kernels
