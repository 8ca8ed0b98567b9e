#include "functions.h"

namespace nabla::binding {
namespace {

constexpr size_t max_params = 24;

// Every op from JS: arguments to values, the op, the result back.
napi_value call(napi_env napi, napi_callback_info info) {
  napi_value argv[max_params];
  size_t argc = max_params;
  void* data = nullptr;
  napi_get_cb_info(napi, info, &argc, argv, nullptr, &data);
  const auto& op = *static_cast<const OpDescriptor*>(data);
  return guarded(napi, [&] {
    Env& env = Env::of(napi);
    env.maybe_collect();
    size_t count = op.params.size();
    Value values[max_params];
    Reader reader(env);
    bool numbers = false;
    for (size_t i = 0; i < count; ++i) {
      const Param& param = op.params[i];
      reader.read(argv[i], param, values[i]);
      numbers |= std::holds_alternative<double>(values[i]);
    }
    if (numbers) reader.settle_numbers(op.params, values);
    Value result;
    op.call(values, result);
    return result_to_js(env, op, values, result);
  });
}

}  // namespace

napi_value op_functions(napi_env env) {
  napi_value list;
  napi_create_array_with_length(env, op_list().size(), &list);
  uint32_t i = 0;
  for (const OpDescriptor& op : op_list()) {
    INTERNAL(op.params.size() <= max_params, "too many parameters in op ", op.name);
    napi_value fn;
    napi_create_function(env, op.name.data(), op.name.size(), call, const_cast<OpDescriptor*>(&op),
                         &fn);
    napi_set_element(env, list, i++, fn);
  }
  return list;
}

}  // namespace nabla::binding
