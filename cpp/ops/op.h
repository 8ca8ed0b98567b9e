#pragma once
#include <array>
#include <concepts>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "autograd/grad_mode.h"
#include "autograd/grad_ops.h"
#include "autograd/saved_tensor.h"
#include "autograd/variable.h"
#include "core/tensor.h"

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

// What a result will be: known before any data is touched.
struct Meta {
  Dims sizes;
  DType dtype = DType::float32;
  OptDims strides = std::nullopt;  // contiguous when not given
};
inline Meta like(const Tensor& t) { return {Dims(t.sizes()), t.dtype(), std::nullopt}; }

// Another look at the first argument's memory; offset in elements from the start of its storage.
struct Geometry {
  Dims sizes;
  Dims strides;
  int64_t offset = 0;
};

// Which tensors a node keeps: tensor arguments, numbered among the tensor arguments alone (lists
// count each element; numbers from 63 on share one bit), and results.
struct Saves {
  uint64_t arguments = 0;
  uint32_t outputs = 0;
  static constexpr Saves none() { return {}; }
  static constexpr Saves output(int nr = 0) { return {0, 1u << nr}; }
  template <class... I>
  static constexpr Saves args(I... i) {
    return {((uint64_t{1} << i) | ... | 0), 0};
  }
  // a * b: each is needed for the other's gradient. `needs` has a bit for each tensor argument.
  static constexpr Saves cross(uint64_t needs) {
    return {((needs >> 1) & 1) | ((needs & 1) << 1), 0};
  }
  constexpr Saves operator|(Saves o) const {
    return {arguments | o.arguments, outputs | o.outputs};
  }
};

// What a backward function may ask besides its arguments.
class Ctx {
 public:
  Ctx(Node& node, const Needs& needs, const std::array<SavedTensor, 4>& outputs)
      : node_(node), needs_(needs), outputs_(outputs) {}
  // Does tensor argument i need a gradient now?
  bool needs(size_t i) const { return needs_(i); }
  // A saved result.
  Tensor output(size_t nr = 0) const { return outputs_[nr].unpack(&node_); }
  // Shape of tensor argument i.
  IntSpan sizes(size_t i) const { return node_.inputs()[i].sizes; }
  size_t input_count() const { return node_.inputs().size(); }

 private:
  Node& node_;
  const Needs& needs_;
  const std::array<SavedTensor, 4>& outputs_;
};

namespace detail {

template <class A>
constexpr bool is_tensor = std::is_base_of_v<Tensor, A>;

// Calls f for each tensor among the arguments; an absent or undefined one is given as undefined.
template <class F>
void each_tensor(F&& f) {}
template <class F, class A, class... Rest>
void each_tensor(F&& f, const A& a, const Rest&... rest) {
  if constexpr (is_tensor<A>)
    f(static_cast<const Tensor&>(a));
  else if constexpr (std::is_same_v<A, OptTensor>)
    f(a ? *a : Tensor());
  else if constexpr (std::is_same_v<A, TensorList>)
    for (const Tensor& t : a) f(t);
  each_tensor(f, rest...);
}

// Bit i (63 for all later ones): tensor argument i requires a gradient.
template <class... A>
uint64_t needs_mask(const A&... args) {
  uint64_t mask = 0;
  int i = 0;
  each_tensor(
      [&](const Tensor& t) {
        if (t.defined() && t.requires_grad()) mask |= uint64_t{1} << std::min(i, 63);
        ++i;
      },
      args...);
  return mask;
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
class OpNode final : public Node {
 public:
  explicit OpNode(const A&... args) : kept_(keep(args)...) {
    uint64_t needs = needs_mask(args...);
    Saves saves = saves_of<Op>(needs);
    size_t count = 0;
    each_tensor([&](const Tensor&) { ++count; }, args...);
    inputs_.reserve(count);
    if (saves.arguments) saved_.resize(count);
    size_t i = 0;
    each_tensor(
        [&](const Tensor& t) {
          inputs_.emplace_back();
          if (t.defined()) {
            inputs_.back() = {gradient_edge(t), Dims(t.sizes()), t.dtype()};
            if (saves.arguments >> std::min<size_t>(i, 63) & 1) saved_[i] = SavedTensor(t, false);
          }
          ++i;
        },
        args...);
    saved_outputs_ = saves.outputs;
  }

  // Replaces what was kept of argument 0 (in-place ops keep a copy made before the edit).
  void keep_first(const Tensor& t) { saved_[0] = SavedTensor(t, false); }
  void keep_output(const Tensor& t, size_t nr) {
    if (saved_outputs_ >> nr & 1) outputs_[nr] = SavedTensor(t, true);
  }

  Grads apply(Grads&& grads, const Needs& needs) override {
    bool any = false;
    for (const Tensor& g : grads) any |= g.defined();
    if (!any) return {};
    return apply_with(grads, needs, std::index_sequence_for<A...>());
  }

  std::string name() const override {
    if constexpr (requires { Op::node_name; })
      return std::string(Op::node_name);
    else
      return type_name<Op>() + "Backward0";
  }

  void release_saved() override {
    for (auto& s : saved_) s.release();
    for (auto& s : outputs_) s.release();
  }

 private:
  template <size_t... I>
  Grads apply_with(const Grads& grads, const Needs& needs, std::index_sequence<I...>) {
    Ctx ctx(*this, needs, outputs_);
    size_t next = 0;
    // braces: restored from left to right
    auto args = std::tuple{restore(std::get<I>(kept_), next)...};
    if constexpr (requires { Op::backward(ctx, grads, std::get<I>(args)...); })
      return Op::backward(ctx, grads, std::get<I>(args)...);
    else
      return Op::backward(ctx, grads[0], std::get<I>(args)...);
  }
  Tensor tensor(size_t i) {
    if (i < saved_.size() && saved_[i].defined()) return saved_[i].unpack(this);
    return shell(inputs_[i].sizes, inputs_[i].dtype);
  }
  Tensor restore(KeptTensor, size_t& next) { return tensor(next++); }
  OptTensor restore(KeptOptTensor kept, size_t& next) {
    size_t i = next++;
    return kept.present ? OptTensor(tensor(i)) : std::nullopt;
  }
  TensorList restore(KeptList kept, size_t& next) {
    TensorList list;
    for (size_t i = 0; i < kept.count; ++i) list.push_back(tensor(next++));
    return list;
  }
  template <class T>
  const T& restore(const T& kept, size_t&) {
    return kept;
  }

  std::tuple<Kept<A>...> kept_;
  std::vector<SavedTensor> saved_;
  std::array<SavedTensor, 4> outputs_;
  uint32_t saved_outputs_ = 0;
};

// Some op named in the list of forms has a backward for these arguments.
template <class Op>
concept HasBackward = requires {
  &Op::backward;
};

template <class... A>
bool should_record(const A&... args) {
  return GradMode::enabled() && needs_mask(args...) != 0;
}

inline Tensor allocate(const Meta& m) {
  Tensor t = m.strides ? empty_strided(m.sizes, *m.strides, m.dtype) : empty(m.sizes, m.dtype);
  if (InferenceMode::enabled()) t.impl()->inference = true;
  return t;
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
    if constexpr (detail::HasBackward<Op>) {
      if (detail::should_record(args...) && out.is_floating()) {
        auto* node = new detail::OpNode<Op, A...>(args...);
        Ref<Node> owner(node);
        set_history(out, owner, 0);
        node->keep_output(out, 0);
      }
    }
    return out;
  } else {
    M metas = Op::meta(args...);
    constexpr size_t count = std::tuple_size_v<M>;
    std::array<Tensor, count> outs;
    for (size_t i = 0; i < count; ++i) outs[i] = detail::allocate(metas[i]);
    Op::compute(outs, args...);
    if constexpr (detail::HasBackward<Op>) {
      if (detail::should_record(args...)) {
        auto* node = new detail::OpNode<Op, A...>(args...);
        Ref<Node> owner(node);
        node->set_output_count(count);
        for (size_t i = 0; i < count; ++i) {
          if (i < detail::differentiable_outputs<Op>(count) && outs[i].is_floating())
            set_history(outs[i], owner, static_cast<uint32_t>(i));
          else
            autograd_meta(outs[i]).output_nr = static_cast<uint32_t>(i);
        }
        for (size_t i = 0; i < count; ++i) node->keep_output(outs[i], i);
      }
    }
    return outs;
  }
}

// Calls a view op: the result shares memory and version with the first argument.
template <class Op, class... A>
Tensor run_view(const Tensor& self, const A&... args) {
  Geometry g = Op::view(self, args...);
  Tensor out = alias(self, g.sizes, g.strides, g.offset);
  mark_view(out, self);
  if (detail::should_record(self)) {
    set_history(out, Ref<Node>(new detail::OpNode<Op, Tensor, A...>(self, args...)), 0);
  }
  return out;
}

namespace detail {

inline void check_result_type(DType from, DType to) {
  CHECK_TYPE(category(from) <= category(to), "result type ", scalar_type_name(from),
             " can't be cast to the desired output type ", scalar_type_name(to));
}

inline void check_writable(const Tensor& self) {
  CHECK(is_non_overlapping(self.sizes(), self.strides()),
        "unsupported operation: more than one element of the written-to tensor refers to a single "
        "memory location. Please clone() the tensor before performing the operation.");
}

// An operand that looks at self's memory through another geometry would see half-written data.
template <class A>
A unshared(const A& a, const Tensor& self) {
  if constexpr (is_tensor<A>) {
    bool clash = a.has_storage() && self.storage() == a.storage() && a.storage()->bytes() > 0 &&
                 !(a.storage_offset() == self.storage_offset() && equal(a.sizes(), self.sizes()) &&
                   equal(a.strides(), self.strides()));
    return clash ? A(grad_ops().clone(a)) : a;
  } else {
    return a;
  }
}

}  // namespace detail

// Calls an elementwise op in place: self takes the result.
template <class Op, class... A>
Tensor run_inplace(const Tensor& self, const A&... args) {
  Meta m = Op::meta(self, args...);
  CHECK_RANGE(equal(m.sizes, self.sizes()), "output with shape ", Shape{self.sizes()},
              " doesn't match the broadcast shape ", m.sizes);
  detail::check_result_type(m.dtype, self.dtype());
  detail::check_writable(self);
  bool record = false;
  if constexpr (detail::HasBackward<Op>)
    record = detail::should_record(self, args...) && self.is_floating();
  check_inplace(self, record);
  detail::OpNode<Op, Tensor, A...>* node = nullptr;
  Ref<Node> owner;
  if constexpr (detail::HasBackward<Op>) {
    if (record) {
      node = new detail::OpNode<Op, Tensor, A...>(self, args...);
      owner = Ref<Node>(node);
      Saves saves = detail::saves_of<Op>(detail::needs_mask(self, args...));
      if (saves.arguments & 1) node->keep_first(grad_ops().clone(self));
    }
  }
  {
    GradModeGuard off(false);
    if (m.dtype == self.dtype()) {
      Tensor out = self;
      Op::compute(out, self, detail::unshared(args, self)...);
    } else {
      Tensor out = detail::allocate(m);
      Op::compute(out, self, args...);
      grad_ops().copy_(self, out);
    }
  }
  if (m.dtype == self.dtype()) self.bump_version();
  if (record) {
    rebase_history(self, owner);
    if (node) node->keep_output(self, 0);
  }
  return self;
}

}  // namespace nabla
