// Plain twins of the reductions: one loop each, sums in long double.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "../tables/reduce.h"

namespace nabla::kernels::ref {

// The reduction of n elements, stride apart.
template <class T>
T reduce(ReduceOp op, const T* x, int64_t n, int64_t stride, T center) {
  long double sum = op == kReduceProd ? 1 : 0;
  T best = std::numeric_limits<T>::infinity() * (op == kReduceMax ? -1 : 1);
  for (int64_t i = 0; i < n; ++i) {
    const T v = x[i * stride];
    const long double d = static_cast<long double>(v) - center;
    switch (op) {
      case kReduceSum:
        sum += v;
        break;
      case kReduceProd:
        sum *= v;
        break;
      case kReduceSumAbs:
        sum += std::fabs(v);
        break;
      case kReduceSumSq:
        sum += static_cast<long double>(v) * v;
        break;
      case kReduceSumSqDev:
        sum += d * d;
        break;
      case kReduceMax:
        if (v > best || v != v) best = v;
        break;
      case kReduceMin:
        if (v < best || v != v) best = v;
        break;
      case kReduceOps:
        break;
    }
    if (best != best) return best;
  }
  return op == kReduceMax || op == kReduceMin ? best : static_cast<T>(sum);
}

// The first i with x[i * stride] == value, where NaN equals NaN; n when there is none.
template <class T>
int64_t find(const T* x, T value, int64_t n, int64_t stride) {
  for (int64_t i = 0; i < n; ++i) {
    const T v = x[i * stride];
    if (v == value || (v != v && value != value)) return i;
  }
  return n;
}

}  // namespace nabla::kernels::ref
