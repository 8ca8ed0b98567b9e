#include "ops/matrix_product.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "ops/dense.h"
#include "ops/gemm.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

// Where the elements of a matrix are.
struct Matrix {
  int64_t rows, columns, row_stride, column_stride;
};

Matrix last_two(const Tensor& t) {
  const size_t d = t.sizes().size();
  return {t.sizes()[d - 2], t.sizes()[d - 1], t.strides()[d - 2], t.strides()[d - 1]};
}

// A matrix as a kernel takes it: rows `ld` apart, perhaps transposed.
struct Layout {
  int64_t ld;
  bool trans;
};

bool find_layout(const Matrix& m, Layout* layout) {
  if (m.columns <= 1 || m.column_stride == 1) {
    *layout = {m.rows <= 1 ? std::max<int64_t>(m.columns, 1) : m.row_stride, false};
    return true;
  }
  if (m.rows <= 1 || m.row_stride == 1) {
    *layout = {m.columns <= 1 ? std::max<int64_t>(m.rows, 1) : m.column_stride, true};
    return true;
  }
  return false;
}

// t itself or a contiguous copy, so that its matrices have a layout.
Tensor laid_out(const Tensor& t, DType dtype, Layout* layout) {
  Tensor result = t.dtype() == dtype ? t : dense(t, dtype);
  if (!find_layout(last_two(result), layout)) {
    Tensor copy = empty(t.sizes(), dtype);
    assign(copy, result);
    result = copy;
    find_layout(last_two(result), layout);
  }
  return result;
}

// The offset of batch `index` (row-major over the dimensions in front of the last two).
int64_t batch_offset(const Tensor& t, int64_t index) {
  int64_t offset = 0;
  for (size_t d = t.sizes().size() - 2; d-- > 0;) {
    offset += index % t.sizes()[d] * t.strides()[d];
    index /= t.sizes()[d];
  }
  return offset;
}

template <class T>
kernels::GemmArgs<T> arguments(const Tensor& out, const Tensor& a, const Layout& la, bool trans_a,
                               const Tensor& b, const Layout& lb, bool trans_b) {
  const Matrix ma = last_two(a);
  kernels::GemmArgs<T> g;
  g.m = out.sizes()[out.sizes().size() - 2];
  g.n = out.sizes().back();
  g.k = trans_a ? ma.rows : ma.columns;
  g.a = a.data<T>();
  g.lda = la.ld;
  g.trans_a = trans_a != la.trans;
  g.b = b.data<T>();
  g.ldb = lb.ld;
  g.trans_b = trans_b != lb.trans;
  g.c = out.data<T>();
  g.ldc = std::max<int64_t>(g.n, 1);
  return g;
}

// Integers, wrapping around: added up as unsigned numbers.
template <class T>
void multiply_integers(T* out, int64_t m, int64_t n, int64_t k, const T* a, int64_t a_row,
                       int64_t a_column, const T* b, int64_t b_row, int64_t b_column,
                       const Scalar& alpha, const Scalar& beta, const T* bias) {
  using U = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
  const U scale = static_cast<U>(alpha.to_int()), keep = static_cast<U>(beta.to_int());
  const int64_t grain = std::max<int64_t>(1, 50000 / std::max<int64_t>(1, n * k));
  parallel_for(m, grain, [&](int64_t begin, int64_t end) {
    constexpr int64_t kColumns = 256;
    U sums[kColumns];
    for (int64_t i = begin; i < end; ++i) {
      for (int64_t j0 = 0; j0 < n; j0 += kColumns) {
        const int64_t count = std::min(kColumns, n - j0);
        std::fill_n(sums, count, U(0));
        for (int64_t p = 0; p < k; ++p) {
          const U x = static_cast<U>(a[i * a_row + p * a_column]);
          const T* row = b + p * b_row + j0 * b_column;
          for (int64_t j = 0; j < count; ++j) sums[j] += x * static_cast<U>(row[j * b_column]);
        }
        T* c = out + i * n + j0;
        for (int64_t j = 0; j < count; ++j) {
          U v = scale * sums[j];
          if (keep != 0) v += keep * static_cast<U>(c[j]);
          if (bias != nullptr) v += static_cast<U>(bias[j0 + j]);
          c[j] = static_cast<T>(v);
        }
      }
    }
  });
}

void multiply_integers(Tensor& out, int64_t out_offset, const Tensor& a, int64_t a_offset,
                       bool trans_a, const Tensor& b, int64_t b_offset, bool trans_b,
                       const Epilogue& e) {
  Matrix ma = last_two(a), mb = last_two(b);
  if (trans_a) ma = {ma.columns, ma.rows, ma.column_stride, ma.row_stride};
  if (trans_b) mb = {mb.columns, mb.rows, mb.column_stride, mb.row_stride};
  dispatch(out.dtype(), [&](auto value) {
    using T = decltype(value);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
      multiply_integers<T>(out.data<T>() + out_offset, ma.rows, mb.columns, ma.columns,
                           a.data<T>() + a_offset, ma.row_stride, ma.column_stride,
                           b.data<T>() + b_offset, mb.row_stride, mb.column_stride, e.alpha, e.beta,
                           e.bias ? e.bias->data<T>() : nullptr);
    else
      INTERNAL(false, "a product of integers of dtype ", out.dtype());
  });
}

// The common case, without a look at anything else: float32, read and written where it is.
bool multiply_in_place(const Tensor& out, const Tensor& a, bool trans_a, const Tensor& b,
                       bool trans_b, const Epilogue& e) {
  Layout la, lb;
  if (a.dtype() != DType::float32 || b.dtype() != DType::float32 || !out.is_contiguous() ||
      (e.bias && (!e.bias->is_contiguous() || e.bias->dtype() != DType::float32)) ||
      !find_layout(last_two(a), &la) || !find_layout(last_two(b), &lb))
    return false;
  auto g = arguments<float>(out, a, la, trans_a, b, lb, trans_b);
  g.alpha = e.alpha.to<float>();
  g.beta = e.beta.to<float>();
  g.relu = e.relu;
  if (e.bias) g.bias_n = e.bias->data<float>();
  gemm(g);
  return true;
}

}  // namespace

void multiply_matrices(Tensor& out, const Tensor& a, bool trans_a, const Tensor& b, bool trans_b,
                       const Epilogue& e) {
  if (out.numel() == 0) return;
  if (out.dtype() == DType::float32 && multiply_in_place(out, a, trans_a, b, trans_b, e)) return;
  if (!out.is_floating()) {
    const Tensor bias = e.bias ? dense(*e.bias, out.dtype()) : Tensor();
    Epilogue with_bias = e;
    if (e.bias) with_bias.bias = &bias;
    multiply_integers(out, 0, a, 0, trans_a, b, 0, trans_b, with_bias);
    return;
  }
  const DType dtype = compute_type(out.dtype());
  Layout la, lb;
  const Tensor ta = laid_out(a, dtype, &la), tb = laid_out(b, dtype, &lb);
  const Tensor bias = e.bias ? dense(*e.bias, dtype) : Tensor();
  Target target(out, dtype);
  if (target.block().raw_data() != out.raw_data() && !e.beta.is(0)) assign(target.block(), out);
  dispatch_float(dtype, [&](auto value) {
    using T = decltype(value);
    auto g = arguments<T>(target.block(), ta, la, trans_a, tb, lb, trans_b);
    g.alpha = e.alpha.to<T>();
    g.beta = e.beta.to<T>();
    g.relu = e.relu;
    if (e.bias) g.bias_n = bias.data<T>();
    gemm(g);
  });
  target.finish();
}

void multiply_batches(Tensor& out, const Tensor& a, bool trans_a, const Tensor& b, bool trans_b,
                      const Scalar& alpha) {
  if (out.numel() == 0) return;
  const Matrix mc = last_two(out);
  const int64_t matrix = mc.rows * mc.columns, count = out.numel() / matrix;
  if (!out.is_floating()) {
    Epilogue e;
    e.alpha = alpha;
    for (int64_t i = 0; i < count; ++i)
      multiply_integers(out, i * matrix, a, batch_offset(a, i), trans_a, b, batch_offset(b, i),
                        trans_b, e);
    return;
  }
  const DType dtype = compute_type(out.dtype());
  Layout la, lb;
  const Tensor ta = laid_out(a, dtype, &la), tb = laid_out(b, dtype, &lb);
  Target target(out, dtype);
  dispatch_float(dtype, [&](auto value) {
    using T = decltype(value);
    auto shared = arguments<T>(target.block(), ta, la, trans_a, tb, lb, trans_b);
    shared.alpha = alpha.to<T>();
    // Small products are shared out whole; a large one is cut by gemm itself.
    const double flops = 2.0 * static_cast<double>(matrix) * static_cast<double>(shared.k + 1);
    constexpr double kLarge = 2e7, kChunk = 2e6;
    auto run = [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        auto g = shared;
        g.a += batch_offset(ta, i);
        g.b += batch_offset(tb, i);
        g.c += i * matrix;
        gemm(g);
      }
    };
    if (flops > kLarge)
      run(0, count);
    else
      parallel_for(count, std::max<int64_t>(1, static_cast<int64_t>(kChunk / flops)), run);
  });
  target.finish();
}

}  // namespace nabla::ops
