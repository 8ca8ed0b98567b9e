// Gradients: what a tensor knows of its history, backward, hooks, autograd.Function.
#include "functions.h"
#include "js_node.h"

namespace nabla::binding {
namespace {

napi_value requires_grad(Args& a) { return to_js(a.env, a.tensor(0).requires_grad()); }
napi_value is_leaf_(Args& a) { return to_js(a.env, is_leaf(a.tensor(0))); }

void set_requires_grad_(Args& a) { set_requires_grad(a.tensor(0), a.reader.boolean(a[1])); }

void retain_grad_(Args& a) { retain_grad(a.tensor(0)); }

napi_value retains_grad(Args& a) {
  AutogradMeta* meta = autograd_meta_or_null(a.tensor(0));
  return to_js(a.env, meta && meta->retain);
}

// Name of the node that made the tensor, null for leaves.
napi_value grad_fn_(Args& a) {
  Ref<Node> node = grad_fn(a.tensor(0));
  return node ? to_js(a.env, node->name()) : null_value(a.env);
}

// grad(h, cached): false without a gradient, true if it is the cached one, else a handle.
napi_value grad_(Args& a) {
  Tensor g = grad(a.tensor(0));
  if (!g.defined()) return to_js(a.env, false);
  Entry* cached = a.env.entry(a[1]);
  if (cached && cached->tensor.is_same(g)) return to_js(a.env, true);
  return a.env.wrap(g);
}

void set_grad_(Args& a) { set_grad(a.tensor(0), a.reader.optional_tensor(a[1])); }

napi_value data_alias_(Args& a) { return a.env.wrap(data_alias(a.tensor(0))); }

void set_data_(Args& a) { set_data(a.tensor(0), a.tensor(1)); }

// Takes the tensor out of its graph.
void detach_(Args& a) {
  const Tensor& t = a.tensor(0);
  CHECK(!t.impl()->is_view, "Can't detach views in-place. Use detach() instead.");
  if (AutogradMeta* meta = autograd_meta_or_null(t)) {
    meta->grad_fn.reset();
    meta->output_nr = 0;
  }
  t.impl()->requires_grad = false;
}

// backward(roots, gradients, retainGraph, createGraph, inputs, accumulate, allowUnused)
napi_value backward(Args& a) {
  a.env.maybe_collect();
  TensorList roots = a.reader.tensors(a[0]);
  Grads grads;
  for (napi_value item : a.reader.array(a[1])) grads.push_back(a.reader.optional_tensor(item));
  BackwardOptions options;
  options.retain_graph = a.reader.boolean(a[2]);
  options.create_graph = a.reader.boolean(a[3]);
  TensorList inputs = a.reader.tensors(a[4]);
  options.accumulate = a.reader.boolean(a[5]);
  options.allow_unused = a.reader.boolean(a[6]);
  Grads made = run_backward(roots, grads, inputs, options);
  return to_js(a.env, made);
}

// Bits: 1 not recorded, 2 inference; setGradMode takes the same.
napi_value grad_mode(Args& a) {
  return to_js(a.env, int64_t{(GradMode::enabled() ? 0 : 1) | (InferenceMode::enabled() ? 2 : 0)});
}
void set_grad_mode(Args& a) {
  int64_t mode = a.reader.integer(a[0]);
  GradMode::set_enabled((mode & 1) == 0);
  InferenceMode::set_enabled((mode & 2) != 0);
}

// registerHook(h, payload, postAccumulate): the hook's id.
napi_value register_hook(Args& a) {
  auto hook = std::make_shared<JsHook>(a.env, a[1]);
  uint64_t id = a.reader.boolean(a[2]) ? add_post_accumulate_hook(a.tensor(0), std::move(hook))
                                       : add_grad_hook(a.tensor(0), std::move(hook));
  return to_js(a.env, static_cast<int64_t>(id));
}

napi_value remove_hook(Args& a) {
  return to_js(a.env, remove_grad_hook(a.tensor(0), static_cast<uint64_t>(a.reader.integer(a[1]))));
}

// jsNode(name, payload, inputs, outputs, dirty, differentiable): gives the outputs of an
// autograd.Function their history. A dirty output is an input that forward edited in place.
void js_node(Args& a) {
  Reader& r = a.reader;
  TensorList inputs;
  for (napi_value item : r.array(a[2])) inputs.push_back(r.optional_tensor(item));
  TensorList outputs = r.tensors(a[3]);
  auto dirty = r.array(a[4]);
  auto differentiable = r.array(a[5]);
  CHECK_TYPE(dirty.size() == outputs.size() && differentiable.size() == outputs.size(),
             "one flag per output");
  for (size_t i = 0; i < outputs.size(); ++i)
    if (r.boolean(dirty[i])) check_inplace(outputs[i], true);
  Ref<Node> node(new JsNode(a.env, a[1], r.text(a[0]), inputs, outputs.size()));
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (!r.boolean(differentiable[i])) continue;
    if (r.boolean(dirty[i]) && outputs[i].impl()->is_view) {
      CHECK(outputs.size() == 1,
            "a Function that edits a view in place must return that view and nothing else");
      rebase_history(outputs[i], node);
    } else {
      set_history(outputs[i], node, static_cast<uint32_t>(i));
    }
  }
}

// Payloads whose native owner is gone and that JS has not collected, for graph.ts to let go of.
napi_value drain_released(Args& a) {
  napi_value list, object;
  napi_create_array(a.env.env, &list);
  uint32_t count = 0;
  for (napi_ref ref : a.env.released) {
    object = nullptr;
    napi_get_reference_value(a.env.env, ref, &object);
    if (object) napi_set_element(a.env.env, list, count++, object);
    napi_delete_reference(a.env.env, ref);
  }
  a.env.released.clear();
  a.env.flags[2] = 0;
  return list;
}

}  // namespace

std::vector<NamedFunction> autograd_functions() {
  return {{"requiresGrad", function<requires_grad>},
          {"setRequiresGrad", function<set_requires_grad_>},
          {"isLeaf", function<is_leaf_>},
          {"retainGrad", function<retain_grad_>},
          {"retainsGrad", function<retains_grad>},
          {"gradFn", function<grad_fn_>},
          {"grad", function<grad_>},
          {"setGrad", function<set_grad_>},
          {"dataAlias", function<data_alias_>},
          {"setData", function<set_data_>},
          {"detach_", function<detach_>},
          {"backward", function<backward>},
          {"gradMode", function<grad_mode>},
          {"setGradMode", function<set_grad_mode>},
          {"registerHook", function<register_hook>},
          {"removeHook", function<remove_hook>},
          {"jsNode", function<js_node>},
          {"drainReleased", function<drain_released>}};
}

}  // namespace nabla::binding
