#include "../tables/norm.h"

namespace nabla::kernels::NABLA_ISA {

void fill_norm_planes(NormTable& t);
void fill_norm_rows(NormTable& t);

void fill_norm(NormTable& t) {
  fill_norm_planes(t);
  fill_norm_rows(t);
}

}  // namespace nabla::kernels::NABLA_ISA
