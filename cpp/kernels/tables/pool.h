#pragma once
// Pooling of dense planes [depth, height, width]; problems of fewer dimensions have leading ones.
#include <cstdint>

namespace nabla::kernels {

// Windows at regular places: output i covers input i * stride - padding + k * dilation, k < kernel,
// along each axis. What lies outside of the plane is left out. Every window holds an element.
struct PoolWindow {
  int64_t in[3] = {1, 1, 1};
  int64_t out[3] = {1, 1, 1};
  int64_t kernel[3] = {1, 1, 1};
  int64_t stride[3] = {1, 1, 1};
  int64_t padding[3] = {0, 0, 0};
  int64_t dilation[3] = {1, 1, 1};
};

// Windows at any places: output i covers first[i] <= input < last[i] along each axis.
struct PoolRanges {
  int64_t in[3];
  int64_t out[3];
  const int64_t* first[3];
  const int64_t* last[3];
};

// What a sum over a window is divided by: `fixed` unless 0, else the number of elements, those in
// the padding included where `padded`.
struct PoolDivisor {
  int64_t fixed = 0;
  bool padded = true;
};

// The largest of a window is the first of equal ones in row-major order; among NaNs, which count as
// largest, it is the last one. A "winner" is the number of that element in its window as if nothing
// of it lay outside (at most 256 elements), an "index" its place in the plane.
template <class T>
struct PoolFns {
  // y = largest of each window; winner may be null.
  void (*max)(T* y, uint8_t* winner, const T* x, int64_t planes, const PoolWindow& w);
  // dx = the sum of dy over the windows that an element won.
  void (*max_grad)(T* dx, const T* dy, const uint8_t* winner, int64_t planes, const PoolWindow& w);
  // y = v at the winner of each window: the adjoint of max_grad.
  void (*max_take)(T* y, const T* v, const uint8_t* winner, int64_t planes, const PoolWindow& w);
  // The same with indices, for windows of any size and place.
  void (*max_index)(T* y, int64_t* index, const T* x, int64_t planes, const PoolWindow& w);
  void (*max_ranges)(T* y, int64_t* index, const T* x, int64_t planes, const PoolRanges& r);
  // y = sum over each window, divided.
  void (*avg)(T* y, const T* x, int64_t planes, const PoolWindow& w, const PoolDivisor& d);
  void (*avg_grad)(T* dx, const T* dy, int64_t planes, const PoolWindow& w, const PoolDivisor& d);
  // y = mean over each window.
  void (*avg_ranges)(T* y, const T* x, int64_t planes, const PoolRanges& r);
  void (*avg_ranges_grad)(T* dx, const T* dy, int64_t planes, const PoolRanges& r);
};

struct PoolTable {
  PoolFns<float> f32;
  PoolFns<double> f64;
  // index = the place in the plane of each winner.
  void (*index_of)(int64_t* index, const uint8_t* winner, int64_t planes, const PoolWindow& w);
  // Integers: max_index and avg as above, the quotient cut towards 0.
  void (*max_index_i64)(int64_t* y, int64_t* index, const int64_t* x, int64_t planes,
                        const PoolWindow& w);
  void (*avg_i64)(int64_t* y, const int64_t* x, int64_t planes, const PoolWindow& w,
                  const PoolDivisor& d);
};

}  // namespace nabla::kernels
