#pragma once
#include "env.h"

namespace nabla::binding {

// An array with one JS function per row of the op list, in its order.
napi_value op_functions(napi_env env);

}  // namespace nabla::binding
