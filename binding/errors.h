#pragma once
#include <node_api.h>

#include <new>
#include <string>

#include "api.h"

// JS error objects are made in TypeScript (an error class belongs to a realm). Native code hands
// over a string: one letter for the kind, then the text. No op returns strings.

namespace nabla::binding {

// JS code that a graph called has thrown; lib keeps what was thrown.
struct Thrown {};

inline napi_value failure(napi_env env, char kind, const std::string& text) {
  std::string s = kind + text;
  napi_value v = nullptr;
  napi_create_string_utf8(env, s.data(), s.size(), &v);
  return v;
}

inline char letter(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::type:
      return 'T';
    case ErrorKind::range:
      return 'R';
    case ErrorKind::state:
      return 'E';
    case ErrorKind::internal:
      return 'I';
  }
  return 'I';
}

// Runs f; whatever it throws becomes a failure.
template <class F>
napi_value guarded(napi_env env, F&& f) {
  try {
    return f();
  } catch (const Error& e) {
    return failure(env, letter(e.kind()), e.text());
  } catch (const Thrown&) {
    return failure(env, 'J', "");
  } catch (const std::bad_alloc&) {
    return failure(env, 'E', "out of memory");
  } catch (const std::exception& e) {
    return failure(env, 'I', std::string("internal error, please report it: ") + e.what());
  }
}

}  // namespace nabla::binding
