// Max pooling over windows at any places.
#include "ops/pool_ranges.h"

#include "ops/ops.h"

namespace nabla::ops {

PoolRanges::PoolRanges(IntSpan sizes, int count) : spatial(count) {
  const size_t n = static_cast<size_t>(count), lead = sizes.size() - n;
  planes = product(sizes.first(lead));
  for (size_t axis = 0; axis < 3; ++axis) {
    if (axis < 3 - n) {
      add(axis, 0, 1);
    } else {
      in_[axis] = sizes[lead + axis - (3 - n)];
    }
  }
}

void PoolRanges::add(size_t axis, int64_t first, int64_t last) {
  first_[axis].push_back(first);
  last_[axis].push_back(last);
}

int64_t PoolRanges::outputs() const {
  return static_cast<int64_t>(first_[0].size() * first_[1].size() * first_[2].size());
}

Dims PoolRanges::sizes(const Tensor& input) const {
  Dims out(input.sizes());
  const size_t n = static_cast<size_t>(spatial);
  for (size_t i = 0; i < n; ++i)
    out[out.size() - n + i] = static_cast<int64_t>(first_[3 - n + i].size());
  return out;
}

kernels::PoolRanges PoolRanges::view() const {
  kernels::PoolRanges r;
  for (size_t a = 0; a < 3; ++a) {
    r.in[a] = in_[a];
    r.out[a] = static_cast<int64_t>(first_[a].size());
    r.first[a] = first_[a].data();
    r.last[a] = last_[a].data();
  }
  return r;
}

namespace {

// y = largest of each range, NaN wins;  dx = the sum of dy over the ranges won
struct MaxOfRanges {
  using Each = std::vector<PoolRanges>;
  static constexpr Saves saves = Saves::output(1);
  static constexpr size_t differentiable_outputs = 1;
  static std::array<Meta, 2> meta(const Tensor& self, const Each& each) {
    const Dims sizes = each[0].sizes(self);
    return {Meta{sizes, self.dtype()}, Meta{sizes, DType::int64}};
  }
  static void compute(std::array<Tensor, 2>& out, const Tensor& self, const Each& each) {
    const DType type = compute_type(self.dtype());
    const Tensor x = dense(self, type);
    Target target(out[0], type);
    const int64_t in = each[0].inputs(), count = each[0].outputs();
    dispatch_float(type, [&](auto zero) {
      using T = decltype(zero);
      T* y = target.block().data<T>();
      int64_t* index = out[1].data<int64_t>();
      each_planes(each[0].planes, in + count, [&](int64_t first, int64_t n) {
        const auto pool = [&](int64_t p, int64_t planes, const PoolRanges& r) {
          pool_functions<T>().max_ranges(y + p * count, index + p * count, x.data<T>() + p * in,
                                         planes, r.view());
        };
        if (each.size() == 1) return pool(first, n, each[0]);
        for (int64_t p = first; p < first + n; ++p) pool(p, 1, each[static_cast<size_t>(p)]);
      });
    });
    target.finish();
  }
  static Grads backward(const Ctx& ctx, const Grads& grads, const Tensor& self, const Each& each) {
    return {pool_place(grads[0], ctx.output(1), self.sizes(), each[0].spatial)};
  }
};

}  // namespace

Tensor2 max_of_ranges(const Tensor& self, const std::vector<PoolRanges>& each) {
  auto out = run<MaxOfRanges>(self, each);
  return {out[0], out[1]};
}
Tensor2 max_of_ranges(const Tensor& self, const PoolRanges& all) {
  return max_of_ranges(self, std::vector<PoolRanges>{all});
}

}  // namespace nabla::ops
