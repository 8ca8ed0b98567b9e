#include "ops/resample_bytes.h"

#include <algorithm>
#include <cstring>

#include "parallel/parallel.h"

namespace nabla::ops {
namespace {

constexpr int64_t kGrain = 32 * 1024;  // elements per parallel chunk

// A band whose weights are 16-bit numbers with as many bits after the point as fit.
struct ByteBand {
  const Band<double>& band;
  std::vector<int32_t> weights;
  int precision = 0;

  explicit ByteBand(const Band<double>& b) : band(b) {
    const double most = *std::max_element(b.weights.begin(), b.weights.end());
    while (precision < 22 && int(0.5 + most * (1 << (precision + 1))) < (1 << 15)) ++precision;
    for (double w : b.weights)
      weights.push_back(int32_t((w < 0 ? -0.5 : 0.5) + w * (1 << precision)));
  }
  // Element o of a line whose elements are `step` apart.
  uint8_t at(const uint8_t* line, int64_t step, int64_t o) const {
    const int32_t* const w = weights.data() + o * band.taps;
    const uint8_t* const x = line + band.begin[size_t(o)] * step;
    int32_t sum = precision > 0 ? 1 << (precision - 1) : 0;
    for (int64_t k = 0; k < band.count[size_t(o)]; ++k) sum += w[k] * x[k * step];
    return uint8_t(std::clamp(sum >> precision, 0, 255));
  }
};

}  // namespace

void resample_bytes(uint8_t* out, const uint8_t* in, int64_t planes, const Band<double>& y,
                    const Band<double>& x) {
  const ByteBand rows(y), columns(x);
  const int64_t in_plane = y.in * x.in, out_plane = y.out * x.out;
  parallel_for(planes, std::max<int64_t>(1, kGrain / std::max(in_plane, out_plane)),
               [&](int64_t begin, int64_t end) {
                 std::vector<uint8_t> wide(static_cast<size_t>(y.in * x.out));
                 for (int64_t p = begin; p < end; ++p) {
                   const uint8_t* source = in + p * in_plane;
                   if (!x.identity) {
                     for (int64_t r = 0; r < y.in; ++r)
                       for (int64_t o = 0; o < x.out; ++o)
                         wide[size_t(r * x.out + o)] = columns.at(source + r * x.in, 1, o);
                     source = wide.data();
                   }
                   uint8_t* const to = out + p * out_plane;
                   if (y.identity) {
                     std::memcpy(to, source, size_t(out_plane));
                     continue;
                   }
                   for (int64_t o = 0; o < y.out; ++o)
                     for (int64_t i = 0; i < x.out; ++i)
                       to[o * x.out + i] = rows.at(source + i, x.out, o);
                 }
               });
}

}  // namespace nabla::ops
