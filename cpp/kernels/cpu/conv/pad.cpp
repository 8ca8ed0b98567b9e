// Copies that give an image its zero border, and the joining of phases.
#include "../../tables/conv.h"
#include "tile_sizes.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

using V = F32;
constexpr int W = V::W;

// Whole vectors are stored: what they write too far is written again by the next row.
NABLA_INLINE void zero_row(float* out, int64_t n) {
  for (; n > 0; n -= W, out += W) {
    V::zero().store(out);
    asm volatile("" : "+r"(out));  // rows are short: no call of memset
  }
}

void pad(const ConvPad& p) {
  const int64_t width = p.width, pitch = p.pitch, rows = p.rows;
  // rows above, of and below the image
  const int64_t above = least(p.row0 < 0 ? -p.row0 : 0, rows);
  const int64_t last = p.height - p.row0 < rows ? p.height - p.row0 : rows;
  const int64_t end = last < above ? above : last;
  const int64_t whole = width / W * W;
  const int n = static_cast<int>(width - whole);
  for (int64_t c = 0; c < p.channels; ++c) {
    float* out = p.out + c * p.out_channel;
    zero_row(out, p.lead + above * pitch);
    out += p.lead + above * pitch;
    const float* x = p.x + c * p.height * width + (p.row0 + above) * width;
    for (int64_t i = above; i < end; ++i, out += pitch, x += width) {
      for (int64_t j = 0; j < whole; j += W) V::load(x + j).store(out + j);
      if (n != 0) V::load_n(x + whole, n).store(out + whole);
      const int64_t done = n != 0 ? whole + W : whole;
      zero_row(out + done, pitch - done);
    }
    zero_row(out, (rows - end) * pitch);
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
