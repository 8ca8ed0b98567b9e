// What a Tensor is asked that is no op: shape, dtype, values in and out.
#include <cstring>

#include "functions.h"

namespace nabla::binding {
namespace {

constexpr int64_t max_safe = 9007199254740991;

napi_value write_ints(Args& a, IntSpan ints) {
  CHECK_RANGE(ints.size() <= Env::scratch_size, "too many dimensions");
  for (size_t i = 0; i < ints.size(); ++i) a.env.scratch[i] = static_cast<double>(ints[i]);
  return to_js(a.env, static_cast<int64_t>(ints.size()));
}

napi_value shape(Args& a) { return write_ints(a, a.tensor(0).sizes()); }
napi_value stride(Args& a) { return write_ints(a, a.tensor(0).strides()); }
napi_value storage_offset(Args& a) { return to_js(a.env, a.tensor(0).storage_offset()); }
napi_value dtype(Args& a) { return to_js(a.env, static_cast<int64_t>(a.tensor(0).dtype())); }
napi_value version(Args& a) { return to_js(a.env, static_cast<int64_t>(a.tensor(0).version())); }
napi_value is_contiguous(Args& a) { return to_js(a.env, a.tensor(0).is_contiguous()); }
napi_value is_inference(Args& a) { return to_js(a.env, a.tensor(0).impl()->inference); }

// Two tensors share memory if their storages have one address.
napi_value storage_id(Args& a) {
  auto address = reinterpret_cast<uintptr_t>(a.tensor(0).storage()->data());
  return to_js(a.env, static_cast<double>(address));
}

// item(h, big): the value of a one-element tensor.
napi_value item(Args& a) {
  const Tensor& t = a.tensor(0);
  CHECK(t.numel() == 1, "a Tensor with ", t.numel(), " elements cannot be converted to a number");
  Scalar s = t.item();
  if (a.reader.boolean(a[1])) {
    CHECK_TYPE(!s.is_floating(), "itemBigInt needs an integer tensor, got ", t.dtype());
    napi_value v;
    napi_create_bigint_int64(a.env.env, s.to_int(), &v);
    return v;
  }
  if (s.is_bool()) return to_js(a.env, s.to_bool());
  if (s.is_floating()) return to_js(a.env, s.to_double());
  int64_t i = s.to_int();
  CHECK_RANGE(i >= -max_safe && i <= max_safe, i,
              " is beyond the integers that a number holds: use itemBigInt()");
  return to_js(a.env, i);
}

// copyOut(h, typedArray): the elements in row-major order.
void copy_out(Args& a) {
  const Tensor& t = a.tensor(0);
  Bytes to = a.reader.typed_array(a[1]);
  size_t bytes = static_cast<size_t>(t.numel()) * t.itemsize();
  CHECK(to.size() == bytes, "the array was detached or has another size: ", to.size(),
        " bytes for ", bytes);
  if (bytes == 0) return;
  GradModeGuard off(false);
  Tensor dense = t.is_contiguous() ? t : grad_ops().clone(t);
  if (!dense.is_contiguous()) {
    Tensor rows = empty(t.sizes(), t.dtype());
    grad_ops().copy_(rows, t);
    dense = rows;
  }
  std::memcpy(to.data(), dense.raw_data(), bytes);
}

// Keeps a SharedArrayBuffer alive for a tensor that looks at it. The reference can only be dropped
// on the thread of its environment, which is where tensors die.
struct SharedMemory {
  Env* env;
  napi_ref ref;
};

// fromData(typedArray, dtype, share, rank): a tensor of that dtype; its sizes are in the scratch
// array.
napi_value from_data(Args& a) {
  a.env.maybe_collect();
  Bytes from = a.reader.typed_array(a[0]);
  DType dtype = a.reader.dtype(a[1]);
  bool share = a.reader.boolean(a[2]);
  Dims sizes = a.reader.integers(a[3]);
  size_t bytes = static_cast<size_t>(checked_numel(sizes)) * size_of(dtype);
  CHECK_RANGE(from.size() == bytes, "shape ", sizes, " of ", dtype, " takes ", bytes,
              " bytes, the array has ", from.size());
  if (share && bytes > 0) {
    CHECK_TYPE(reinterpret_cast<uintptr_t>(from.data()) % size_of(dtype) == 0,
               "the array does not start at a multiple of the element size");
    napi_ref ref = nullptr;
    CHECK(napi_create_reference(a.env.env, a[0], 1, &ref) == napi_ok, "cannot keep the array");
    auto release = [](void* context) {
      auto* memory = static_cast<SharedMemory*>(context);
      if (!memory->env->closing) napi_delete_reference(memory->env->env, memory->ref);
      delete memory;
    };
    return a.env.wrap(
        from_foreign(from.data(), bytes, sizes, dtype, release, new SharedMemory{&a.env, ref}));
  }
  Tensor t = empty(sizes, dtype);
  if (bytes > 0) std::memcpy(t.raw_data(), from.data(), bytes);
  if (InferenceMode::enabled()) t.impl()->inference = true;
  a.env.count_bytes(t);
  return a.env.wrap(t);
}

napi_value share(Args& a) { return a.env.wrap(Tensor(a.tensor(0))); }

// The wrapper stays and says "disposed" from now on; the sweep frees its entry.
void dispose(Args& a) {
  Entry* e = a.env.entry(a[0]);
  CHECK_TYPE(e && !e->generator, "expected a Tensor");
  Tensor last = std::move(e->tensor);
  e->tensor.reset();
}

}  // namespace

std::vector<NamedFunction> tensor_functions() {
  return {{"shape", function<shape>},
          {"stride", function<stride>},
          {"storageOffset", function<storage_offset>},
          {"dtype", function<dtype>},
          {"version", function<version>},
          {"isContiguous", function<is_contiguous>},
          {"isInference", function<is_inference>},
          {"storageId", function<storage_id>},
          {"item", function<item>},
          {"copyOut", function<copy_out>},
          {"fromData", function<from_data>},
          {"share", function<share>},
          {"dispose", function<dispose>}};
}

}  // namespace nabla::binding
