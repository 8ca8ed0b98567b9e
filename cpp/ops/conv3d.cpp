#include "ops/conv3d.h"

#include <algorithm>

#include "parallel/parallel.h"
#include "parallel/workspace.h"

namespace nabla::ops {
namespace {

// Bytes of planes that are gathered at a time, and elements of a parallel chunk of copying.
constexpr int64_t kBytes = 4 << 20;
constexpr int64_t kGrain = 32768;

// Depths [first, first + count) of all images, one after the other, as a batch of planes.
struct Slab {
  const Conv3d& p;
  int64_t first, count;

  int64_t in_plane() const { return p.in_h * p.in_w; }
  int64_t out_plane() const { return p.out_h * p.out_w; }
  int64_t in_channels() const { return p.in_c * p.k_d; }

  Conv2d problem() const {
    Conv2d q = p;
    q.n = count;
    q.in_c = in_channels();
    return q;
  }

  // Calls f(plane of the slab, plane of x or -1 outside of it) for each input plane.
  template <class F>
  void each_input(int64_t begin, int64_t end, F&& f) const {
    for (int64_t i = begin; i < end; ++i) {
      const int64_t at = first + i / in_channels(), c = i % in_channels() / p.k_d;
      const int64_t d = at % p.out_d * p.stride_d + i % p.k_d * p.dil_d - p.pad_d;
      f(i, d < 0 || d >= p.in_d ? -1 : (at / p.out_d * p.in_c + c) * p.in_d + d);
    }
  }
  // The plane of y that is plane i of the slab.
  int64_t output(int64_t i) const {
    const int64_t at = first + i / p.out_c;
    return (at / p.out_d * p.out_c + i % p.out_c) * p.out_d + at % p.out_d;
  }
};

// Calls f(slab) until all depths are done. The number of depths of a slab follows from the shape.
template <class T, class F>
void each_slab(const Conv3d& p, F&& f) {
  const int64_t planes = p.in_c * p.k_d * p.in_h * p.in_w + p.out_c * p.out_h * p.out_w;
  const int64_t all = p.n * p.out_d;
  const int64_t fit = kBytes / (planes * static_cast<int64_t>(sizeof(T)));
  const int64_t most = std::clamp<int64_t>(fit, 1, all), slabs = (all - 1) / most + 1;
  const int64_t step = (all - 1) / slabs + 1;
  for (int64_t i = 0; i < all; i += step) f(Slab{p, i, std::min(step, all - i)});
}

template <class F>
void each_plane(int64_t count, int64_t size, F&& f) {
  parallel_for(count, std::max<int64_t>(1, kGrain / size), f);
}

template <class T>
void gather_inputs(const Slab& s, const T* x, T* planes) {
  const int64_t size = s.in_plane();
  each_plane(s.count * s.in_channels(), size, [&](int64_t begin, int64_t end) {
    s.each_input(begin, end, [&](int64_t i, int64_t from) {
      if (from < 0)
        std::fill_n(planes + i * size, size, T(0));
      else
        std::copy_n(x + from * size, size, planes + i * size);
    });
  });
}

// Adds the planes to those of x that they came from: channel by channel, since they overlap.
template <class T>
void scatter_inputs(const Slab& s, const T* planes, T* x) {
  const int64_t size = s.in_plane();
  each_plane(s.p.in_c, s.count * s.p.k_d * size, [&](int64_t c0, int64_t c1) {
    for (int64_t b = 0; b < s.count; ++b) {
      const int64_t channels = b * s.in_channels();
      s.each_input(channels + c0 * s.p.k_d, channels + c1 * s.p.k_d, [&](int64_t i, int64_t to) {
        if (to < 0) return;
        const T* from = planes + i * size;
        T* sum = x + to * size;
        for (int64_t j = 0; j < size; ++j) sum[j] += from[j];
      });
    }
  });
}

template <class T>
void gather_outputs(const Slab& s, const T* y, T* planes) {
  const int64_t size = s.out_plane();
  each_plane(s.count * s.p.out_c, size, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      std::copy_n(y + s.output(i) * size, size, planes + i * size);
  });
}

template <class T>
void scatter_outputs(const Slab& s, const T* planes, T* y) {
  const int64_t size = s.out_plane();
  each_plane(s.count * s.p.out_c, size, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i)
      std::copy_n(planes + i * size, size, y + s.output(i) * size);
  });
}

// Room for the input and the output planes of a slab, and for `more` elements.
template <class T>
struct Planes {
  explicit Planes(const Slab& s, int64_t more = 0) {
    const int64_t in = s.count * s.in_channels() * s.in_plane();
    const int64_t out = s.count * s.p.out_c * s.out_plane();
    inputs = workspace<T>(Workspace::kPlanes, in + out + more);
    outputs = inputs + in;
    rest = outputs + out;
  }
  T *inputs, *outputs, *rest;
};

}  // namespace

template <class T>
void conv3d_forward(const Conv3d& p, const T* x, const T* w, const T* bias, T* y) {
  each_slab<T>(p, [&](const Slab& s) {
    const Planes<T> planes(s);
    gather_inputs(s, x, planes.inputs);
    conv2d_forward(s.problem(), planes.inputs, w, bias, planes.outputs);
    scatter_outputs(s, planes.outputs, y);
  });
}

template <class T>
void conv3d_grad_input(const Conv3d& p, const T* dy, const T* w, T* dx) {
  std::fill_n(dx, p.n * p.in_c * p.in_size(), T(0));
  each_slab<T>(p, [&](const Slab& s) {
    const Planes<T> planes(s);
    gather_outputs(s, dy, planes.outputs);
    conv2d_grad_input(s.problem(), planes.outputs, w, planes.inputs);
    scatter_inputs(s, planes.inputs, dx);
  });
}

template <class T>
void conv3d_grad_weight(const Conv3d& p, const T* x, const T* dy, T* dw) {
  const int64_t weights = p.out_c * (p.in_c / p.groups) * p.taps();
  each_slab<T>(p, [&](const Slab& s) {
    const Planes<T> planes(s, weights);
    gather_inputs(s, x, planes.inputs);
    gather_outputs(s, dy, planes.outputs);
    T* part = s.first == 0 ? dw : planes.rest;
    conv2d_grad_weight(s.problem(), planes.inputs, planes.outputs, part, nullptr);
    if (part != dw)
      for (int64_t i = 0; i < weights; ++i) dw[i] += part[i];
  });
}

#define NABLA_CONV3D(T)                                                          \
  template void conv3d_forward(const Conv3d&, const T*, const T*, const T*, T*); \
  template void conv3d_grad_input(const Conv3d&, const T*, const T*, T*);        \
  template void conv3d_grad_weight(const Conv3d&, const T*, const T*, T*);
NABLA_CONV3D(float)
NABLA_CONV3D(double)
#undef NABLA_CONV3D

}  // namespace nabla::ops
