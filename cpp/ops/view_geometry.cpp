#include "ops/view_geometry.h"

namespace nabla::ops {

Dims infer_sizes(IntSpan shape, int64_t numel) {
  Dims sizes(shape);
  int64_t known = 1, open = -1;
  bool overflow = false;
  for (size_t d = 0; d < shape.size(); ++d) {
    if (shape[d] == -1) {
      CHECK_RANGE(open < 0, "only one dimension can be inferred");
      open = int64_t(d);
      continue;
    }
    CHECK_RANGE(shape[d] >= 0, "invalid shape dimension ", shape[d], " at index ", d, " of shape ",
                Shape{shape});
    overflow |= __builtin_mul_overflow(known, shape[d], &known);
  }
  const bool fits = !overflow && (open < 0 ? known == numel : known > 0 && numel % known == 0);
  if (open >= 0 && known == 0 && numel == 0)
    fail(ErrorKind::range, "cannot reshape tensor of 0 elements into shape ", Shape{shape},
         " because the unspecified dimension size -1 can be any value and is ambiguous");
  CHECK_RANGE(fits, "shape '", Shape{shape}, "' is invalid for input of size ", numel);
  if (open >= 0) sizes[open] = numel / known;
  return sizes;
}

OptDims view_strides(IntSpan sizes, IntSpan strides, IntSpan new_sizes) {
  if (product(sizes) == 0) {
    if (equal(sizes, new_sizes)) return Dims(strides);
    return contiguous_strides(new_sizes);
  }
  Dims result(new_sizes.size());
  int64_t next = int64_t(new_sizes.size()) - 1;  // the new dimension that is filled next
  if (sizes.empty()) {
    for (int64_t& s : result) s = 1;
    return result;
  }
  // From the back, blocks of old dimensions that are contiguous in themselves; the new dimensions
  // must cut each block without rest.
  int64_t step = strides.back();
  int64_t old_count = 1, new_count = 1;
  for (size_t d = sizes.size(); d-- > 0;) {
    old_count *= sizes[d];
    const bool ends = d == 0 || (sizes[d - 1] != 1 && strides[d - 1] != old_count * step);
    if (!ends) continue;
    while (next >= 0 && (new_count < old_count || new_sizes[next] == 1)) {
      result[next] = new_count * step;
      new_count *= new_sizes[next];
      --next;
    }
    if (new_count != old_count) return std::nullopt;
    if (d > 0) {
      step = strides[d - 1];
      old_count = new_count = 1;
    }
  }
  if (next != -1) return std::nullopt;
  return result;
}

}  // namespace nabla::ops
