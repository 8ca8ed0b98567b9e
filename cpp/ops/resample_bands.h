#pragma once
// One axis of a resampling as a banded matrix: y_o = sum_k w_(o, k) x_(begin_o + k).
#include <algorithm>
#include <vector>

#include "core/tensor.h"

namespace nabla::ops {

// How an axis is resampled; the numbers follow PyTorch's upsampling functions.
enum class Filter {
  nearest,
  nearest_exact,
  linear,
  cubic,
  area,
  smooth_linear,
  smooth_cubic,
  lanczos
};

// An axis of a resampling: the scale (output / input) where the caller gave one, else 0. PyTorch
// looks at the sizes alone (`by_size`) where 'nearest' keeps or doubles an axis of a small image,
// and in the gradient wherever it keeps or doubles an axis.
struct ResampleAxis {
  int64_t in = 1, out = 1;
  double scale = 0;
  bool by_size = false;
};

template <class T>
struct Band {
  int64_t in = 1, out = 1;
  int64_t taps = 1;            // the most elements that a result takes
  std::vector<int64_t> begin;  // [out]
  std::vector<int64_t> count;  // [out]
  std::vector<T> weights;      // [out, taps]
  bool identity = true;
};

// Input elements that 'nearest' and 'nearest-exact' take, as float arithmetic places them.
std::vector<int64_t> nearest_indices(const ResampleAxis& axis, DType type, bool exact);

// The matrix of a filter, or its transpose, with weights in T (float or double).
template <class T>
Band<T> resample_band(const ResampleAxis& axis, Filter filter, bool align_corners, bool transposed);

extern template Band<float> resample_band(const ResampleAxis&, Filter, bool, bool);
extern template Band<double> resample_band(const ResampleAxis&, Filter, bool, bool);

}  // namespace nabla::ops
