#pragma once
#include <cmath>
#include <cstdint>
#include <ostream>

#include "core/dtype.h"

namespace nabla {

// A number that came from the caller: boolean, integer or floating.
class Scalar {
 public:
  Scalar() : kind_(Kind::integer), i_(0) {}
  Scalar(bool v) : kind_(Kind::boolean), i_(v) {}
  Scalar(int v) : kind_(Kind::integer), i_(v) {}
  Scalar(int64_t v) : kind_(Kind::integer), i_(v) {}
  Scalar(double v) : kind_(Kind::floating), d_(v) {}

  bool is_bool() const { return kind_ == Kind::boolean; }
  bool is_integral() const { return kind_ == Kind::integer; }
  bool is_floating() const { return kind_ == Kind::floating; }
  // The dtype of the 0-d tensor that stands for it.
  DType dtype() const {
    return is_bool() ? DType::bool_ : is_integral() ? DType::int64 : DType::float64;
  }
  double to_double() const { return is_floating() ? d_ : static_cast<double>(i_); }
  int64_t to_int() const { return is_floating() ? static_cast<int64_t>(d_) : i_; }
  bool to_bool() const { return is_floating() ? d_ != 0 : i_ != 0; }
  template <class T>
  T to() const {
    if constexpr (std::is_same_v<T, bool>)
      return to_bool();
    else if constexpr (std::is_integral_v<T>)
      return static_cast<T>(to_int());
    else if constexpr (std::is_same_v<T, double>)
      return to_double();
    else
      return T(static_cast<float>(to_double()));
  }
  Scalar operator-() const { return is_floating() ? Scalar(-d_) : Scalar(-i_); }
  bool is(double v) const { return to_double() == v; }

 private:
  enum class Kind : uint8_t { boolean, integer, floating } kind_;
  union {
    int64_t i_;
    double d_;
  };
};
inline std::ostream& operator<<(std::ostream& out, const Scalar& s) {
  if (s.is_bool()) return out << (s.to_bool() ? "true" : "false");
  if (s.is_integral()) return out << s.to_int();
  return out << s.to_double();
}

}  // namespace nabla
