#include "convert.h"

#include <cmath>

namespace nabla::binding {
namespace {

constexpr double max_safe_integer = 9007199254740991.0;

napi_valuetype type_of(napi_env env, napi_value v) {
  napi_valuetype t = napi_undefined;
  napi_typeof(env, v, &t);
  return t;
}

}  // namespace

bool Reader::is_none(napi_value v) const {
  napi_valuetype t = type_of(env_.env, v);
  return t == napi_undefined || t == napi_null;
}

double Reader::number(napi_value v) const {
  double d = 0;
  if (napi_get_value_double(env_.env, v, &d) == napi_ok) return d;
  int64_t i = 0;
  bool lossless = false;
  CHECK_TYPE(napi_get_value_bigint_int64(env_.env, v, &i, &lossless) == napi_ok,
             "expected a number");
  return static_cast<double>(i);
}

int64_t Reader::integer(napi_value v) const {
  double d = number(v);
  CHECK_TYPE(std::abs(d) <= max_safe_integer && d == std::floor(d), "expected an integer, got ", d);
  return static_cast<int64_t>(d);
}

DType Reader::dtype(napi_value v) const {
  int64_t t = integer(v);
  CHECK_TYPE(t >= 0 && t < dtype_count, "expected a dtype");
  return static_cast<DType>(t);
}

bool Reader::boolean(napi_value v) const {
  bool b = false;
  CHECK_TYPE(napi_get_value_bool(env_.env, v, &b) == napi_ok, "expected a boolean");
  return b;
}

std::string Reader::text(napi_value v) const {
  size_t size = 0;
  CHECK_TYPE(napi_get_value_string_utf8(env_.env, v, nullptr, 0, &size) == napi_ok,
             "expected a string");
  std::string s(size, '\0');
  napi_get_value_string_utf8(env_.env, v, s.data(), size + 1, &size);
  return s;
}

std::vector<napi_value> Reader::array(napi_value v) const {
  uint32_t count = 0;
  CHECK_TYPE(napi_get_array_length(env_.env, v, &count) == napi_ok, "expected an array");
  std::vector<napi_value> items(count);
  for (uint32_t i = 0; i < count; ++i) napi_get_element(env_.env, v, i, &items[i]);
  return items;
}

Bytes Reader::typed_array(napi_value v) const {
  napi_typedarray_type type;
  size_t length = 0, offset = 0;
  void* data = nullptr;
  napi_value buffer;
  napi_status status =
      napi_get_typedarray_info(env_.env, v, &type, &length, &data, &buffer, &offset);
  CHECK_TYPE(status == napi_ok && type <= napi_biguint64_array, "expected a typed array");
  constexpr size_t sizes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  return {static_cast<std::byte*>(data), length * sizes[type]};
}

Tensor Reader::optional_tensor(napi_value v) const {
  return is_none(v) ? Tensor() : env_.tensor(v);
}

TensorList Reader::tensors(napi_value v) const {
  TensorList list;
  for (napi_value item : array(v)) list.push_back(env_.tensor(item));
  return list;
}

const double* Reader::take(size_t count) {
  CHECK_RANGE(count <= Env::scratch_size - cursor_, "too many integers");
  const double* p = env_.scratch + cursor_;
  cursor_ += count;
  return p;
}

Dims Reader::integers(napi_value count) {
  int64_t n = integer(count);
  CHECK_RANGE(n >= 0, "a list of negative length");
  const double* p = take(static_cast<size_t>(n));
  Dims dims(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; ++i) {
    CHECK_TYPE(std::abs(p[i]) <= max_safe_integer && p[i] == std::floor(p[i]),
               "expected integers, got ", p[i]);
    dims[i] = static_cast<int64_t>(p[i]);
  }
  return dims;
}

Value Reader::scalar(napi_value v) const {
  double d = 0;
  if (napi_get_value_double(env_.env, v, &d) == napi_ok) return d;
  bool b = false;
  if (napi_get_value_bool(env_.env, v, &b) == napi_ok) return b;
  int64_t i = 0;
  bool lossless = false;
  CHECK_TYPE(napi_get_value_bigint_int64(env_.env, v, &i, &lossless) == napi_ok,
             "expected a number");
  CHECK_RANGE(lossless, "a bigint outside of the range of int64");
  return i;
}

// lib/indexing.ts: [count, tensors...]; `count` numbers in the scratch array are codes with their
// operands.
IndexList Reader::index(napi_value v) {
  auto items = array(v);
  CHECK_TYPE(!items.empty(), "an index without a count");
  size_t count = static_cast<size_t>(integer(items[0]));
  const double* p = take(count);
  const double* end = p + count;
  auto open = [](double d) { return std::isnan(d) ? OptInt() : OptInt(static_cast<int64_t>(d)); };
  IndexList list;
  while (p < end) {
    IndexItem item;
    int code = static_cast<int>(*p++);
    CHECK_TYPE(code >= 0 && code <= static_cast<int>(IndexItem::Kind::tensor), "unknown index");
    item.kind = static_cast<IndexItem::Kind>(code);
    switch (item.kind) {
      case IndexItem::Kind::integer:
      case IndexItem::Kind::boolean:
        item.integer = static_cast<int64_t>(*p++);
        break;
      case IndexItem::Kind::slice:
        item.start = open(p[0]);
        item.stop = open(p[1]);
        item.step = open(p[2]);
        p += 3;
        break;
      case IndexItem::Kind::tensor: {
        size_t at = static_cast<size_t>(*p++) + 1;
        CHECK_TYPE(at < items.size(), "an index tensor is missing");
        item.tensor = env_.tensor(items[at]);
        break;
      }
      default:
        break;
    }
    list.push_back(std::move(item));
  }
  return list;
}

void Reader::read(napi_value v, const Param& param, Value& out) {
  Kind kind = param.kind;
  // The kinds of the hot path first, without asking for the type.
  if (kind == Kind::tensor) {
    out = env_.tensor(v);
    return;
  }
  void* external = nullptr;
  if (kind == Kind::operand && napi_get_value_external(env_.env, v, &external) == napi_ok) {
    out = env_.tensor(v);
    return;
  }
  napi_valuetype type = type_of(env_.env, v);
  if (type == napi_undefined) {
    CHECK_TYPE(param.has_default || is_optional(kind), "missing argument '", param.name, "'");
    out = param.value;
    return;
  }
  if (type == napi_null && is_optional(kind)) return;
  switch (required(kind)) {
    case Kind::tensor:
      out = env_.tensor(v);
      break;
    case Kind::tensors:
      out = tensors(v);
      break;
    case Kind::integer:
      out = integer(v);
      break;
    case Kind::number:
      out = number(v);
      break;
    case Kind::boolean:
      out = boolean(v);
      break;
    case Kind::integers:
      out = integers(v);
      break;
    case Kind::dtype:
      out = static_cast<int64_t>(dtype(v));
      break;
    case Kind::text:
      out = text(v);
      break;
    case Kind::generator:
      out = &env_.generator(v);
      break;
    case Kind::index:
      out = index(v);
      break;
    default:
      out = scalar(v);
  }
}

void Reader::settle_numbers(const std::vector<Param>& params, Value* values) const {
  bool beside_floating = false;
  for (size_t i = 0; i < params.size(); ++i)
    if (auto* t = std::get_if<Tensor>(&values[i])) beside_floating |= t->is_floating();
  if (beside_floating) return;
  for (size_t i = 0; i < params.size(); ++i) {
    Kind k = params[i].kind;
    if (k != Kind::operand && k != Kind::scalar && k != Kind::opt_scalar) continue;
    auto* d = std::get_if<double>(&values[i]);
    if (d && *d == std::floor(*d) && std::abs(*d) <= max_safe_integer)
      values[i] = static_cast<int64_t>(*d);
  }
}

// Makes a JS value by one of Node-API's constructors.
template <class... A, class... V>
napi_value made(Env& env, napi_status (*create)(napi_env, A...), V... v) {
  napi_value r = nullptr;
  create(env.env, v..., &r);
  return r;
}

napi_value to_js(Env& env, bool v) { return made(env, napi_get_boolean, v); }
napi_value to_js(Env& env, int64_t v) { return made(env, napi_create_int64, v); }
napi_value to_js(Env& env, double v) { return made(env, napi_create_double, v); }
napi_value to_js(Env& env, const std::string& v) {
  return made(env, napi_create_string_utf8, v.data(), v.size());
}
napi_value null_value(Env& env) { return made(env, napi_get_null); }
napi_value undefined_value(Env& env) { return made(env, napi_get_undefined); }
napi_value to_js(Env& env, const TensorList& list) {
  napi_value r = nullptr;
  napi_create_array_with_length(env.env, list.size(), &r);
  for (uint32_t i = 0; i < list.size(); ++i)
    napi_set_element(env.env, r, i, list[i].defined() ? env.wrap(list[i]) : null_value(env));
  return r;
}

namespace {

bool has_history(const Tensor& t) { return t.defined() && t.requires_grad() && !is_leaf(t); }

// A differentiable view of the first argument: its wrapper then remembers the base's.
bool is_view_of_first(const Tensor& t, const Value* args) {
  if (!t.defined() || !t.impl()->is_view) return false;
  auto* first = std::get_if<Tensor>(args);
  return first && first->storage() == t.storage();
}

napi_value tensor_to_js(Env& env, const OpDescriptor& op, const Value* args, const Tensor& t) {
  if (!t.defined()) return null_value(env);
  env.flags[0] = has_history(t);
  env.flags[1] = 0;
  for (size_t i = 0; i < op.params.size(); ++i) {
    auto* arg = std::get_if<Tensor>(&args[i]);
    // an in-place op, or one that had nothing to do: JS gives back the wrapper it has
    if (arg && arg->is_same(t)) return to_js(env, static_cast<int64_t>(i));
  }
  if (is_view_of_first(t, args))
    env.flags[1] = 1;
  else
    env.count_bytes(t);
  return env.wrap(t);
}

napi_value list_to_js(Env& env, const Value* args, const TensorList& list) {
  int32_t history = 0, view = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    if (has_history(list[i])) history |= 1 << std::min<size_t>(i, 30);
    if (is_view_of_first(list[i], args))
      view = 1;
    else if (list[i].defined())
      env.count_bytes(list[i]);
  }
  napi_value r = to_js(env, list);
  env.flags[0] = history;
  env.flags[1] = view;
  return r;
}

}  // namespace

napi_value result_to_js(Env& env, const OpDescriptor& op, const Value* args, const Value& result) {
  if (auto* t = std::get_if<Tensor>(&result)) return tensor_to_js(env, op, args, *t);
  if (auto* list = std::get_if<TensorList>(&result)) return list_to_js(env, args, *list);
  if (auto* i = std::get_if<int64_t>(&result)) return to_js(env, *i);
  if (auto* d = std::get_if<double>(&result)) return to_js(env, *d);
  if (auto* b = std::get_if<bool>(&result)) return to_js(env, *b);
  return undefined_value(env);
}

}  // namespace nabla::binding
