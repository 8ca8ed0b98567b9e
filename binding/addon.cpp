// Module entry: one Env per JavaScript environment, the op functions, and the rest by name.
#include <napi.h>

#include "functions.h"

namespace nabla::binding {
namespace {

// An array that both sides see; JS never hands its buffer out, so it cannot be detached.
template <class T>
T* shared_array(Napi::Env env, Napi::Object exports, const char* name, size_t count,
                std::vector<napi_ref>& kept) {
  auto array = Napi::TypedArrayOf<T>::New(env, count);
  exports.Set(name, array);
  napi_ref ref = nullptr;
  napi_create_reference(env, array, 1, &ref);
  kept.push_back(ref);
  return array.Data();
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  // A misspelt NABLA_ISA must not silently run with another instruction set.
  if (const char* why = kernels::isa_error()) {
    napi_throw_error(env, "ERR_NABLA_ISA", why);
    return exports;
  }
  auto* state = new Env(env);
  napi_set_instance_data(
      env, state, [](napi_env, void* data, void*) { delete static_cast<Env*>(data); }, nullptr);
  // Finalizers that run while the environment goes down must not make new ones.
  napi_add_env_cleanup_hook(
      env, [](void* data) { static_cast<Env*>(data)->closing = true; }, state);
  std::vector<napi_ref> kept;  // for the life of the environment
  state->scratch = shared_array<double>(env, exports, "scratch", Env::scratch_size, kept);
  state->flags = shared_array<int32_t>(env, exports, "flags", Env::flag_count, kept);
  exports.Set("ops", Napi::Value(env, op_functions(env)));
  exports.Set("schema", op_schema());
  for (const auto& list : {tensor_functions(), autograd_functions(), process_functions()})
    for (const NamedFunction& f : list) {
      napi_value fn;
      napi_create_function(env, f.name, NAPI_AUTO_LENGTH, f.fn, nullptr, &fn);
      exports.Set(f.name, Napi::Value(env, fn));
    }
  return exports;
}

}  // namespace
}  // namespace nabla::binding

static Napi::Object nabla_init(Napi::Env env, Napi::Object exports) {
  return nabla::binding::init(env, exports);
}
NODE_API_MODULE(nabla, nabla_init)
