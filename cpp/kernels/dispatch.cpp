// Fills the kernel tables: first baseline, then every better instruction set that the CPU, the OS
// and NABLA_ISA allow.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "kernels/tables.h"

#if defined(__x86_64__)
#include <cpuid.h>
#define NABLA_FOR_EACH_ISA(F) F(baseline) F(avx2) F(avx512)
#elif defined(__aarch64__)
#define NABLA_FOR_EACH_ISA(F) F(baseline) F(neon)
#else
#define NABLA_FOR_EACH_ISA(F) F(baseline)
#endif

namespace nabla::kernels {

#define NABLA_DECLARE(Type, name) void fill_##name(Type##Table& table);
#define NABLA_DECLARE_ISA(isa)         \
  namespace isa {                      \
  NABLA_KERNEL_FAMILIES(NABLA_DECLARE) \
  }
NABLA_FOR_EACH_ISA(NABLA_DECLARE_ISA)
#undef NABLA_DECLARE_ISA
#undef NABLA_DECLARE

namespace {

enum class Isa { baseline, avx2, avx512, neon };

bool machine_has(Isa isa) {
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (isa == Isa::baseline) return true;
  if (isa == Isa::neon || !__get_cpuid(1, &a, &b, &c, &d)) return false;
  constexpr unsigned kFma = 1u << 12, kOsxsave = 1u << 27, kAvx = 1u << 28, kF16c = 1u << 29;
  constexpr unsigned kLeaf1 = kFma | kOsxsave | kAvx | kF16c;
  if ((c & kLeaf1) != kLeaf1) return false;
  // The OS must save the wide registers: bits 1-2 of XCR0 are xmm and ymm, 5-7 the AVX-512 state.
  unsigned xcr0 = 0, high = 0;
  __asm__ volatile("xgetbv" : "=a"(xcr0), "=d"(high) : "c"(0));
  if ((xcr0 & 0x6) != 0x6 || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  if (!(b & (1u << 5))) return false;  // avx2
  if (isa == Isa::avx2) return true;
  constexpr unsigned kAvx512 = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;  // f, dq, bw, vl
  return (xcr0 & 0xE0) == 0xE0 && (b & kAvx512) == kAvx512;
#else
  return isa == Isa::baseline || isa == Isa::neon;
#endif
}

constexpr const char* kNames[] = {"baseline", "avx2", "avx512", "neon"};

char g_error[160];

// The cap as an index into kNames; 3 (no cap) when NABLA_ISA is unset or empty. baseline < avx2 <
// avx512; neon is no x86 name, so on x86 it caps at baseline, as avx2 does on arm64.
int isa_cap() {
  const char* wanted = std::getenv("NABLA_ISA");
  if (wanted == nullptr || *wanted == '\0') return -1;
  for (int i = 0; i < 4; ++i)
    if (std::strcmp(wanted, kNames[i]) == 0) return i;
  std::snprintf(
      g_error, sizeof g_error,
      "NABLA_ISA: unknown instruction set '%.40s'; known are baseline, avx2, avx512, neon", wanted);
  return -1;
}

bool allowed(Isa isa, int cap) {
  if (isa == Isa::baseline || cap < 0) return true;
  const int neon = static_cast<int>(Isa::neon), i = static_cast<int>(isa);
  return (i == neon) == (cap == neon) && i <= cap;
}

Tables make_tables() {
  Tables t{};
  const int cap = isa_cap();
#define NABLA_FILL(Type, name) fill_##name(t.name);
#define NABLA_FILL_ISA(isa_name)                                   \
  if (machine_has(Isa::isa_name) && allowed(Isa::isa_name, cap)) { \
    using namespace isa_name;                                      \
    NABLA_KERNEL_FAMILIES(NABLA_FILL)                              \
    t.isa = #isa_name;                                             \
  }
  NABLA_FOR_EACH_ISA(NABLA_FILL_ISA)
#undef NABLA_FILL_ISA
#undef NABLA_FILL
  return t;
}

}  // namespace

const Tables g_tables = make_tables();

const char* isa_error() { return g_error[0] ? g_error : nullptr; }

}  // namespace nabla::kernels
