// Makes the descriptors of all ops from the rows of ops.inc. An op that is listed but not defined
// is a link error here.
#include <charconv>
#include <cstdlib>

#include "ops/descriptor.h"

namespace nabla {
namespace {

// One row as the list gives it.
struct Row {
  const char* name;    // "max" or "max:values,indices"
  const char* params;  // "(const Tensor& self, int64_t dim = -1)"
  unsigned flags;
  ResultKind result;
  const Kind* kinds;
  size_t count;
  AnyFn target;
  BoxedFn boxed;
};

template <class Fn>
Row row(const char* name, const char* params, unsigned flags, Fn target) {
  using Sig = boxing::Signature<Fn>;
  return {name,
          params,
          flags,
          Sig::result,
          Sig::kinds.data(),
          Sig::count,
          reinterpret_cast<AnyFn>(target),
          &Sig::boxed};
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

// Splits at commas outside of brackets and quotes.
std::vector<std::string_view> split(std::string_view s) {
  std::vector<std::string_view> parts;
  int depth = 0;
  bool quoted = false;
  size_t start = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '(' || c == '{' || c == '<') ++depth;
    if (c == ')' || c == '}' || c == '>') --depth;
    if (c == ',' && depth == 0) {
      parts.push_back(trim(s.substr(start, i - start)));
      start = i + 1;
    }
  }
  if (!trim(s.substr(start)).empty()) parts.push_back(trim(s.substr(start)));
  return parts;
}

Value number_value(std::string_view text, Kind kind) {
  std::string s(text);
  char* end = nullptr;
  bool whole = s.find_first_of(".eE") == std::string::npos;
  Value v;
  if (whole && kind != Kind::number && kind != Kind::opt_number)
    v = static_cast<int64_t>(std::strtoll(s.c_str(), &end, 10));
  else
    v = std::strtod(s.c_str(), &end);
  INTERNAL(end == s.c_str() + s.size() && !s.empty(), "default value '", text,
           "' is not understood");
  return v;
}

// The literal forms that default values in the list take.
Value default_value(std::string_view text, Kind kind) {
  if (text == "std::nullopt" || text == "nullptr" || text == "{}") return {};
  if (text == "true" || text == "false") return text == "true";
  if (text.front() == '"') return std::string(text.substr(1, text.size() - 2));
  if (text.starts_with("DType::")) {
    for (int i = 0; i < dtype_count; ++i) {
      std::string_view wanted = text.substr(7);
      if (wanted == "bool_") wanted = "bool";
      if (name_of(static_cast<DType>(i)) == wanted) return int64_t{i};
    }
  }
  if (text.front() == '{') {
    Dims dims;
    for (auto part : split(text.substr(1, text.size() - 2)))
      dims.push_back(std::get<int64_t>(number_value(part, Kind::integer)));
    return dims;
  }
  return number_value(text, kind);
}

Param parse_param(std::string_view text, Kind kind, bool& keyword_only) {
  if (text.starts_with("KW ")) {
    keyword_only = true;
    text = trim(text.substr(3));
  }
  Param p;
  p.kind = kind;
  p.keyword_only = keyword_only;
  if (size_t eq = text.find('='); eq != text.npos) {
    p.has_default = true;
    p.value = default_value(trim(text.substr(eq + 1)), kind);
    text = trim(text.substr(0, eq));
  }
  p.name = text.substr(text.find_last_of(" &") + 1);
  return p;
}

OpDescriptor describe(const Row& row) {
  OpDescriptor d;
  std::string_view name = row.name;
  if (size_t colon = name.find(':'); colon != name.npos) {
    for (auto field : split(name.substr(colon + 1))) d.fields.emplace_back(field);
    name = name.substr(0, colon);
  }
  d.name = name;
  d.flags = row.flags;
  d.result = row.result;
  d.target = row.target;
  d.boxed = row.boxed;
  std::string_view params = row.params;
  auto texts = split(params.substr(1, params.size() - 2));
  INTERNAL(texts.size() == row.count, "row ", d.name, " has parameters that do not parse");
  bool keyword_only = false;
  for (size_t i = 0; i < texts.size(); ++i)
    d.params.push_back(parse_param(texts[i], row.kinds[i], keyword_only));
  return d;
}

}  // namespace

namespace ops {
// A row's signature stands in a struct of its own, so that C++ names may be overloaded.
#define NABLA_JOIN_(a, b) a##b
#define NABLA_JOIN(a, b) NABLA_JOIN_(a, b)
#define OP(cpp_name, js_name, R, params, row_flags) \
  struct NABLA_JOIN(cpp_name##_row_, __LINE__) {    \
    static R signature params;                      \
  };
namespace {
#include "ops/ops.inc"
}
#undef OP

// The rows are data and not code: there are hundreds of them.
#define OP(cpp_name, js_name, R, params, row_flags)                                             \
  row<decltype(&NABLA_JOIN(cpp_name##_row_, __LINE__)::signature)>(js_name, #params, row_flags, \
                                                                   &cpp_name),
static const Row rows[] = {
#include "ops/ops.inc"
};
#undef OP
}  // namespace ops

const std::vector<OpDescriptor>& op_list() {
  static const std::vector<OpDescriptor> list = [] {
    std::vector<OpDescriptor> all;
    for (const Row& row : ops::rows) all.push_back(describe(row));
    return all;
  }();
  return list;
}

std::string op_schema() {
  std::string out;
  for (const OpDescriptor& d : op_list()) {
    out += d.name + '|' + std::to_string(d.flags) + '|' + static_cast<char>(d.result) + '|';
    for (size_t i = 0; i < d.params.size(); ++i) {
      const Param& p = d.params[i];
      if (i) out += ',';
      out += p.name + ':' + static_cast<char>(p.kind);
      if (p.has_default) out += '=';
      if (p.keyword_only) out += '*';
    }
    out += '|';
    for (size_t i = 0; i < d.fields.size(); ++i) out += (i ? "," : "") + d.fields[i];
    out += '\n';
  }
  return out;
}

}  // namespace nabla
