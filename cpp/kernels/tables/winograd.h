#pragma once
// Transforms of the Winograd convolution F(4x4, 3x3): see cpp/ops/conv_winograd.cpp.
//
// A vector holds `lanes` channels. An image is cut into tiles of 4x4 pixels of the output; a tile
// is 36 numbers a channel in the transformed domain, the "points". Number q of tile t of a strip
// stands at q * point_step + t * tile_step, the channels beside each other.
#include <cstdint>

namespace nabla::kernels {

// Some rows of tiles of one image and up to `lanes` channels of it.
struct WinogradStrip {
  int64_t height, width, plane;  // of the image in memory; elements between two channels
  int64_t pad_h, pad_w;          // zeros above and left of the image
  int64_t tile_row, tile_rows, tiles_across;
  int64_t point_step, tile_step;
  int channels;
};

// Up to `lanes` output channels of weights [k_out][k_in][3][3].
struct WinogradWeights {
  int64_t out_step, in_step;  // elements between two channels of the result, of the sum
  int64_t depth;              // channels of the sum
  int64_t point_step, depth_step;
  int channels;
  bool flipped;       // taps in reverse order
  int64_t parts = 1;  // weight_gradient: s is the sum of so many arrays, part_step apart
  int64_t part_step = 0;
};

struct WinogradTable {
  int lanes;
  // Elements of scratch that a strip needs.
  int64_t (*strip_scratch)(const WinogradStrip&);
  // v = B^T d B for the 6x6 pixels d that each tile of 4x4 outputs reads.
  void (*input)(const WinogradStrip&, const float* x, float* v, float* scratch);
  // v = D dy D^T for the tiles of 4x4 pixels themselves; padding is 0.
  void (*gradient)(const WinogradStrip&, const float* dy, float* v, float* scratch);
  // y = A^T m A + bias; bias may be null.
  void (*output)(const WinogradStrip&, const float* m, const float* bias, float* y, float* scratch);
  // u = G g G^T. Writes all lanes, zeros for those that are no channel. scratch: 144 * lanes.
  void (*weights)(const WinogradWeights&, const float* w, float* u, float* scratch);
  // dw = E^T s E, s as the weights' u but without gaps at the lanes; scratch: 144 * lanes.
  void (*weight_gradient)(const WinogradWeights&, const float* s, float* dw, float* scratch);
};

}  // namespace nabla::kernels
