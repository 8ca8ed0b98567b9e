// A tiny test harness: TEST(name) { ... } blocks with CHECK_* lines, one program per file. It
// defines main(), which runs every test (or those whose name contains argv[1]) and exits with 1
// after a failure.
//
//   TEST(adds) { CHECK_EQ(1 + 1, 2); CHECK_NEAR(0.1 + 0.2, 0.3, 1e-15); }
//   TEST(refuses) { CHECK_THROWS(parse("x"), "not a number"); }
#pragma once

#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

namespace nabla_test {

struct Test {
  const char* name;
  void (*body)();
};

inline std::vector<Test>& tests() {
  static std::vector<Test> all;
  return all;
}

inline bool add_test(const char* name, void (*body)()) {
  tests().push_back({name, body});
  return true;
}

inline long& failures() {
  static long count = 0;
  return count;
}

inline void fail(const char* file, int line, const std::string& message) {
  constexpr long kMostShown = 20;
  if (++failures() <= kMostShown)
    std::fprintf(stderr, "  %s:%d: %s\n", file, line, message.c_str());
}

template <class T>
std::string show(const T& value) {
  std::ostringstream out;
  out.precision(17);
  if constexpr (requires { out << value; })
    out << value;
  else
    out << "(a value)";
  return out.str();
}

template <class A, class B>
void check_eq(const A& a, const B& b, const char* text, const char* file, int line) {
  if (!(a == b)) fail(file, line, std::string(text) + ": " + show(a) + " != " + show(b));
}

// Passes when both are NaN, or equal (infinities too), or within `tolerance` of each other.
inline void check_near(double a, double b, double tolerance, const char* text, const char* file,
                       int line) {
  if (a == b || (std::isnan(a) && std::isnan(b)) || std::fabs(a - b) <= tolerance) return;
  fail(file, line,
       std::string(text) + ": " + show(a) + " and " + show(b) + " differ by " +
           show(std::fabs(a - b)) + ", more than " + show(tolerance));
}

template <class F>
void check_throws(F&& f, const char* part, const char* text, const char* file, int line) {
  try {
    f();
  } catch (const std::exception& e) {
    if (std::strstr(e.what(), part) == nullptr)
      fail(file, line, std::string(text) + ": threw \"" + e.what() + "\" without \"" + part + "\"");
    return;
  }
  fail(file, line, std::string(text) + ": threw nothing, expected \"" + part + "\"");
}

inline int run_all(const char* filter) {
  long passed = 0, failed = 0;
  for (const Test& test : tests()) {
    if (filter != nullptr && std::strstr(test.name, filter) == nullptr) continue;
    failures() = 0;
    try {
      test.body();
    } catch (const std::exception& e) {
      fail(test.name, 0, std::string("threw \"") + e.what() + "\"");
    }
    const bool ok = failures() == 0;
    ++(ok ? passed : failed);
    if (!ok) std::fprintf(stderr, "FAILED %s: %ld failures\n", test.name, failures());
  }
  std::printf("%ld passed, %ld failed\n", passed, failed);
  return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace nabla_test

#define TEST(name)                                                                            \
  static void test_##name();                                                                  \
  [[maybe_unused]] static const bool added_##name = nabla_test::add_test(#name, test_##name); \
  static void test_##name()

#define CHECK_EQ(a, b) nabla_test::check_eq((a), (b), #a " == " #b, __FILE__, __LINE__)
#define CHECK_TRUE(a) nabla_test::check_eq(static_cast<bool>(a), true, #a, __FILE__, __LINE__)
#define CHECK_NEAR(a, b, tolerance) \
  nabla_test::check_near((a), (b), (tolerance), #a " ~ " #b, __FILE__, __LINE__)
#define CHECK_THROWS(expression, part) \
  nabla_test::check_throws([&] { (void)(expression); }, (part), #expression, __FILE__, __LINE__)

int main(int argc, char** argv) { return nabla_test::run_all(argc > 1 ? argv[1] : nullptr); }
