#include "ops/arithmetic.h"

namespace nabla::ops {
namespace {

template <class T>
struct UnaryCall {
  UnaryKernel<T> kernel;
  static void row(const void* context, void* out, const void* const* in, const int64_t*,
                  int64_t n) {
    static_cast<const UnaryCall*>(context)->kernel(static_cast<T*>(out),
                                                   static_cast<const T*>(in[0]), n);
  }
};
template <class T>
struct BinaryCall {
  BinaryKernel<T> kernel;
  T p;
  static void row(const void* context, void* out, const void* const* in, const int64_t* step,
                  int64_t n) {
    const auto& c = *static_cast<const BinaryCall*>(context);
    c.kernel(static_cast<T*>(out), static_cast<const T*>(in[0]), step[0],
             static_cast<const T*>(in[1]), step[1], n, c.p);
  }
};
template <class T>
struct CompareCall {
  CompareKernel<T> kernel;
  static void row(const void* context, void* out, const void* const* in, const int64_t* step,
                  int64_t n) {
    static_cast<const CompareCall*>(context)->kernel(static_cast<uint8_t*>(out),
                                                     static_cast<const T*>(in[0]), step[0],
                                                     static_cast<const T*>(in[1]), step[1], n);
  }
};
template <class T>
struct TernaryCall {
  TernaryKernel<T> kernel;
  T p;
  static void row(const void* context, void* out, const void* const* in, const int64_t* step,
                  int64_t n) {
    const auto& c = *static_cast<const TernaryCall*>(context);
    c.kernel(static_cast<T*>(out), static_cast<const T*>(in[0]), step[0],
             static_cast<const T*>(in[1]), step[1], static_cast<const T*>(in[2]), step[2], n, c.p);
  }
};

template <class Call, int Count>
void run_call(Tensor& out, const Call& call, DType out_type, DType in_type,
              const Tensor* const (&inputs)[Count], bool heavy, bool steps = true) {
  run_rows(out, Row{Call::row, &call, out_type, {in_type, in_type, in_type}, steps, heavy}, inputs,
           Count);
}

}  // namespace

void compute_unary(Tensor& out, const Tensor& x, KernelPair<UnaryKernel> kernels, IntegerOp integer,
                   bool heavy) {
  const DType type = compute_type(out.dtype());
  const Tensor* const in[] = {&x};
  if (type == DType::float32)
    run_call(out, UnaryCall<float>{kernels.f32}, type, type, in, heavy, false);
  else if (type == DType::float64)
    run_call(out, UnaryCall<double>{kernels.f64}, type, type, in, heavy, false);
  else
    run_rows(out, Row{integer_row(integer, type), nullptr, type, {type}, false, heavy}, in, 1);
}

void compute_integer(Tensor& out, const Tensor& a, const Tensor& b, IntegerOp op,
                     const Scalar& alpha) {
  const DType type = out.dtype();
  IntegerContext context{alpha.to_int()};
  run_rows(out, Row{integer_row(op, type), &context, type, {type, type}, false}, {&a, &b});
  CHECK(!context.divided_by_zero.load(std::memory_order_relaxed), "ZeroDivisionError");
}

void compute_binary(Tensor& out, const Tensor& a, const Tensor& b, KernelPair<BinaryKernel> kernels,
                    IntegerOp integer, const Scalar& p, bool heavy) {
  const DType type = compute_type(out.dtype());
  const Tensor* const in[] = {&a, &b};
  if (type == DType::float32)
    run_call(out, BinaryCall<float>{kernels.f32, p.to<float>()}, type, type, in, heavy);
  else if (type == DType::float64)
    run_call(out, BinaryCall<double>{kernels.f64, p.to_double()}, type, type, in, heavy);
  else
    compute_integer(out, a, b, integer, p);
}

void compute_compare(Tensor& out, const Tensor& a, const Tensor& b,
                     KernelPair<CompareKernel> kernels, IntegerOp integer) {
  const DType type = compute_type(result_type(a, b));
  const Tensor* const in[] = {&a, &b};
  if (type == DType::float32)
    run_call(out, CompareCall<float>{kernels.f32}, DType::bool_, type, in, false);
  else if (type == DType::float64)
    run_call(out, CompareCall<double>{kernels.f64}, DType::bool_, type, in, false);
  else
    run_rows(out, Row{integer_row(integer, type), nullptr, DType::bool_, {type, type}, false}, in,
             2);
}

void compute_ternary(Tensor& out, const Tensor& a, const Tensor& b, const Tensor& c,
                     KernelPair<TernaryKernel> kernels, double p) {
  const DType type = compute_type(out.dtype());
  const Tensor* const in[] = {&a, &b, &c};
  if (type == DType::float64)
    run_call(out, TernaryCall<double>{kernels.f64, p}, type, type, in, false);
  else
    run_call(out, TernaryCall<float>{kernels.f32, static_cast<float>(p)}, type, type, in, false);
}

}  // namespace nabla::ops
