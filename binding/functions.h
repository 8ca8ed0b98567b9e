#pragma once
#include <node_api.h>

#include "convert.h"
#include "errors.h"

// Plumbing for the functions that are no ops: a plain C++ body over at most eight arguments.

namespace nabla::binding {

struct Args {
  Env& env;
  Reader reader;
  napi_value values[8];

  const Tensor& tensor(size_t i) const { return env.tensor(values[i]); }
  napi_value operator[](size_t i) const { return values[i]; }
};

// `body` returns a JS value or nothing.
template <auto body>
napi_value function(napi_env napi, napi_callback_info info) {
  return guarded(napi, [&] {
    Env& env = Env::of(napi);
    Args args{env, Reader(env), {}};
    size_t count = 8;
    napi_get_cb_info(napi, info, &count, args.values, nullptr, nullptr);
    if constexpr (std::is_void_v<decltype(body(args))>) {
      body(args);
      return undefined_value(env);
    } else {
      return body(args);
    }
  });
}

struct NamedFunction {
  const char* name;
  napi_callback fn;
};

// The functions of each file, for addon.cpp.
std::vector<NamedFunction> tensor_functions();
std::vector<NamedFunction> autograd_functions();
std::vector<NamedFunction> process_functions();

// An array with one JS function per row of the op list, in its order (call.cpp).
napi_value op_functions(napi_env env);

}  // namespace nabla::binding
