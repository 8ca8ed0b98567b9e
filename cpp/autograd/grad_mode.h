#pragma once

namespace nabla {

// Thread-local switches: whether ops are recorded, and whether results may ever be recorded.
struct GradMode {
  static bool enabled();
  static void set_enabled(bool on);
};
struct InferenceMode {
  static bool enabled();
  static void set_enabled(bool on);
};

// Sets the mode for a scope.
class GradModeGuard {
 public:
  explicit GradModeGuard(bool on) : before_(GradMode::enabled()) { GradMode::set_enabled(on); }
  ~GradModeGuard() { GradMode::set_enabled(before_); }
  GradModeGuard(const GradModeGuard&) = delete;
  GradModeGuard& operator=(const GradModeGuard&) = delete;

 private:
  bool before_;
};

}  // namespace nabla
