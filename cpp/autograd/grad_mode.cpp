#include "autograd/grad_mode.h"

namespace nabla {
namespace {
thread_local bool grad_enabled = true;
thread_local bool inference_enabled = false;
}  // namespace

bool GradMode::enabled() { return grad_enabled; }
void GradMode::set_enabled(bool on) { grad_enabled = on; }
bool InferenceMode::enabled() { return inference_enabled; }
void InferenceMode::set_enabled(bool on) { inference_enabled = on; }

}  // namespace nabla
