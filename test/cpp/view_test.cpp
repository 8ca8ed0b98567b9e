// Views: geometry, errors, gradients of first and second order, edits in place.
#include "op_check.h"

using namespace nabla;
using namespace nabla_test;

namespace {

// The square makes second derivatives that are not zero.
template <class F>
auto squared(F f) {
  return [f](const TensorList& x) {
    const Tensor y = f(ops::mul(x[0], x[0]));
    return y;
  };
}

const Tensor x234 = counting({2, 3, 4}, DType::float32);

}  // namespace

TEST(view_and_reshape) {
  CHECK_TENSOR(ops::view(counting({2, 3}), Dims{3, -1}), {3, 2}, {1, 2, 3, 4, 5, 6});
  const Tensor t = ops::transpose(counting({2, 3}), 0, 1);
  CHECK_THROWS(ops::view(t, Dims{6}), "Use .reshape(...) instead.");
  CHECK_TENSOR(ops::reshape(t, Dims{6}), {6}, {1, 4, 2, 5, 3, 6});
  CHECK_TENSOR(ops::view(t, Dims{3, 1, 2, 1}), {3, 1, 2, 1}, {1, 4, 2, 5, 3, 6});
  CHECK_EQ(ops::reshape(t, Dims{3, 2}).raw_data(), t.raw_data());
  // Blocks that are contiguous in themselves can be split and joined apart.
  const Tensor s = ops::slice(counting({4, 6}), 0, 0, 4, 2);
  CHECK_TENSOR(ops::view(s, Dims{2, 2, 3}), {2, 2, 3}, {1, 2, 3, 4, 5, 6, 13, 14, 15, 16, 17, 18});
  CHECK_THROWS(ops::view(s, Dims{12}), "not compatible");
  CHECK_TENSOR(ops::view(counting({1}), Dims{}), {}, {1});
  CHECK_TENSOR(ops::view(counting({}), Dims{1, 1}), {1, 1}, {1});
  CHECK_TENSOR(ops::view(counting({0, 3}), Dims{3, 0, 2}), {3, 0, 2}, {});
  CHECK_THROWS(ops::view(x234, Dims{7}), "shape '[7]' is invalid for input of size 24");
  CHECK_THROWS(ops::view(x234, Dims{5, -1}), "shape '[5, -1]' is invalid for input of size 24");
  CHECK_THROWS(ops::view(x234, Dims{-1, -1}), "only one dimension can be inferred");
  CHECK_THROWS(ops::view(x234, Dims{-2, 3}), "invalid shape dimension -2 at index 0");
  CHECK_THROWS(ops::view(counting({0}), Dims{-1, 0}), "is ambiguous");
  CHECK_THROWS(ops::view(x234, Dims{INT64_MAX, INT64_MAX}), "is invalid for input of size 24");
}

TEST(flatten_and_unflatten) {
  CHECK_TENSOR(ops::flatten(x234, 1), {2, 12}, {1, 2, 3, 4, 5});
  CHECK_TENSOR(ops::flatten(counting({})), {1}, {1});
  CHECK_THROWS(ops::flatten(x234, 2, 1), "start_dim cannot come after end_dim");
  CHECK_TENSOR(ops::unflatten(x234, 2, Dims{2, -1}), {2, 3, 2, 2}, {1, 2, 3, 4});
  CHECK_THROWS(ops::unflatten(x234, 0, Dims{2, 2}),
               "Provided sizes [2, 2] don't multiply up to the size of dim 0 (2)");
}

TEST(dimensions) {
  const Tensor m = counting({2, 3});
  CHECK_TENSOR(ops::t(m), {3, 2}, {1, 4, 2, 5, 3, 6});
  CHECK_TENSOR(ops::permute(x234, Dims{2, 0, -2}), {4, 2, 3}, {1, 5, 9, 13, 17, 21, 2});
  CHECK_TENSOR(ops::numpy_T(x234), {4, 3, 2}, {1, 13, 5, 17});
  CHECK_TENSOR(ops::matrix_T(x234), {2, 4, 3}, {1, 5, 9, 2});
  CHECK_TENSOR(ops::movedim(x234, 0, -1), {3, 4, 2}, {1, 13, 2, 14});
  CHECK_TENSOR(ops::movedims(x234, Dims{0, 1}, Dims{1, 2}), {4, 2, 3}, {1, 5, 9, 13});
  CHECK_TENSOR(ops::squeeze(ops::view(m, Dims{1, 2, 1, 3})), {2, 3}, {1, 2, 3, 4, 5, 6});
  CHECK_TENSOR(ops::squeeze_dims(ops::view(m, Dims{1, 2, 1, 3}), Dims{0, 1}), {2, 1, 3}, {1, 2});
  CHECK_TENSOR(ops::unsqueeze(m, -1), {2, 3, 1}, {1, 2});
  CHECK_THROWS(ops::t(x234), "but self is 3D");
  CHECK_THROWS(ops::permute(x234, Dims{0, 1}), "input.dim() = 3 is not equal to len(dims) = 2");
  CHECK_THROWS(ops::permute(x234, Dims{0, 1, 1}), "duplicate dims");
  CHECK_THROWS(ops::transpose(x234, 0, 3),
               "Dimension out of range (expected to be in range of [-3, 2], but got 3)");
  CHECK_THROWS(ops::movedims(x234, Dims{0, 0}, Dims{0, 1}), "repeated dim in `source` ([0, 0])");
  CHECK_THROWS(ops::matrix_T(counting({3})), "Got 1-D tensor");
}

TEST(expanding) {
  const Tensor column = counting({2, 1});
  CHECK_TENSOR(ops::expand(column, Dims{3, -1, 2}), {3, 2, 2},
               {1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2});
  CHECK_TENSOR(ops::expand(column, Dims{2, 0}), {2, 0}, {});
  CHECK_THROWS(ops::expand(x234, Dims{3, 3, 4}),
               "The expanded size of the tensor (3) must match the existing size (2) at "
               "non-singleton dimension 0.  Target sizes: [3, 3, 4].  Tensor sizes: [2, 3, 4]");
  CHECK_THROWS(ops::expand(x234, Dims{-1, 2, 3, 4}), "leading, non-existing dimension 0");
  CHECK_THROWS(ops::expand(x234, Dims{4}), "number of sizes provided (1)");
}

TEST(parts) {
  const Tensor m = counting({3, 4});
  CHECK_TENSOR(ops::select(m, 1, -1), {3}, {4, 8, 12});
  CHECK_TENSOR(ops::narrow(m, 0, -2, 2), {2, 4}, {5, 6, 7, 8, 9});
  CHECK_TENSOR(ops::slice(m, 1, 1, std::nullopt, 2), {3, 2}, {2, 4, 6, 8, 10, 12});
  CHECK_TENSOR(ops::slice(m, 1, -100, 100), {3, 4}, {1, 2});
  CHECK_TENSOR(ops::slice(m, 1, 3, 1), {3, 0}, {});
  CHECK_TENSOR(ops::slice(m, 0, 0, 3, INT64_MAX), {1, 4}, {1, 2, 3, 4});
  CHECK_TENSOR(ops::diagonal(m, 1), {3}, {2, 7, 12});
  CHECK_TENSOR(ops::diagonal(m, -1), {2}, {5, 10});
  CHECK_TENSOR(ops::diagonal(m, 9), {0}, {});
  CHECK_TENSOR(ops::diagonal(x234, 0, 0, 2), {3, 2}, {1, 14, 5, 18, 9, 22});
  CHECK_TENSOR(ops::as_strided(m, Dims{2, 2}, Dims{1, 1}, 3), {2, 2}, {4, 5, 5, 6});
  CHECK_THROWS(ops::select(m, 0, 3),
               "index 3 out of range for tensor of size [3, 4] at dimension 0");
  CHECK_THROWS(ops::narrow(m, 0, 1, 5), "start (1) + length (5) exceeds dimension size (3).");
  CHECK_THROWS(ops::narrow(m, 0, 5, 1), "start out of range (expected to be in range of [-3, 3]");
  CHECK_THROWS(ops::narrow(m, 0, 0, -1), "length must be non-negative");
  CHECK_THROWS(ops::slice(m, 0, 0, 3, 0), "slice step cannot be zero");
  CHECK_THROWS(ops::diagonal(m, 0, 1, 1), "cannot be identical 1, 1");
  CHECK_THROWS(ops::as_strided(m, Dims{2, 2}, Dims{100, 1}), "out of bounds for storage of size");
  CHECK_THROWS(ops::as_strided(m, Dims{2, 2}, Dims{-1, 1}), "Negative strides are not supported");
  CHECK_THROWS(ops::as_strided(m, Dims{2}, Dims{1}, INT64_MAX - 1), "out of bounds");
}

TEST(pieces) {
  const Tensor m = counting({3, 4});
  const TensorList rows = ops::unbind(m);
  CHECK_EQ(rows.size(), size_t(3));
  CHECK_TENSOR(rows[2], {4}, {9, 10, 11, 12});
  const TensorList halves = ops::split(m, 3, 1);
  CHECK_EQ(halves.size(), size_t(2));
  CHECK_TENSOR(halves[1], {3, 1}, {4, 8, 12});
  CHECK_TENSOR(ops::split_with_sizes(m, Dims{1, 0, 2})[2], {2, 4}, {5, 6, 7, 8, 9});
  CHECK_EQ(ops::chunk(m, 3, 1).size(), size_t(2));
  CHECK_EQ(ops::chunk(counting({0}), 3).size(), size_t(3));
  CHECK_THROWS(ops::split(m, 0), "but got dimension size of 3");
  CHECK_THROWS(ops::split_with_sizes(m, Dims{1, 1}), "to sum exactly to 3");
  CHECK_THROWS(ops::chunk(m, 0), "greater than 0, got: 0");
  CHECK_THROWS(ops::unbind(counting({})), "but tensor has no dimensions");
}

TEST(gradients) {
  CHECK_GRADIENTS(squared([](auto x) { return ops::view(x, Dims{3, 2}); }), {2, 3});
  CHECK_GRADIENTS(squared([](auto x) { return ops::reshape(ops::t(x), Dims{6}); }), {2, 3});
  CHECK_GRADIENTS(squared([](auto x) { return ops::permute(x, Dims{2, 0, 1}); }), {2, 3, 2});
  CHECK_GRADIENTS(squared([](auto x) { return ops::expand(x, Dims{2, 3, 2}); }), {3, 1});
  CHECK_GRADIENTS(squared([](auto x) { return ops::select(x, 1, 1); }), {2, 3});
  CHECK_GRADIENTS(squared([](auto x) { return ops::slice(x, 1, 1, 4, 2); }), {2, 4});
  CHECK_GRADIENTS(squared([](auto x) { return ops::slice(x, 1, 4, 4); }), {2, 4});
  CHECK_GRADIENTS(squared([](auto x) { return ops::diagonal(x, 1); }), {3, 3});
  CHECK_GRADIENTS(squared([](auto x) { return ops::squeeze(ops::unsqueeze(x, 0)); }), {2});
}

// as_strided reads the memory of its input: the product comes first, then a layout, then the op.
TEST(gradients_of_as_strided) {
  const auto overlapping = [](const TensorList& x) {
    return ops::as_strided(ops::mul(x[0], x[0]), Dims{3, 2}, Dims{1, 1}, 0);
  };
  CHECK_GRADIENTS(overlapping, {2, 2});
  const auto of_transposed = [](const TensorList& x) {
    return ops::as_strided(ops::t(ops::mul(x[0], x[0])), Dims{2, 2}, Dims{2, 1}, 1);
  };
  CHECK_GRADIENTS(of_transposed, {2, 3});
  const auto of_slice = [](const TensorList& x) {
    return ops::as_strided(ops::slice(ops::mul(x[0], x[0]), 1, 1, 3), Dims{2}, Dims{3}, 1);
  };
  CHECK_GRADIENTS(of_slice, {2, 3});
}

TEST(gradients_of_pieces) {
  const auto some = [](const TensorList& x) {
    const TensorList p = ops::unbind(ops::mul(x[0], x[0]), 1);
    return ops::mul(p[0], p[2]);
  };
  CHECK_GRADIENTS(some, {2, 3});
  const auto split = [](const TensorList& x) {
    const TensorList p = ops::split(ops::mul(x[0], x[0]), 2, 1);
    return ops::mul(p[0], p[1]);
  };
  CHECK_GRADIENTS(split, {2, 3});
}

TEST(an_edit_of_a_view_reaches_the_base) {
  const auto edit = [](const TensorList& x) {
    const Tensor y = ops::mul(x[0], x[0]);
    ops::copy_(ops::select(y, 0, 1), x[1]);
    return ops::mul(y, y);
  };
  CHECK_GRADIENTS(edit, {2, 3}, {3});
  Tensor base = counting({2, 2});
  ops::add_(ops::t(base), counting({2, 2}));
  CHECK_TENSOR(base, {2, 2}, {2, 5, 5, 8});
}

TEST(views_in_place) {
  const auto edit = [](const TensorList& x) {
    const Tensor y = ops::mul(x[0], x[0]);
    ops::t_(y);
    ops::unsqueeze_(y, 0);
    ops::squeeze_(y);
    ops::transpose_(y, 0, 1);
    return ops::mul(ops::t_(y), x[1]);
  };
  CHECK_GRADIENTS(edit, {2, 3}, {3, 2});
  const Tensor m = counting({2, 3});
  CHECK_TRUE(ops::t_(m).is_same(m));
  CHECK_TENSOR(m, {3, 2}, {1, 4, 2, 5, 3, 6});
  CHECK_THROWS(ops::t_(leaf({2, 3})), "a leaf Variable that requires grad");
}

TEST(a_piece_cannot_be_edited) {
  const Tensor y = ops::mul(leaf({2, 3}), counting({3}));
  CHECK_THROWS(ops::add_(ops::unbind(y)[0], counting({3})), "returns multiple views");
}

TEST(other_dtypes) {
  for (DType dtype : {DType::float16, DType::bfloat16, DType::int8, DType::bool_, DType::int64}) {
    const Tensor t = ops::reshape(ops::t(tensor({1, 0, 1, 1, 0, 0}, {2, 3}, dtype)), Dims{6});
    CHECK_TRUE(t.dtype() == dtype);
    CHECK_TENSOR(t, {6}, {1, 1, 0, 0, 1, 0});
  }
}

TEST(large_copies) {
  // Past the thread grain, in tiles and rows.
  const Tensor m = counting({700, 900}, DType::float32);
  const Tensor c = ops::contiguous(ops::t(m));
  bool good = true;
  for (int64_t i = 0; i < 900; ++i)
    for (int64_t j = 0; j < 700; ++j)
      good &= c.data<float>()[i * 700 + j] == m.data<float>()[j * 900 + i];
  CHECK_TRUE(good);
}
