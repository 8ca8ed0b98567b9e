// Matrix products. The kernels know tiles and packed panels; which path a problem takes, and how it
// is cut for the threads, is decided in cpp/ops/gemm.cpp.
#pragma once

#include <cstdint>

namespace nabla::kernels {

// C(m,n) = relu(alpha * op(A)(m,k) * op(B)(k,n) + beta * C + bias_n(n) + bias_m(m)), row-major.
// op(A) is A(m,k) with rows lda apart, or the transpose of A(k,m); the same for B. beta is 0 (C is
// not read) or 1 here: other values scale C before.
template <class T>
struct GemmArgs {
  int64_t m = 0, n = 0, k = 0;
  T alpha = 1;
  const T* a = nullptr;
  int64_t lda = 0;
  bool trans_a = false;
  const T* b = nullptr;
  int64_t ldb = 0;
  bool trans_b = false;
  T beta = 0;
  T* c = nullptr;
  int64_t ldc = 0;
  const T* bias_n = nullptr;  // may be null
  const T* bias_m = nullptr;  // may be null
  bool relu = false;
};

// How a packed block finds the rows of A.
enum class PanelA : int {
  kInPlace,  // row-major, where they are
  kCopied,   // row-major, copied into pa: rows a multiple of 4096 bytes apart collide in the L1
             // cache
  kColumns,  // A is (k,m): panels of panel_m columns in pa
  kColumnsInPlace,  // A is (k,m), small, and stays where it is
};
constexpr bool panels_are_copied(PanelA mode) {
  return mode == PanelA::kCopied || mode == PanelA::kColumns;
}
constexpr bool is_column_major(PanelA mode) {
  return mode == PanelA::kColumns || mode == PanelA::kColumnsInPlace;
}

// Rows [i0, i0 + mc), depth [k0, k0 + kc), columns [j0, j0 + nc) of a problem.
template <class T>
struct GemmBlock {
  int64_t i0, mc, panel_m;  // row panels have panel_m rows, the last one fewer
  int64_t k0, kc;
  int64_t j0, nc;  // column panels have tile_n columns, the last one fewer
  PanelA mode;
  int64_t a_stride;  // kCopied: elements between two rows in pa
  T* pa;
  T* pb;  // column panels of kc x tile_n, one after the other
};

template <class T>
struct GemmKernels {
  int tile_m, tile_n, lanes;
  // Rows [m0, m1), columns [n0, n1) with both operands where they are; B is not transposed.
  void (*direct)(const GemmArgs<T>&, int64_t m0, int64_t m1, int64_t n0, int64_t n1);
  // The same for A(m,k) and B(n,k): dot products of rows.
  void (*dot)(const GemmArgs<T>&, int64_t m0, int64_t m1, int64_t n0, int64_t n1);
  // Row panels [p0, p1) of A into pa.
  void (*pack_a)(const GemmArgs<T>&, const GemmBlock<T>&, int64_t p0, int64_t p1);
  // Column panels [q0, q1) of B into pb.
  void (*pack_b)(const GemmArgs<T>&, const GemmBlock<T>&, int64_t q0, int64_t q1);
  // Row panels [p0, p1) times column panels [q0, q1) from pb.
  void (*multiply)(const GemmArgs<T>&, const GemmBlock<T>&, int64_t p0, int64_t p1, int64_t q0,
                   int64_t q1);
  // Row panel 0 times column panels [q0, q1), reading B (not transposed) and leaving it packed in
  // pb.
  void (*multiply_and_pack)(const GemmArgs<T>&, const GemmBlock<T>&, int64_t q0, int64_t q1);
  // Few rows of A, B(n,k): C^T = B * A^T for rows [n0, n1) of B, depth [k0, k0 + kc). `packed`
  // holds A^T as pack_b leaves it, `scratch` has room for tile_m * (kc + 32) elements.
  void (*swapped)(const GemmArgs<T>&, int64_t n0, int64_t n1, int64_t k0, int64_t kc,
                  const T* packed, T* scratch);
};

struct GemmTable {
  GemmKernels<float> f32;
  GemmKernels<double> f64;
};

}  // namespace nabla::kernels
