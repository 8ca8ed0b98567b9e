#pragma once
#include <exception>
#include <initializer_list>
#include <ostream>
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

// One printable piece of a message, by reference: messages of any make-up share one function, so
// that a check costs little code where it stands.
class MessagePart {
 public:
  MessagePart(const char* text) : value_(text), print_(print_text) {}
  template <class T>
  MessagePart(const T& value) : value_(&value), print_(print_value<T>) {}
  void print(std::ostream& out) const { print_(out, value_); }

 private:
  static void print_text(std::ostream& out, const void* p);
  template <class T>
  static void print_value(std::ostream& out, const void* p) {
    out << *static_cast<const T*>(p);
  }
  const void* value_;
  void (*print_)(std::ostream&, const void*);
};

// All parts as one string; "true" and "false" for booleans.
std::string join(std::initializer_list<MessagePart> parts);
[[noreturn, gnu::cold]] void throw_error(ErrorKind kind, std::initializer_list<MessagePart> parts);

template <class... Parts>
std::string str(const Parts&... parts) {
  return join({MessagePart(parts)...});
}

template <class... Parts>
[[noreturn, gnu::always_inline]] inline void fail(ErrorKind kind, const Parts&... parts) {
  throw_error(kind, {MessagePart(parts)...});
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
