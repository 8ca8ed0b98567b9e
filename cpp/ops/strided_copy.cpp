#include "ops/strided_copy.h"

#include <algorithm>
#include <cstring>

#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

struct Axis {
  int64_t size, dst, src;
};

// Axes from the innermost of the destination outwards; size 1 dropped, neighbours merged.
SmallVector<Axis, 8> ordered_axes(IntSpan dst, IntSpan src, IntSpan sizes) {
  SmallVector<Axis, 8> axes;
  for (size_t d = sizes.size(); d-- > 0;)
    if (sizes[d] != 1) axes.push_back({sizes[d], dst[d], src[d]});
  std::stable_sort(axes.begin(), axes.end(),
                   [](const Axis& a, const Axis& b) { return a.dst < b.dst; });
  SmallVector<Axis, 8> merged;
  for (const Axis& axis : axes) {
    if (!merged.empty()) {
      Axis& last = merged.back();
      if (last.dst * last.size == axis.dst && last.src * last.size == axis.src) {
        last.size *= axis.size;
        continue;
      }
    }
    merged.push_back(axis);
  }
  return merged;
}

// One row: n items.
template <class T>
void copy_row(T* dst, int64_t dst_step, const T* src, int64_t src_step, int64_t n) {
  if (dst_step == 1 && src_step == 1) {
    std::memcpy(dst, src, n * sizeof(T));
  } else if (dst_step == 1 && src_step == 0) {
    std::fill_n(dst, n, *src);
  } else if (dst_step == 1) {
    for (int64_t i = 0; i < n; ++i) dst[i] = src[i * src_step];
  } else {
    for (int64_t i = 0; i < n; ++i) dst[i * dst_step] = src[i * src_step];
  }
}

// A transposition, in tiles whose lines stay in the first cache.
template <class T>
void copy_plane(T* dst, const T* src, const Axis& inner, const Axis& outer) {
  constexpr int64_t tile = 16;
  for (int64_t i = 0; i < inner.size; i += tile) {
    const int64_t width = std::min(tile, inner.size - i);
    for (int64_t j = 0; j < outer.size; j += tile) {
      const int64_t height = std::min(tile, outer.size - j);
      for (int64_t b = 0; b < height; ++b)
        copy_row(dst + i * inner.dst + (j + b) * outer.dst, inner.dst,
                 src + i * inner.src + (j + b) * outer.src, inner.src, width);
    }
  }
}

template <class T>
void copy_items(T* dst, const T* src, const SmallVector<Axis, 8>& axes) {
  if (axes.empty()) {
    *dst = *src;
    return;
  }
  const Axis inner = axes[0];
  const bool plane = axes.size() > 1 && inner.src != 1 && inner.src != 0 && inner.size >= 4 &&
                     std::abs(axes[1].src) < std::abs(inner.src);
  const size_t first = plane ? 2 : 1;
  const auto step = [&](T* to, const T* from, int64_t n) {
    if (plane)
      copy_plane(to, from, Axis{n, inner.dst, inner.src}, axes[1]);
    else
      copy_row(to, inner.dst, from, inner.src, n);
  };
  int64_t count = 1;
  for (size_t d = first; d < axes.size(); ++d) count *= axes[d].size;
  const int64_t work = inner.size * (plane ? axes[1].size : 1);
  constexpr int64_t grain = 64 * 1024;  // items
  if (count == 1) {
    const int64_t height = plane ? axes[1].size : 1;
    const int64_t part = (std::max<int64_t>(grain / height, 16) + 15) / 16 * 16;
    parallel_for(inner.size, part, [&](int64_t begin, int64_t end) {
      step(dst + begin * inner.dst, src + begin * inner.src, end - begin);
    });
    return;
  }
  parallel_for(count, std::max<int64_t>(grain / work, 1), [&](int64_t begin, int64_t end) {
    SmallVector<int64_t, 8> at(axes.size());
    T* to = dst;
    const T* from = src;
    for (size_t d = first, rest = begin; d < axes.size(); ++d) {
      at[d] = rest % axes[d].size;
      rest /= axes[d].size;
      to += at[d] * axes[d].dst;
      from += at[d] * axes[d].src;
    }
    for (int64_t i = begin; i < end; ++i) {
      step(to, from, inner.size);
      for (size_t d = first; d < axes.size(); ++d) {
        to += axes[d].dst;
        from += axes[d].src;
        if (++at[d] < axes[d].size) break;
        to -= axes[d].size * axes[d].dst;
        from -= axes[d].size * axes[d].src;
        at[d] = 0;
      }
    }
  });
}

template <class T>
void copy_as(void* dst, const void* src, const SmallVector<Axis, 8>& axes) {
  copy_items(static_cast<T*>(dst), static_cast<const T*>(src), axes);
}

}  // namespace

void strided_copy(void* dst, IntSpan dst_strides, const void* src, IntSpan src_strides,
                  IntSpan sizes, std::size_t item_size) {
  for (int64_t s : sizes)
    if (s == 0) return;
  const auto axes = ordered_axes(dst_strides, src_strides, sizes);
  switch (item_size) {
    case 1:
      return copy_as<uint8_t>(dst, src, axes);
    case 2:
      return copy_as<uint16_t>(dst, src, axes);
    case 4:
      return copy_as<uint32_t>(dst, src, axes);
    default:
      return copy_as<uint64_t>(dst, src, axes);
  }
}

}  // namespace nabla::ops
