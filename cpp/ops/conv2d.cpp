// Which path computes a convolution: by its shape and the instruction set alone.
#include "ops/conv2d.h"

#include "ops/conv_depthwise.h"
#include "ops/conv_direct.h"
#include "ops/conv_general.h"
#include "ops/conv_pointwise.h"
#include "ops/conv_whole.h"
#include "ops/conv_winograd.h"

namespace nabla::ops {

void conv2d_forward(const Conv2d& p, const float* x, const float* w, const float* bias, float* y) {
  if (whole_forward(p, x, w, bias, y)) return;
  if (depthwise_forward(p, x, w, bias, y)) return;
  if (pointwise_forward(p, x, w, bias, y)) return;
  if (winograd_forward(p, x, w, bias, y)) return;
  if (joined_first(p) && joined_forward(p, x, w, bias, y)) return;
  if (conv_direct_forward(p, x, w, bias, y)) return;
  if (joined_forward(p, x, w, bias, y)) return;
  conv_general_forward(Conv3d{p}, x, w, bias, y);
}
void conv2d_forward(const Conv2d& p, const double* x, const double* w, const double* bias,
                    double* y) {
  if (whole_forward(p, x, w, bias, y)) return;
  conv_general_forward(Conv3d{p}, x, w, bias, y);
}

void conv2d_grad_input(const Conv2d& p, const float* dy, const float* w, float* dx) {
  if (whole_grad_input(p, dy, w, dx)) return;
  if (depthwise_grad_input(p, dy, w, dx)) return;
  if (pointwise_grad_input(p, dy, w, dx)) return;
  if (winograd_grad_input(p, dy, w, dx)) return;
  if (joined_first(p) && joined_grad_input(p, dy, w, dx)) return;
  if (conv_direct_grad_input(p, dy, w, dx)) return;
  if (joined_grad_input(p, dy, w, dx)) return;
  conv_general_grad_input(Conv3d{p}, dy, w, dx);
}
void conv2d_grad_input(const Conv2d& p, const double* dy, const double* w, double* dx) {
  if (whole_grad_input(p, dy, w, dx)) return;
  conv_general_grad_input(Conv3d{p}, dy, w, dx);
}

void conv2d_grad_weight(const Conv2d& p, const float* x, const float* dy, float* dw, float* db) {
  if (db != nullptr) conv_grad_bias(p.n, p.out_c, p.out_h * p.out_w, dy, db);
  if (whole_grad_weight(p, x, dy, dw)) return;
  if (depthwise_grad_weight(p, x, dy, dw)) return;
  if (pointwise_grad_weight(p, x, dy, dw)) return;
  if (winograd_grad_weight(p, x, dy, dw)) return;
  if (conv_direct_grad_weight(p, x, dy, dw)) return;
  conv_general_grad_weight(Conv3d{p}, x, dy, dw);
}
void conv2d_grad_weight(const Conv2d& p, const double* x, const double* dy, double* dw,
                        double* db) {
  if (db != nullptr) conv_grad_bias(p.n, p.out_c, p.out_h * p.out_w, dy, db);
  if (whole_grad_weight(p, x, dy, dw)) return;
  conv_general_grad_weight(Conv3d{p}, x, dy, dw);
}

}  // namespace nabla::ops
