#include "ops/integer_rows.h"

#include <limits>
#include <type_traits>

namespace nabla::ops {
namespace {

// Arithmetic wraps around: done in an unsigned type at least as wide as int.
template <class T>
using Wrap = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

template <class T>
constexpr bool minus_one(T b) {
  return std::is_signed_v<T> && b == static_cast<T>(-1);
}

#define NABLA_OP(name, expression)                                     \
  struct name##_op {                                                   \
    template <class T>                                                 \
    static T run(T a, T b, [[maybe_unused]] const IntegerContext& c) { \
      using W [[maybe_unused]] = Wrap<T>;                              \
      return static_cast<T>(expression);                               \
    }                                                                  \
  };
NABLA_OP(add, W(a) + W(b))
NABLA_OP(add_scaled, W(a) + W(b) * W(c.alpha))
NABLA_OP(sub, W(a) - W(b))
NABLA_OP(mul, W(a) * W(b))
NABLA_OP(maximum, a > b ? a : b)
NABLA_OP(minimum, a < b ? a : b)
NABLA_OP(bit_and, a& b)
NABLA_OP(bit_or, a | b)
NABLA_OP(bit_xor, a ^ b)
#undef NABLA_OP

// The two divisions that trap are answered here: by zero (an error afterwards) and lowest / -1.
#define NABLA_DIVISION(name, by_minus_one, expression)              \
  struct name##_op {                                                \
    template <class T>                                              \
    static T run(T a, T b, const IntegerContext& c) {               \
      if (b == 0) {                                                 \
        c.divided_by_zero.store(true, std::memory_order_relaxed);   \
        return 0;                                                   \
      }                                                             \
      if (minus_one(b)) return static_cast<T>(by_minus_one);        \
      const T q = static_cast<T>(a / b), r = static_cast<T>(a % b); \
      (void)q;                                                      \
      const bool adjust = r != 0 && (r < 0) != (b < 0);             \
      (void)adjust;                                                 \
      return static_cast<T>(expression);                            \
    }                                                               \
  };
NABLA_DIVISION(trunc_div, 0 - Wrap<T>(a), q)
NABLA_DIVISION(floor_div, 0 - Wrap<T>(a), adjust ? q - 1 : q)
NABLA_DIVISION(fmod, 0, r)
NABLA_DIVISION(remainder, 0, adjust ? r + b : r)
#undef NABLA_DIVISION

struct pow_op {
  template <class T>
  static T run(T a, T b, const IntegerContext&) {
    using W = Wrap<T>;
    if constexpr (std::is_signed_v<T>)
      if (b < 0) return static_cast<T>(a == 1 ? 1 : a == T(-1) ? (b & 1 ? -1 : 1) : 0);
    W result = 1, base = W(a);
    for (auto e = static_cast<std::make_unsigned_t<T>>(b); e;
         e = static_cast<decltype(e)>(e >> 1)) {
      if (e & 1) result *= base;
      base *= base;
    }
    return static_cast<T>(result);
  }
};

template <class T, class Op>
void binary(const void* context, void* out, const void* const* in, const int64_t*, int64_t n) {
  const auto& c = *static_cast<const IntegerContext*>(context);
  auto* o = static_cast<T*>(out);
  auto *a = static_cast<const T*>(in[0]), *b = static_cast<const T*>(in[1]);
  for (int64_t i = 0; i < n; ++i) o[i] = Op::run(a[i], b[i], c);
}

#define NABLA_COMPARE(name, op)                                                               \
  template <class T>                                                                          \
  void name##_row(const void*, void* out, const void* const* in, const int64_t*, int64_t n) { \
    auto* o = static_cast<uint8_t*>(out);                                                     \
    auto *a = static_cast<const T*>(in[0]), *b = static_cast<const T*>(in[1]);                \
    for (int64_t i = 0; i < n; ++i) o[i] = a[i] op b[i];                                      \
  }
NABLA_COMPARE(eq, ==)
NABLA_COMPARE(ne, !=)
NABLA_COMPARE(lt, <)
NABLA_COMPARE(le, <=)
NABLA_COMPARE(gt, >)
NABLA_COMPARE(ge, >=)
#undef NABLA_COMPARE

#define NABLA_UNARY(name, expression)                                                         \
  template <class T>                                                                          \
  void name##_row(const void*, void* out, const void* const* in, const int64_t*, int64_t n) { \
    using W [[maybe_unused]] = Wrap<T>;                                                       \
    auto* o = static_cast<T*>(out);                                                           \
    auto* a = static_cast<const T*>(in[0]);                                                   \
    for (int64_t i = 0; i < n; ++i) o[i] = static_cast<T>(expression);                        \
  }
NABLA_UNARY(neg, 0 - W(a[i]))
NABLA_UNARY(abs, a[i] < 0 ? 0 - W(a[i]) : W(a[i]))
NABLA_UNARY(sign, (a[i] > 0) - (a[i] < 0))
NABLA_UNARY(square, W(a[i]) * W(a[i]))
NABLA_UNARY(relu, a[i] > 0 ? a[i] : T(0))
NABLA_UNARY(bit_not, ~a[i])
NABLA_UNARY(copy, a[i])
#undef NABLA_UNARY

void logical_not_row(const void*, void* out, const void* const* in, const int64_t*, int64_t n) {
  auto* o = static_cast<uint8_t*>(out);
  auto* a = static_cast<const uint8_t*>(in[0]);
  for (int64_t i = 0; i < n; ++i) o[i] = a[i] ^ 1;
}

template <class T>
RowFn row_of(IntegerOp op) {
  switch (op) {
#define BINARY(name)    \
  case IntegerOp::name: \
    return binary<T, name##_op>;
    // An unstable spot: the tool would move one more item to its own line at each run.
    // clang-format off
    BINARY(add) BINARY(add_scaled) BINARY(sub) BINARY(mul) BINARY(floor_div) BINARY(trunc_div)
    BINARY(remainder) BINARY(fmod) BINARY(pow) BINARY(maximum) BINARY(minimum) BINARY(bit_and)
    BINARY(bit_or) BINARY(bit_xor)
    // clang-format on
#undef BINARY
#define OTHER(name)     \
  case IntegerOp::name: \
    return name##_row<T>;
                OTHER(eq) OTHER(ne) OTHER(lt) OTHER(le) OTHER(gt) OTHER(ge) OTHER(neg) OTHER(abs)
                    OTHER(sign) OTHER(square) OTHER(relu) OTHER(bit_not) OTHER(copy)
#undef OTHER
                        case IntegerOp::none : break;
  }
  return nullptr;
}

template <class T>
void where_items(const void*, void* out, const void* const* in, const int64_t*, int64_t n) {
  auto* o = static_cast<T*>(out);
  auto* c = static_cast<const uint8_t*>(in[0]);
  auto *a = static_cast<const T*>(in[1]), *b = static_cast<const T*>(in[2]);
  for (int64_t i = 0; i < n; ++i) o[i] = c[i] ? a[i] : b[i];
}

}  // namespace

RowFn integer_row(IntegerOp op, DType dtype) {
  if (dtype == DType::bool_) {
    if (op == IntegerOp::add) op = IntegerOp::bit_or;
    if (op == IntegerOp::mul) op = IntegerOp::bit_and;
    if (op == IntegerOp::bit_not) return logical_not_row;
  }
  switch (dtype) {
    case DType::int64:
      return row_of<int64_t>(op);
    case DType::int32:
      return row_of<int32_t>(op);
    case DType::int16:
      return row_of<int16_t>(op);
    case DType::int8:
      return row_of<int8_t>(op);
    default:
      return row_of<uint8_t>(op);
  }
}

RowFn where_row(size_t itemsize) {
  switch (itemsize) {
    case 1:
      return where_items<uint8_t>;
    case 2:
      return where_items<uint16_t>;
    case 4:
      return where_items<uint32_t>;
    default:
      return where_items<uint64_t>;
  }
}

}  // namespace nabla::ops
