// Pooling over windows of dense planes.
#include "../tables/pool.h"

#include "pool/avg.h"
#include "pool/max.h"

namespace nabla::kernels::NABLA_ISA {
namespace {

template <class T>
void fill(PoolFns<T>& t) {
  t.max = max<T>;
  t.max_grad = max_grad<T>;
  t.max_take = max_take<T>;
  t.max_index = max_index<T>;
  t.max_ranges = max_ranges<T>;
  t.avg = avg<T>;
  t.avg_grad = avg_grad<T>;
  t.avg_ranges = avg_ranges<T>;
  t.avg_ranges_grad = avg_ranges_grad<T>;
}

}  // namespace

void fill_pool(PoolTable& t) {
  fill(t.f32);
  fill(t.f64);
  t.index_of = index_of;
  t.max_index_i64 = max_index<int64_t>;
  t.avg_i64 = avg_i64;
}

}  // namespace nabla::kernels::NABLA_ISA
