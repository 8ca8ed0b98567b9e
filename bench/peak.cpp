// The machine's float32 multiply-add peak: a loop of independent fmas in registers, in assembly so
// that no compiler changes the mix. Reads lines from stdin and answers each with GFLOP/s of one
// thread; bench/run.ts keeps it beside the libraries.
//   peak avx512|avx2|baseline|neon
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Each run_* does `loops` rounds and says how many flops a round has.
#if defined(__x86_64__)

#define FMA(reg, chain) "vfmadd231ps %%" reg "12, %%" reg "12, %%" reg #chain "\n\t"
// An unstable spot: the tool would move one more item to its own line at each run.
// clang-format off
#define CHAINS(reg) \
  FMA(reg, 0) FMA(reg, 1) FMA(reg, 2) FMA(reg, 3) FMA(reg, 4) FMA(reg, 5) FMA(reg, 6) \
  FMA(reg, 7) FMA(reg, 8) FMA(reg, 9) FMA(reg, 10) FMA(reg, 11)
// clang-format on
#define LOOP(body) "1:\n\t" body "dec %0\n\tjnz 1b\n\tvzeroupper\n\t"
#define CLOBBERED                                                                          \
  "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
      "xmm11", "xmm12", "cc"

int run_avx512(int64_t loops) {
  asm volatile("vzeroall\n\t" LOOP(CHAINS("zmm")) : "+r"(loops) : : CLOBBERED);
  return 12 * 16 * 2;
}

int run_avx2(int64_t loops) {
  asm volatile("vzeroall\n\t" LOOP(CHAINS("ymm")) : "+r"(loops) : : CLOBBERED);
  return 12 * 8 * 2;
}

// Without fma: as many multiplications as additions, on chains of their own.
int run_baseline(int64_t loops) {
  asm volatile(
      "xorps %%xmm0, %%xmm0\n\txorps %%xmm1, %%xmm1\n\txorps %%xmm2, %%xmm2\n\txorps %%xmm3, "
      "%%xmm3\n\t"
      "xorps %%xmm4, %%xmm4\n\txorps %%xmm5, %%xmm5\n\txorps %%xmm6, %%xmm6\n\txorps %%xmm7, "
      "%%xmm7\n\t"
      "xorps %%xmm12, %%xmm12\n\t"
      "1:\n\t"
      "mulps %%xmm12, %%xmm0\n\taddps %%xmm12, %%xmm1\n\tmulps %%xmm12, %%xmm2\n\taddps %%xmm12, "
      "%%xmm3\n\t"
      "mulps %%xmm12, %%xmm4\n\taddps %%xmm12, %%xmm5\n\tmulps %%xmm12, %%xmm6\n\taddps %%xmm12, "
      "%%xmm7\n\t"
      "dec %0\n\tjnz 1b\n\t"
      : "+r"(loops)
      :
      : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm12", "cc");
  return 8 * 4;
}

using Run = int (*)(int64_t);
Run find(const char* isa) {
  if (!std::strcmp(isa, "avx512") && __builtin_cpu_supports("avx512f")) return run_avx512;
  if (!std::strcmp(isa, "avx2") && __builtin_cpu_supports("fma")) return run_avx2;
  if (!std::strcmp(isa, "baseline")) return run_baseline;
  return nullptr;
}

#elif defined(__aarch64__)

#define FMA(chain) "fmla v" #chain ".4s, v28.4s, v28.4s\n\t"
int run_neon(int64_t loops) {
  asm volatile(
      "movi v28.4s, #0\n\t"
      "1:\n\t" FMA(0) FMA(1) FMA(2) FMA(3) FMA(4) FMA(5) FMA(6) FMA(7) FMA(16) FMA(17) FMA(18)
          FMA(19) FMA(20) FMA(21) FMA(22) FMA(23) "subs %0, %0, #1\n\tb.ne 1b\n\t"
      : "+r"(loops)
      :
      : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21",
        "v22", "v23", "v28", "cc");
  return 16 * 4 * 2;
}

using Run = int (*)(int64_t);
Run find(const char* isa) {
  const bool known = !std::strcmp(isa, "neon") || !std::strcmp(isa, "baseline");
  return known ? run_neon : nullptr;
}

#endif

}  // namespace

int main(int argc, char** argv) {
  Run run = argc == 2 ? find(argv[1]) : nullptr;
  if (run == nullptr) {
    std::fprintf(stderr, "usage: peak avx512|avx2|baseline|neon (one that this machine has)\n");
    return 1;
  }
  char line[64];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    const int64_t loops = 1000000;
    const double start = now();
    const int flops = run(loops);
    std::printf("%.3f\n", static_cast<double>(flops) * loops / (now() - start) / 1e9);
    std::fflush(stdout);
  }
}
