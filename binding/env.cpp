#include "env.h"

#include <algorithm>
#include <chrono>

#include "errors.h"

namespace nabla::binding {
namespace {

constexpr size_t first_chunk = 1024;
// A minor collection of this many young wrappers costs about as much as a few dozen small ops.
constexpr size_t base_young = 4000;
constexpr size_t most_young = 32000;
constexpr size_t base_old = 16384;
constexpr int64_t mebibyte = int64_t{1} << 20;
// Small results find their memory in the cache again when few bytes of garbage lie between; where
// collections are dear (large results, a large JS heap) more may gather.
constexpr int64_t base_bytes = 8 * mebibyte;
constexpr int64_t most_bytes = 64 * mebibyte;
constexpr int64_t base_major = 128 * mebibyte;
constexpr size_t handles_per_scope = 256;

double now_ms() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Entry* EntryTable::take() {
  if (free_.empty()) {
    size_t count = chunks_.empty() ? first_chunk : 2 * chunks_.back().count;
    chunks_.push_back({std::make_unique<Entry[]>(count), count});
    Entry* entries = chunks_.back().entries.get();
    for (size_t i = count; i-- > 0;) free_.push_back(entries + i);
  }
  Entry* e = free_.back();
  free_.pop_back();
  return e;
}

void EntryTable::give_back(Entry* e) {
  e->ref = nullptr;
  e->survived = 0;
  free_.push_back(e);
}

Entry* EntryTable::find(void* p) const {
  auto at = reinterpret_cast<uintptr_t>(p);
  for (auto c = chunks_.rbegin(); c != chunks_.rend(); ++c) {
    auto first = reinterpret_cast<uintptr_t>(c->entries.get());
    if (at - first >= c->count * sizeof(Entry)) continue;
    if ((at - first) % sizeof(Entry) != 0) return nullptr;
    auto* e = static_cast<Entry*>(p);
    return e->ref ? e : nullptr;
  }
  return nullptr;
}

WeakPayload::WeakPayload(Env& env, napi_value payload) : env_(env) {
  CHECK_TYPE(napi_create_reference(env.env, payload, 0, &ref_) == napi_ok,
             "a graph can only call objects");
}
WeakPayload::~WeakPayload() {
  if (env_.closing) return;
  // JS drops the payload when it next looks; references are deleted there, outside of any sweep.
  env_.released.push_back(ref_);
  env_.flags[2] = 1;
}
napi_value WeakPayload::get() const {
  napi_value v = nullptr;
  napi_get_reference_value(env_.env, ref_, &v);
  return v;
}

Env::Env(napi_env e)
    : env(e),
      young_limit_(base_young),
      old_limit_(base_old),
      byte_limit_(base_bytes),
      major_limit_(base_major) {
  watch_gc();
}

Env::~Env() {
  closing = true;
  // Tensors first, while the table that their destructors may reach still stands.
  table_.each([](Entry& e) {
    e.tensor.reset();
    e.generator.reset();
  });
}

Env& Env::of(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return *static_cast<Env*>(data);
}

Entry* Env::add(napi_value* external) {
  Entry* e = table_.take();
  bool made = napi_create_external(env, e, nullptr, nullptr, external) == napi_ok &&
              napi_create_reference(env, *external, 0, &e->ref) == napi_ok;
  if (!made) {
    table_.give_back(e);
    fail(ErrorKind::state, "JavaScript is shutting down or out of memory");
  }
  young_.push_back(e);
  return e;
}

napi_value Env::wrap(const Tensor& t) {
  napi_value external;
  add(&external)->tensor = t;
  return external;
}

napi_value Env::wrap(std::unique_ptr<Generator> g) {
  napi_value external;
  add(&external)->generator = std::move(g);
  return external;
}

Entry* Env::entry(napi_value v) const {
  void* p = nullptr;
  if (napi_get_value_external(env, v, &p) != napi_ok) return nullptr;
  return table_.find(p);
}

const Tensor& Env::tensor(napi_value v) const {
  Entry* e = entry(v);
  CHECK_TYPE(e && !e->generator, "expected a Tensor");
  CHECK(e->tensor.defined(), "the tensor was disposed");
  return e->tensor;
}

Generator& Env::generator(napi_value v) const {
  Entry* e = entry(v);
  CHECK_TYPE(e && e->generator, "expected a torch.Generator");
  return *e->generator;
}

void Env::free_entry(Entry* e) {
  napi_delete_reference(env, e->ref);
  e->tensor.reset();
  e->generator.reset();
  table_.give_back(e);
  ++stats.swept;
}

void Env::sweep(std::vector<Entry*>& list, bool promote) {
  size_t kept = 0;
  size_t size = list.size();
  for (size_t i = 0; i < size;) {
    HandleScope scope(env);
    for (size_t end = std::min(size, i + handles_per_scope); i < end; ++i) {
      Entry* e = list[i];
      napi_value alive = nullptr;
      napi_get_reference_value(env, e->ref, &alive);
      if (!alive)
        free_entry(e);
      else if (promote && ++e->survived >= 2)
        old_.push_back(e);
      else
        list[kept++] = e;
    }
  }
  list.resize(kept);
}

void Env::run_gc(bool major) {
  double start = now_ms();
  ++(major ? stats.major : stats.minor);
  HandleScope scope(env);
  napi_value fn = nullptr, receiver, arg, result;
  if (collect_fn) napi_get_reference_value(env, collect_fn, &fn);
  if (fn) {
    napi_get_undefined(env, &receiver);
    napi_get_boolean(env, major, &arg);
    if (napi_call_function(env, receiver, fn, 1, &arg, &result) == napi_pending_exception)
      napi_get_and_clear_last_exception(env, &result);
  }
  stats.gc_ms += now_ms() - start;
}

void Env::count_bytes(const Tensor& t) {
  auto bytes = static_cast<int64_t>(t.storage()->capacity());
  // A few results of middling size may gather whatever they weigh.
  fresh_bytes_ += bytes < most_bytes / 4 ? std::min(bytes, byte_limit_ / 4) : bytes;
}

void Env::collect() {
  double start = now_ms();
  bool by_count = young_.size() >= young_limit_;
  run_gc(false);
  double collected = now_ms();
  sweep(young_, true);
  fresh_bytes_ = 0;
  // What is old dies only in a major collection: one for each doubling of what is alive.
  if (allocator_stats().allocated >= major_limit_ || old_.size() >= old_limit_) collect_all(true);
  double end = now_ms();
  stats.sweep_ms += end - collected;
  // With a large JS heap a minor collection is dear: gather more before the next one.
  double since = std::max(end - last_collection_ms_, 1e-3);
  auto adapt = [&](auto& limit, double spent, double dear, auto least, auto most) {
    if (spent > dear * since) limit = std::min(2 * limit, most);
    if (spent < dear / 4 * since) limit = std::max(limit / 2, least);
  };
  if (by_count)
    adapt(young_limit_, end - start, 0.25, base_young, most_young);
  else
    adapt(byte_limit_, collected - start, 0.2, base_bytes, most_bytes);
  last_collection_ms_ = end;
}

void Env::collect_all(bool major) {
  run_gc(major);
  sweep(young_, true);
  if (major) {
    sweep(old_, false);
    old_limit_ = std::max(base_old, 2 * old_.size());
    major_limit_ = std::max(base_major, 2 * allocator_stats().allocated);
  }
  fresh_bytes_ = 0;
}

// An object nobody refers to: its finalizer runs, once the event loop turns, after V8 has collected
// for its own reasons.
void Env::watch_gc() {
  HandleScope scope(env);
  napi_value object;
  napi_create_object(env, &object);
  napi_add_finalizer(
      env, object, this,
      [](napi_env, void* data, void*) {
        auto* self = static_cast<Env*>(data);
        if (self->closing) return;
        self->sweep(self->young_, false);
        self->sweep(self->old_, false);
        self->watch_gc();
      },
      nullptr, nullptr);
}

napi_value Env::call_back(Callback kind, const WeakPayload& payload, napi_value values) {
  napi_value object = payload.get();
  INTERNAL(object && callback_fn, "a graph outlived the function it calls");
  napi_value fn, receiver, result = nullptr, args[3] = {nullptr, object, values};
  napi_get_reference_value(env, callback_fn, &fn);
  napi_get_undefined(env, &receiver);
  napi_create_int32(env, static_cast<int32_t>(kind), &args[0]);
  napi_status status = napi_call_function(env, receiver, fn, 3, args, &result);
  if (status != napi_ok) {
    // Only a terminating worker gets here: lib's dispatcher catches what user code throws.
    napi_value ignored;
    napi_get_and_clear_last_exception(env, &ignored);
    fail(ErrorKind::state, "JavaScript is shutting down");
  }
  napi_valuetype type;
  napi_typeof(env, result, &type);
  if (type == napi_string) throw Thrown();
  return result;
}

}  // namespace nabla::binding
