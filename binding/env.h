#pragma once
#include <node_api.h>

#include <memory>
#include <string_view>
#include <vector>

#include "api.h"

// State of one JavaScript environment (the main thread or a worker): which native objects its
// wrappers hold, when to collect, and the functions that native code calls back.

namespace nabla::binding {

struct Env;

// Handles made in it are dropped at its end.
class HandleScope {
 public:
  explicit HandleScope(napi_env env) : env_(env) { napi_open_handle_scope(env, &scope_); }
  ~HandleScope() { napi_close_handle_scope(env_, scope_); }
  HandleScope(const HandleScope&) = delete;
  HandleScope& operator=(const HandleScope&) = delete;

 private:
  napi_env env_;
  napi_handle_scope scope_ = nullptr;
};

// The native half of one JS wrapper, reached from JS through an external. The reference to that
// external is weak: when V8 has collected it, the next sweep frees what it held.
struct Entry {
  Tensor tensor;                         // undefined for generators and after dispose()
  std::unique_ptr<Generator> generator;  // for torch.Generator
  napi_ref ref = nullptr;                // null: the entry is free
  uint8_t survived = 0;                  // collections
};

// Entries live in chunks that double in size, so that a pointer from JS (any addon can make
// externals) can be checked against a handful of ranges.
class EntryTable {
 public:
  Entry* take();
  void give_back(Entry* e);
  // The live entry at `p`, or null if there is none.
  Entry* find(void* p) const;
  template <class F>
  void each(F&& f) {
    for (auto& c : chunks_)
      for (size_t i = 0; i < c.count; ++i)
        if (c.entries[i].ref) f(c.entries[i]);
  }

 private:
  struct Chunk {
    std::unique_ptr<Entry[]> entries;
    size_t count;
  };
  std::vector<Chunk> chunks_;
  std::vector<Entry*> free_;
};

// A JS object that native code calls but does not keep alive (lib/autograd/graph.ts says who does).
class WeakPayload {
 public:
  WeakPayload(Env& env, napi_value payload);
  ~WeakPayload();
  WeakPayload(const WeakPayload&) = delete;
  WeakPayload& operator=(const WeakPayload&) = delete;
  // The object, or null if it was collected; valid in the caller's handle scope.
  napi_value get() const;
  Env& env() const { return env_; }

 private:
  Env& env_;
  napi_ref ref_ = nullptr;
};

// What JS is asked to do with a payload.
enum class Callback { hook = 0, backward = 1, release = 2 };

struct MemoryStats {
  int64_t minor = 0, major = 0, swept = 0;
  double gc_ms = 0, sweep_ms = 0;
};

struct Env {
  explicit Env(napi_env env);
  ~Env();
  Env(const Env&) = delete;
  Env& operator=(const Env&) = delete;
  static Env& of(napi_env env);

  // A new external for a tensor or a generator.
  napi_value wrap(const Tensor& t);
  napi_value wrap(std::unique_ptr<Generator> g);
  // The tensor behind an argument; a TypeError if it is none.
  const Tensor& tensor(napi_value v) const;
  Generator& generator(napi_value v) const;
  Entry* entry(napi_value v) const;

  // Frees what V8 has collected when enough has gathered; called before an op allocates.
  void maybe_collect() {
    if (young_.size() >= young_limit_ || fresh_bytes_ >= byte_limit_) collect();
  }
  void count_bytes(const Tensor& t);
  void collect();
  void collect_all(bool major);

  // Calls lib's dispatcher for a payload; throws Error when JS threw (JS keeps what was thrown).
  napi_value call_back(Callback kind, const WeakPayload& payload, napi_value values);

  napi_env env;
  bool closing = false;
  double* scratch = nullptr;  // integer lists on their way in and out
  int32_t* flags = nullptr;   // see lib/native.ts
  napi_ref collect_fn = nullptr;
  napi_ref callback_fn = nullptr;
  std::vector<napi_ref> released;  // payloads whose native owner is gone
  MemoryStats stats;
  size_t wrappers() const { return young_.size() + old_.size(); }

  static constexpr size_t scratch_size = 8192;
  static constexpr size_t flag_count = 4;

 private:
  Entry* add(napi_value* external);
  void run_gc(bool major);
  void sweep(std::vector<Entry*>& list, bool promote);
  void free_entry(Entry* e);
  void watch_gc();

  EntryTable table_;
  std::vector<Entry*> young_, old_;
  size_t young_limit_;
  size_t old_limit_;
  int64_t fresh_bytes_ = 0;  // of results since the last collection
  int64_t byte_limit_;
  int64_t major_limit_;
  double last_collection_ms_ = 0;
};

}  // namespace nabla::binding
