#pragma once
// From an op's operands to a row kernel: one place for what the elementwise families share.
#include "kernels/tables.h"
#include "ops/elementwise.h"
#include "ops/integer_rows.h"

namespace nabla::ops {

template <class T>
using UnaryKernel = kernels::UnaryFn<T>;
template <class T>
using BinaryKernel = kernels::BinaryFn<T>;
template <class T>
using CompareKernel = kernels::CompareFn<T>;
template <class T>
using TernaryKernel = kernels::TernaryFn<T>;

// The float32 and the float64 kernel of one function.
template <template <class> class Kernel>
struct KernelPair {
  Kernel<float> f32;
  Kernel<double> f64;
};
// NABLA_KERNELS(binary, add): the pair from the table of this machine.
#define NABLA_KERNELS(family, name) \
  { ::nabla::kernels::tables().family.f32.name, ::nabla::kernels::tables().family.f64.name }

// out = f(x). The kernels serve floating results (float16 and bfloat16 by float32), the integer op
// the others.
void compute_unary(Tensor& out, const Tensor& x, KernelPair<UnaryKernel> kernels, IntegerOp integer,
                   bool heavy);
// out = f(a, b) with parameter p, in the dtype of out. A division by zero of integers is an error.
void compute_binary(Tensor& out, const Tensor& a, const Tensor& b, KernelPair<BinaryKernel> kernels,
                    IntegerOp integer, const Scalar& p, bool heavy);
// out (bool) = a ? b, compared in the dtype to which both promote.
void compute_compare(Tensor& out, const Tensor& a, const Tensor& b,
                     KernelPair<CompareKernel> kernels, IntegerOp integer);
// out = f(a, b, c) with parameter p; floating results alone.
void compute_ternary(Tensor& out, const Tensor& a, const Tensor& b, const Tensor& c,
                     KernelPair<TernaryKernel> kernels, double p);
// out = f(a, b) on integers or bool, in dtype `type`, which out has too.
void compute_integer(Tensor& out, const Tensor& a, const Tensor& b, IntegerOp op,
                     const Scalar& alpha = 1);

}  // namespace nabla::ops
