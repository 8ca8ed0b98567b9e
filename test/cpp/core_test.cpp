#include <cmath>
#include <cstring>
#include <limits>
#include <thread>

#include "check.h"
#include "core/allocator.h"
#include "core/tensor.h"

using namespace nabla;

namespace {
template <class F>
ErrorKind kind_of_failure(F&& f) {
  try {
    f();
  } catch (const Error& e) {
    return e.kind();
  }
  return ErrorKind::internal;
}
}  // namespace

TEST(half_round_trips_and_rounds_to_even) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    auto h = static_cast<uint16_t>(bits);
    float f = half_to_float(h);
    if (std::isnan(f))
      CHECK_TRUE(std::isnan(half_to_float(float_to_half(f))));
    else
      CHECK_EQ(float_to_half(f), h);
  }
  // halfway cases between neighbours go to the even one, others to the nearer
  for (uint32_t bits = 0; bits < 0x7bff; ++bits) {
    double a = half_to_float(static_cast<uint16_t>(bits));
    double b = half_to_float(static_cast<uint16_t>(bits + 1));
    auto middle = static_cast<float>((a + b) / 2);
    CHECK_EQ(float_to_half(middle), (bits & 1) ? bits + 1 : bits);
    CHECK_EQ(float_to_half(std::nextafter(middle, 1e9f)), bits + 1);
    CHECK_EQ(float_to_half(std::nextafter(middle, 0.0f)), bits);
  }
  CHECK_EQ(float_to_half(65519.0f), 0x7bff);
  CHECK_EQ(float_to_half(65520.0f), 0x7c00);
}

TEST(bfloat16_rounds_to_even) {
  CHECK_EQ(float_to_bfloat16(1.0f), 0x3f80);
  CHECK_EQ(float_to_bfloat16(std::bit_cast<float>(0x3f808000u)), 0x3f80);
  CHECK_EQ(float_to_bfloat16(std::bit_cast<float>(0x3f818000u)), 0x3f82);
  CHECK_EQ(float_to_bfloat16(std::numeric_limits<float>::max()), 0x7f80);
  CHECK_EQ(float_to_bfloat16(std::nanf("")), 0x7fc0);
}

TEST(promotion_is_symmetric_and_keeps_the_category) {
  for (int a = 0; a < dtype_count; ++a)
    for (int b = 0; b < dtype_count; ++b) {
      auto x = static_cast<DType>(a), y = static_cast<DType>(b);
      CHECK_TRUE(promote_types(x, y) == promote_types(y, x));
      CHECK_EQ(category(promote_types(x, y)), std::max(category(x), category(y)));
    }
  CHECK_TRUE(promote_types(DType::uint8, DType::int8) == DType::int16);
  CHECK_TRUE(promote_types(DType::float16, DType::bfloat16) == DType::float32);
  CHECK_TRUE(promote_types(DType::int64, DType::float16) == DType::float16);
}

TEST(shapes_broadcast_or_say_why_not) {
  CHECK_TRUE(equal(broadcast_shapes(Dims{3, 1}, Dims{2, 1, 4}), Dims{2, 3, 4}));
  CHECK_TRUE(equal(broadcast_shapes(Dims{}, Dims{0}), Dims{0}));
  CHECK_TRUE(kind_of_failure([] { broadcast_shapes(Dims{3}, Dims{4}); }) == ErrorKind::range);
}

TEST(sizes_that_overflow_throw_before_memory_is_touched) {
  auto before = allocator_stats().allocations;
  CHECK_TRUE(kind_of_failure([] {
               empty(Dims{1ll << 40, 1ll << 40}, DType::float32);
             }) == ErrorKind::range);
  CHECK_TRUE(kind_of_failure([] {
               empty(Dims{(1ll << 61) + 1, 4}, DType::float64);
             }) == ErrorKind::range);
  CHECK_TRUE(kind_of_failure([] { empty(Dims{-1}, DType::float32); }) == ErrorKind::range);
  CHECK_TRUE(kind_of_failure([] { empty(Dims{1ll << 43}, DType::float32); }) == ErrorKind::range);
  CHECK_EQ(allocator_stats().allocations, before);
  CHECK_EQ(empty(Dims{1ll << 40, 0, 1ll << 40}, DType::float32).numel(), 0);
}

TEST(blocks_are_aligned_reused_and_given_back) {
  int64_t before = allocator_stats().allocated;
  for (size_t bytes : {1ul, 64ul, 65ul, 1000ul, 4097ul, 1ul << 20, (3ul << 20) + 5}) {
    size_t capacity = 0;
    void* p = allocate(bytes, &capacity);
    CHECK_EQ(reinterpret_cast<uintptr_t>(p) % 64, 0u);
    CHECK_TRUE(capacity >= bytes && capacity <= std::max<size_t>(bytes + bytes / 4, 64));
    std::memset(p, 0xab, capacity);
    deallocate(p, capacity);
    size_t again_capacity = 0;
    void* again = allocate(bytes, &again_capacity);
    CHECK_TRUE(again == p);
    deallocate(again, again_capacity);
  }
  CHECK_EQ(allocator_stats().allocated, before);
  empty_cache();
  CHECK_EQ(allocator_stats().cached, 0);
}

TEST(blocks_may_be_freed_on_another_thread) {
  for (int round = 0; round < 20; ++round) {
    Tensor t = empty(Dims{1000}, DType::float32);
    std::thread([moved = std::move(t)]() mutable { moved.reset(); }).join();
  }
  empty_cache();
  CHECK_EQ(allocator_stats().cached, 0);
}

TEST(geometry) {
  Tensor t = empty(Dims{2, 3, 4}, DType::float32);
  CHECK_TRUE(t.is_contiguous() && t.stride(0) == 12 && t.numel() == 24);
  Tensor turned = alias(t, Dims{4, 3, 2}, Dims{1, 4, 12}, 0);
  CHECK_TRUE(!turned.is_contiguous() && is_non_overlapping(turned.sizes(), turned.strides()));
  Tensor wide = alias(t, Dims{5, 24}, Dims{0, 1}, 0);
  CHECK_TRUE(!is_non_overlapping(wide.sizes(), wide.strides()));
  CHECK_TRUE(alias(t, Dims{1, 24, 1}, Dims{99, 1, 7}, 0).is_contiguous());
  CHECK_EQ(reach(Dims{2, 3}, Dims{10, 2}), 15);
  CHECK_EQ(reach(Dims{2, 0}, Dims{10, 2}), 0);
}
