#pragma once
#include <string_view>
#include <tuple>

#include "core/tensor.h"
#include "ops/index_list.h"

// Every op as a C++ function, declared from the one list (ops.inc). A row is
//
//   OP(cpp_name, "jsName", Result, (parameters with names and defaults), FLAGS)
//
// KW stands before the first parameter that is keyword-only (options-only in JavaScript). Rows with
// the same jsName are overloads and are tried in order. A named tuple gives its fields after the
// name: "max:values,indices". The same row registers the op and, as text, is the schema from which
// the binding, the methods and the type declarations come.

namespace nabla {

class Generator;
using OptGenerator = Generator*;

// Sizes of results, where null in JavaScript keeps the input's size (lib/call.ts fills it in).
using OutputSize = IntSpan;

using Tensor2 = std::tuple<Tensor, Tensor>;
using Tensor3 = std::tuple<Tensor, Tensor, Tensor>;

// Where a row shows up in JavaScript.
enum OpFlags : unsigned {
  FN = 1,        // torch.name
  METHOD = 2,    // Tensor.prototype.name: the first parameter is `this`
  NNF = 4,       // nn.functional.name
  INTERNAL = 8,  // for lib/ alone
};

namespace ops {
#define KW
#define OP(cpp_name, js_name, Result, params, flags) Result cpp_name params;
#include "ops/ops.inc"
#undef OP
}  // namespace ops

}  // namespace nabla
