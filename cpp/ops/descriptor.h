#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "ops/ops.h"

// What a caller that knows only names and values needs of an op: kinds of its parameters, defaults
// and a function over boxed values. All of it is deduced from the rows of ops.inc; nothing here
// knows who calls.

namespace nabla {

// Kind of a parameter, from its C++ type. Upper case: may be none (null).
enum class Kind : char {
  tensor = 'T',
  operand = 'O',  // tensor or number
  opt_tensor = 't',
  tensors = 'L',
  integer = 'i',
  opt_integer = 'I',
  number = 'd',
  opt_number = 'D',
  boolean = 'b',
  opt_boolean = 'B',
  scalar = 's',
  opt_scalar = 'S',
  integers = 'v',
  opt_integers = 'V',
  dtype = 'y',
  opt_dtype = 'Y',
  text = 'z',
  generator = 'g',
  index = 'x',
};

// The kind without "or none"; generators may always be none.
constexpr Kind required(Kind k) {
  switch (k) {
    case Kind::opt_tensor:
      return Kind::tensor;
    case Kind::opt_integer:
      return Kind::integer;
    case Kind::opt_number:
      return Kind::number;
    case Kind::opt_boolean:
      return Kind::boolean;
    case Kind::opt_scalar:
      return Kind::scalar;
    case Kind::opt_integers:
      return Kind::integers;
    case Kind::opt_dtype:
      return Kind::dtype;
    default:
      return k;
  }
}
constexpr bool is_optional(Kind k) { return required(k) != k || k == Kind::generator; }

// Kind of a result.
enum class ResultKind : char {
  tensor = 'T',
  tuple = 'P',
  tensors = 'L',
  integer = 'i',
  number = 'd',
  boolean = 'b',
  nothing = 'v',
};

// A boxed argument or result. Scalars are a boolean, an integer or a number, dtypes an integer;
// tuples of tensors are lists. The first alternative is "not given" (a parameter) or "nothing".
using Value = std::variant<std::monostate, Tensor, int64_t, double, bool, Dims, TensorList,
                           std::string, Generator*, IndexList>;
// A function of any type, and how to call it: one BoxedFn serves all ops of one C++ signature.
using AnyFn = void (*)();
using BoxedFn = void (*)(AnyFn target, Value* args, Value& result);

struct Param {
  std::string name;  // as in C++, snake_case
  Kind kind = Kind::tensor;
  bool has_default = false;
  bool keyword_only = false;
  Value value;  // the default; not given for none
};

struct OpDescriptor {
  std::string name;                 // public name; overloads share it
  std::vector<std::string> fields;  // names of the results, where PyTorch has a named tuple
  unsigned flags = 0;               // OpFlags
  ResultKind result = ResultKind::tensor;
  std::vector<Param> params;
  AnyFn target = nullptr;
  BoxedFn boxed = nullptr;

  void call(Value* args, Value& out) const { boxed(target, args, out); }
};

// The op list, in its order.
const std::vector<OpDescriptor>& op_list();

// The same as text, a line per op: name|flags|result|param:kind[=][*],...|field,... where `=` marks
// a default and `*` a keyword-only parameter.
std::string op_schema();

namespace boxing {

inline Scalar to_scalar(const Value& v) {
  if (auto* b = std::get_if<bool>(&v)) return *b;
  if (auto* i = std::get_if<int64_t>(&v)) return *i;
  return std::get<double>(v);
}
inline double to_number(const Value& v) {
  auto* i = std::get_if<int64_t>(&v);
  return i ? static_cast<double>(*i) : std::get<double>(v);
}
inline bool is_absent(const Value& v) { return std::holds_alternative<std::monostate>(v); }

template <class T>
struct Arg;

// An argument that is held as T and passed by reference.
template <Kind k, class T>
struct Held {
  static constexpr Kind kind = k;
  static const T& get(Value& v) { return std::get<T>(v); }
};
// An optional of an argument.
template <Kind k, class T, class Required>
struct Optional {
  static constexpr Kind kind = k;
  static std::optional<T> get(Value& v) {
    return is_absent(v) ? std::nullopt : std::optional<T>(Required::get(v));
  }
};

template <>
struct Arg<const Tensor&> : Held<Kind::tensor, Tensor> {};
template <>
struct Arg<const OptTensor&> : Optional<Kind::opt_tensor, Tensor, Arg<const Tensor&>> {};
template <>
struct Arg<const Operand&> {
  static constexpr Kind kind = Kind::operand;
  static Operand get(Value& v) {
    if (auto* t = std::get_if<Tensor>(&v)) return Operand(*t);
    return Operand(to_scalar(v));
  }
};
template <>
struct Arg<const TensorList&> : Held<Kind::tensors, TensorList> {};
template <>
struct Arg<int64_t> : Held<Kind::integer, int64_t> {};
template <>
struct Arg<OptInt> : Optional<Kind::opt_integer, int64_t, Arg<int64_t>> {};
template <>
struct Arg<double> {
  static constexpr Kind kind = Kind::number;
  static double get(Value& v) { return to_number(v); }
};
template <>
struct Arg<OptDouble> : Optional<Kind::opt_number, double, Arg<double>> {};
template <>
struct Arg<bool> : Held<Kind::boolean, bool> {};
template <>
struct Arg<OptBool> : Optional<Kind::opt_boolean, bool, Arg<bool>> {};
template <>
struct Arg<Scalar> {
  static constexpr Kind kind = Kind::scalar;
  static Scalar get(Value& v) { return to_scalar(v); }
};
template <>
struct Arg<OptScalar> : Optional<Kind::opt_scalar, Scalar, Arg<Scalar>> {};
template <>
struct Arg<IntSpan> {
  static constexpr Kind kind = Kind::integers;
  static IntSpan get(Value& v) { return is_absent(v) ? IntSpan() : IntSpan(std::get<Dims>(v)); }
};
template <>
struct Arg<OptDims> : Optional<Kind::opt_integers, Dims, Held<Kind::integers, Dims>> {};
template <>
struct Arg<DType> {
  static constexpr Kind kind = Kind::dtype;
  static DType get(Value& v) { return static_cast<DType>(std::get<int64_t>(v)); }
};
template <>
struct Arg<OptDType> : Optional<Kind::opt_dtype, DType, Arg<DType>> {};
template <>
struct Arg<std::string_view> {
  static constexpr Kind kind = Kind::text;
  static std::string_view get(Value& v) { return std::get<std::string>(v); }
};
template <>
struct Arg<OptGenerator> {
  static constexpr Kind kind = Kind::generator;
  static OptGenerator get(Value& v) { return is_absent(v) ? nullptr : std::get<Generator*>(v); }
};
template <>
struct Arg<const IndexList&> : Held<Kind::index, IndexList> {};
// Small structs are passed by value or by reference as the op likes.
template <>
struct Arg<const Scalar&> : Arg<Scalar> {};
template <>
struct Arg<const OptScalar&> : Arg<OptScalar> {};
template <>
struct Arg<const OptDims&> : Arg<OptDims> {};

template <class R>
struct Result;
template <>
struct Result<Tensor> {
  static constexpr ResultKind kind = ResultKind::tensor;
};
template <class... T>
struct Result<std::tuple<T...>> {
  static constexpr ResultKind kind = ResultKind::tuple;
};
template <>
struct Result<TensorList> {
  static constexpr ResultKind kind = ResultKind::tensors;
};
template <>
struct Result<int64_t> {
  static constexpr ResultKind kind = ResultKind::integer;
};
template <>
struct Result<double> {
  static constexpr ResultKind kind = ResultKind::number;
};
template <>
struct Result<bool> {
  static constexpr ResultKind kind = ResultKind::boolean;
};
template <>
struct Result<void> {
  static constexpr ResultKind kind = ResultKind::nothing;
};

template <class R, class... A, size_t... I>
void call(R (*fn)(A...), Value* args, Value& result, std::index_sequence<I...>) {
  if constexpr (std::is_void_v<R>) {
    fn(Arg<A>::get(args[I])...);
  } else if constexpr (Result<R>::kind == ResultKind::tuple) {
    result = std::apply([](auto&&... t) { return TensorList{std::move(t)...}; },
                        fn(Arg<A>::get(args[I])...));
  } else {
    result = fn(Arg<A>::get(args[I])...);
  }
}

template <class Fn>
struct Signature;
template <class R, class... A>
struct Signature<R (*)(A...)> {
  static constexpr size_t count = sizeof...(A);
  static constexpr ResultKind result = Result<R>::kind;
  static constexpr std::array<Kind, count> kinds = {Arg<A>::kind...};
  static void boxed(AnyFn target, Value* args, Value& result) {
    call(reinterpret_cast<R (*)(A...)>(target), args, result, std::make_index_sequence<count>());
  }
};

}  // namespace boxing
}  // namespace nabla
