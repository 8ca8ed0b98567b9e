// Pooling kernels against their plain twins: every window of a list, guard bands, ties and NaN, and
// gradients as the adjoints of the forward functions.
#include "kernels/ref/pool.h"

#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "kernels/tables.h"

using namespace nabla::kernels;
using nabla_test::Guarded;
using nabla_test::Numbers;

namespace {

const PoolFns<float>& fns(float) { return tables().pool.f32; }
const PoolFns<double>& fns(double) { return tables().pool.f64; }

constexpr int64_t kPlanes = 3;

PoolWindow window(std::vector<int64_t> in, std::vector<int64_t> kernel, std::vector<int64_t> stride,
                  std::vector<int64_t> padding, std::vector<int64_t> dilation, bool ceil) {
  PoolWindow w;
  for (size_t a = 0; a < 3; ++a) {
    w.in[a] = in[a];
    w.kernel[a] = kernel[a];
    w.stride[a] = stride[a];
    w.padding[a] = padding[a];
    w.dilation[a] = dilation[a];
    const int64_t room = in[a] + 2 * padding[a] - dilation[a] * (kernel[a] - 1) - 1;
    w.out[a] = (room + (ceil ? stride[a] - 1 : 0)) / stride[a] + 1;
    if (ceil && (w.out[a] - 1) * stride[a] >= in[a] + padding[a]) --w.out[a];
  }
  return w;
}

// Shapes that reach every path: halving with even and odd sizes, strides 1 to 4, padding on both
// sides, dilation, rows shorter and longer than vectors, hanging windows, volumes.
std::vector<PoolWindow> windows(bool dilated) {
  std::vector<PoolWindow> list;
  for (int64_t width : {2, 3, 5, 10, 16, 28, 31, 32, 33, 65, 130}) {
    list.push_back(window({1, 4, width}, {1, 2, 2}, {1, 2, 2}, {0, 0, 0}, {1, 1, 1}, false));
    list.push_back(window({1, 5, width}, {1, 2, 2}, {1, 2, 2}, {0, 0, 0}, {1, 1, 1}, true));
    list.push_back(window({1, 5, width}, {1, 3, 2}, {1, 2, 2}, {0, 1, 1}, {1, 1, 1}, false));
    list.push_back(window({1, 1, width}, {1, 1, 2}, {1, 1, 1}, {0, 0, 1}, {1, 1, 1}, false));
    list.push_back(window({2, 3, width}, {2, 2, 2}, {1, 2, 4}, {1, 1, 1}, {1, 1, 1}, true));
    if (width < 5) continue;
    list.push_back(window({1, 7, width}, {1, 3, 3}, {1, 2, 2}, {0, 1, 1}, {1, 1, 1}, false));
    list.push_back(window({1, 6, width}, {1, 3, 3}, {1, 1, 1}, {0, 1, 1}, {1, 1, 1}, false));
    list.push_back(window({3, 6, width}, {3, 3, 5}, {2, 3, 3}, {1, 1, 2}, {1, 1, 1}, true));
    list.push_back(window({1, 6, width}, {1, 6, width}, {1, 1, 1}, {0, 0, 0}, {1, 1, 1}, false));
    if (!dilated) continue;
    list.push_back(window({1, 7, width}, {1, 3, 2}, {1, 1, 1}, {0, 1, 1}, {1, 2, 3}, false));
    list.push_back(window({1, 7, width}, {1, 2, 3}, {1, 1, 2}, {0, 1, 1}, {1, 3, 2}, true));
  }
  return list;
}

int64_t inputs(const PoolWindow& w) { return w.in[0] * w.in[1] * w.in[2]; }
int64_t outputs(const PoolWindow& w) { return w.out[0] * w.out[1] * w.out[2]; }

// Numbers with many ties, some NaN and infinities.
template <class T>
std::vector<T> tied(Numbers& numbers, int64_t n, bool special) {
  std::vector<T> x = numbers.vector<T>(n, 4);
  for (T& v : x) {
    v = std::floor(v);
    if (special && v == 3) v = std::numeric_limits<T>::quiet_NaN();
    if (special && v == 2) v = std::numeric_limits<T>::infinity();
    if (special && v < -2) v = -std::numeric_limits<T>::infinity();
  }
  return x;
}

template <class T>
void check_max(bool special) {
  Numbers numbers(11);
  for (const PoolWindow& w : windows(true)) {
    const int64_t in = inputs(w), out = outputs(w), elements = kPlanes * out;
    const auto x = tied<T>(numbers, kPlanes * in, special);
    std::vector<T> want(static_cast<size_t>(elements));
    std::vector<int64_t> number(want.size()), place(want.size());
    for (int64_t p = 0; p < kPlanes; ++p)
      ref::max_pool(want.data() + p * out, number.data() + p * out, place.data() + p * out,
                    x.data() + p * in, w);
    Guarded<T> y(elements), indexed(elements), alone(elements);
    Guarded<uint8_t> winner(elements);
    Guarded<int64_t> index(elements);
    const bool bytes = w.kernel[0] * w.kernel[1] * w.kernel[2] <= 256;
    fns(T()).max(alone.data(), nullptr, x.data(), kPlanes, w);
    if (bytes) fns(T()).max(y.data(), winner.data(), x.data(), kPlanes, w);
    fns(T()).max_index(indexed.data(), index.data(), x.data(), kPlanes, w);
    CHECK_TRUE(y.intact() && winner.intact() && indexed.intact() && index.intact() &&
               alone.intact());
    for (int64_t i = 0; i < elements; ++i) {
      const size_t k = static_cast<size_t>(i);
      CHECK_NEAR(alone[i], want[k], 0);
      CHECK_NEAR(indexed[i], want[k], 0);
      CHECK_EQ(index[i], place[k]);
      if (!bytes) continue;
      CHECK_NEAR(y[i], want[k], 0);
      CHECK_EQ(static_cast<int64_t>(winner[i]), number[k]);
    }
    if (!bytes) continue;
    Guarded<int64_t> found(elements);
    tables().pool.index_of(found.data(), winner.data(), kPlanes, w);
    CHECK_TRUE(found.intact());
    for (int64_t i = 0; i < elements; ++i) CHECK_EQ(found[i], index[i]);
    // What the winners say about gradients.
    const auto dy = numbers.vector<T>(elements);
    const auto v = numbers.vector<T>(kPlanes * in);
    std::vector<double> sum(static_cast<size_t>(kPlanes * in));
    Guarded<T> dx(kPlanes * in), taken(elements);
    fns(T()).max_grad(dx.data(), dy.data(), winner.data(), kPlanes, w);
    fns(T()).max_take(taken.data(), v.data(), winner.data(), kPlanes, w);
    CHECK_TRUE(dx.intact() && taken.intact());
    for (int64_t i = 0; i < elements; ++i) {
      const size_t at = static_cast<size_t>(i / out * in + place[static_cast<size_t>(i)]);
      sum[at] += static_cast<double>(dy[static_cast<size_t>(i)]);
      CHECK_EQ(taken[i], v[at]);
    }
    for (int64_t i = 0; i < kPlanes * in; ++i)
      CHECK_NEAR(dx[i], sum[static_cast<size_t>(i)], 16 * std::numeric_limits<T>::epsilon());
  }
}

template <class T>
void check_avg() {
  Numbers numbers(12);
  const double eps = 64 * std::numeric_limits<T>::epsilon();
  for (const PoolWindow& w : windows(false)) {
    const int64_t in = inputs(w), out = outputs(w);
    const auto x = numbers.vector<T>(kPlanes * in), dy = numbers.vector<T>(kPlanes * out);
    for (const PoolDivisor& d :
         {PoolDivisor{0, true}, PoolDivisor{0, false}, PoolDivisor{3, true}}) {
      std::vector<T> want(static_cast<size_t>(kPlanes * out));
      for (int64_t p = 0; p < kPlanes; ++p)
        ref::avg_pool(want.data() + p * out, x.data() + p * in, w, d);
      Guarded<T> y(kPlanes * out), dx(kPlanes * in);
      fns(T()).avg(y.data(), x.data(), kPlanes, w, d);
      fns(T()).avg_grad(dx.data(), dy.data(), kPlanes, w, d);
      CHECK_TRUE(y.intact() && dx.intact());
      for (int64_t i = 0; i < kPlanes * out; ++i)
        CHECK_NEAR(y[i], want[static_cast<size_t>(i)], eps);
      // Linear in one element of x at a time: dx[j] = sum over outputs of dy * y(unit vector j).
      std::vector<T> unit(static_cast<size_t>(in)), one(static_cast<size_t>(out));
      for (int64_t j = 0; j < in; j += 1 + in / 16) {
        unit[static_cast<size_t>(j)] = 1;
        ref::avg_pool(one.data(), unit.data(), w, d);
        unit[static_cast<size_t>(j)] = 0;
        for (int64_t p = 0; p < kPlanes; ++p) {
          double sum = 0;
          for (int64_t o = 0; o < out; ++o)
            sum += static_cast<double>(one[static_cast<size_t>(o)]) *
                   static_cast<double>(dy[static_cast<size_t>(p * out + o)]);
          CHECK_NEAR(dx[p * in + j], sum, eps);
        }
      }
    }
  }
}

// Ranges that say the same as a window without padding and dilation.
template <class T>
void check_ranges() {
  Numbers numbers(13);
  for (const PoolWindow& w : windows(false)) {
    if (w.padding[0] + w.padding[1] + w.padding[2] != 0) continue;
    std::vector<int64_t> first[3], last[3];
    PoolRanges r;
    for (int a = 0; a < 3; ++a) {
      for (int64_t i = 0; i < w.out[a]; ++i) {
        first[a].push_back(i * w.stride[a]);
        last[a].push_back(std::min(w.in[a], i * w.stride[a] + w.kernel[a]));
      }
      r.in[a] = w.in[a];
      r.out[a] = w.out[a];
      r.first[a] = first[a].data();
      r.last[a] = last[a].data();
    }
    const int64_t in = inputs(w), out = outputs(w);
    const auto x = tied<T>(numbers, kPlanes * in, true), dy = numbers.vector<T>(kPlanes * out);
    const auto plain = numbers.vector<T>(kPlanes * in);
    Guarded<T> y(kPlanes * out), want(kPlanes * out), dx(kPlanes * in), grad(kPlanes * in);
    Guarded<int64_t> index(kPlanes * out), place(kPlanes * out);
    fns(T()).max_index(want.data(), place.data(), x.data(), kPlanes, w);
    fns(T()).max_ranges(y.data(), index.data(), x.data(), kPlanes, r);
    CHECK_TRUE(y.intact() && index.intact());
    for (int64_t i = 0; i < kPlanes * out; ++i) {
      CHECK_NEAR(y[i], want[i], 0);
      CHECK_EQ(index[i], place[i]);
    }
    const double eps = 16 * std::numeric_limits<T>::epsilon();
    const PoolDivisor inside = {0, false};
    fns(T()).avg(want.data(), plain.data(), kPlanes, w, inside);
    fns(T()).avg_ranges(y.data(), plain.data(), kPlanes, r);
    fns(T()).avg_grad(grad.data(), dy.data(), kPlanes, w, inside);
    fns(T()).avg_ranges_grad(dx.data(), dy.data(), kPlanes, r);
    CHECK_TRUE(y.intact() && dx.intact());
    for (int64_t i = 0; i < kPlanes * out; ++i) CHECK_NEAR(y[i], want[i], eps);
    for (int64_t i = 0; i < kPlanes * in; ++i) CHECK_NEAR(dx[i], grad[i], eps);
  }
}

}  // namespace

TEST(max_f32) { check_max<float>(false); }
TEST(max_f64) { check_max<double>(false); }
TEST(max_of_special_values) {
  check_max<float>(true);
  check_max<double>(true);
}
TEST(avg_f32) { check_avg<float>(); }
TEST(avg_f64) { check_avg<double>(); }
TEST(ranges) {
  check_ranges<float>();
  check_ranges<double>();
}
TEST(integers) {
  const PoolWindow w = window({1, 3, 5}, {1, 2, 2}, {1, 1, 2}, {0, 0, 1}, {1, 1, 1}, false);
  std::vector<int64_t> x(15), y(6), index(6);
  for (size_t i = 0; i < x.size(); ++i) x[i] = static_cast<int64_t>(i * 7 % 15) - 9;
  tables().pool.max_index_i64(y.data(), index.data(), x.data(), 1, w);
  for (size_t i = 0; i < y.size(); ++i) CHECK_EQ(y[i], x[static_cast<size_t>(index[i])]);
  tables().pool.avg_i64(y.data(), x.data(), 1, w, {});
  CHECK_EQ(y[0], (x[0] + x[5]) / 4);
  CHECK_EQ(y[1], (x[1] + x[2] + x[6] + x[7]) / 4);
}
