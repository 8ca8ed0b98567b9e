// Copies that give an image its zero border, and the joining of phases.
#include "../../tables/conv.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

// Whole vectors are stored: what they write too far is written again by the next row.
NABLA_INLINE void zero_row(float* out, int64_t n) {
  for (int64_t i = 0; i < n; i += W) {
    V::zero().store(out + i);
    asm volatile("" : : : "memory");  // rows are short: no call of memset
  }
}

void pad(const ConvPad& p) {
  for (int64_t c = 0; c < p.channels; ++c) {
    float* out = p.out + c * p.out_channel;
    zero_row(out, p.lead);
    out += p.lead;
    const float* channel = p.x + c * p.height * p.width;
    for (int64_t i = 0; i < p.rows; ++i, out += p.pitch) {
      const int64_t row = p.row0 + i;
      if (row < 0 || row >= p.height) {
        zero_row(out, p.pitch);
        continue;
      }
      const float* x = channel + row * p.width;
      int64_t j = 0;
      for (; j + W <= p.width; j += W) V::load(x + j).store(out + j);
      if (j < p.width) {
        V::load_n(x + j, static_cast<int>(p.width - j)).store(out + j);
        j += W;
      }
      zero_row(out + j, p.pitch - j);
    }
  }
}

void join_phases(float* out, int64_t n, const float* in, int64_t in_phase, int64_t step) {
  if (step == 2) {
    const float* other = in + in_phase;
    int64_t i = 0;
    for (; i + 2 * W <= n; i += 2 * W) {
      V a, b;
      interleave(V::load(in + i / 2), V::load(other + i / 2), a, b);
      a.store(out + i);
      b.store(out + i + W);
    }
    for (; i < n; ++i) out[i] = i % 2 == 0 ? in[i / 2] : other[i / 2];
    return;
  }
  for (int64_t p = 0; p < step; ++p) {
    const float* from = in + p * in_phase;
    for (int64_t i = p; i < n; i += step) out[i] = *from++;
  }
}

}  // namespace

void fill_conv_pad(ConvTable& table) {
  table.pad = pad;
  table.join_phases = join_phases;
}

}  // namespace nabla::kernels::NABLA_ISA
