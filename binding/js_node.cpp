#include "js_node.h"

#include "convert.h"
#include "errors.h"

namespace nabla::binding {
Tensor JsHook::call(const Tensor& grad) {
  Env& env = payload_.env();
  HandleScope scope(env.env);
  napi_value result = env.call_back(Callback::hook, payload_, to_js(env, TensorList{grad}));
  return Reader(env).optional_tensor(result);
}

JsNode::JsNode(Env& env, napi_value payload, std::string name, const TensorList& inputs,
               size_t outputs)
    : payload_(env, payload), name_(std::move(name)) {
  for (const Tensor& t : inputs) {
    inputs_.emplace_back();
    if (t.defined()) inputs_.back() = {gradient_edge(t), Dims(t.sizes()), t.dtype()};
  }
  set_output_count(static_cast<uint32_t>(outputs));
}

// JS gets an array of gradients (null for zero) followed by what is needed of the results.
Grads JsNode::apply(Grads&& grads, const Needs& needs) {
  Env& env = payload_.env();
  HandleScope scope(env.env);
  grads.resize(output_count());
  napi_value values = to_js(env, grads);
  napi_value wanted;
  napi_create_array_with_length(env.env, inputs_.size(), &wanted);
  for (uint32_t i = 0; i < inputs_.size(); ++i)
    napi_set_element(env.env, wanted, i, to_js(env, needs(i)));
  napi_set_element(env.env, values, static_cast<uint32_t>(grads.size()), wanted);
  napi_value result = env.call_back(Callback::backward, payload_, values);
  Reader reader(env);
  Grads made;
  for (napi_value item : reader.array(result)) made.push_back(reader.optional_tensor(item));
  CHECK(made.size() <= inputs_.size(), name_, " returned ", made.size(), " gradients for ",
        inputs_.size(), " inputs");
  return made;
}

void JsNode::release_saved() {
  Env& env = payload_.env();
  if (env.closing) return;
  HandleScope scope(env.env);
  napi_value none;
  napi_create_array(env.env, &none);
  env.call_back(Callback::release, payload_, none);
}

}  // namespace nabla::binding
