// Plain twins of the losses in double precision.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "../tables/loss.h"

namespace nabla::kernels::ref {

inline double pair_loss(PairLoss kind, double x, double y, double b) {
  const double z = std::fabs(x - y);
  switch (kind) {
    case kPairSquare:
      return z * z;
    case kPairAbs:
      return z;
    case kPairSmoothL1:
      return z < b ? 0.5 * z * z / b : z - 0.5 * b;
    case kPairHuber:
      return z <= b ? 0.5 * z * z : b * (z - 0.5 * b);
    case kPairBce:
      return -(y * std::max(std::log(x), -100.0) + (1 - y) * std::max(std::log1p(-x), -100.0));
    case kPairBceLogits:
      return (1 - y) * x + std::max(-x, 0.0) + std::log1p(std::exp(-std::fabs(x)));
    case kPairLosses:
      break;
  }
  return NAN;
}

}  // namespace nabla::kernels::ref
