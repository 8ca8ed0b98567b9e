// Elementwise losses of two arrays and the gradient of cross entropy.
#include "../tables/loss.h"

#include "row_sum.h"
#include "vec/math.h"
#include "vec/vec.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

template <class T>
struct Square {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V) {
    const V d = x - y;
    return d * d;
  }
};

template <class T>
struct Abs {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V) { return abs(x - y); }
};

template <class T>
struct SmoothL1 {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V b) {
    const V half = V::set1(T(0.5));
    const V z = abs(x - y);
    return select(lt(z, b), half * z * z / b, z - half * b);
  }
};

template <class T>
struct Huber {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V b) {
    const V half = V::set1(T(0.5));
    const V z = abs(x - y);
    return select(le(z, b), half * z * z, b * (z - half * b));
  }
};

template <class T>
struct Bce {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V) {
    const V one = V::set1(T(1)), least = V::set1(T(-100));
    const V a = maximum(log1p(-x), least);
    const V b = maximum(log(x), least);
    return (y - one) * a - y * b;
  }
};

template <class T>
struct BceLogits {
  using V = typename Kind<T>::V;
  static NABLA_INLINE V loss(V x, V y, V) {
    const V log_sigmoid = minimum(x, V::zero()) - log1p(exp(-abs(x)));
    return fma(V::set1(T(1)) - y, x, -log_sigmoid);
  }
};

template <template <class> class Loss, class T>
void pair(T* out, const T* x, const T* y, int64_t n, T b) {
  using V = typename Kind<T>::V;
  const V vb = V::set1(b);
  for_lanes<T>(n, [&](int64_t i, int lanes) {
    store_lanes(out + i, Loss<T>::loss(load_lanes(x + i, lanes), load_lanes(y + i, lanes), vb),
                lanes);
  });
}

template <class T>
void cross_entropy_grad(T* dx, const T* x, const T* max, const T* log_sum, const T* scale,
                        const T* shift, int64_t rows, int64_t n) {
  using V = typename Kind<T>::V;
  for (int64_t r = 0; r < rows; ++r, x += n, dx += n) {
    const V m = V::set1(max[r]), l = V::set1(log_sum[r]), a = V::set1(scale[r]);
    const V b = V::set1(shift != nullptr ? shift[r] : T(0));
    for_lanes<T>(n, [&](int64_t i, int lanes) {
      const V p = exp(load_lanes(x + i, lanes) - m - l);
      store_lanes(dx + i, fms(a, p, b), lanes);
    });
  }
}

template <class T>
void fill(LossFns<T>& t) {
  t.pair[kPairSquare] = pair<Square, T>;
  t.pair[kPairAbs] = pair<Abs, T>;
  t.pair[kPairSmoothL1] = pair<SmoothL1, T>;
  t.pair[kPairHuber] = pair<Huber, T>;
  t.pair[kPairBce] = pair<Bce, T>;
  t.pair[kPairBceLogits] = pair<BceLogits, T>;
  t.cross_entropy_grad = cross_entropy_grad<T>;
}

}  // namespace

void fill_loss(LossTable& t) {
  fill(t.f32);
  fill(t.f64);
}

}  // namespace nabla::kernels::NABLA_ISA
