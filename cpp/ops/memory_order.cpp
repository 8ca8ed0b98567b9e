#include "ops/memory_order.h"

#include <algorithm>

namespace nabla::ops {

Dims memory_order(IntSpan sizes, IntSpan strides) {
  const int n = int(sizes.size());
  Dims order(sizes.size());
  for (int i = 0; i < n; ++i) order[i] = n - 1 - i;  // innermost first
  // 1: a belongs outside of b, -1: it does not, 0: cannot be told (an expanded dimension).
  const auto compare = [&](int64_t a, int64_t b) {
    if (strides[a] == 0 || strides[b] == 0) return 0;
    if (strides[a] != strides[b]) return strides[a] < strides[b] ? -1 : 1;
    return sizes[a] > sizes[b] ? 1 : 0;
  };
  for (int i = 1; i < n; ++i) {
    int at = i;
    for (int j = i - 1; j >= 0; --j) {
      const int c = compare(order[j], order[at]);
      if (c > 0) {
        std::swap(order[j], order[at]);
        at = j;
      } else if (c < 0) {
        break;
      }
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

Dims preserved_strides(const Tensor& t) {
  if (t.is_contiguous()) return contiguous_strides(t.sizes());
  if (t.numel() == reach(t.sizes(), t.strides()) && is_non_overlapping(t.sizes(), t.strides()))
    return Dims(t.strides());
  const Dims order = memory_order(t.sizes(), t.strides());
  Dims strides(order.size());
  int64_t step = 1;
  for (size_t i = order.size(); i-- > 0;) {
    strides[order[i]] = step;
    step *= std::max<int64_t>(t.sizes()[order[i]], 1);
  }
  return strides;
}

}  // namespace nabla::ops
