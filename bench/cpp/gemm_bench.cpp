// Matrix products: GFLOP/s, per cent of the FMA peak measured beside each one, and two threads to
// one.
//   gemm_bench [part of a case's name]
#include <cstdio>

#include "bench.h"
#include "ops/gemm.h"
#include "parallel/parallel.h"

using namespace nabla;
using namespace nabla_bench;

namespace {

struct Case {
  const char* name;
  int64_t m, n, k;
  bool trans_a, trans_b;
};

constexpr Case kCases[] = {
    {"128 NN", 128, 128, 128, false, false},
    {"128 NT", 128, 128, 128, false, true},
    {"128 TN", 128, 128, 128, true, false},
    {"128 TT", 128, 128, 128, true, true},
    {"256 NN", 256, 256, 256, false, false},
    {"256 NT", 256, 256, 256, false, true},
    {"256 TN", 256, 256, 256, true, false},
    {"256 TT", 256, 256, 256, true, true},
    {"512 NN", 512, 512, 512, false, false},
    {"512 NT", 512, 512, 512, false, true},
    {"512 TN", 512, 512, 512, true, false},
    {"512 TT", 512, 512, 512, true, true},
    {"1024 NN", 1024, 1024, 1024, false, false},
    {"1024 NT", 1024, 1024, 1024, false, true},
    {"1024 TN", 1024, 1024, 1024, true, false},
    {"1024 TT", 1024, 1024, 1024, true, true},
    {"2048 NN", 2048, 2048, 2048, false, false},
    {"2048 NT", 2048, 2048, 2048, false, true},
    {"2048 TN", 2048, 2048, 2048, true, false},
    {"2048 TT", 2048, 2048, 2048, true, true},
    {"mlp1 fwd1", 1, 128, 784, false, true},
    {"mlp1 fwd2", 1, 64, 128, false, true},
    {"mlp1 fwd3", 1, 10, 64, false, true},
    {"mlp1 dW1", 128, 784, 1, true, false},
    {"mlp1 dX2", 1, 128, 64, false, false},
    {"mlp4 fwd1", 4, 128, 784, false, true},
    {"mlp4 fwd2", 4, 64, 128, false, true},
    {"mlp4 dW1", 128, 784, 4, true, false},
    {"mlp4 dX2", 4, 128, 64, false, false},
    {"mlp64 fwd1", 64, 128, 784, false, true},
    {"mlp64 fwd2", 64, 64, 128, false, true},
    {"mlp64 fwd3", 64, 10, 64, false, true},
    {"mlp64 dW1", 128, 784, 64, true, false},
    {"mlp64 dW2", 64, 128, 64, true, false},
    {"mlp64 dW3", 10, 64, 64, true, false},
    {"mlp64 dX2", 64, 128, 64, false, false},
    {"mlp64 dX3", 64, 64, 10, false, false},
    {"mlp256 fwd1", 256, 128, 784, false, true},
    {"mlp256 fwd2", 256, 64, 128, false, true},
    {"mlp256 fwd3", 256, 10, 64, false, true},
    {"mlp256 dW1", 128, 784, 256, true, false},
    {"mlp256 dW2", 64, 128, 256, true, false},
    {"mlp256 dX2", 256, 128, 64, false, false},
    {"2048x768x3072 NT", 2048, 768, 3072, false, true},
    {"64x20000x768 NT", 64, 20000, 768, false, true},
};

Tensor filled(int64_t count, int64_t period) {
  const Tensor t = empty(Dims{count}, DType::float32);
  float* p = t.data<float>();
  for (int64_t i = 0; i < count; ++i) p[i] = static_cast<float>(i % period) * 0.1f - 0.7f;
  return t;
}

void run_case(const Case& c) {
  // tensors, so that large operands lie in huge pages as those of a user do
  const Tensor left = filled(c.m * c.k, 17), right = filled(c.k * c.n, 13);
  const Tensor out = empty(Dims{c.m * c.n}, DType::float32);
  kernels::GemmArgs<float> g;
  g.m = c.m, g.n = c.n, g.k = c.k, g.trans_a = c.trans_a, g.trans_b = c.trans_b;
  g.a = left.data<float>(), g.b = right.data<float>(), g.c = out.data<float>();
  g.lda = c.trans_a ? c.m : c.k, g.ldb = c.trans_b ? c.k : c.n, g.ldc = c.n;
  const double flops = 2.0 * static_cast<double>(c.m * c.n * c.k);
  const int inner = static_cast<int>(std::clamp(300e-6 / (flops / 100e9), 1.0, 2000.0));
  auto seconds = [&](int threads) {
    set_num_threads(threads);
    ops::gemm(g);
    const double start = now();
    for (int i = 0; i < inner; ++i) ops::gemm(g);
    return (now() - start) / inner;
  };
  std::vector<double> one, share, gain;
  const double end = now() + 0.3;
  for (int i = 0; i < 5 || (now() < end && i < 200); ++i) {
    const double top = peak();
    one.push_back(seconds(1));
    share.push_back(flops / one.back() * 1e-9 / top * 100);
    gain.push_back(one.back() / seconds(2));
  }
  std::printf("%-18s %10.2f us %8.1f GFLOP/s %6.1f %% of peak  2 threads %5.2fx\n", c.name,
              median(one) * 1e6, flops / median(one) * 1e-9, median(share), median(gain));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  std::printf("instruction set %s\n", kernels::tables().isa);
  for (const Case& c : kCases)
    if (argc < 2 || std::strstr(c.name, argv[1]) != nullptr) run_case(c);
}
