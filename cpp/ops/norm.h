#pragma once
// What the normalisation layers share. x is seen as [n, g, d, s]; statistics are taken over (d, s),
// and over n too when `batch`; weight and bias have an element per (g, d):
//
//   batch norm     [N, C, 1, S], batch           layer and RMS norm   [rows, 1, n, 1]
//   instance norm  [N, C, 1, S]                  group norm           [N, G, C / G, S]
#include <cstdint>

namespace nabla::ops {

struct NormPlan {
  int64_t n = 0, g = 0, d = 0, s = 0;
  bool batch = false;
  bool center = true;  // RMS norm does not subtract the mean
  bool fixed = false;  // the statistics are given and do not depend on x
  double eps = 0;

  int64_t groups() const { return batch ? g : n * g; }  // sets that have a mean and a variance
  int64_t channels() const { return g * d; }            // elements of weight and bias
  int64_t group_size() const { return (batch ? n : 1) * d * s; }
  int64_t numel() const { return n * g * d * s; }
  bool rows() const { return !batch && g == 1 && s == 1; }
};

// Dense blocks of the plan's sizes; what may be null is absent.
template <class T>
struct NormForward {
  T* y;
  T *mean, *var;  // per group; read when the plan is fixed, else written
  const T* x;
  const T *weight, *bias;  // may be null
};
template <class T>
struct NormBackward {
  T *dx, *dw, *db;  // may be null
  const T *dy, *x;
  const T* weight;  // may be null
  const T *mean, *var;
};

// y = (x - mean) / sqrt(var + eps) * weight + bias
void normalize_forward(const NormPlan& p, const NormForward<float>& a);
void normalize_forward(const NormPlan& p, const NormForward<double>& a);
// dx = r (g - mean g - xhat mean(g xhat)), r = 1 / sqrt(var + eps), g = dy weight (without center:
// no mean g; fixed: r g alone), dw = sum dy xhat, db = sum dy.
void normalize_backward(const NormPlan& p, const NormBackward<float>& a);
void normalize_backward(const NormPlan& p, const NormBackward<double>& a);

// out[j] = sum over r < rows of x[r * n + j], pairwise.
void sum_down(float* out, const float* x, int64_t rows, int64_t n);
void sum_down(double* out, const double* x, int64_t rows, int64_t n);

}  // namespace nabla::ops
