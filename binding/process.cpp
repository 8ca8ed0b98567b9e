// Threads, generators, defaults and memory.
#include <cmath>

#include "functions.h"

namespace nabla::binding {
namespace {

// A seed is a number or a bigint; a negative one counts from 2^64 down, as in PyTorch.
uint64_t seed_of(Args& a, napi_value v) {
  double d = 0;
  if (napi_get_value_double(a.env.env, v, &d) == napi_ok) {
    CHECK_TYPE(d == std::floor(d) && std::abs(d) <= 0x1p53, "seed must be an integer, got ", d);
    return static_cast<uint64_t>(static_cast<int64_t>(d));
  }
  bool lossless = false;
  uint64_t u = 0;
  if (napi_get_value_bigint_uint64(a.env.env, v, &u, &lossless) == napi_ok) {
    int64_t i = 0;
    if (lossless) return u;
    napi_get_value_bigint_int64(a.env.env, v, &i, &lossless);
    CHECK_RANGE(lossless, "seed is outside of [-2^63, 2^64)");
    return static_cast<uint64_t>(i);
  }
  fail(ErrorKind::type, "seed must be an integer");
}

napi_value big(Args& a, uint64_t v) {
  napi_value r = nullptr;
  napi_create_bigint_uint64(a.env.env, v, &r);
  return r;
}

// A generator argument, or the default one of this thread for null.
Generator& generator_or_null(Args& a, size_t i) {
  napi_valuetype type;
  napi_typeof(a.env.env, a[i], &type);
  return type == napi_external ? a.env.generator(a[i]) : default_generator();
}

napi_value generator(Args& a) { return a.env.wrap(std::make_unique<Generator>()); }

// generatorSeed(h, seed): sets it; without a seed the operating system gives one. Returns it.
napi_value generator_seed(Args& a) {
  Generator& g = generator_or_null(a, 0);
  napi_valuetype type;
  napi_typeof(a.env.env, a[1], &type);
  if (type == napi_undefined) return big(a, g.seed());
  g.manual_seed(seed_of(a, a[1]));
  return big(a, g.initial_seed());
}

napi_value generator_initial_seed(Args& a) {
  return big(a, generator_or_null(a, 0).initial_seed());
}

// generatorState(h, bytes, write): reads the state into bytes, or takes it from them.
void generator_state(Args& a) {
  Generator& g = generator_or_null(a, 0);
  Bytes bytes = a.reader.typed_array(a[1]);
  if (a.reader.boolean(a[2])) {
    g.set_state(bytes);
  } else {
    CHECK_RANGE(bytes.size() == Generator::state_bytes, "a generator's state has ",
                Generator::state_bytes, " bytes");
    g.get_state(std::span<std::byte, Generator::state_bytes>(bytes));
  }
}

// defaultDtype(index): sets it unless the index is negative; returns it.
napi_value default_dtype_(Args& a) {
  int64_t i = a.reader.integer(a[0]);
  if (i >= 0) {
    CHECK_TYPE(i < dtype_count && is_floating(static_cast<DType>(i)),
               "only floating-point types are supported as the default type");
    set_default_dtype(static_cast<DType>(i));
  }
  return to_js(a.env, static_cast<int64_t>(default_dtype()));
}

// threads(n): sets the number of threads if n > 0; returns it.
napi_value threads(Args& a) {
  int64_t n = a.reader.integer(a[0]);
  if (n > 0) set_num_threads(static_cast<int>(std::min<int64_t>(n, 1024)));
  return to_js(a.env, int64_t{num_threads()});
}

napi_value isa(Args& a) { return to_js(a.env, std::string(kernels::tables().isa)); }

// setCallbacks(collect, call); called again, it replaces (jest loads lib anew for each file).
void set_callbacks(Args& a) {
  napi_ref* slots[] = {&a.env.collect_fn, &a.env.callback_fn};
  for (size_t i = 0; i < 2; ++i) {
    if (*slots[i]) napi_delete_reference(a.env.env, *slots[i]);
    CHECK_TYPE(napi_create_reference(a.env.env, a[i], 1, slots[i]) == napi_ok,
               "expected functions");
  }
}

napi_value memory_stats(Args& a) {
  napi_value object;
  napi_create_object(a.env.env, &object);
  auto put = [&](const char* name, double v) {
    napi_set_named_property(a.env.env, object, name, to_js(a.env, v));
  };
  AllocatorStats s = allocator_stats();
  const MemoryStats& m = a.env.stats;
  put("allocatedBytes", static_cast<double>(s.allocated));
  put("peakBytes", static_cast<double>(s.peak));
  put("cachedBytes", static_cast<double>(s.cached));
  put("allocations", static_cast<double>(s.allocations));
  put("tensors", static_cast<double>(a.env.wrappers()));
  put("minorCollections", static_cast<double>(m.minor));
  put("majorCollections", static_cast<double>(m.major));
  put("swept", static_cast<double>(m.swept));
  put("gcMs", m.gc_ms);
  put("sweepMs", m.sweep_ms);
  return object;
}

void empty_cache_(Args& a) { empty_cache(); }

void reset_peak(Args& a) { reset_peak_stats(); }

void collect(Args& a) { a.env.collect_all(a.reader.boolean(a[0])); }

}  // namespace

std::vector<NamedFunction> process_functions() {
  return {{"generator", function<generator>},
          {"generatorSeed", function<generator_seed>},
          {"generatorInitialSeed", function<generator_initial_seed>},
          {"generatorState", function<generator_state>},
          {"defaultDtype", function<default_dtype_>},
          {"threads", function<threads>},
          {"isa", function<isa>},
          {"setCallbacks", function<set_callbacks>},
          {"memoryStats", function<memory_stats>},
          {"emptyCache", function<empty_cache_>},
          {"resetPeak", function<reset_peak>},
          {"collect", function<collect>}};
}

}  // namespace nabla::binding
