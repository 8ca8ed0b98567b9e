// The register tile of a matrix product: M rows times NV vectors of columns, accumulated over k.
//   C[i][j] (+)= sum_k A[i][k] * B[k][j]
// A is broadcast from memory, one scalar a row; B is NV vectors a step. With 14 x 2 vectors AVX-512
// needs 28 accumulators, 2 vectors of B and one broadcast: 97 % of the FMA peak from L1.
#pragma once

#include "../../tables/gemm.h"
#include "../vec/vec.h"

#if defined(__clang__)
#define NABLA_UNROLL _Pragma("clang loop unroll(full)")
#define NABLA_NO_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define NABLA_UNROLL _Pragma("GCC unroll 32")
#define NABLA_NO_UNROLL _Pragma("GCC unroll 1")
#endif

namespace nabla::kernels::NABLA_ISA {
namespace {

// Tile shapes. kWideM rows or fewer use kWideVectors vectors instead, to keep the FMA units busy.
#if defined(NABLA_ISA_AVX512)
constexpr int kTileM = 14, kTileVectors = 2, kWideM = 6, kWideVectors = 4;
#elif defined(NABLA_ISA_AVX2)
constexpr int kTileM = 6, kTileVectors = 2, kWideM = 2, kWideVectors = 4;
#elif defined(NABLA_ISA_NEON)
constexpr int kTileM = 8, kTileVectors = 3, kWideM = 4, kWideVectors = 4;
#else
constexpr int kTileM = 4, kTileVectors = 2, kWideM = 2, kWideVectors = 4;
#endif

enum TileFlags : int {
  kAccumulate = 1,  // add to C
  kRelu = 2,
  kBiasN = 4,
  kGeneral = 8,  // alpha or bias_m: goes through memory
  kFarC = 16,    // C does not fit the L1 cache
};

enum class Rows : int {
  kColumnMajor,      // A[k * as + i]
  kRowMajor,         // A[i * as + k]
  kColumnMajorPack,  // and B is stored to pack, tile_n apart, as it is read
  kRowMajorPack,
};

template <class T>
struct Tile {
  int64_t k;
  const T* a;
  int64_t as;
  const T* b;
  int64_t bs;  // elements between two rows of B
  T* c;
  int64_t ldc;
  T* pack;
  int last;  // lanes used of the last vector, in the masked kernels
  int flags;
  T alpha;
  const T* bias_n;
  const T* bias_m;
};

// alpha, bias_m and everything else, from accumulators in memory (rows of `stride` elements).
template <class V>
__attribute__((noinline)) void finish_tile(const Tile<typename V::T>& t, const typename V::T* acc,
                                           int64_t stride, int rows, int vectors, int last) {
  constexpr int W = V::W;
  const V alpha = V::set1(t.alpha);
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < vectors; ++j) {
      const int n = j == vectors - 1 ? last : W;
      auto* c = t.c + i * t.ldc + j * W;
      V v = V::load(acc + i * stride + j * W) * alpha;
      if (t.flags & kAccumulate) v = v + V::load_n(c, n);
      if (t.flags & kBiasN) v = v + V::load_n(t.bias_n + j * W, n);
      if (t.bias_m) v = v + V::set1(t.bias_m[i]);
      if (t.flags & kRelu) v = max_num(V::zero(), v);  // this order keeps a NaN
      v.store_n(c, n);
    }
  }
}

template <class V, int M, int NV, Rows A, bool Masked>
void tile(const Tile<typename V::T>& t) {
  using T = typename V::T;
  constexpr int W = V::W;
  constexpr bool kRowMajorA = A == Rows::kRowMajor || A == Rows::kRowMajorPack;
  constexpr bool kPack = A == Rows::kColumnMajorPack || A == Rows::kRowMajorPack;
  constexpr int kLine = 64 / sizeof(T);
  V acc[M][NV];
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) acc[i][j] = V::zero();
  }
  const int last = t.last;
  const T* b = t.b;
  const int64_t bs = t.bs;
  const T* a = t.a;
  const int64_t as = t.as, as3 = 3 * as;
  // one base for each four rows: the others are base + as * {1, 2, 3}
  const T *r0 = a, *r1 = a + 4 * as, *r2 = a + 8 * as, *r3 = a + 12 * as;
  T* pack = t.pack;

  auto step = [&]() __attribute__((always_inline)) {
    V bv[NV];
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) {
      bv[j] = Masked && j == NV - 1 ? V::load_n(b + j * W, last) : V::load(b + j * W);
      if constexpr (kPack) {
        bv[j].store(pack + j * W);
        __builtin_prefetch(b + 10 * bs + j * W);
        __builtin_prefetch(b + kTileVectors * W + j * W, 0, 2);
      } else if constexpr (!Masked) {
        __builtin_prefetch(reinterpret_cast<const char*>(b + j * W) + 512);
      }
    }
    if constexpr (kPack) pack += kTileVectors * W;
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
      const T* r = i < 4 ? r0 : i < 8 ? r1 : i < 12 ? r2 : r3;
      const int q = i & 3;
      const V av = V::set1(!kRowMajorA ? a[i]
                           : q == 0    ? r[0]
                           : q == 1    ? r[as]
                           : q == 2    ? r[2 * as]
                                       : r[as3]);
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) acc[i][j] = fma(av, bv[j], acc[i][j]);
    }
    if constexpr (kRowMajorA) {
      ++r0;
      if (M > 4) ++r1;
      if (M > 8) ++r2;
      if (M > 12) ++r3;
      // keeps the compiler from making one pointer for each row
      asm volatile("" : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3));
    } else {
      a += as;
    }
    b += bs;
  };

  // The last steps prefetch C row by row: all rows at once would stall the loads of A and B.
  const int64_t steps_a_row = t.k > 8 * M ? 8 : t.k / M;
  int64_t steps = t.k - steps_a_row * M;
  const int rows_to_prefetch = steps_a_row > 0 ? M : 0;
  // Little depth is all about writing C: the lines of the next tile are asked for one tile ahead.
  if (steps_a_row == 0 && (t.flags & kFarC)) {
    const T* next = t.c + NV * W;
    NABLA_NO_UNROLL
    for (int i = 0; i < M; ++i, next += t.ldc) {
      NABLA_UNROLL
      for (int j = 0; j * kLine < NV * W; ++j) __builtin_prefetch(next + j * kLine, 1);
    }
  }
  const T* row = t.c;
  NABLA_NO_UNROLL
  for (int i = 0; i <= M; ++i) {
    NABLA_NO_UNROLL
    for (int64_t k = 0; k < steps; ++k) step();
    if (i == rows_to_prefetch) break;
    NABLA_UNROLL
    for (int j = 0; j * kLine < NV * W; ++j) __builtin_prefetch(row + j * kLine, 1);
    row += t.ldc;
    steps = steps_a_row;
  }

  const int flags = t.flags;
  if (flags & kGeneral) {
    alignas(64) T memory[M * NV * W];
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) acc[i][j].store(memory + (i * NV + j) * W);
    }
    finish_tile<V>(t, memory, NV * W, M, NV, Masked ? last : W);
    return;
  }
  if (flags & kAccumulate) {
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) {
        const T* c = t.c + i * t.ldc + j * W;
        acc[i][j] = acc[i][j] + (Masked && j == NV - 1 ? V::load_n(c, last) : V::load(c));
      }
    }
  }
  if (flags & kBiasN) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) {
      const T* p = t.bias_n + j * W;
      const V bias = Masked && j == NV - 1 ? V::load_n(p, last) : V::load(p);
      NABLA_UNROLL
      for (int i = 0; i < M; ++i) acc[i][j] = acc[i][j] + bias;
    }
  }
  if (flags & kRelu) {
    const V zero = V::zero();
    NABLA_UNROLL
    for (int i = 0; i < M; ++i) {
      NABLA_UNROLL
      for (int j = 0; j < NV; ++j) acc[i][j] = max_num(zero, acc[i][j]);  // this order keeps a NaN
    }
  }
  NABLA_UNROLL
  for (int i = 0; i < M; ++i) {
    NABLA_UNROLL
    for (int j = 0; j < NV; ++j) {
      T* c = t.c + i * t.ldc + j * W;
      if (Masked && j == NV - 1)
        acc[i][j].store_n(c, last);
      else
        acc[i][j].store(c);
    }
  }
}

template <class T>
using TileFn = void (*)(const Tile<T>&);

template <int... I>
struct Ints {};
template <int N, int... I>
struct MakeInts : MakeInts<N - 1, N, I...> {};
template <int... I>
struct MakeInts<0, I...> {
  using type = Ints<I...>;  // 1, 2, ..., N
};

// kTiles<...>.fn[rows - 1]. There are many of them, so float64 has only the masked ones, which
// serve full tiles too (3 % slower), and float32 has the others for full tiles alone.
template <class V, int MaxM, int NV, Rows A, bool Masked>
struct Tiles {
  TileFn<typename V::T> fn[MaxM];
};

template <class V, int NV, Rows A, bool Masked, int... M>
constexpr Tiles<V, sizeof...(M), NV, A, Masked> make_tiles(Ints<M...>) {
  return {{tile<V, M, NV, A, Masked>...}};
}

template <class V, int MaxM, int NV, Rows A, bool Masked>
constexpr Tiles<V, MaxM, NV, A, Masked> kTiles =
    make_tiles<V, NV, A, Masked>(typename MakeInts<MaxM>::type{});

template <class V>
constexpr bool kHasUnmasked = sizeof(typename V::T) == 4;

// The kernel for `rows` rows and `columns` (1 .. tile_n) columns.
template <class V, Rows A>
NABLA_INLINE TileFn<typename V::T> tile_for(int rows, int columns, int* last) {
  constexpr int W = V::W;
  const int vectors = (columns + W - 1) / W;
  *last = columns - (vectors - 1) * W;
  if (vectors == 1) return kTiles<V, kTileM, 1, A, true>.fn[rows - 1];
  if constexpr (kTileVectors > 2)
    if (vectors == 2) return kTiles<V, kTileM, 2, A, true>.fn[rows - 1];
  if constexpr (kHasUnmasked<V>)
    if (*last == W) return kTiles<V, kTileM, kTileVectors, A, false>.fn[rows - 1];
  return kTiles<V, kTileM, kTileVectors, A, true>.fn[rows - 1];
}

// A full tile that also packs B: panels of kPackRows rows or more.
constexpr int kPackRows = kTileM / 2 + 1;

template <class V, Rows A, int... M>
constexpr Tiles<V, sizeof...(M), kTileVectors, A, false> make_packing_tiles(Ints<M...>) {
  return {{tile<V, kPackRows - 1 + M, kTileVectors, A, false>...}};
}

template <class V, Rows A>
constexpr Tiles<V, kTileM - kPackRows + 1, kTileVectors, A, false> kPackingTiles =
    make_packing_tiles<V, A>(typename MakeInts<kTileM - kPackRows + 1>::type{});

// The flags of a tile whose k range is [k0, k0 + kc) of the problem.
template <class T>
NABLA_INLINE Tile<T> start_tile(const GemmArgs<T>& g, int64_t k0, int64_t kc) {
  Tile<T> t;
  t.k = kc;
  t.flags = 0;
  t.alpha = g.alpha;
  t.ldc = g.ldc;
  t.pack = nullptr;
  t.bias_n = nullptr;
  t.bias_m = nullptr;
  if (k0 != 0 || g.beta != 0) t.flags |= kAccumulate;
  if (g.alpha != 1) t.flags |= kGeneral;
  if (g.m * g.n > 8192) t.flags |= kFarC;
  if (k0 + kc == g.k) {
    if (g.relu) t.flags |= kRelu;
    if (g.bias_n) t.flags |= kBiasN;
    if (g.bias_m) t.flags |= kGeneral;
  }
  return t;
}

// Sets what depends on where the tile lies.
template <class T>
NABLA_INLINE void place_tile(Tile<T>& t, const GemmArgs<T>& g, int64_t i, int64_t j, bool last_k) {
  t.c = g.c + i * g.ldc + j;
  if (last_k && g.bias_n) t.bias_n = g.bias_n + j;
  if (last_k && g.bias_m) t.bias_m = g.bias_m + i;
}

}  // namespace
}  // namespace nabla::kernels::NABLA_ISA
