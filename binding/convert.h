#pragma once
#include "env.h"

// JS values to boxed values and back. lib/call.ts has checked the kinds already; what arrives here
// in spite of that still ends in an error and not in a crash.

namespace nabla::binding {

using Bytes = std::span<std::byte>;

// Reads the arguments of one call.
class Reader {
 public:
  explicit Reader(Env& env) : env_(env) {}

  // A value of the parameter's kind; its default when v is undefined, none when v is null.
  void read(napi_value v, const Param& param, Value& out);
  // Numbers beside a floating tensor are floating, beside others whole numbers are integers.
  void settle_numbers(const std::vector<Param>& params, Value* values) const;

  double number(napi_value v) const;
  int64_t integer(napi_value v) const;
  bool boolean(napi_value v) const;
  DType dtype(napi_value v) const;
  std::string text(napi_value v) const;
  Dims integers(napi_value count);
  std::vector<napi_value> array(napi_value v) const;
  // Memory of a typed array; what was detached has none.
  Bytes typed_array(napi_value v) const;
  // Null and undefined give an undefined tensor.
  Tensor optional_tensor(napi_value v) const;
  TensorList tensors(napi_value v) const;

 private:
  Value scalar(napi_value v) const;
  IndexList index(napi_value v);
  const double* take(size_t count);
  bool is_none(napi_value v) const;

  Env& env_;
  size_t cursor_ = 0;  // in the scratch array
};

// For JS.
napi_value to_js(Env& env, bool v);
napi_value to_js(Env& env, int64_t v);
napi_value to_js(Env& env, double v);
napi_value to_js(Env& env, const std::string& v);
napi_value to_js(Env& env, const TensorList& list);  // undefined tensors become null
napi_value null_value(Env& env);
napi_value undefined_value(Env& env);

// Result of an op whose arguments were `args`; sets the flags that lib reads.
napi_value result_to_js(Env& env, const OpDescriptor& op, const Value* args, const Value& result);

}  // namespace nabla::binding
