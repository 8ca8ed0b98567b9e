#pragma once
#include <atomic>

#include "ops/elementwise.h"

// Row kernels of the integer dtypes and bool (as uint8), compiled once: compilers do well on them.

namespace nabla::ops {

// floor_div and remainder round towards minus infinity, trunc_div and fmod towards zero. square,
// neg and the like read the first operand alone; add_scaled is a + alpha b; copy is the identity.
// An unstable spot: the tool would move one more item to its own line at each run.
// clang-format off
#define NABLA_INTEGER_OPS(X) \
  X(add) X(add_scaled) X(sub) X(mul) X(floor_div) X(trunc_div) X(remainder) X(fmod) X(pow) \
  X(maximum) X(minimum) X(bit_and) X(bit_or) X(bit_xor) X(eq) X(ne) X(lt) X(le) X(gt) \
  X(ge) X(neg) X(abs) X(sign) X(square) X(relu) X(bit_not) X(copy)
// clang-format on

enum class IntegerOp {
#define X(name) name,
  NABLA_INTEGER_OPS(X)
#undef X
      none
};

struct IntegerContext {
  int64_t alpha = 1;
  mutable std::atomic<bool> divided_by_zero{false};
};

// A row for the dtype, to be run with an IntegerContext; it wants whole blocks (Row::steps false).
// On bool, + is or, * and is and, the bits are 0 and 1.
RowFn integer_row(IntegerOp op, DType dtype);

// out[i] = c[i] ? a[i] : b[i] for items of any dtype, condition bytes first.
RowFn where_row(size_t itemsize);

}  // namespace nabla::ops
