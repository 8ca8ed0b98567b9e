#include "autograd/variable.h"

#include "autograd/copy_slices.h"
#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"

namespace nabla {

AutogradMeta::~AutogradMeta() {
  if (retain) retain->target = nullptr;
}

AutogradMeta* autograd_meta_or_null(const Tensor& t) {
  return static_cast<AutogradMeta*>(t.impl()->autograd.get());
}

AutogradMeta& autograd_meta(const Tensor& t) {
  auto& slot = t.impl()->autograd;
  if (!slot) slot = std::make_unique<AutogradMeta>();
  return static_cast<AutogradMeta&>(*slot);
}

bool is_leaf(const Tensor& t) { return !grad_fn(t); }

Ref<Node> grad_fn(const Tensor& t) {
  AutogradMeta* meta = autograd_meta_or_null(t);
  if (!meta) return nullptr;
  if (!t.impl()->is_view || meta->view_version == t.version()) return meta->grad_fn;
  if (!meta->base.requires_grad()) return meta->grad_fn;
  GradModeGuard recorded(true);
  Tensor again = grad_ops().as_strided(meta->base, t.sizes(), t.strides(), t.storage_offset());
  meta->grad_fn = autograd_meta(again).grad_fn;
  meta->output_nr = 0;
  meta->view_version = t.version();
  t.impl()->requires_grad = true;
  return meta->grad_fn;
}

Edge gradient_edge(const Tensor& t) {
  if (!t.requires_grad()) return {};
  if (Ref<Node> node = grad_fn(t)) return {std::move(node), autograd_meta(t).output_nr};
  AutogradMeta& meta = autograd_meta(t);
  if (meta.sink) return {Ref<Node>(meta.sink), 0};
  Ref<AccumulateGrad> sink(new AccumulateGrad(t));
  meta.sink = sink.get();
  return {sink, 0};
}

void set_requires_grad(const Tensor& t, bool on) {
  if (on)
    CHECK_TYPE(t.is_floating(), "only Tensors of floating point dtype can require gradients, got ",
               t.dtype());
  CHECK(!t.impl()->inference || !on || InferenceMode::enabled(),
        "Setting requiresGrad=true on inference tensor outside InferenceMode is not allowed.");
  CHECK(on || is_leaf(t),
        "you can only change requiresGrad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use varNoGrad = "
        "var.detach().");
  if (is_leaf(t)) t.impl()->requires_grad = on;
}

void set_history(const Tensor& t, Ref<Node> node, uint32_t nr) {
  AutogradMeta& meta = autograd_meta(t);
  meta.grad_fn = std::move(node);
  meta.output_nr = nr;
  meta.view_version = t.version();
  t.impl()->requires_grad = true;
}

Tensor grad(const Tensor& t) {
  AutogradMeta* meta = autograd_meta_or_null(t);
  return meta ? meta->grad : Tensor();
}

void set_grad(const Tensor& t, const Tensor& g) {
  if (!g.defined()) {
    if (AutogradMeta* meta = autograd_meta_or_null(t)) meta->grad.reset();
    return;
  }
  CHECK_TYPE(g.dtype() == t.dtype(), "assigned grad has data of a different type: expected ",
             t.dtype(), ", got ", g.dtype());
  CHECK_RANGE(equal(g.sizes(), t.sizes()), "assigned grad has data of a different size: expected ",
              Shape{t.sizes()}, ", got ", Shape{g.sizes()});
  CHECK(!g.is_same(t), "can't assign Variable as its own grad");
  autograd_meta(t).grad = g;
}

void accumulate_grad(const Tensor& t, const Tensor& g) {
  AutogradMeta& meta = autograd_meta(t);
  if (!meta.grad.defined()) {
    bool dense = g.is_contiguous() || equal(g.strides(), t.strides());
    // nobody else looks at it (`g` and one buffer of the engine at most): keep it without a copy
    bool ours = dense && !GradMode::enabled() && g.impl()->use_count() <= 1 &&
                g.storage()->use_count() <= 1;
    if (ours && !g.impl()->autograd)
      meta.grad = g;
    else
      meta.grad = GradMode::enabled() ? grad_ops().clone(g) : detach(grad_ops().clone(g));
    return;
  }
  if (GradMode::enabled())
    meta.grad = grad_ops().add(meta.grad, g);
  else
    grad_ops().add_(meta.grad, g);
}

void retain_grad(const Tensor& t) {
  CHECK(t.requires_grad(), "can't retain_grad on Tensor that has requiresGrad=false");
  Ref<Node> node = grad_fn(t);
  if (!node) return;
  AutogradMeta& meta = autograd_meta(t);
  if (meta.retain) return;
  meta.retain = Ref<RetainSlot>(new RetainSlot);
  meta.retain->target = t.impl();
  node->retain_grad(meta.output_nr, meta.retain);
}

uint64_t add_grad_hook(const Tensor& t, std::shared_ptr<GradHook> hook) {
  CHECK(t.requires_grad(), "cannot register a hook on a tensor that doesn't require gradient");
  if (Ref<Node> node = grad_fn(t)) return node->hooks().add(autograd_meta(t).output_nr, hook);
  return autograd_meta(t).leaf_hooks.add(0, std::move(hook));
}

uint64_t add_post_accumulate_hook(const Tensor& leaf, std::shared_ptr<GradHook> hook) {
  CHECK(leaf.requires_grad() && is_leaf(leaf),
        "post accumulate grad hooks cannot be registered on non-leaf tensors");
  return autograd_meta(leaf).post_accumulate_hooks.add(0, std::move(hook));
}

bool remove_grad_hook(const Tensor& t, uint64_t id) {
  AutogradMeta* meta = autograd_meta_or_null(t);
  if (!meta) return false;
  if (meta->leaf_hooks.remove(id) || meta->post_accumulate_hooks.remove(id)) return true;
  return meta->grad_fn && meta->grad_fn->hooks().remove(id);
}

Tensor detach(const Tensor& t) { return alias(t, t.sizes(), t.strides(), t.storage_offset()); }

Tensor data_alias(const Tensor& t) {
  return Tensor(Ref<TensorImpl>(new TensorImpl(t.storage(), new VersionCounter, t.sizes(),
                                               t.strides(), t.storage_offset(), t.dtype())));
}

void set_data(const Tensor& t, const Tensor& data) {
  CHECK_TYPE(!t.requires_grad() || data.is_floating(),
             "data of a tensor that requires gradients must be floating point, got ", data.dtype());
  TensorImpl* impl = t.impl();
  impl->storage = data.storage();
  impl->dtype = data.dtype();
  impl->set_geometry(data.sizes(), data.strides(), data.storage_offset());
}

void mark_view(const Tensor& view, const Tensor& source, bool one_of_many) {
  if (!view.is_floating() || InferenceMode::enabled() || source.impl()->inference) return;
  AutogradMeta& meta = autograd_meta(view);
  AutogradMeta* from = autograd_meta_or_null(source);
  bool nested = source.impl()->is_view;
  meta.base = nested ? from->base : source;
  meta.view_version = view.version();
  meta.made_in_no_grad = !GradMode::enabled() || (nested && from->made_in_no_grad);
  meta.one_of_many = one_of_many || (nested && from->one_of_many);
  view.impl()->is_view = true;
}

void check_inplace(const Tensor& self, bool recorded) {
  CHECK(!self.impl()->inference || InferenceMode::enabled(),
        "Inplace update to inference tensor outside InferenceMode is not allowed. You can make a "
        "clone to get a normal tensor before doing inplace update.");
  if (!GradMode::enabled() || (!recorded && !self.requires_grad())) return;
  AutogradMeta* meta = autograd_meta_or_null(self);
  if (self.impl()->is_view) {
    CHECK(!meta->base.requires_grad() || !is_leaf(meta->base),
          "a view of a leaf Variable that requires grad is being used in an in-place operation.");
    CHECK(
        !meta->made_in_no_grad,
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled. "
        "This view is not part of the base's history, so the edit cannot be recorded: clone() it "
        "first, or make the view with gradients enabled.");
    CHECK(
        !meta->one_of_many,
        "Output of a function that returns multiple views is being modified inplace. This view is "
        "the output of a function that returns multiple views. Such functions do not allow the "
        "output views to be modified inplace. You should replace the inplace operation by an "
        "out-of-place one.");
  }
  CHECK(!self.requires_grad() || !is_leaf(self),
        "a leaf Variable that requires grad is being used in an in-place operation.");
}

void rebase_history(const Tensor& self, Ref<Node> node) {
  if (!self.impl()->is_view) {
    set_history(self, std::move(node), 0);
    return;
  }
  AutogradMeta& meta = autograd_meta(self);
  const Tensor& base = meta.base;
  Ref<Node> slices(new CopySlices(base, self, std::move(node)));
  set_history(base, std::move(slices), 0);
  meta.view_version = self.version() - 1;  // made anew from the base's history when asked for
  self.impl()->requires_grad = true;
  grad_fn(self);
}

AccumulateGrad::AccumulateGrad(const Tensor& leaf) : Node(0), leaf_(leaf) {}

AccumulateGrad::~AccumulateGrad() {
  if (AutogradMeta* meta = autograd_meta_or_null(leaf_))
    if (meta->sink == this) meta->sink = nullptr;
}

void AccumulateGrad::run_hooks(Grads& grads) {
  AutogradMeta* meta = autograd_meta_or_null(leaf_);
  if (meta && !meta->leaf_hooks.empty()) meta->leaf_hooks.run(grads);
}

Grads AccumulateGrad::apply(Grads&& grads, const Needs&) {
  if (grads.empty() || !grads[0].defined()) return {};
  Tensor g = std::move(grads[0]);
  grads.clear();
  accumulate_grad(leaf_, g);
  const HookList& hooks = autograd_meta(leaf_).post_accumulate_hooks;
  if (!hooks.empty()) hooks.notify(leaf_);
  return {};
}

}  // namespace nabla
