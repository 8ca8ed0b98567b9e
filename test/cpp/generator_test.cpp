// The generator against numbers that PyTorch 2.13 (CPU) drew after manual_seed(7).
#include "core/generator.h"

#include <array>
#include <vector>

#include "check.h"
#include "kernels/tables.h"
#include "ops/random_fill.h"

using namespace nabla;

namespace {

// Value i of a buffer of any dtype.
double value(const void* data, DType dtype, int64_t i) {
  return dispatch(dtype, [&](auto zero) {
    using T = decltype(zero);
    return static_cast<double>(static_cast<const T*>(data)[i]);
  });
}

using Buffer = std::array<double, 64>;  // room for 64 elements of any dtype

struct Floating {
  DType dtype;
  double uniform[3];      // empty(3).uniform_(-0.3, 1.7)
  double normal5[5];      // empty(5).normal_(0.5, 2)
  double normal37[4];     // empty(37).normal_(0.5, 2) at 0, 20, 35, 36
  int64_t after_normal;   // randint(2^20) after that
  double exponential[3];  // empty(3).exponential_(1.5)
};
const Floating kFloating[] = {
    {DType::float32,
     {0x1.8a2922p-1, 0x1.8fcbb0p-4, 0x1.04b764p+0},
     {0x1.a6ba30p-3, 0x1.09408ep+1, 0x1.3262e6p+1, -0x1.ba8b4cp+0, 0x1.f0d7a0p+1},
     {-0x1.23e8acp+0, 0x1.cb352ep-1, -0x1.1e2430p+1, 0x1.31b234p-2},
     550083,
     {0x1.bf57dap-3, 0x1.b49c6cp-3, 0x1.521ee0p+0}},
    {DType::float64,
     {0x1.08f89b5985fddp-2, 0x1.faa6426dae94ap-3, 0x1.6c9772da00406p+0},
     {0x1.a6ba2f116bc80p-3, 0x1.09408e600d742p+1, 0x1.3262e6a5d16e8p+1, -0x1.ba8b4caf9e56cp+0,
      0x1.f0d79f26af9afp+1},
     {0x1.43dba34e94e5dp-1, 0x1.b51bc44dd094ap+1, 0x1.0c36530c770d8p+1, 0x1.dfbdd5b121ea7p+0},
     863811,
     {0x1.bf57d9f50ae0ap-3, 0x1.b49c6ca0fce22p-3, 0x1.521ee05a82bcep+0}},
    {DType::float16,
     {0x1.8a4000p-1, 0x1.8fc000p-4, 0x1.04c000p+0},
     {0x1.a6c000p-3, 0x1.094000p+1, 0x1.328000p+1, -0x1.ba8000p+0, 0x1.f0c000p+1},
     {-0x1.240000p+0, 0x1.cb4000p-1, 0x1.808000p+0, 0x1.054000p+0},
     828164,
     {0x1.bf4000p-3, 0x1.b48000p-3, 0x1.520000p+0}},
    {DType::bfloat16,
     {0x1.8a0000p-1, 0x1.900000p-4, 0x1.040000p+0},
     {0x1.a60000p-3, 0x1.0a0000p+1, 0x1.320000p+1, -0x1.ba0000p+0, 0x1.f00000p+1},
     {-0x1.240000p+0, 0x1.cc0000p-1, 0x1.800000p+0, 0x1.060000p+0},
     828164,
     {0x1.c00000p-3, 0x1.b40000p-3, 0x1.520000p+0}},
};

struct Random {
  DType dtype;
  int64_t random[3];  // empty(3).random_()
};
const Random kRandom[] = {
    {DType::float32, {8974492, 3335306, 11059538}},
    {DType::float64, {2516435200042024ll, 2465213813629881ll, 7765043079597394ll}},
    {DType::float16, {2016, 1873, 31}},
    {DType::bfloat16, {52, 217, 57}},
    {DType::int64, {1407639518939636932ll, 5163590386780219894ll, 8087222774582268115ll}},
    {DType::int32, {327741615, 976413892, 1202242073}},
    {DType::int16, {28847, 25796, 16921}},
    {DType::int8, {47, 68, 25}},
    {DType::uint8, {175, 196, 25}},
    {DType::bool_, {1, 0, 1}},
};

// A generator with a kept normal value, in the middle of a block: rand(1000), randn(3).
Generator used() {
  Generator g(7);
  std::vector<float> v(1000);
  ops::fill_uniform(v.data(), DType::float32, 1000, 0, 1, g);
  ops::fill_normal(v.data(), DType::float32, 3, 0, 1, false, g);
  return g;
}

std::array<std::byte, Generator::state_bytes> state_of(const Generator& g) {
  std::array<std::byte, Generator::state_bytes> state;
  g.get_state(state);
  return state;
}

}  // namespace

TEST(floating_draws) {
  for (const Floating& want : kFloating) {
    Buffer out;
    Generator g(7);
    ops::fill_uniform(out.data(), want.dtype, 3, -0.3, 1.7, g);
    for (int i = 0; i < 3; ++i) CHECK_EQ(value(out.data(), want.dtype, i), want.uniform[i]);
    g.manual_seed(7);
    ops::fill_normal(out.data(), want.dtype, 5, 0.5, 2, false, g);
    // log1p, sin and cos are the C library's: an ulp may differ between machines.
    for (int i = 0; i < 5; ++i)
      CHECK_NEAR(value(out.data(), want.dtype, i), want.normal5[i], 1e-15);
    g.manual_seed(7);
    ops::fill_normal(out.data(), want.dtype, 37, 0.5, 2, false, g);
    const int at[4] = {0, 20, 35, 36};
    const double tolerance = want.dtype == DType::float64 ? 1e-15 : 0;
    for (int i = 0; i < 4; ++i)
      CHECK_NEAR(value(out.data(), want.dtype, at[i]), want.normal37[i], tolerance);
    int64_t next;
    ops::fill_integers(&next, DType::int64, 1, 0, 1 << 20, g);
    CHECK_EQ(next, want.after_normal);
    g.manual_seed(7);
    ops::fill_exponential(out.data(), want.dtype, 3, 1.5, g);
    for (int i = 0; i < 3; ++i)
      CHECK_NEAR(value(out.data(), want.dtype, i), want.exponential[i], 1e-15);
  }
}

TEST(random_without_bounds) {
  for (const Random& want : kRandom) {
    Buffer out;
    Generator g(7);
    ops::fill_random(out.data(), want.dtype, 3, g);
    for (int i = 0; i < 3; ++i) CHECK_EQ(value(out.data(), want.dtype, i), double(want.random[i]));
  }
}

TEST(integers) {
  const auto draw = [](int64_t base, uint64_t range) {
    Generator g(7);
    std::vector<int64_t> out(3);
    ops::fill_integers(out.data(), DType::int64, 3, base, range, g);
    return out;
  };
  using V = std::vector<int64_t>;
  CHECK_TRUE((draw(-5, 1005) == V{55, 107, 416}));
  // 64 bits are taken from a range of 2^28 on.
  CHECK_TRUE((draw(-5, (1 << 28) - 1) == V{59306155, 171107522, 128500256}));
  CHECK_TRUE((draw(-5, 1 << 28) == V{171107519, 27798001, 174903502}));
  CHECK_TRUE((draw(INT64_MIN, UINT64_MAX) ==
              V{-7815732517915138876, 5163590386780219894, -1136149262272507693}));
  CHECK_TRUE(
      (draw(INT64_MIN, 0) == V{1407639518939636932, -4059781650074555914, 8087222774582268115}));
}

TEST(permutation) {
  Generator g(7);
  std::vector<int64_t> out(12);
  ops::fill_permutation(out.data(), DType::int64, 12, g);
  CHECK_TRUE((out == std::vector<int64_t>{3, 4, 0, 5, 7, 9, 11, 6, 8, 1, 10, 2}));
  ops::fill_permutation(out.data(), DType::int64, 0, g);
  ops::fill_permutation(out.data(), DType::int64, 1, g);
  CHECK_EQ(out[0], 0);
}

TEST(bernoulli) {
  Generator g(7);
  std::vector<float> out(20);
  ops::fill_bernoulli(out.data(), DType::float32, 20, 0.3, 2.5, g);
  const int want[20] = {1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 0};
  for (int i = 0; i < 20; ++i) CHECK_EQ(out[i], 2.5f * want[i]);
  for (double p : {0.0, 1.0}) {
    ops::fill_bernoulli(out.data(), DType::float32, 20, p, 1, g);
    for (float v : out) CHECK_EQ(v, float(p));
  }
  float p32[12];
  double p64[12];
  for (int i = 0; i < 12; ++i) p32[i] = float(p64[i] = i / 11.0);
  const int from32[12] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1};
  const int from64[12] = {0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1};
  uint8_t mask[12];
  g.manual_seed(7);
  ops::fill_bernoulli(mask, DType::uint8, 12, p32, false, g);
  for (int i = 0; i < 12; ++i) CHECK_EQ(int(mask[i]), from32[i]);
  g.manual_seed(7);
  ops::fill_bernoulli(mask, DType::uint8, 12, p64, true, g);
  for (int i = 0; i < 12; ++i) CHECK_EQ(int(mask[i]), from64[i]);
}

TEST(state_has_the_bytes_of_pytorch) {
  const auto state = state_of(used());
  uint64_t sum = 0;
  for (size_t i = 0; i < state.size(); ++i) sum += (i + 1) * uint64_t(state[i]);
  CHECK_EQ(sum, uint64_t(0x2fc2aaab));
}

TEST(state_round_trip) {
  Generator a = used();
  Generator b;
  b.set_state(state_of(a));
  CHECK_EQ(b.initial_seed(), uint64_t(7));
  CHECK_EQ(a.normal53(), b.normal53());
  for (int i = 0; i < 2000; ++i) CHECK_EQ(a.next64(), b.next64());
  Generator fresh(123), copy;
  copy.set_state(state_of(fresh));
  CHECK_EQ(fresh.next32(), copy.next32());
}

TEST(a_wrong_state_changes_nothing) {
  Generator g(7), h(7);
  auto state = state_of(Generator(1));
  CHECK_THROWS(g.set_state(std::span(state).first(100)), "5056");
  state[12] = std::byte(0);  // seeded
  CHECK_THROWS(g.set_state(state), "invalid mt19937 state");
  state = state_of(Generator(1));
  state[16] = std::byte(255);  // next
  state[17] = std::byte(255);
  CHECK_THROWS(g.set_state(state), "invalid mt19937 state");
  CHECK_EQ(g.next64(), h.next64());
}

TEST(seed_is_fresh) {
  Generator g;
  CHECK_EQ(g.initial_seed(), Generator::default_seed);
  const uint64_t a = g.seed(), b = g.seed();
  CHECK_TRUE(a != b);
  CHECK_TRUE(a < uint64_t(1) << 53);
  CHECK_EQ(g.initial_seed(), b);
}

// Chunks of draws must not show: one call for n numbers equals n calls for one.
TEST(bulk_equals_single) {
  Generator a(3), b(3);
  std::vector<uint32_t> bulk(5000);
  a.fill32(bulk.data(), 1);
  a.fill32(bulk.data() + 1, 4999);
  for (uint32_t v : bulk) CHECK_EQ(v, b.next32());
}
