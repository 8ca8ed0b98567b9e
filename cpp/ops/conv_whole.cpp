#include "ops/conv_whole.h"

#include "ops/gemm.h"

namespace nabla::ops {
namespace {

bool takes(const Conv2d& p) {
  return p.groups == 1 && p.out_h == 1 && p.out_w == 1 && p.k_h == p.in_h && p.k_w == p.in_w &&
         p.pad_h == 0 && p.pad_w == 0 && (p.k_h == 1 || p.dil_h == 1) &&
         (p.k_w == 1 || p.dil_w == 1);
}
int64_t depth_of(const Conv2d& p) { return p.in_c * p.k_h * p.k_w; }

// C (m, n) = op(A) op(B), all three dense.
template <class T>
kernels::GemmArgs<T> product(int64_t m, int64_t n, int64_t k, const T* a, bool trans_a, const T* b,
                             bool trans_b, T* c) {
  kernels::GemmArgs<T> g;
  g.m = m;
  g.n = g.ldc = n;
  g.k = k;
  g.a = a;
  g.lda = trans_a ? m : k;
  g.trans_a = trans_a;
  g.b = b;
  g.ldb = trans_b ? k : n;
  g.trans_b = trans_b;
  g.c = c;
  return g;
}

}  // namespace

template <class T>
bool whole_forward(const Conv2d& p, const T* x, const T* w, const T* bias, T* y) {
  if (!takes(p)) return false;
  auto g = product(p.n, p.out_c, depth_of(p), x, false, w, true, y);
  g.bias_n = bias;
  gemm(g);
  return true;
}

template <class T>
bool whole_grad_input(const Conv2d& p, const T* dy, const T* w, T* dx) {
  if (!takes(p)) return false;
  gemm(product(p.n, depth_of(p), p.out_c, dy, false, w, false, dx));
  return true;
}

template <class T>
bool whole_grad_weight(const Conv2d& p, const T* x, const T* dy, T* dw) {
  if (!takes(p)) return false;
  gemm(product(p.out_c, depth_of(p), p.n, dy, true, x, false, dw));
  return true;
}

#define NABLA_WHOLE(T)                                                          \
  template bool whole_forward(const Conv2d&, const T*, const T*, const T*, T*); \
  template bool whole_grad_input(const Conv2d&, const T*, const T*, T*);        \
  template bool whole_grad_weight(const Conv2d&, const T*, const T*, T*);
NABLA_WHOLE(float)
NABLA_WHOLE(double)
#undef NABLA_WHOLE

}  // namespace nabla::ops
