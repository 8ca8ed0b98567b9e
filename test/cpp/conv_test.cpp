// The general path of convolution and the chooser against the sums as they are defined.
#include "kernels/ref/conv.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "check.h"
#include "kernel_data.h"
#include "ops/conv3d.h"
#include "ops/conv_general.h"
#include "parallel/parallel.h"

using namespace nabla::ops;
using nabla_test::Guarded;
using nabla_test::Numbers;
namespace ref = nabla::kernels::ref;

namespace {

int64_t out_size(int64_t in, int64_t k, int64_t stride, int64_t pad, int64_t dil) {
  return (in + 2 * pad - dil * (k - 1) - 1) / stride + 1;
}

// n, groups, in_c, in_h, in_w, out_c, k_h, k_w, stride_h, stride_w, pad_h, pad_w, dil_h, dil_w
Conv3d plane(int64_t n, int64_t groups, int64_t in_c, int64_t h, int64_t w, int64_t out_c,
             int64_t k_h, int64_t k_w, int64_t s_h = 1, int64_t s_w = 1, int64_t p_h = 0,
             int64_t p_w = 0, int64_t d_h = 1, int64_t d_w = 1) {
  Conv3d p{};
  p.n = n, p.groups = groups, p.in_c = in_c, p.in_h = h, p.in_w = w, p.out_c = out_c;
  p.k_h = k_h, p.k_w = k_w, p.stride_h = s_h, p.stride_w = s_w;
  p.pad_h = p_h, p.pad_w = p_w, p.dil_h = d_h, p.dil_w = d_w;
  p.out_h = out_size(h, k_h, s_h, p_h, d_h);
  p.out_w = out_size(w, k_w, s_w, p_w, d_w);
  return p;
}
Conv3d volume(Conv3d p, int64_t d, int64_t k_d, int64_t s_d = 1, int64_t p_d = 0, int64_t d_d = 1) {
  p.in_d = d, p.k_d = k_d, p.stride_d = s_d, p.pad_d = p_d, p.dil_d = d_d;
  p.out_d = out_size(d, k_d, s_d, p_d, d_d);
  return p;
}

std::vector<Conv3d> problems() {
  std::vector<Conv3d> all = {
      plane(1, 1, 1, 1, 1, 1, 1, 1),
      plane(2, 1, 3, 8, 7, 4, 3, 3),
      plane(2, 1, 3, 8, 7, 4, 3, 2, 1, 1, 1, 1),
      plane(3, 1, 3, 32, 32, 6, 5, 5),
      plane(2, 1, 6, 14, 14, 16, 5, 5),
      plane(1, 2, 4, 9, 11, 6, 3, 3, 2, 2, 1, 1),
      plane(2, 4, 4, 7, 7, 4, 3, 3, 1, 1, 1, 1),
      plane(2, 4, 4, 7, 7, 8, 3, 3, 2, 1, 1, 1),
      plane(1, 1, 2, 13, 12, 3, 3, 3, 1, 1, 2, 2, 2, 2),
      plane(1, 1, 2, 13, 12, 3, 2, 4, 3, 2, 3, 5, 2, 3),
      plane(2, 1, 17, 6, 6, 19, 1, 1),
      plane(2, 1, 17, 6, 6, 19, 1, 1, 2, 2),
      plane(1, 3, 9, 5, 5, 6, 1, 1),
      plane(5, 1, 9, 4, 3, 6, 4, 3),
      plane(7, 2, 6, 9, 9, 8, 4, 4, 2, 2, 1, 1),
      plane(3, 1, 128, 6, 5, 136, 4, 4, 2, 2, 1, 1),
      plane(3, 1, 20, 1, 1, 24, 1, 1),
      plane(11, 1, 40, 7, 7, 33, 1, 1),
      plane(3, 2, 40, 5, 4, 48, 1, 1),
      plane(2, 2, 64, 16, 12, 64, 1, 1),
      plane(1, 1, 3, 1, 3000, 4, 1, 7, 1, 2, 0, 3),
      plane(1, 1, 2, 5, 5, 2, 7, 7, 1, 1, 4, 4),
      plane(1, 1, 1, 4, 4, 1, 2, 2, 5, 5, 3, 3),
      plane(1, 1, 40, 30, 30, 24, 3, 3, 1, 1, 1, 1),
      plane(1, 1, 3, 40, 40, 8, 7, 7, 2, 2, 3, 3),
      volume(plane(2, 1, 2, 5, 6, 3, 3, 2, 1, 1, 1, 0), 4, 3),
      volume(plane(1, 2, 4, 6, 6, 4, 2, 3, 2, 1, 1, 1), 7, 3, 2, 2, 2),
      volume(plane(1, 1, 3, 4, 4, 2, 1, 1), 3, 1),
      volume(plane(2, 1, 5, 24, 24, 6, 3, 3, 1, 1, 1, 1), 5, 3, 1, 1),
  };
  // As padding 'same' with an even kernel: more is read on the right than on the left.
  Conv3d same = plane(2, 1, 3, 8, 9, 4, 2, 4, 1, 1, 0, 1);
  same.out_h = 8;
  same.out_w = 9;
  all.push_back(same);
  return all;
}

// Whatever is added up has magnitudes up to 1, so the error grows with the square root of the
// number of terms at most; the transforms of Winograd's method add some to that.
template <class T>
double tolerance(int64_t terms) {
  return 4 * std::numeric_limits<T>::epsilon() * (32 + static_cast<double>(terms) / 2);
}

bool is_plane(const Conv3d& p) { return p.in_d == 1 && p.k_d == 1 && p.out_d == 1; }

template <class T>
void forward(const Conv3d& p, const T* x, const T* w, const T* b, T* y, bool chosen) {
  if (chosen && is_plane(p))
    conv2d_forward(p, x, w, b, y);
  else if (chosen)
    conv3d_forward(p, x, w, b, y);
  else
    conv_general_forward(p, x, w, b, y);
}
template <class T>
void grad_input(const Conv3d& p, const T* dy, const T* w, T* dx, bool chosen) {
  if (chosen && is_plane(p))
    conv2d_grad_input(p, dy, w, dx);
  else if (chosen)
    conv3d_grad_input(p, dy, w, dx);
  else
    conv_general_grad_input(p, dy, w, dx);
}
template <class T>
void grad_weight(const Conv3d& p, const T* x, const T* dy, T* dw, T* db, bool chosen) {
  if (chosen && is_plane(p)) return conv2d_grad_weight(p, x, dy, dw, db);
  if (chosen)
    conv3d_grad_weight(p, x, dy, dw);
  else
    conv_general_grad_weight(p, x, dy, dw);
  conv_grad_bias(p.n, p.out_c, p.positions(), dy, db);
}

template <class T>
void check_close(Guarded<T>& got, const std::vector<T>& want, int64_t terms, const char* what,
                 const Conv3d& p) {
  CHECK_TRUE(got.intact());
  for (size_t i = 0; i < want.size(); ++i) {
    const double a = got[static_cast<int64_t>(i)], b = want[i];
    if (std::fabs(a - b) <= tolerance<T>(terms)) continue;
    std::ostringstream text;
    text << what << " of " << p.in_c << "x" << p.in_h << "x" << p.in_w << " -> " << p.out_c << " k "
         << p.k_h << "x" << p.k_w << " n " << p.n << " groups " << p.groups << " stride "
         << p.stride_h << "x" << p.stride_w << " pad " << p.pad_h << "x" << p.pad_w << " dil "
         << p.dil_h << "x" << p.dil_w << " out " << p.out_h << "x" << p.out_w << ": element " << i
         << " is " << a << " and not " << b;
    nabla_test::fail(__FILE__, __LINE__, text.str());
    return;
  }
}

template <class T>
void check(const Conv3d& p, bool chosen) {
  Numbers numbers(7);
  const int64_t weights = p.out_c * (p.in_c / p.groups) * p.taps();
  const int64_t inputs = p.n * p.in_c * p.in_size(), outputs = p.n * p.out_c * p.positions();
  const auto x = numbers.vector<T>(inputs), w = numbers.vector<T>(weights);
  const auto b = numbers.vector<T>(p.out_c), dy = numbers.vector<T>(outputs);
  const int64_t depth = p.in_c / p.groups * p.taps();

  for (const T* bias : {b.data(), static_cast<const T*>(nullptr)}) {
    Guarded<T> y(outputs);
    std::vector<T> want(dy.size());
    ref::conv_forward(p, x.data(), w.data(), bias, want.data());
    forward(p, x.data(), w.data(), bias, y.data(), chosen);
    check_close(y, want, depth, "forward", p);
  }
  Guarded<T> dx(inputs);
  std::vector<T> want_dx(x.size());
  ref::conv_grad_input(p, dy.data(), w.data(), want_dx.data());
  grad_input(p, dy.data(), w.data(), dx.data(), chosen);
  check_close(dx, want_dx, p.out_c / p.groups * p.taps(), "gradient of the input", p);

  Guarded<T> dw(weights), db(p.out_c);
  std::vector<T> want_dw(w.size()), want_db(b.size());
  ref::conv_grad_weight(p, x.data(), dy.data(), want_dw.data(), want_db.data());
  grad_weight(p, x.data(), dy.data(), dw.data(), db.data(), chosen);
  check_close(dw, want_dw, p.n * p.positions(), "gradient of the weight", p);
  check_close(db, want_db, p.n * p.positions(), "gradient of the bias", p);
}

template <class T>
void check_all() {
  for (const Conv3d& p : problems()) {
    check<T>(p, false);
    check<T>(p, true);
  }
}

}  // namespace

TEST(all_passes_f32) { check_all<float>(); }
TEST(all_passes_f64) { check_all<double>(); }

// Shapes that nobody thought of, through whatever path takes them.
TEST(random_shapes) {
  Numbers numbers(11);
  const auto pick = [&](std::initializer_list<int64_t> of) {
    const auto at = static_cast<size_t>((numbers.next() + 1) / 2 * static_cast<double>(of.size()));
    return of.begin()[at];
  };
  for (int count = 0; count < 200; ++count) {
    const int64_t groups = pick({1, 1, 1, 2, 3, 8});
    const int64_t in_c = groups * pick({1, 1, 2, 3, 8, 17, 32});
    const int64_t out_c = groups * pick({1, 2, 3, 7, 16, 20, 33});
    const int64_t h = pick({1, 2, 5, 7, 8, 14, 19, 28}), w = pick({1, 3, 5, 7, 9, 16, 30, 41});
    const int64_t k_h = pick({1, 1, 2, 3, 3, 3, 5, 7}), k_w = pick({1, k_h, k_h, k_h, 3, 4});
    const int64_t s_h = pick({1, 1, 1, 2, 3}), s_w = pick({1, s_h, s_h, 2, 4});
    const int64_t d_h = pick({1, 1, 1, 2}), d_w = pick({1, d_h, d_h, 3});
    const int64_t p_h = pick({0, 0, 1, k_h / 2, k_h, 2 * k_h}),
                  p_w = pick({0, p_h, p_h, k_w / 2, 3});
    Conv3d p = plane(pick({1, 1, 2, 5}), groups, in_c, h, w, out_c, k_h, k_w, s_h, s_w, p_h, p_w,
                     d_h, d_w);
    if (h + 2 * p_h <= d_h * (k_h - 1) || w + 2 * p_w <= d_w * (k_w - 1)) continue;
    // less or, as padding 'same' does, more than the whole may be asked for
    p.out_h = std::max<int64_t>(1, p.out_h + pick({0, 0, 0, 0, -1, 1}));
    p.out_w = std::max<int64_t>(1, p.out_w + pick({0, 0, 0, 0, -2, 1}));
    const int64_t products = p.n * out_c * p.positions() * in_c / groups * p.taps();
    if (products < 1000000) check<float>(p, true);
  }
}

// Bitwise the same for one thread and for several.
TEST(threads_do_not_change_results) {
  const int before = nabla::num_threads();
  for (const Conv3d& p :
       {plane(4, 1, 16, 20, 20, 24, 3, 3, 1, 1, 1, 1),
        plane(1, 1, 48, 24, 24, 32, 3, 3, 1, 1, 1, 1), plane(2, 1, 64, 20, 20, 64, 1, 1)}) {
    Numbers numbers(3);
    const auto x = numbers.vector<float>(p.n * p.in_c * p.in_size());
    const auto w = numbers.vector<float>(p.out_c * p.in_c * p.taps());
    const auto dy = numbers.vector<float>(p.n * p.out_c * p.positions());
    std::vector<std::vector<float>> results;
    for (int threads : {1, 3}) {
      nabla::set_num_threads(threads);
      for (bool chosen : {false, true}) {
        std::vector<float> y(dy.size()), dx(x.size()), dw(w.size()),
            db(static_cast<size_t>(p.out_c));
        forward(p, x.data(), w.data(), static_cast<const float*>(nullptr), y.data(), chosen);
        grad_input(p, dy.data(), w.data(), dx.data(), chosen);
        grad_weight(p, x.data(), dy.data(), dw.data(), db.data(), chosen);
        for (auto* v : {&y, &dx, &dw, &db}) results.push_back(std::move(*v));
      }
    }
    for (size_t i = 0; i < results.size() / 2; ++i)
      CHECK_TRUE(results[i] == results[results.size() / 2 + i]);
  }
  nabla::set_num_threads(before);
}
