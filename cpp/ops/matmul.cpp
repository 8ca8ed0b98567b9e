// Products of matrices and vectors.
//
// The recorded products take a flag for each operand that says whether it is transposed. Their
// derivatives are then products of the same kind, to any order, and no transposed view is made:
//   C = A B:  dA = dC B^T,  dB = A^T dC.
#include <algorithm>
#include <utility>
#include <vector>

#include "ops/dense.h"
#include "ops/gemm.h"
#include "ops/matrix_product.h"
#include "ops/op.h"
#include "ops/ops.h"
#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

// PyTorch's C++ name of a dtype, as it stands in the errors of mm.
const char* c_name(DType t) {
  constexpr const char* names[dtype_count] = {
      "float", "double", "c10::Half",   "c10::BFloat16", "long int",
      "int",   "short",  "signed char", "unsigned char", "bool"};
  return names[static_cast<int>(t)];
}

void check_no_bool(DType t) {
  CHECK_TYPE(t != DType::bool_, "matrix products are not implemented for 'Bool'");
}

void check_same_dtype(const Tensor& a, const Tensor& b) {
  CHECK_TYPE(a.dtype() == b.dtype(),
             "expected m1 and m2 to have the same dtype, but got: ", c_name(a.dtype()),
             " != ", c_name(b.dtype()));
  check_no_bool(a.dtype());
}

void check_multipliable(int64_t m, int64_t k, int64_t k2, int64_t n) {
  CHECK_RANGE(k == k2, "mat1 and mat2 shapes cannot be multiplied (", m, "x", k, " and ", k2, "x",
              n, ")");
}

// Both sizes of op(t), the last two dimensions.
std::pair<int64_t, int64_t> matrix_sizes(const Tensor& t, bool trans) {
  const size_t d = t.sizes().size();
  const int64_t rows = t.sizes()[d - 2], columns = t.sizes()[d - 1];
  return trans ? std::pair(columns, rows) : std::pair(rows, columns);
}

Tensor mm_flags(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar& alpha = 1);
Tensor bmm_flags(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar& alpha = 1);

// C = alpha op(A) op(B)
struct Mm {
  static constexpr auto node_name = "MmBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar&) {
    check_same_dtype(a, b);
    const auto [m, k] = matrix_sizes(a, ta);
    const auto [k2, n] = matrix_sizes(b, tb);
    check_multipliable(m, k, k2, n);
    return {{m, n}, a.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, bool ta, bool tb,
                      const Scalar& alpha) {
    Epilogue e;
    e.alpha = alpha;
    multiply_matrices(out, a, ta, b, tb, e);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& a, const Tensor& b,
                        bool ta, bool tb, const Scalar& alpha) {
    Tensor da, db;
    if (ctx.needs(0))
      da = ta ? mm_flags(b, grad, tb, true, alpha) : mm_flags(grad, b, false, !tb, alpha);
    if (ctx.needs(1))
      db = tb ? mm_flags(grad, a, true, ta, alpha) : mm_flags(a, grad, !ta, false, alpha);
    return {da, db};
  }
};

Tensor mm_flags(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar& alpha) {
  return run<Mm>(a, b, ta, tb, alpha);
}

// C_i = alpha op(A_i) op(B_i); equal dimensions in front of the last two
struct Bmm {
  static constexpr auto node_name = "BmmBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar&) {
    CHECK_TYPE(a.dtype() == b.dtype(), "expected scalar type ", scalar_type_name(a.dtype()),
               " but found ", scalar_type_name(b.dtype()));
    check_no_bool(a.dtype());
    const auto [m, k] = matrix_sizes(a, ta);
    const auto [k2, n] = matrix_sizes(b, tb);
    const size_t batches = a.sizes().size() - 2;
    const bool same = equal(a.sizes().first(batches), b.sizes().first(batches));
    CHECK_RANGE(same && k == k2, "Expected size for first two dimensions of batch2 tensor to be: [",
                batches ? product(a.sizes().first(batches)) : 1, ", ", k, "] but got: [",
                batches ? product(b.sizes().first(batches)) : 1, ", ", k2, "].");
    Dims sizes(a.sizes());
    sizes[batches] = m;
    sizes[batches + 1] = n;
    return {sizes, a.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b, bool ta, bool tb,
                      const Scalar& alpha) {
    multiply_batches(out, a, ta, b, tb, alpha);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& a, const Tensor& b,
                        bool ta, bool tb, const Scalar& alpha) {
    Tensor da, db;
    if (ctx.needs(0))
      da = ta ? bmm_flags(b, grad, tb, true, alpha) : bmm_flags(grad, b, false, !tb, alpha);
    if (ctx.needs(1))
      db = tb ? bmm_flags(grad, a, true, ta, alpha) : bmm_flags(a, grad, !ta, false, alpha);
    return {da, db};
  }
};

Tensor bmm_flags(const Tensor& a, const Tensor& b, bool ta, bool tb, const Scalar& alpha) {
  return run<Bmm>(a, b, ta, tb, alpha);
}

// self as a view of sizes (m, n), without history
Tensor broadcast(const Tensor& self, IntSpan sizes) {
  const size_t extra = sizes.size() - self.sizes().size();
  Dims strides(sizes.size());
  for (size_t d = 0; d < sizes.size(); ++d)
    if (d >= extra && self.sizes()[d - extra] == sizes[d]) strides[d] = self.strides()[d - extra];
  return alias(self, sizes, strides, self.storage_offset());
}

void check_expands(const Tensor& self, IntSpan sizes) {
  const size_t ndim = self.sizes().size();
  CHECK_RANGE(ndim <= sizes.size(), "expand: the number of sizes provided (", sizes.size(),
              ") must be greater or equal to the number of dimensions in the tensor (", ndim, ")");
  for (size_t i = 1; i <= ndim; ++i) {
    const int64_t have = self.sizes()[ndim - i], want = sizes[sizes.size() - i];
    CHECK_RANGE(have == want || have == 1, "The expanded size of the tensor (", want,
                ") must match the existing size (", have, ") at non-singleton dimension ",
                sizes.size() - i, ".  Target sizes: ", Shape{sizes},
                ".  Tensor sizes: ", Shape{self.sizes()});
  }
}

// out = beta self + alpha op(A) op(B)
void add_product(Tensor& out, const Tensor& self, const Tensor& a, const Tensor& b, bool tb,
                 const Scalar& beta, const Scalar& alpha) {
  Epilogue e;
  e.alpha = alpha;
  if (beta.is(1) && self.dim() == 1 && self.sizes()[0] == out.sizes()[1]) {
    e.bias = &self;
  } else if (!beta.is(0)) {
    Tensor wide = broadcast(self, out.sizes());
    assign(out, wide);
    e.beta = beta;
  }
  multiply_matrices(out, a, false, b, tb, e);
}

// y = beta self + alpha A B;  dself = beta dy, dA = alpha dy B^T, dB = alpha A^T dy
struct Addmm {
  static constexpr auto node_name = "AddmmBackward0";
  static constexpr Saves saves(uint64_t needs) {
    return {((needs >> 2) & 1) << 1 | ((needs >> 1) & 1) << 2, 0};
  }
  static Meta meta(const Tensor& self, const Tensor& a, const Tensor& b, const Scalar&,
                   const Scalar&) {
    CHECK_RANGE(a.dim() == 2, "mat1 must be a matrix, got ", a.dim(), "-D tensor");
    CHECK_RANGE(b.dim() == 2, "mat2 must be a matrix, got ", b.dim(), "-D tensor");
    CHECK_TYPE(self.dtype() == b.dtype(), "self and mat2 must have the same dtype, but got ",
               scalar_type_name(self.dtype()), " and ", scalar_type_name(b.dtype()));
    check_same_dtype(a, b);
    check_multipliable(a.sizes()[0], a.sizes()[1], b.sizes()[0], b.sizes()[1]);
    const Dims sizes{a.sizes()[0], b.sizes()[1]};
    check_expands(self, sizes);
    return {sizes, a.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& self, const Tensor& a, const Tensor& b,
                      const Scalar& beta, const Scalar& alpha) {
    add_product(out, self, a, b, false, beta, alpha);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor&, const Tensor& a,
                        const Tensor& b, const Scalar& beta, const Scalar& alpha) {
    Tensor dself, da, db;
    if (ctx.needs(0)) dself = beta.is(1) ? grad : mul(grad, Operand(beta));
    if (ctx.needs(1)) da = mm_flags(grad, b, false, true, alpha);
    if (ctx.needs(2)) db = mm_flags(a, grad, true, false, alpha);
    return {dself, da, db};
  }
};

// y = x W^T + b for a matrix x;  dx = dy W, dW = dy^T x, db = dy summed by the engine
struct Linear {
  static constexpr auto node_name = "AddmmBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& x, const Tensor& w, const Tensor& b) {
    CHECK_TYPE(b.dtype() == w.dtype(), "self and mat2 must have the same dtype, but got ",
               scalar_type_name(b.dtype()), " and ", scalar_type_name(w.dtype()));
    check_same_dtype(x, w);
    check_multipliable(x.sizes()[0], x.sizes()[1], w.sizes()[1], w.sizes()[0]);
    const Dims sizes{x.sizes()[0], w.sizes()[0]};
    check_expands(b, sizes);
    return {sizes, x.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& x, const Tensor& w, const Tensor& b) {
    add_product(out, b, x, w, true, 1, 1);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& x, const Tensor& w,
                        const Tensor&) {
    Tensor dx, dw, db;
    if (ctx.needs(0)) dx = mm_flags(grad, w, false, false);
    if (ctx.needs(1)) dw = mm_flags(grad, x, true, false);
    if (ctx.needs(2)) db = grad;
    return {dx, dw, db};
  }
};

// A vector as a matrix of one row or column.
Tensor as_matrix(const Tensor& v, bool column) {
  const int64_t n = v.sizes()[0], s = v.strides()[0];
  return column ? alias(v, Dims{n, 1}, Dims{s, 1}, v.storage_offset())
                : alias(v, Dims{1, n}, Dims{n * s, s}, v.storage_offset());
}

Tensor mv_flags(const Tensor& a, const Tensor& x, bool ta);

// y = op(A) x;  dA = dy x^T (transposed where op is), dx = op(A)^T dy
struct Mv {
  static constexpr auto node_name = "MvBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& a, const Tensor& x, bool ta) {
    CHECK_TYPE(a.dtype() == x.dtype(), "addmv input tensors must have the same dtype, but got ",
               scalar_type_name(x.dtype()), ", ", scalar_type_name(a.dtype()), ", and ",
               scalar_type_name(x.dtype()));
    check_no_bool(a.dtype());
    const auto [m, k] = matrix_sizes(a, ta);
    CHECK_RANGE(k == x.sizes()[0], "size mismatch, got input (", m, "), mat (", m, "x", k,
                "), vec (", x.sizes()[0], ")");
    return {{m}, a.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& x, bool ta) {
    Tensor column = as_matrix(out, true);
    multiply_matrices(column, a, ta, as_matrix(x, true), false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& a, const Tensor& x,
                        bool ta) {
    Tensor da, dx;
    if (ctx.needs(0)) da = ta ? outer(x, grad) : outer(grad, x);
    if (ctx.needs(1)) dx = mv_flags(a, grad, !ta);
    return {da, dx};
  }
};

Tensor mv_flags(const Tensor& a, const Tensor& x, bool ta) { return run<Mv>(a, x, ta); }

// The sum of products in pieces, each as a product of a row and a column.
template <class T>
T dot_pieces(const T* a, const T* b, int64_t n) {
  constexpr int64_t kPiece = 1 << 14;
  auto piece = [&](int64_t begin, int64_t end) {
    T sum;
    kernels::GemmArgs<T> g;
    g.m = g.n = g.ldc = 1;
    g.k = g.lda = g.ldb = end - begin;
    g.a = a + begin;
    g.b = b + begin;
    g.trans_b = true;
    g.c = &sum;
    gemm(g);
    return sum;
  };
  if (n <= kPiece) return piece(0, n);
  std::vector<T> partial((n + kPiece - 1) / kPiece);
  parallel_for(n, kPiece,
               [&](int64_t begin, int64_t end) { partial[begin / kPiece] = piece(begin, end); });
  double sum = 0;
  for (T p : partial) sum += static_cast<double>(p);
  return static_cast<T>(sum);
}

// y = sum_i a_i b_i;  da = dy b, db = dy a
struct Dot {
  static constexpr auto node_name = "DotBackward0";
  static constexpr Saves saves(uint64_t needs) { return Saves::cross(needs); }
  static Meta meta(const Tensor& a, const Tensor& b) {
    CHECK_RANGE(a.dim() == 1 && b.dim() == 1, "1D tensors expected, but got ", a.dim(), "D and ",
                b.dim(), "D tensors");
    CHECK_TYPE(a.dtype() == b.dtype(), "dot : expected both vectors to have same dtype, but found ",
               scalar_type_name(a.dtype()), " and ", scalar_type_name(b.dtype()));
    check_no_bool(a.dtype());
    CHECK_RANGE(a.numel() == b.numel(), "inconsistent tensor size, expected tensor ",
                Shape{a.sizes()}, " and src ", Shape{b.sizes()},
                " to have the same number of elements, but got ", a.numel(), " and ", b.numel(),
                " elements respectively");
    return {Dims{}, a.dtype(), std::nullopt};
  }
  static void compute(Tensor& out, const Tensor& a, const Tensor& b) {
    if (out.dtype() == DType::float32 || out.dtype() == DType::float64) {
      dispatch_float(out.dtype(), [&](auto value) {
        using T = decltype(value);
        const Tensor x = dense(a, out.dtype()), y = dense(b, out.dtype());
        *out.data<T>() = dot_pieces(x.data<T>(), y.data<T>(), x.numel());
      });
      return;
    }
    Tensor matrix = alias(out, Dims{1, 1}, Dims{1, 1}, out.storage_offset());
    multiply_matrices(matrix, as_matrix(a, false), false, as_matrix(b, true), false);
  }
  static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& a, const Tensor& b) {
    Tensor da, db;
    if (ctx.needs(0)) da = mul(grad, b);
    if (ctx.needs(1)) db = mul(grad, a);
    return {da, db};
  }
};

// [sizes in front of the last `drop`] + tail
Dims with_tail(IntSpan sizes, size_t drop, std::initializer_list<int64_t> tail) {
  Dims result(sizes.first(sizes.size() - drop));
  for (int64_t t : tail) result.push_back(t);
  return result;
}

// t as a matrix: all but the last dimension folded into one
Tensor fold(const Tensor& t) {
  const int64_t width = t.sizes().back();
  return reshape(t, Dims{product(t.sizes().first(t.sizes().size() - 1)), width});
}

}  // namespace

Tensor mm(const Tensor& self, const Tensor& mat2) {
  CHECK_RANGE(self.dim() == 2, "self must be a matrix");
  CHECK_RANGE(mat2.dim() == 2, "mat2 must be a matrix");
  return mm_flags(self, mat2, false, false);
}

Tensor bmm(const Tensor& self, const Tensor& mat2) {
  CHECK_RANGE(self.dim() == 3, "batch1 must be a 3D tensor");
  CHECK_RANGE(mat2.dim() == 3, "batch2 must be a 3D tensor");
  return bmm_flags(self, mat2, false, false);
}

Tensor mv(const Tensor& self, const Tensor& vec) {
  CHECK_RANGE(self.dim() == 2 && vec.dim() == 1, "vector + matrix @ vector expected, got 1, ",
              self.dim(), ", ", vec.dim());
  return mv_flags(self, vec, false);
}

Tensor dot(const Tensor& self, const Tensor& other) { return run<Dot>(self, other); }

Tensor outer(const Tensor& self, const Tensor& vec2) {
  CHECK_RANGE(self.dim() == 1, "Expected 1-D argument self, but got ", self.dim(), "-D");
  CHECK_RANGE(vec2.dim() == 1, "Expected 1-D argument vec2, but got ", vec2.dim(), "-D");
  return mul(unsqueeze(self, 1), vec2);
}

Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, Scalar beta,
             Scalar alpha) {
  return run<Addmm>(self, mat1, mat2, beta, alpha);
}

Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, Scalar beta,
               Scalar alpha) {
  CHECK_RANGE(batch1.dim() == 3, "batch1 must be a 3D tensor");
  CHECK_RANGE(batch2.dim() == 3, "batch2 must be a 3D tensor");
  CHECK_TYPE(self.dtype() == batch1.dtype(), "Input dtypes must be the same, got: input ",
             self.dtype(), ", batch1: ", batch1.dtype(), ", batch2: ", batch2.dtype());
  Tensor scaled = bmm_flags(batch1, batch2, false, false, alpha);
  check_expands(self, scaled.sizes());
  if (beta.is(0)) return scaled;
  return add(scaled, beta.is(1) ? self : mul(self, Operand(beta)));
}

Tensor matmul(const Tensor& self, const Tensor& other) {
  const int64_t da = self.dim(), db = other.dim();
  CHECK_RANGE(da >= 1 && db >= 1, "both arguments to matmul need to be at least 1D, but they are ",
              da, "D and ", db, "D");
  if (da == 2 && db == 2) return mm_flags(self, other, false, false);
  if (da == 1 && db == 1) return dot(self, other);
  if (da == 2 && db == 1) return mv_flags(self, other, false);
  if (da == 1 && db == 2) {
    check_same_dtype(self, other);
    check_multipliable(1, self.sizes()[0], other.sizes()[0], other.sizes()[1]);
    return mv_flags(other, self, true);
  }
  if (da >= 3 && db == 1) {
    return reshape(mv_flags(fold(self), other, false), with_tail(self.sizes(), 1, {}));
  }
  if (da >= 3 && db == 2) {
    return reshape(mm_flags(fold(self), other, false, false),
                   with_tail(self.sizes(), 1, {other.sizes()[1]}));
  }
  // batches: those of both operands broadcast
  const Tensor a = da == 1 ? unsqueeze(self, 0) : self;
  const size_t na = a.sizes().size() - 2, nb = size_t(db) - 2;
  const Dims batch = broadcast_shapes(a.sizes().first(na), other.sizes().first(nb));
  auto expanded = [&](const Tensor& t, size_t own) {
    Dims sizes = batch;
    sizes.push_back(t.sizes()[own]);
    sizes.push_back(t.sizes()[own + 1]);
    return equal(sizes, t.sizes()) ? t : expand(t, sizes);
  };
  const Tensor c = bmm_flags(expanded(a, na), expanded(other, nb), false, false);
  return da == 1 ? squeeze_dims(c, Dims{-2}) : c;
}

Tensor linear(const Tensor& input, const Tensor& weight, const OptTensor& bias) {
  CHECK_RANGE(input.dim() >= 1, "both arguments to matmul need to be at least 1D, but they are ",
              input.dim(), "D and ", weight.dim(), "D");
  CHECK_RANGE(weight.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ",
              weight.dim(), "D");
  const bool has_bias = bias && bias->defined();
  if (weight.dim() < 2) {
    CHECK_RANGE(!has_bias, "mat2 must be a matrix, got ", weight.dim(), "-D tensor");
    return matmul(input, weight);
  }
  const int64_t in = weight.sizes()[1], last = input.sizes()[size_t(input.dim()) - 1];
  CHECK_RANGE(last == in, "mat1 and mat2 shapes cannot be multiplied: input ", Shape{input.sizes()},
              ", weight ", Shape{weight.sizes()},
              " (out, in): expected an input whose last size is ", in, ", got ", last);
  const Tensor x = input.dim() == 2 ? input : fold(input);
  const Tensor y = has_bias ? run<Linear>(x, weight, *bias) : mm_flags(x, weight, false, true);
  if (input.dim() == 2) return y;
  return reshape(y, with_tail(input.sizes(), 1, {weight.sizes()[0]}));
}

}  // namespace nabla::ops
