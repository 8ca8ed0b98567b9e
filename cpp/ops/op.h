#pragma once
#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"
#include "autograd/variable.h"
#include "core/tensor.h"
#include "ops/recorded_node.h"

// How an op is written (see docs/architecture.md, "the life of an op"):
//
//   struct Softmax {                                        // in an anonymous namespace
//     static constexpr Saves saves = Saves::output();       // what backward needs
//     static Meta meta(const Tensor& self, int64_t dim);    // checks, shape and dtype; no data
//     static void compute(Tensor& out, const Tensor& self, int64_t dim);
//     static Grads backward(const Ctx& ctx, const Tensor& grad, const Tensor& self, int64_t dim);
//   };
//   Tensor softmax(const Tensor& self, int64_t dim) { return run<Softmax>(self, dim); }
//
// Several results: meta returns std::array<Meta, N>, compute takes std::array<Tensor, N>&, backward
// takes `const Grads& grads` (some may be undefined), run returns std::array<Tensor, N>; a member
// `differentiable_outputs` (default: all floating ones) limits which get a history.
// A view has `static Geometry view(args...)` instead of meta and compute. An op without backward
// has results that never require a gradient.

namespace nabla {

// What a backward function may ask besides its arguments.
class Ctx {
 public:
  Ctx(detail::RecordedNode& node, const Needs& needs) : node_(node), needs_(needs) {}
  // Does tensor argument i need a gradient now?
  bool needs(size_t i) const { return needs_(i); }
  // A saved result.
  Tensor output(size_t nr = 0) const { return node_.output(nr); }

 private:
  detail::RecordedNode& node_;
  const Needs& needs_;
};

namespace detail {

template <class A>
constexpr bool is_tensor = std::is_base_of_v<Tensor, A>;

// Appends the tensors among the arguments; an absent one is undefined.
inline void collect(TensorRefs&) {}
template <class A, class... Rest>
void collect(TensorRefs& refs, const A& a, const Rest&... rest) {
  if constexpr (is_tensor<A>)
    refs.push_back(&a);
  else if constexpr (std::is_same_v<A, OptTensor>)
    refs.push_back(a ? &*a : &undefined_tensor());
  else if constexpr (std::is_same_v<A, TensorList>)
    for (const Tensor& t : a) refs.push_back(&t);
  collect(refs, rest...);
}

// How an argument waits in a node: tensors by number, spans and views of strings as copies.
struct KeptTensor {};
struct KeptOptTensor {
  bool present;
};
struct KeptList {
  size_t count;
};
template <class A>
auto keep(const A& a) {
  if constexpr (is_tensor<A>)
    return KeptTensor{};
  else if constexpr (std::is_same_v<A, OptTensor>)
    return KeptOptTensor{a && a->defined()};
  else if constexpr (std::is_same_v<A, TensorList>)
    return KeptList{a.size()};
  else if constexpr (std::is_same_v<A, IntSpan>)
    return Dims(a);
  else if constexpr (std::is_convertible_v<A, std::string_view>)
    return std::string(a);
  else
    return a;
}
template <class A>
using Kept = decltype(keep(std::declval<const A&>()));

template <class Op>
std::string type_name() {
  std::string_view s = __PRETTY_FUNCTION__;
  s = s.substr(s.find("Op = ") + 5);
  s = s.substr(0, s.find_first_of(";,]"));
  if (size_t at = s.rfind("::"); at != s.npos) s = s.substr(at + 2);
  return std::string(s);
}

template <class Op, class... A>
Saves saves_of(uint64_t needs) {
  if constexpr (requires { Op::saves(needs); })
    return Op::saves(needs);
  else if constexpr (requires { Op::saves; })
    return Op::saves;
  else
    return Saves::none();
}

// The recorded form of Op called with arguments A.
template <class Op, class... A>
class OpNode final : public RecordedNode {
 public:
  explicit OpNode(const A&... args) : kept_(keep(args)...) {}

  Grads apply(Grads&& grads, const Needs& needs) override {
    if (none_defined(grads)) return {};
    return apply_with(grads, needs, std::index_sequence_for<A...>());
  }

  std::string name() const override {
    if constexpr (requires { Op::node_name; })
      return std::string(Op::node_name);
    else
      return type_name<Op>() + "Backward0";
  }

 private:
  template <size_t... I>
  Grads apply_with(const Grads& grads, const Needs& needs, std::index_sequence<I...>) {
    Ctx ctx(*this, needs);
    size_t next = 0;
    // braces: restored from left to right
    auto args = std::tuple{restore(std::get<I>(kept_), next)...};
    if constexpr (requires { Op::backward(ctx, grads, std::get<I>(args)...); })
      return Op::backward(ctx, grads, std::get<I>(args)...);
    else
      return Op::backward(ctx, grads[0], std::get<I>(args)...);
  }
  Tensor restore(KeptTensor, size_t& next) { return tensor(next++); }
  OptTensor restore(KeptOptTensor kept, size_t& next) {
    size_t i = next++;
    return kept.present ? OptTensor(tensor(i)) : std::nullopt;
  }
  TensorList restore(KeptList kept, size_t& next) { return list(kept.count, next); }
  template <class T>
  const T& restore(const T& kept, size_t&) {
    return kept;
  }

  std::tuple<Kept<A>...> kept_;
};

// Some op named in the list of forms has a backward for these arguments.
template <class Op>
concept HasBackward = requires {
  &Op::backward;
};

// The node of a call, null when no argument asks for a gradient or nothing is recorded.
template <class Op, class... A>
Ref<RecordedNode> record(const A&... args) {
  if constexpr (!HasBackward<Op>)
    return nullptr;
  else {
    if (!GradMode::enabled()) return nullptr;
    TensorRefs refs;
    collect(refs, args...);
    uint64_t needs = needs_mask(refs);
    if (!needs) return nullptr;
    Ref<RecordedNode> node(new OpNode<Op, A...>(args...));
    node->keep_inputs(refs, saves_of<Op, A...>(needs));
    return node;
  }
}

template <class Op>
constexpr size_t differentiable_outputs(size_t count) {
  if constexpr (requires { Op::differentiable_outputs; })
    return Op::differentiable_outputs;
  else
    return count;
}

}  // namespace detail

// Calls an op: meta, allocation, compute and, where a gradient may be asked for, its node.
template <class Op, class... A>
auto run(const A&... args) {
  using M = decltype(Op::meta(args...));
  if constexpr (std::is_same_v<M, Meta>) {
    Tensor out = detail::allocate(Op::meta(args...));
    Op::compute(out, args...);
    if (detail::HasBackward<Op> && out.is_floating())
      if (auto node = detail::record<Op>(args...)) node->attach(out);
    return out;
  } else {
    M metas = Op::meta(args...);
    constexpr size_t count = std::tuple_size_v<M>;
    std::array<Tensor, count> outs;
    for (size_t i = 0; i < count; ++i) outs[i] = detail::allocate(metas[i]);
    Op::compute(outs, args...);
    if (auto node = detail::record<Op>(args...))
      node->attach(outs.data(), count, detail::differentiable_outputs<Op>(count));
    return outs;
  }
}

// Calls a view op: the result shares memory and version with the first argument.
template <class Op, class... A>
Tensor run_view(const Tensor& self, const A&... args) {
  Tensor out = detail::make_view(self, Op::view(self, args...));
  if (auto node = detail::record<Op>(self, args...)) node->attach(out);
  return out;
}

namespace detail {

template <class A>
A unshared(const A& a, const Tensor& self) {
  if constexpr (is_tensor<A>)
    return shares_half(a, self) ? A(grad_ops().clone(a)) : a;
  else
    return a;
}

}  // namespace detail

// Calls an elementwise op in place: self takes the result.
template <class Op, class... A>
Tensor run_inplace(const Tensor& self, const A&... args) {
  Meta m = Op::meta(self, args...);
  Ref<detail::RecordedNode> node;
  if (self.is_floating()) node = detail::record<Op>(self, args...);
  detail::begin_inplace(self, m, node.get());
  GradModeGuard off(false);
  if (m.dtype == self.dtype()) {
    Tensor out = self;
    Op::compute(out, self, detail::unshared(args, self)...);
  } else {
    Tensor out = detail::allocate(m);
    Op::compute(out, self, args...);
    grad_ops().copy_(self, out);
  }
  detail::end_inplace(self, m, node);
  return self;
}

}  // namespace nabla
