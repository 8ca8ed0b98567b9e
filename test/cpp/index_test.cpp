// Indexing, joining and placing: values, errors and gradients.
#include "op_check.h"

using namespace nabla;
using namespace nabla_test;

namespace {

using K = IndexItem::Kind;

IndexItem at(int64_t i) {
  IndexItem item;
  item.kind = K::integer;
  item.integer = i;
  return item;
}
IndexItem range(OptInt start = {}, OptInt stop = {}, OptInt step = {}) {
  IndexItem item;
  item.kind = K::slice;
  item.start = start;
  item.stop = stop;
  item.step = step;
  return item;
}
IndexItem of(const Tensor& t) {
  IndexItem item;
  item.kind = K::tensor;
  item.tensor = t;
  return item;
}
IndexItem other(K kind, bool value = false) {
  IndexItem item;
  item.kind = kind;
  item.integer = value;
  return item;
}
Tensor bools(const std::vector<double>& v, const Dims& sizes) {
  return tensor(v, sizes, DType::bool_);
}

const Tensor x = counting({2, 3, 4}, DType::float32);

}  // namespace

TEST(basic_items) {
  CHECK_TENSOR(ops::index(x, {at(-1)}), {3, 4}, {13, 14});
  CHECK_TENSOR(ops::index(x, {at(0), range(1, {}, {}), at(2)}), {2}, {7, 11});
  CHECK_TENSOR(ops::index(x, {other(K::ellipsis), at(0)}), {2, 3}, {1, 5, 9, 13, 17, 21});
  CHECK_TENSOR(ops::index(x, {other(K::newaxis), range({}, {}, 2), other(K::newaxis)}),
               {1, 1, 1, 3, 4}, {1, 2});
  CHECK_TENSOR(ops::index(x, {}), {2, 3, 4}, {1});
  CHECK_EQ(ops::index(x, {at(1)}).storage_offset(), 12);
  CHECK_THROWS(ops::index(x, {at(5)}), "index 5 is out of bounds for dimension 0 with size 2");
  CHECK_THROWS(ops::index(x, {range(), at(5)}),
               "index 5 is out of bounds for dimension 1 with size 3");
  CHECK_THROWS(ops::index(x, {at(0), at(0), at(5)}),
               "index 5 is out of bounds for dimension 2 with size 4");
  CHECK_THROWS(ops::index(x, {at(0), at(0), at(0), at(0)}),
               "too many indices for tensor of dimension 3");
  CHECK_THROWS(ops::index(x, {other(K::ellipsis), other(K::ellipsis), at(0)}), "too many indices");
  CHECK_THROWS(ops::index(counting({}), {at(0)}), "invalid index of a 0-dim tensor");
  CHECK_THROWS(ops::index(x, {range(0, 2, 0)}), "slice step cannot be zero");
}

TEST(tensor_items) {
  const Tensor i = longs({1, 0, -1}, {3}), j = longs({2, -2, 0}, {3});
  CHECK_TENSOR(ops::index(x, {of(longs({1, -2}, {2}))}), {2, 3, 4}, {13, 14});
  CHECK_TENSOR(ops::index(x, {of(i), of(j)}), {3, 4}, {21, 22, 23, 24, 5, 6, 7, 8, 13});
  // Apart: the gathered dimension comes first.
  CHECK_TENSOR(ops::index(x, {of(i), range(), of(j)}), {3, 3}, {15, 19, 23, 3, 7, 11, 13, 17, 21});
  CHECK_TENSOR(ops::index(x, {range(), of(j), of(i)}), {2, 3}, {10, 5, 4, 22, 17, 16});
  // An integer is a selection, so the tensors are neighbours of nothing.
  CHECK_TENSOR(ops::index(x, {range(), at(1), of(i)}), {2, 3}, {6, 5, 8, 18, 17, 20});
  CHECK_TENSOR(ops::index(x, {of(longs({0, 1}, {2, 1})), of(longs({0, 2}, {2}))}), {2, 2, 4},
               {1, 2, 3, 4, 9, 10, 11, 12, 13});
  CHECK_TENSOR(ops::index(x, {of(longs({1}, {}))}), {3, 4}, {13, 14});
  CHECK_TENSOR(ops::index(x, {of(longs({}, {0}))}), {0, 3, 4}, {});
  CHECK_TENSOR(ops::index(ops::t(counting({2, 3})), {of(i)}), {3, 2}, {2, 5, 1, 4, 3, 6});
  CHECK_TENSOR(ops::index(counting({3, 2}), {of(tensor({2, 0}, {2}, DType::int8))}), {2, 2},
               {5, 6, 1, 2});
  CHECK_THROWS(ops::index(x, {range(), of(longs({-4}, {1}))}),
               "index -4 is out of bounds for dimension 1 with size 3");
  CHECK_THROWS(ops::index(x, {of(i), of(longs({0, 1}, {2}))}),
               "could not be broadcast together with shapes [3], [2]");
  CHECK_THROWS(ops::index(x, {of(counting({1}))}),
               "tensors used as indices must be long, int, byte or bool tensors");
}

TEST(masks_and_booleans) {
  CHECK_TENSOR(ops::index(x, {of(bools({0, 1}, {2}))}), {1, 3, 4}, {13, 14});
  CHECK_TENSOR(ops::index(x, {range(), of(bools({1, 0, 1}, {3}))}), {2, 2, 4}, {1, 2, 3, 4, 9});
  CHECK_TENSOR(ops::index(x, {of(bools({1, 0, 0, 0, 0, 1}, {2, 3}))}), {2, 4}, {1, 2, 3, 4, 21});
  CHECK_TENSOR(ops::index(x, {of(tensor({0}, {}, DType::uint8))}), {0, 2, 3, 4}, {});
  CHECK_TENSOR(ops::index(x, {other(K::boolean, true)}), {1, 2, 3, 4}, {1});
  CHECK_TENSOR(ops::index(x, {other(K::boolean, false)}), {0, 2, 3, 4}, {});
  CHECK_TENSOR(ops::index(counting({3, 4}), {range(), other(K::newaxis), of(bools({0}, {}))}),
               {3, 1, 0, 4}, {});
  CHECK_THROWS(
      ops::index(x, {of(bools({1, 0, 1}, {3}))}),
      "The shape of the mask [3] at index 0 does not match the shape of the indexed tensor "
      "[2, 3, 4] at index 0");
  CHECK_TENSOR(ops::masked_select(counting({2, 2}), bools({1, 0}, {2})), {2}, {1, 3});
  CHECK_TENSOR(ops::nonzero(tensor({0, 3, NAN, -0.0}, {2, 2})), {2, 2}, {0, 1, 1, 0});
  CHECK_TENSOR(ops::nonzero(tensor({2}, {})), {1, 0}, {});
}

TEST(placing) {
  Tensor t = counting({3, 3});
  ops::index_put_(t, {at(0)}, Operand(0));
  CHECK_TENSOR(t, {3, 3}, {0, 0, 0, 4, 5, 6});
  ops::index_put_(t, {range(), of(longs({0, 2}, {2}))}, counting({1, 3, 1}));
  CHECK_TENSOR(t, {3, 3}, {1, 0, 1, 2, 5, 2, 3, 8, 3});
  ops::index_put_(t, {of(bools({1, 1, 0, 0, 0, 0, 0, 0, 0}, {3, 3}))}, Operand(9.5));
  CHECK_TENSOR(t, {3, 3}, {9.5, 9.5, 1, 2});
  const IndexList twice = {of(longs({1, 1}, {2}))};
  CHECK_TENSOR(ops::index_put(counting({3}), twice, counting({2}), true), {3}, {1, 5, 3});
  CHECK_TENSOR(ops::index_put(counting({3}), {at(-1)}, Operand(4), true), {3}, {1, 2, 7});
  const Tensor ints = longs({1, 2}, {2});
  ops::index_put_(ints, {of(longs({0}, {1}))}, Operand(7.9));
  CHECK_TENSOR(ints, {2}, {7, 2});
  CHECK_THROWS(ops::index_put_(t, twice, counting({3}, DType::float32)),
               "got Double for the destination and Float for the source.");
  CHECK_THROWS(
      ops::index_put_(t, twice, counting({2})),
      "shape mismatch: value tensor of shape [2] cannot be broadcast to indexing result of "
      "shape [2, 3]");
  CHECK_THROWS(ops::index_put_(t, {of(longs({3}, {1}))}, Operand(0)),
               "index 3 is out of bounds for dimension 0 with size 3");
  CHECK_THROWS(ops::index_put_(ops::expand(counting({1}), Dims{3}), {range()}, Operand(1)),
               "refers to a single memory location");
}

TEST(joining) {
  CHECK_TENSOR(ops::cat({counting({1, 2}), counting({2, 2})}), {3, 2}, {1, 2, 1, 2, 3, 4});
  CHECK_TENSOR(ops::cat({counting({2, 1}), ops::t(counting({2, 2}))}, -1), {2, 3},
               {1, 1, 3, 2, 2, 4});
  CHECK_TENSOR(ops::cat({counting({0}), counting({2, 2})}), {2, 2}, {1, 2, 3, 4});
  CHECK_TENSOR(ops::stack({counting({2}), counting({2})}, 1), {2, 2}, {1, 1, 2, 2});
  CHECK_TENSOR(ops::stack({counting({0}), counting({0})}), {2, 0}, {});
  CHECK_TRUE(ops::cat({longs({1}, {1}), counting({1}, DType::float16)}).dtype() == DType::float16);
  CHECK_THROWS(ops::cat({}), "expected a non-empty list of Tensors");
  CHECK_THROWS(ops::cat({x, counting({2})}), "same number of dimensions: got 3 and 1");
  CHECK_THROWS(ops::cat({x, counting({2, 3, 5}, DType::float32)}),
               "Sizes of tensors must match except in dimension 0. Expected size 4 but got size 5 "
               "for tensor number 1 in the list.");
  CHECK_THROWS(ops::cat({counting({})}), "zero-dimensional tensor (at position 0)");
  CHECK_THROWS(
      ops::stack({counting({2}), counting({3})}),
      "stack expects each tensor to be equal size, but got [2] at entry 0 and [3] at entry 1");
}

TEST(gathering) {
  const Tensor m = counting({2, 3});
  CHECK_TENSOR(ops::gather(m, 1, longs({2, 0, 1, 1}, {2, 2})), {2, 2}, {3, 1, 5, 5});
  CHECK_TENSOR(ops::gather(m, 0, tensor({1, 0, 1}, {1, 3}, DType::int32)), {1, 3}, {4, 2, 6});
  CHECK_TENSOR(ops::gather(counting({}), 0, longs({0, 0}, {2})), {2}, {1, 1});
  CHECK_TENSOR(ops::gather(m, 0, longs({}, {0})), {0}, {});
  CHECK_TENSOR(ops::scatter(m, 1, longs({2, 0}, {2, 1}), counting({2, 1})), {2, 3},
               {1, 2, 1, 2, 5, 6});
  CHECK_TENSOR(ops::scatter(m, 0, longs({1, 0}, {1, 2}), Operand(9)), {2, 3}, {1, 9, 3, 9, 5, 6});
  CHECK_TENSOR(ops::scatter_add(m, 1, longs({1, 1}, {1, 2}), counting({1, 2})), {2, 3}, {1, 5, 3});
  Tensor own = counting({3});
  ops::scatter_add_(own, 0, longs({0, 0}, {2}), own);
  CHECK_TENSOR(own, {3}, {4, 2, 3});
  CHECK_THROWS(ops::gather(m, 0, longs({9}, {1, 1})),
               "index 9 is out of bounds for dimension 0 with size 2");
  CHECK_THROWS(ops::gather(m, 0, longs({-1}, {1, 1})), "index -1 is out of bounds");
  CHECK_THROWS(ops::gather(m, 0, longs({0}, {1})), "same number of dimensions as input tensor");
  CHECK_THROWS(ops::gather(m, 0, longs({0, 0, 0, 0}, {1, 4})),
               "Size does not match at dimension 1 expected index [1, 4] to be no larger than self "
               "[2, 3] apart from dimension 0");
  CHECK_THROWS(ops::gather(m, 0, counting({1, 1})), "torch.int64");
  CHECK_THROWS(ops::scatter(m, 0, longs({0, 0, 0}, {3, 1}), counting({2, 1})),
               "to be no larger size than src [2, 1]");
  CHECK_THROWS(ops::scatter(m, 0, longs({0}, {1, 1}), longs({0}, {1, 1})),
               "Expected self.dtype to be equal to src.dtype");
}

TEST(selecting_slices) {
  const Tensor m = counting({3, 2});
  CHECK_TENSOR(ops::index_select(m, 0, longs({2, 0, 2}, {3})), {3, 2}, {5, 6, 1, 2, 5, 6});
  CHECK_TENSOR(ops::index_select(ops::t(m), 1, longs({1}, {})), {2, 1}, {3, 4});
  CHECK_TENSOR(ops::index_select(counting({}), 0, longs({0}, {1})), {}, {1});
  CHECK_TENSOR(ops::index_add(m, 0, longs({1, 1}, {2}), counting({2, 2}), Scalar(2)), {3, 2},
               {1, 2, 11, 16, 5, 6});
  CHECK_TENSOR(ops::take(m, longs({-1, 0, 3, 3}, {2, 2})), {2, 2}, {6, 1, 4, 4});
  CHECK_THROWS(ops::index_select(m, 0, longs({3}, {1})),
               "index 3 is out of bounds for dimension 0 with size 3");
  CHECK_THROWS(ops::index_select(m, 0, longs({1}, {1, 1})), "Index is supposed to be a vector");
  CHECK_THROWS(ops::index_select(m, 0, counting({1})), "torch.int64");
  CHECK_THROWS(ops::index_add(m, 0, longs({1}, {1}), counting({2, 2})),
               "Number of indices (1) should be equal to source.size(dim): (2), for dim: 0");
  CHECK_THROWS(ops::index_add(m, 0, longs({1}, {1}), counting({1, 3})),
               "Got self.shape = [3, 2] source.shape = [1, 3]");
  CHECK_THROWS(ops::take(m, longs({6}, {1})), "tried to access index 6 on a tensor of 6 elements");
}

TEST(rearranging) {
  const Tensor m = counting({2, 3});
  CHECK_TENSOR(ops::flip(m, Dims{0, -1}), {2, 3}, {6, 5, 4, 3, 2, 1});
  CHECK_TENSOR(ops::flip(ops::t(m), Dims{0}), {3, 2}, {3, 6, 2, 5, 1, 4});
  CHECK_TENSOR(ops::roll(m, Dims{1}, Dims{}), {2, 3}, {6, 1, 2, 3, 4, 5});
  CHECK_TENSOR(ops::roll(m, Dims{-1, 4}, Dims{0, 1}), {2, 3}, {6, 4, 5, 3, 1, 2});
  CHECK_TENSOR(ops::repeat(m, Dims{2, 1, 2}), {2, 2, 6}, {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1});
  CHECK_TENSOR(ops::repeat(counting({2}), Dims{0}), {0}, {});
  CHECK_TENSOR(ops::tile(m, Dims{2}), {2, 6}, {1, 2, 3, 1});
  CHECK_TENSOR(ops::repeat_interleave(m, 2), {12}, {1, 1, 2, 2, 3});
  CHECK_TENSOR(ops::repeat_interleave(m, 2, 0), {4, 3}, {1, 2, 3, 1, 2, 3, 4});
  CHECK_TENSOR(ops::repeat_interleave_each(m, longs({0, 2, 1}, {3}), 1), {2, 3},
               {2, 2, 3, 5, 5, 6});
  CHECK_TENSOR(ops::tril(counting({2, 3, 3}), -1), {2, 3, 3}, {0, 0, 0, 4, 0, 0, 7, 8, 0, 0});
  CHECK_TENSOR(ops::triu(counting({3, 2})), {3, 2}, {1, 2, 0, 4, 0, 0});
  CHECK_TENSOR(ops::triu(m, -9), {2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_THROWS(ops::flip(m, Dims{0, 0}), "dim 0 appears multiple times");
  CHECK_THROWS(ops::roll(m, Dims{1, 2}, Dims{0}), "shifts: 2, dims:1");
  CHECK_THROWS(ops::repeat(m, Dims{2}), "can not be smaller than number of dimensions");
  CHECK_THROWS(ops::repeat(m, Dims{-1, 2}), "negative dimension -2: [-2, 6]");
  CHECK_THROWS(ops::tril(counting({3})), "at least 2 dimensions");
}

TEST(gradients_of_joining) {
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::cat({ops::mul(x[0], x[0]), ops::mul(x[1], x[1])}, 1);
      },
      {2, 1}, {2, 2});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::stack({ops::mul(x[0], x[0]), x[0]}, 1);
      },
      {2});
}

TEST(gradients_of_gathering) {
  const Tensor index = longs({2, 0, 1, 1}, {2, 2});
  CHECK_GRADIENTS([&](const TensorList& x) { return ops::gather(ops::mul(x[0], x[0]), 1, index); },
                  {2, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::scatter(ops::mul(x[0], x[0]), 1, longs({2, 0}, {2, 1}), ops::mul(x[1], x[1]));
      },
      {2, 3}, {2, 2});
  CHECK_GRADIENTS(
      [&](const TensorList& x) {
        return ops::scatter_add(ops::mul(x[0], x[0]), 1, index, ops::mul(x[1], x[1]));
      },
      {2, 3}, {2, 2});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::index_select(ops::mul(x[0], x[0]), 1, longs({1, 1}, {2}));
      },
      {2, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::index_add(ops::mul(x[0], x[0]), 0, longs({1, 1}, {2}), ops::mul(x[1], x[1]),
                              Scalar(1.5));
      },
      {2, 3}, {2, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::take(ops::mul(x[0], x[0]), longs({5, 0, 5}, {3}));
      },
      {2, 3});
}

TEST(gradients_of_indexing) {
  const Tensor i = longs({1, 0, 1}, {3}), j = longs({2, 0, 2}, {3});
  CHECK_GRADIENTS(
      [&](const TensorList& x) {
        return ops::index(ops::mul(x[0], x[0]), {of(i), range(), of(j)});
      },
      {2, 2, 3});
  CHECK_GRADIENTS(
      [&](const TensorList& x) {
        return ops::index(ops::mul(x[0], x[0]), {at(0), of(bools({1, 0, 1}, {3}))});
      },
      {2, 3});
  for (bool accumulate : {false, true}) {
    CHECK_GRADIENTS(
        [&](const TensorList& x) {
          const Tensor y = ops::mul(x[0], x[0]);
          ops::index_put_(y, {range(), of(longs({2, 0}, {2}))}, ops::mul(x[1], x[1]), accumulate);
          return ops::mul(y, y);
        },
        {2, 3}, {2});
    CHECK_GRADIENTS(
        [&](const TensorList& x) {
          const Tensor y = ops::mul(x[0], x[0]);
          ops::index_put_(y, {at(1), of(longs({2, 0}, {2}))}, x[1], accumulate);
          return ops::mul(y, y);
        },
        {2, 3}, {2});
  }
}

TEST(gradients_of_rearranging) {
  CHECK_GRADIENTS([](const TensorList& x) { return ops::flip(ops::mul(x[0], x[0]), Dims{1}); },
                  {2, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) { return ops::roll(ops::mul(x[0], x[0]), Dims{1}, Dims{1}); },
      {2, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) {
        return ops::repeat(ops::mul(x[0], x[0]), Dims{2, 2});
      },
      {2});
  CHECK_GRADIENTS([](const TensorList& x) { return ops::tril(ops::mul(x[0], x[0])); }, {3, 3});
  CHECK_GRADIENTS(
      [](const TensorList& x) { return ops::repeat_interleave(ops::mul(x[0], x[0]), 2, 1); },
      {2, 2});
}

TEST(creation) {
  CHECK_TENSOR(ops::arange(Scalar(4)), {4}, {0, 1, 2, 3});
  CHECK_TRUE(ops::arange(Scalar(4)).dtype() == DType::int64);
  CHECK_TRUE(ops::arange(Scalar(4.5)).dtype() == DType::float32);
  CHECK_EQ(ops::arange(Scalar(4.5)).numel(), 5);
  CHECK_TENSOR(ops::arange_from(Scalar(5), Scalar(0), Scalar(-2)), {3}, {5, 3, 1});
  CHECK_TENSOR(ops::linspace(Scalar(0), Scalar(1), 5), {5}, {0, 0.25, 0.5, 0.75, 1});
  CHECK_TENSOR(ops::linspace(Scalar(3), Scalar(9), 1), {1}, {3});
  CHECK_TENSOR(ops::eye(2, 3), {2, 3}, {1, 0, 0, 0, 1, 0});
  CHECK_TENSOR(ops::full(Dims{2}, Scalar(true)), {2}, {1, 1});
  CHECK_TRUE(ops::full(Dims{2}, Scalar(1)).dtype() == DType::float32);
  CHECK_TRUE(ops::full(Dims{2}, Scalar(true)).dtype() == DType::bool_);
  CHECK_TENSOR(ops::full(Dims{1}, Scalar(-1), DType::uint8), {1}, {255});
  const Tensor like = ops::ones_like(ops::t(counting({2, 3})));
  CHECK_TENSOR(like, {3, 2}, {1, 1, 1, 1, 1, 1});
  CHECK_EQ(like.stride(0), 1);
  CHECK_THROWS(ops::full(Dims{1}, Scalar(300), DType::uint8),
               "cannot be converted to uint8 without overflow");
  CHECK_THROWS(ops::arange(Scalar(NAN)), "unsupported range: 0 -> nan");
  CHECK_THROWS(ops::arange_from(Scalar(0), Scalar(5), Scalar(0)), "step must be nonzero");
  CHECK_THROWS(ops::arange_from(Scalar(5), Scalar(0)), "inconsistent with step sign");
  CHECK_THROWS(ops::arange(Scalar(1e30)), "possible overflow");
  CHECK_THROWS(ops::zeros(Dims{-1}), "negative dimension -1: [-1]");
  CHECK_THROWS(ops::zeros(Dims{INT64_C(1) << 40, INT64_C(1) << 40}), "overflows");
  CHECK_THROWS(ops::empty_of(Dims{INT64_C(1) << 45}), "");
  CHECK_THROWS(ops::eye(-1), "n must be greater or equal to 0, got -1");
  CHECK_THROWS(ops::linspace(Scalar(0), Scalar(1), -1), "number of steps must be non-negative");
}
