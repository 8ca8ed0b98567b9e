#include "../tables/pool.h"

namespace nabla::kernels::NABLA_ISA {

void fill_pool(PoolTable&) {}

}  // namespace nabla::kernels::NABLA_ISA
