#pragma once
#include <exception>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace nabla {

// Which JavaScript class an error becomes: TypeError, RangeError, Error; `internal` is our own bug.
enum class ErrorKind { type, range, state, internal };

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string text) : kind_(kind), text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }
  ErrorKind kind() const { return kind_; }
  const std::string& text() const { return text_; }

 private:
  ErrorKind kind_;
  std::string text_;
};

// Streams all parts into one string; "true"/"false" for booleans.
template <class... Parts>
std::string str(const Parts&... parts) {
  std::ostringstream out;
  out << std::boolalpha;
  (out << ... << parts);
  return out.str();
}

template <class... Parts>
[[noreturn, gnu::cold, gnu::noinline]] void fail(ErrorKind kind, const Parts&... parts) {
  throw Error(kind, str(parts...));
}

}  // namespace nabla

// User errors. Texts do not begin with the op's name: the caller from JavaScript is named once, in
// front, by the binding.
#define CHECK(cond, ...)                                     \
  do {                                                       \
    if (!(cond)) [[unlikely]]                                \
      ::nabla::fail(::nabla::ErrorKind::state, __VA_ARGS__); \
  } while (0)
#define CHECK_TYPE(cond, ...)                               \
  do {                                                      \
    if (!(cond)) [[unlikely]]                               \
      ::nabla::fail(::nabla::ErrorKind::type, __VA_ARGS__); \
  } while (0)
#define CHECK_RANGE(cond, ...)                               \
  do {                                                       \
    if (!(cond)) [[unlikely]]                                \
      ::nabla::fail(::nabla::ErrorKind::range, __VA_ARGS__); \
  } while (0)
// Our own bug, never the user's.
#define INTERNAL(cond, ...)                                             \
  do {                                                                  \
    if (!(cond)) [[unlikely]]                                           \
      ::nabla::fail(::nabla::ErrorKind::internal,                       \
                    "internal error, please report it: ", __VA_ARGS__); \
  } while (0)
