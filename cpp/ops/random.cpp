#include <limits>

#include "ops/memory_order.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "ops/random_fill.h"
#include "ops/strided_copy.h"

// Random tensors and random fills in place. A fill forgets what was there: its gradient is zero.
namespace nabla::ops {
namespace {

// fill(memory, n) over the elements in memory order, through a dense copy where there are gaps.
template <class F>
void fill_in_order(Tensor& out, F&& fill) {
  const int64_t n = out.numel();
  if (n == 0) return;
  if (out.is_contiguous()) {
    fill(out.raw_data(), n);
    return;
  }
  const Dims order = memory_order(out.sizes(), out.strides());
  Dims sizes(order.size()), strides(order.size());
  for (size_t i = 0; i < order.size(); ++i) {
    sizes[i] = out.sizes()[order[i]];
    strides[i] = out.strides()[order[i]];
  }
  const Tensor ordered = alias(out, sizes, strides, out.storage_offset());
  if (ordered.is_contiguous()) {
    fill(out.raw_data(), n);
    return;
  }
  const Tensor dense = empty(sizes, out.dtype());
  fill(dense.raw_data(), n);
  strided_copy(out.raw_data(), strides, dense.raw_data(), dense.strides(), sizes, out.itemsize());
}

void check_floating(DType dtype) {
  CHECK_TYPE(is_floating(dtype), "expected a floating point dtype, got ", dtype);
}

struct Uniform {
  static Meta meta(const Tensor& self, double from, double to, OptGenerator) {
    check_floating(self.dtype());
    CHECK_RANGE(from <= to, "uniform_ expects to return a [from, to) range, but found from=", from,
                " > to=", to);
    const bool wide = self.dtype() == DType::float64;
    const double most =
        wide ? std::numeric_limits<double>::max() : std::numeric_limits<float>::max();
    CHECK_RANGE(to - from <= most, "uniform_ expects to-from <= ", most, ", but found to=", to,
                " and from=", from);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, double from, double to, OptGenerator generator) {
    fill_in_order(out, [&](void* p, int64_t n) {
      fill_uniform(p, out.dtype(), n, from, to, generator_or_default(generator));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, double, double,
                        OptGenerator) {
    return {zeros_like(grad)};
  }
};

struct Normal {
  static Meta meta(const Tensor& self, double, double std, OptGenerator) {
    check_floating(self.dtype());
    CHECK_RANGE(std >= 0, "normal expects std >= 0.0, but found std ", std);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, double mean, double std, OptGenerator generator) {
    const bool one_by_one = !out.is_contiguous();
    fill_in_order(out, [&](void* p, int64_t n) {
      fill_normal(p, out.dtype(), n, mean, std, one_by_one, generator_or_default(generator));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, double, double,
                        OptGenerator) {
    return {zeros_like(grad)};
  }
};

struct Exponential {
  static Meta meta(const Tensor& self, double lambda, OptGenerator) {
    check_floating(self.dtype());
    CHECK_RANGE(lambda > 0, "exponential_ expects lambda > 0.0, but found lambda=", lambda);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, double lambda, OptGenerator generator) {
    fill_in_order(out, [&](void* p, int64_t n) {
      fill_exponential(p, out.dtype(), n, lambda, generator_or_default(generator));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, double, OptGenerator) {
    return {zeros_like(grad)};
  }
};

struct Bernoulli {
  static Meta meta(const Tensor& self, double p, OptGenerator) {
    CHECK_RANGE(p >= 0 && p <= 1, "bernoulli_ expects p to be in [0, 1], but got p=", p);
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, double p, OptGenerator generator) {
    fill_in_order(out, [&](void* memory, int64_t n) {
      fill_bernoulli(memory, out.dtype(), n, p, 1.0, generator_or_default(generator));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, double, OptGenerator) {
    return {zeros_like(grad)};
  }
};

// Elements of a contiguous floating tensor as double.
template <class F>
void each_value(const Tensor& t, F&& f) {
  dispatch(t.dtype(), [&](auto zero) {
    using T = decltype(zero);
    const T* data = t.data<T>();
    for (int64_t i = 0; i < t.numel(); ++i) f(static_cast<double>(data[i]));
  });
}

struct BernoulliEach {
  static Meta meta(const Tensor& self, const Tensor& p, OptGenerator) {
    check_floating(p.dtype());
    CHECK_RANGE(equal(broadcast_shapes(self.sizes(), p.sizes()), self.sizes()),
                "probabilities of shape ", Shape{p.sizes()}, " do not broadcast to ",
                Shape{self.sizes()});
    return like(self);
  }
  static void compute(Tensor& out, const Tensor&, const Tensor& p, OptGenerator generator) {
    // The probabilities in the order in which out is drawn.
    const Dims order = memory_order(out.sizes(), out.strides());
    const bool wide = p.dtype() == DType::float64;
    const Tensor ordered = contiguous(
        to_dtype(permute(expand(p, out.sizes()), order), wide ? DType::float64 : DType::float32));
    each_value(ordered, [](double v) {
      CHECK_RANGE(v >= 0 && v <= 1, "expected probabilities in [0, 1], but got ", v);
    });
    fill_in_order(out, [&](void* memory, int64_t n) {
      fill_bernoulli(memory, out.dtype(), n, ordered.raw_data(), wide,
                     generator_or_default(generator));
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, const Tensor&,
                        OptGenerator) {
    return {zeros_like(grad), Tensor()};
  }
};

// Range of the integers that random_ draws: [base, base + range), range 0 means 2^64; `whole`:
// without bounds.
struct IntegerRange {
  int64_t base = 0;
  uint64_t range = 0;
  bool whole = false;
};

// Largest value of a dtype, or for floating ones 2^digits, up to which every integer exists.
int64_t largest_integer(DType dtype) {
  return dispatch(dtype, [](auto zero) -> int64_t {
    using T = decltype(zero);
    if constexpr (std::is_same_v<T, bool>)
      return 1;
    else if constexpr (std::is_integral_v<T>)
      return std::numeric_limits<T>::max();
    else if constexpr (std::is_same_v<T, Half>)
      return 1 << 11;
    else if constexpr (std::is_same_v<T, BFloat16>)
      return 1 << 8;
    else
      return int64_t{1} << std::numeric_limits<T>::digits;
  });
}

void check_bound(DType dtype, int64_t value, const char* what) {
  dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    bool fits = true;
    if constexpr (std::is_integral_v<T>)
      fits = value >= int64_t(std::numeric_limits<T>::min()) &&
             value <= int64_t(std::numeric_limits<T>::max());
    else if constexpr (std::is_same_v<T, Half>)
      fits = value >= -65504 && value <= 65504;
    CHECK_RANGE(fits, what, " is out of bounds for ", dtype, ", got ", value);
  });
}

IntegerRange integers_between(DType dtype, int64_t from, int64_t to) {
  CHECK_RANGE(from < to, "random_ expects 'from' to be less than 'to', but got from=", from,
              " >= to=", to);
  check_bound(dtype, from, "from");
  check_bound(dtype, to - 1, "to - 1");
  return {from, uint64_t(to) - uint64_t(from)};
}

IntegerRange integers_from(DType dtype, int64_t from) {
  const int64_t most = largest_integer(dtype);
  check_bound(dtype, from, "from");
  if (from == INT64_MIN) {
    CHECK_TYPE(dtype != DType::float16, "the full 64-bit range is not available for ", dtype);
    return {};
  }
  CHECK_RANGE(from <= most, "random_ expects 'from' to be at most ", most, " for ", dtype, ", got ",
              from);
  return {from, uint64_t(most) - uint64_t(from) + 1};
}

struct Integers {
  static Meta meta(const Tensor& self, const IntegerRange&, OptGenerator) { return like(self); }
  static void compute(Tensor& out, const Tensor&, const IntegerRange& r, OptGenerator generator) {
    fill_in_order(out, [&](void* p, int64_t n) {
      Generator& source = generator_or_default(generator);
      if (r.whole)
        fill_random(p, out.dtype(), n, source);
      else
        fill_integers(p, out.dtype(), n, r.base, r.range, source);
    });
  }
  static Grads backward(const Ctx&, const Tensor& grad, const Tensor&, const IntegerRange&,
                        OptGenerator) {
    return {zeros_like(grad)};
  }
};

// A new tensor, filled by an op that has meta and compute as for in place.
template <class Op, class... A>
Tensor fresh(Tensor out, const A&... args) {
  Op::meta(out, args...);
  Op::compute(out, out, args...);
  return out;
}

Tensor floating(IntSpan size, OptDType dtype) {
  const DType wanted = dtype.value_or(default_dtype());
  check_floating(wanted);
  return empty_of(size, wanted);
}
Tensor floating_like(const Tensor& self, OptDType dtype) {
  check_floating(dtype.value_or(self.dtype()));
  return empty_like(self, dtype);
}

}  // namespace

Tensor rand(IntSpan size, OptDType dtype, OptGenerator generator) {
  return fresh<Uniform>(floating(size, dtype), 0.0, 1.0, generator);
}
Tensor randn(IntSpan size, OptDType dtype, OptGenerator generator) {
  return fresh<Normal>(floating(size, dtype), 0.0, 1.0, generator);
}
Tensor rand_like(const Tensor& self, OptDType dtype, OptGenerator generator) {
  return fresh<Uniform>(floating_like(self, dtype), 0.0, 1.0, generator);
}
Tensor randn_like(const Tensor& self, OptDType dtype, OptGenerator generator) {
  return fresh<Normal>(floating_like(self, dtype), 0.0, 1.0, generator);
}
Tensor normal(double mean, double std, IntSpan size, OptDType dtype, OptGenerator generator) {
  return fresh<Normal>(floating(size, dtype), mean, std, generator);
}

Tensor randint_from(int64_t low, int64_t high, IntSpan size, OptDType dtype,
                    OptGenerator generator) {
  const DType wanted = dtype.value_or(DType::int64);
  const IntegerRange range = integers_between(wanted, low, high);
  return fresh<Integers>(empty_of(size, wanted), range, generator);
}
Tensor randint(int64_t high, IntSpan size, OptDType dtype, OptGenerator generator) {
  return randint_from(0, high, size, dtype, generator);
}
Tensor randint_like_from(const Tensor& self, int64_t low, int64_t high, OptDType dtype,
                         OptGenerator generator) {
  const IntegerRange range = integers_between(dtype.value_or(self.dtype()), low, high);
  return fresh<Integers>(empty_like(self, dtype), range, generator);
}
Tensor randint_like(const Tensor& self, int64_t high, OptDType dtype, OptGenerator generator) {
  return randint_like_from(self, 0, high, dtype, generator);
}

Tensor randperm(int64_t n, OptDType dtype, OptGenerator generator) {
  const DType wanted = dtype.value_or(DType::int64);
  CHECK_TYPE(wanted != DType::bool_, "not implemented for bool");
  CHECK_RANGE(n <= largest_integer(wanted), "n=", n, " cannot be converted to ", wanted,
              " without overflow");
  const Tensor out = empty_of(Dims{n}, wanted);
  fill_permutation(out.raw_data(), wanted, n, generator_or_default(generator));
  return out;
}

Tensor uniform_(const Tensor& self, double from, double to, OptGenerator generator) {
  return run_inplace<Uniform>(self, from, to, generator);
}
Tensor normal_(const Tensor& self, double mean, double std, OptGenerator generator) {
  return run_inplace<Normal>(self, mean, std, generator);
}
Tensor exponential_(const Tensor& self, double lambd, OptGenerator generator) {
  return run_inplace<Exponential>(self, lambd, generator);
}
Tensor random_(const Tensor& self, OptGenerator generator) {
  return run_inplace<Integers>(self, IntegerRange{0, 0, true}, generator);
}
Tensor random_below_(const Tensor& self, int64_t to, OptGenerator generator) {
  return run_inplace<Integers>(self, integers_between(self.dtype(), 0, to), generator);
}
Tensor random_from_(const Tensor& self, int64_t from, OptInt to, OptGenerator generator) {
  const IntegerRange range =
      to ? integers_between(self.dtype(), from, *to) : integers_from(self.dtype(), from);
  return run_inplace<Integers>(self, range, generator);
}
Tensor bernoulli_(const Tensor& self, double p, OptGenerator generator) {
  return run_inplace<Bernoulli>(self, p, generator);
}
Tensor bernoulli_each_(const Tensor& self, const Tensor& p, OptGenerator generator) {
  return run_inplace<BernoulliEach>(self, p, generator);
}
Tensor bernoulli(const Tensor& self, OptGenerator generator) {
  // In row-major order, whatever the order of the probabilities.
  GradModeGuard off(false);
  return fresh<BernoulliEach>(empty_of(self.sizes(), self.dtype()), self, generator);
}
Tensor bernoulli_of(const Tensor& self, double p, OptGenerator generator) {
  return fresh<Bernoulli>(empty_like(self), p, generator);
}

Tensor dropout_noise(const Tensor& self, double p) {
  Tensor noise = empty_like(self);
  // PyTorch divides by 1 - p in the dtype of computation and rounds once.
  const double keep = 1 - p;
  const double scale =
      self.dtype() == DType::float64 ? 1 / keep : double(1.0f / static_cast<float>(keep));
  fill_in_order(noise, [&](void* memory, int64_t n) {
    fill_bernoulli(memory, noise.dtype(), n, keep, scale, default_generator());
  });
  return noise;
}

}  // namespace nabla::ops
