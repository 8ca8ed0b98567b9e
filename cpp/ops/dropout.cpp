// Dropout: of elements, of channels, and its forms that keep the statistics of selu. All are
// products with a noise of the generator, drawn as PyTorch draws it.
#include <cmath>

#include "ops/op.h"
#include "ops/ops.h"

namespace nabla::ops {

namespace {

// True where dropout changes something.
bool drops(const Tensor& self, double p, bool train) {
  CHECK_RANGE(p >= 0 && p <= 1, "dropout probability has to be between 0 and 1, but got ", p);
  if (p == 0 || !train || self.numel() == 0) return false;
  CHECK_TYPE(self.is_floating(), "expected a floating point dtype, got ", self.dtype());
  return true;
}

Tensor times(const Tensor& self, const Tensor& noise, bool inplace) {
  return inplace ? mul_(self, noise) : mul(self, noise);
}

// self without memory's order and with size 1 from dimension `kept` on: what channels draw noise
// for.
Tensor channels_of(const Tensor& self, size_t kept) {
  Dims sizes(self.sizes());
  for (size_t d = kept; d < sizes.size(); ++d) sizes[d] = 1;
  return empty(sizes, self.dtype());
}

Tensor apply(const Tensor& self, const Tensor& shape, double p, bool inplace) {
  return times(self, p == 1 ? zeros(Dims{}, self.dtype()) : dropout_noise(shape, p), inplace);
}

// y = x a keep + a alpha (p + keep - 1), with alpha the negative saturation of selu and a such that
// the variance stays 1.
Tensor apply_alpha(const Tensor& self, const Tensor& shape, double p, bool inplace) {
  if (p == 1) return times(self, zeros(Dims{}, self.dtype()), inplace);
  constexpr double kAlpha = 1.7580993408473766;
  const double a = 1 / std::sqrt((kAlpha * kAlpha * p + 1) * (1 - p));
  const Tensor noise = bernoulli_of(shape, 1 - p);
  const Tensor shift = add(noise, -1);
  mul_(shift, kAlpha * a);
  add_(shift, kAlpha * a * p);
  mul_(noise, a);
  return add_(times(self, noise, inplace), shift);
}

void check_channels(const Tensor& self) {
  CHECK_RANGE(self.dim() >= 2,
              "Feature dropout requires at least 2 dimensions in the input, but got shape ",
              Shape{self.sizes()});
}

Tensor drop_channels(const Tensor& self, double p, bool train, bool inplace) {
  if (!drops(self, p, train)) return self;
  check_channels(self);
  return apply(self, channels_of(self, 2), p, inplace);
}

}  // namespace

Tensor dropout(const Tensor& self, double p, bool training, bool inplace) {
  return drops(self, p, training) ? apply(self, self, p, inplace) : self;
}
Tensor dropout_(const Tensor& self, double p, bool train) { return dropout(self, p, train, true); }

Tensor feature_dropout(const Tensor& self, double p, bool train) {
  return drop_channels(self, p, train, false);
}
Tensor feature_dropout_(const Tensor& self, double p, bool train) {
  return drop_channels(self, p, train, true);
}

Tensor dropout1d(const Tensor& input, double p, bool training, bool inplace) {
  const int64_t dim = input.dim();
  CHECK_RANGE(dim == 2 || dim == 3, "Expected 2D or 3D input, but received a ", dim,
              "D input of shape ", Shape{input.sizes()},
              ". Note that dropout1d exists to provide channel-wise dropout on inputs with 1 "
              "spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or "
              "3D inputs).");
  if (!drops(input, p, training)) return input;
  return apply(input, channels_of(input, dim == 3 ? 2 : 1), p, inplace);
}
Tensor dropout2d(const Tensor& input, double p, bool training, bool inplace) {
  return drop_channels(input, p, training, inplace);
}
Tensor dropout3d(const Tensor& input, double p, bool training, bool inplace) {
  if (!drops(input, p, training)) return input;
  return apply(input, channels_of(input, input.dim() == 5 ? 2 : 1), p, inplace);
}

Tensor alpha_dropout(const Tensor& input, double p, bool training, bool inplace) {
  return drops(input, p, training) ? apply_alpha(input, input, p, inplace) : input;
}
Tensor alpha_dropout_(const Tensor& self, double p, bool train) {
  return alpha_dropout(self, p, train, true);
}
Tensor feature_alpha_dropout(const Tensor& input, double p, bool training, bool inplace) {
  if (!drops(input, p, training)) return input;
  check_channels(input);
  return apply_alpha(input, channels_of(input, 2), p, inplace);
}
Tensor feature_alpha_dropout_(const Tensor& self, double p, bool train) {
  return feature_alpha_dropout(self, p, train, true);
}

}  // namespace nabla::ops
