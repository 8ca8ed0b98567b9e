#pragma once
// What the vec tests share: headers that must come before the target switch, and the switch itself.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>

#if defined(__GNUC__) && !defined(__clang__)
// gcc 12 warns about its own AVX-512 header.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#define NABLA_STRING_(x) #x
#define NABLA_STRING(x) NABLA_STRING_(x)
#define NABLA_PRAGMA(x) _Pragma(#x)
#if defined(__clang__)
#define NABLA_TARGET(t) \
  NABLA_PRAGMA(clang attribute push(__attribute__((target(t))), apply_to = function))
#define NABLA_TARGET_END _Pragma("clang attribute pop")
#else
#define NABLA_TARGET(t) _Pragma("GCC push_options") NABLA_PRAGMA(GCC target(t))
#define NABLA_TARGET_END _Pragma("GCC pop_options")
#endif

[[maybe_unused]] static int not_here(const char* isa) {
  std::printf("vec %s: this CPU does not have it\n", isa);
  return 0;
}
