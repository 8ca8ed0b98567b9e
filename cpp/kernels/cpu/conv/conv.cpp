#include "../../tables/conv.h"

#include "../vec/vec.h"

namespace nabla::kernels::NABLA_ISA {

void fill_conv_pad(ConvTable&);
void fill_conv_pixels(ConvTable&);
void fill_conv_channels(ConvTable&);
void fill_conv_dots(ConvTable&);
void fill_conv_outer(ConvTable&);

void fill_conv(ConvTable& table) {
  table.lanes = F32::W;
  fill_conv_pad(table);
  fill_conv_pixels(table);
  fill_conv_channels(table);
  fill_conv_dots(table);
  fill_conv_outer(table);
}

}  // namespace nabla::kernels::NABLA_ISA
