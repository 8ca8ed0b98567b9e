#pragma once
#include <vector>

#include "ops/pool.h"

namespace nabla::ops {

// Windows at any places: along each axis output i covers the inputs first <= j < last of the pair
// added as i-th. Axes are numbered 0 to 2; problems of fewer dimensions leave the first ones alone.
struct PoolRanges {
  int spatial = 0;
  int64_t planes = 0;

  PoolRanges() = default;
  PoolRanges(IntSpan sizes, int spatial);
  void add(size_t axis, int64_t first, int64_t last);
  int64_t inputs() const { return in_[0] * in_[1] * in_[2]; }
  int64_t outputs() const;
  Dims sizes(const Tensor& input) const;
  kernels::PoolRanges view() const;

 private:
  int64_t in_[3] = {1, 1, 1};
  std::vector<int64_t> first_[3], last_[3];
};

// The largest of each range and its place in the plane. `each` has either the ranges of all planes,
// or of each plane its own.
Tensor2 max_of_ranges(const Tensor& self, const PoolRanges& all);
Tensor2 max_of_ranges(const Tensor& self, const std::vector<PoolRanges>& each);

}  // namespace nabla::ops
