#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "ops/memory_order.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

// Negative numbers wrap in unsigned dtypes, as in PyTorch; anything else out of range is an error.
void check_fits(const Scalar& value, DType dtype) {
  if (!is_integral(dtype) || value.is_bool()) return;
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      const double v = value.to_double();
      const double most = double(std::numeric_limits<T>::max());
      const double least = std::is_signed_v<T> ? double(std::numeric_limits<T>::min()) : -most;
      const bool fits = sizeof(T) == 8 ? v >= least && (value.is_integral() || v < 0x1p63)
                                       : v >= least && v <= most;
      CHECK_RANGE(fits, "value ", value, " cannot be converted to ", dtype, " without overflow");
    }
  });
}

struct Empty {
  static Meta meta(IntSpan size, DType dtype, const OptDims& strides) {
    return {Dims(size), dtype, strides};
  }
  static void compute(Tensor&, IntSpan, DType, const OptDims&) {}
};

struct Full {
  static Meta meta(IntSpan size, DType dtype, const OptDims& strides, Scalar value) {
    check_fits(value, dtype);
    return {Dims(size), dtype, strides};
  }
  static void compute(Tensor& out, IntSpan, DType dtype, const OptDims&, Scalar value) {
    dispatch(dtype, [&](auto zero) {
      using T = decltype(zero);
      const T item = value.to<T>();
      T* memory = out.data<T>();
      parallel_for(out.numel(), 1 << 18, [&](int64_t begin, int64_t end) {
        std::fill(memory + begin, memory + end, item);
      });
    });
  }
};

// y_i = start + i step, in 64-bit integers for integer dtypes, else in double
struct Arange {
  static int64_t count(Scalar start, Scalar end, Scalar step, bool whole) {
    if (whole) {
      const int64_t a = start.to_int(), b = end.to_int(), s = step.to_int();
      if (a == b) return 0;
      const uint64_t distance = s > 0 ? uint64_t(b) - uint64_t(a) : uint64_t(a) - uint64_t(b);
      const uint64_t stride = s > 0 ? uint64_t(s) : 0 - uint64_t(s);
      const uint64_t n = (distance - 1) / stride + 1;
      CHECK_RANGE(n <= uint64_t(INT64_MAX), "invalid size, possible overflow?");
      return int64_t(n);
    }
    const double n = std::ceil((end.to_double() - start.to_double()) / step.to_double());
    CHECK_RANGE(n >= 0 && n < 0x1p63, "invalid size, possible overflow?");
    return int64_t(n);
  }
  static Meta meta(Scalar start, Scalar end, Scalar step, DType dtype) {
    const double a = start.to_double(), b = end.to_double(), s = step.to_double();
    CHECK_TYPE(dtype != DType::bool_, "not implemented for bool");
    CHECK_RANGE(s > 0 || s < 0, "step must be nonzero");
    CHECK_RANGE(std::isfinite(a) && std::isfinite(b), "unsupported range: ", start, " -> ", end);
    CHECK_RANGE((s > 0 && b >= a) || (s < 0 && b <= a),
                "upper bound and lower bound inconsistent with step sign");
    const bool whole = dtype == DType::int64;
    CHECK_RANGE(!whole || (std::abs(a) < 0x1p63 && std::abs(b) < 0x1p63 && std::abs(s) < 0x1p63),
                "unsupported range: ", start, " -> ", end);
    CHECK_RANGE(!whole || step.to_int() != 0, "step must be nonzero");
    return {Dims{count(start, end, step, whole)}, dtype, std::nullopt};
  }
  static void compute(Tensor& out, Scalar start, Scalar, Scalar step, DType dtype) {
    dispatch(dtype, [&](auto zero) {
      using T = decltype(zero);
      T* to = out.data<T>();
      const int64_t n = out.numel();
      if constexpr (std::is_integral_v<T>) {
        const uint64_t a = uint64_t(start.to_int()), s = uint64_t(step.to_int());
        for (int64_t i = 0; i < n; ++i) to[i] = T(a + uint64_t(i) * s);
      } else {
        // float32 and float64 as PyTorch's vector loop rounds them: in blocks of 32 bytes from a
        // first value in T, the rest (what two blocks do not fill) one by one.
        const double a = start.to_double(), s = step.to_double();
        constexpr int64_t width = sizeof(T) >= 4 ? int64_t(32 / sizeof(T)) : 1;
        const int64_t blocks = width == 1 ? 0 : n / (2 * width) * (2 * width);
        for (int64_t b = 0; b < blocks; b += width) {
          const double first = double(T(std::fma(s, double(b), a)));
          for (int64_t k = 0; k < width; ++k) to[b + k] = T(std::fma(s, double(k), first));
        }
        for (int64_t i = blocks; i < n; ++i) to[i] = Scalar(std::fma(s, double(i), a)).to<T>();
      }
    });
  }
};

// y_i = start + i step up to the middle, end - (n - 1 - i) step beyond, step = (end - start)/(n -
// 1)
struct Linspace {
  static Meta meta(Scalar, Scalar, int64_t steps, DType dtype) {
    CHECK_RANGE(steps >= 0, "number of steps must be non-negative");
    return {Dims{steps}, dtype, std::nullopt};
  }
  static void compute(Tensor& out, Scalar start, Scalar end, int64_t steps, DType dtype) {
    dispatch(dtype, [&](auto zero) {
      using T = decltype(zero);
      // float32 (and narrower) results are computed in float32, all others in double.
      using C =
          std::conditional_t<std::is_integral_v<T> || std::is_same_v<T, double>, double, float>;
      T* to = out.data<T>();
      const C first = C(start.to_double()), last = C(end.to_double());
      if (steps == 1) {
        to[0] = Scalar(double(first)).to<T>();
        return;
      }
      const C step = (last - first) / C(steps - 1);
      for (int64_t i = 0; i < steps; ++i) {
        const C value =
            i < steps / 2 ? std::fma(step, C(i), first) : std::fma(-step, C(steps - 1 - i), last);
        to[i] = Scalar(double(value)).to<T>();
      }
    });
  }
};

struct Eye {
  static Meta meta(int64_t n, int64_t m, DType dtype) {
    CHECK_RANGE(n >= 0, "n must be greater or equal to 0, got ", n);
    CHECK_RANGE(m >= 0, "m must be greater or equal to 0, got ", m);
    return {Dims{n, m}, dtype, std::nullopt};
  }
  static void compute(Tensor& out, int64_t n, int64_t m, DType dtype) {
    if (out.numel() == 0) return;
    std::memset(out.raw_data(), 0, out.numel() * out.itemsize());
    dispatch(dtype, [&](auto zero) {
      using T = decltype(zero);
      for (int64_t i = 0; i < std::min(n, m); ++i) out.data<T>()[i * (m + 1)] = Scalar(1).to<T>();
    });
  }
};

OptDims kept_strides(const Tensor& self) {
  return self.is_contiguous() ? OptDims() : OptDims(preserved_strides(self));
}
Tensor filled(IntSpan size, DType dtype, Scalar value, const OptDims& strides = std::nullopt) {
  return run<Full>(size, dtype, strides, value);
}
Tensor filled_like(const Tensor& self, OptDType dtype, Scalar value) {
  return filled(self.sizes(), dtype.value_or(self.dtype()), value, kept_strides(self));
}
DType floating(OptDType dtype) { return dtype.value_or(default_dtype()); }

}  // namespace

Tensor empty_of(IntSpan size, OptDType dtype) {
  return run<Empty>(size, floating(dtype), OptDims());
}
Tensor zeros(IntSpan size, OptDType dtype) { return filled(size, floating(dtype), Scalar(0)); }
Tensor ones(IntSpan size, OptDType dtype) { return filled(size, floating(dtype), Scalar(1)); }
Tensor full(IntSpan size, Scalar fill_value, OptDType dtype) {
  return filled(size, dtype.value_or(fill_value.is_bool() ? DType::bool_ : default_dtype()),
                fill_value);
}
Tensor scalar_tensor_of(Scalar s, OptDType dtype) { return full(IntSpan(), s, floating(dtype)); }

Tensor empty_like(const Tensor& self, OptDType dtype) {
  return run<Empty>(self.sizes(), dtype.value_or(self.dtype()), kept_strides(self));
}
Tensor zeros_like(const Tensor& self, OptDType dtype) {
  return filled_like(self, dtype, Scalar(0));
}
Tensor ones_like(const Tensor& self, OptDType dtype) { return filled_like(self, dtype, Scalar(1)); }
Tensor full_like(const Tensor& self, Scalar fill_value, OptDType dtype) {
  return filled_like(self, dtype, fill_value);
}

Tensor new_empty(const Tensor& self, IntSpan size, OptDType dtype) {
  return empty_of(size, dtype.value_or(self.dtype()));
}
Tensor new_zeros(const Tensor& self, IntSpan size, OptDType dtype) {
  return zeros(size, dtype.value_or(self.dtype()));
}
Tensor new_ones(const Tensor& self, IntSpan size, OptDType dtype) {
  return ones(size, dtype.value_or(self.dtype()));
}
Tensor new_full(const Tensor& self, IntSpan size, Scalar fill_value, OptDType dtype) {
  return full(size, fill_value, dtype.value_or(self.dtype()));
}

Tensor arange(Scalar end, OptDType dtype) { return arange_from(Scalar(0), end, Scalar(1), dtype); }
Tensor arange_from(Scalar start, Scalar end, Scalar step, OptDType dtype) {
  const bool whole = !start.is_floating() && !end.is_floating() && !step.is_floating();
  return run<Arange>(start, end, step, dtype.value_or(whole ? DType::int64 : default_dtype()));
}
Tensor linspace(Scalar start, Scalar end, int64_t steps, OptDType dtype) {
  return run<Linspace>(start, end, steps, floating(dtype));
}
Tensor eye(int64_t n, OptInt m, OptDType dtype) {
  return run<Eye>(n, m.value_or(n), floating(dtype));
}

}  // namespace nabla::ops
