#pragma once
#include <cstdint>

#include "core/dtype.h"
#include "core/generator.h"

// PyTorch's recipes for random numbers on contiguous memory of any dtype, n elements from `out` on.
// The same generator state gives the numbers of PyTorch's CPU kernels, bit by bit.
namespace nabla::ops {

// Uniform in [from, to), floating dtypes.
void fill_uniform(void* out, DType dtype, int64_t n, double from, double to, Generator& generator);

// Normal, floating dtypes. From 16 elements on by blocks of 16 uniforms, below that by pairs of
// doubles, one element after the other; `one_by_one` asks for the second form at any length.
void fill_normal(void* out, DType dtype, int64_t n, double mean, double std, bool one_by_one,
                 Generator& generator);

// -log1p(-u) / lambda, floating dtypes.
void fill_exponential(void* out, DType dtype, int64_t n, double lambda, Generator& generator);

// `one` where a uniform double lies below p, else zero; any dtype.
void fill_bernoulli(void* out, DType dtype, int64_t n, double p, double one, Generator& generator);

// The same with a probability per element; `p` holds float32, or float64 where `wide`.
void fill_bernoulli(void* out, DType dtype, int64_t n, const void* p, bool wide,
                    Generator& generator);

// base + r % range with 32 random bits, with 64 from a range of 2^28 on; range 0 means 2^64.
void fill_integers(void* out, DType dtype, int64_t n, int64_t base, uint64_t range,
                   Generator& generator);

// random_() without bounds: 0 .. the dtype's largest value, for floating dtypes 0 .. 2^digits.
void fill_random(void* out, DType dtype, int64_t n, Generator& generator);

// A permutation of 0 .. n-1, any dtype but bool.
void fill_permutation(void* out, DType dtype, int64_t n, Generator& generator);

}  // namespace nabla::ops
