import { err, family, FLOATS, op, s, sk, sw, t, within } from './row';
import type { Arg, DTypeName, ErrorCase, OpRow, Sample } from './types';

const tol = {
  ...within(1e-5, 1e-12, 2e-5),
  float16: { rtol: 4e-3, atol: 8e-3 },
  bfloat16: { rtol: 2e-2, atol: 6e-2 },
};
const dtypes: DTypeName[] = [...FLOATS, 'int64', 'int32', 'uint8'];

/** [batch, channels, sizes...] with the last `rank` of [4, 5, 6]. */
function image(rank: number, n: number, c: number, sizes = [3, 4, 5]): number[] {
  return [n, c, ...sizes.slice(3 - rank)];
}
function kernel(rank: number, o: number, c: number, sizes = [2, 2, 3]): number[] {
  return [o, c, ...sizes.slice(3 - rank)];
}
const list = (rank: number, ...values: number[]): number[] => values.slice(3 - rank);

/** Samples that conv1d, conv2d and conv3d share. */
function shared(rank: number): Sample[] {
  const x = t(image(rank, 2, 2)), w = t(kernel(rank, 3, 2)), b = t([3]);
  const small = t(image(rank, 1, 1, [2, 3, 4])), tap = t(kernel(rank, 2, 1, [1, 2, 2]));
  return [
    s(x, w, b),
    s(x, w),
    s(small, tap, t([2])),
    sk([small, tap], { bias: t([2]), stride: 2, padding: 1 }),
    sk([small, tap], { padding: 2, dilation: 2 }),
    s(small, tap, t([2]), list(rank, 1, 2, 3), list(rank, 1, 0, 2), list(rank, 1, 2, 3)),
    sk([small, tap], { stride: [2], padding: [1], dilation: [1] }),
    sk([small, tap], { padding: 'valid' }),
    sk([small, tap], { padding: 'same' }),
    sk([small, tap, t([2])], { padding: 'same', dilation: list(rank, 1, 2, 3) }),
    sk([small, t(kernel(rank, 1, 1, [1, 2, 4]))], { padding: 'same' }),
    sk([t(image(rank, 1, 2, [2, 3, 3])), t(kernel(rank, 4, 1, [1, 2, 2]))], { groups: 2 }),
    sk([t(image(rank, 1, 4, [2, 3, 3])), t(kernel(rank, 4, 1, [1, 2, 2])), t([4])], { groups: 4, padding: 1 }),
    sk([t(image(rank, 2, 6)), t(kernel(rank, 4, 3))], { groups: 2, stride: 2, padding: 1 }),
    s(t(image(rank, 2, 3)), t([4, 3, 1, 1, 1].slice(0, rank + 2)), t([4])),
    sk([t(image(rank, 1, 3)), t([4, 3, 1, 1, 1].slice(0, rank + 2))], { stride: 2 }),
    s(t(image(rank, 1, 2).slice(1)), t(kernel(rank, 3, 2)), t([3])),
    sk([t(image(rank, 1, 2).slice(1)), t(kernel(rank, 3, 2))], { padding: 'same' }),
    s(t(image(rank, 0, 2)), w, b),
    s(t(kernel(rank, 1, 2)), w, b),
    sk([small, tap], { stride: 100 }),
    s(t(image(rank, 2, 2), { layout: 'transposed' }), t(kernel(rank, 3, 2), { layout: 'transposed' }), t([3], { layout: 'step' })),
    s(t(image(rank, 2, 2), { layout: 'step' }), t(kernel(rank, 3, 2), { layout: 'offset' }), t([1], { expand: [3] })),
    sw({ grad: false }, t(image(rank, 1, 1), { range: [3e38, 3e38] }), t(kernel(rank, 1, 1), { range: [2, 2] })),
  ];
}

function errors(rank: number): ErrorCase[] {
  const x = t(image(rank, 2, 2)), w = t(kernel(rank, 4, 2));
  return [
    err('RangeError', /Kernel size can't be greater/, [t(image(rank, 2, 2, [1, 1, 1])), w]),
    err('RangeError', /Kernel size can't be greater/, [t(image(rank, 0, 2, [1, 1, 1])), w]),
    err('RangeError', /Kernel size can't be greater/, [x, w], { kw: { dilation: 9 } }),
    err('RangeError', /to have 2 channels, but got 3/, [t(image(rank, 2, 3)), w]),
    err('RangeError', /to have 4 channels, but got 2/, [x, w], { kw: { groups: 2 } }),
    err('RangeError', /divisible by 3/, [t(image(rank, 2, 6)), w], { kw: { groups: 3 } }),
    err('RangeError', /at least 5/, [t(image(rank, 2, 10)), w], { kw: { groups: 5 } }),
    err('RangeError', /non-positive groups/, [x, w], { kw: { groups: 0 } }),
    err('RangeError', /non-positive stride/, [x, w], { kw: { stride: 0 } }),
    err('RangeError', /non-positive stride/, [x, w], { kw: { stride: -1 } }),
    err('RangeError', /negative padding/, [x, w], { kw: { padding: -1 } }),
    err('RangeError', /dilation should be/, [x, w], { kw: { dilation: 0 } }),
    err('RangeError', /list of \d values/, [x, w], { kw: { stride: [1, 1, 1, 1] } }),
    err('RangeError', /list of \d values/, [x, w], { kw: { padding: [1, 1, 1, 1] } }),
    err('RangeError', /list of \d values.*\[\]/, [x, w], { kw: { dilation: [] } }),
    err('RangeError', /Expected \dD \(unbatched\)/, [t([3]), w]),
    err('RangeError', /Expected \dD \(unbatched\)/, [t([1, ...image(rank, 2, 2)]), w]),
    err('RangeError', /weight/, [x, t([4])]),
    err('RangeError', /weight/, [x, t([1, ...kernel(rank, 4, 2)])]),
    err('RangeError', /kernel size should be greater than zero/, [x, t(kernel(rank, 4, 2, [0, 0, 0]))]),
    err('RangeError', /zero batch or zero channel/, [t(image(rank, 2, 2, [0, 0, 0])), w], { kw: { padding: 3 } }),
    err('RangeError', /bias to be 1-dimensional with 4 elements/, [x, w, t([5])]),
    err('RangeError', /bias to be 1-dimensional with 4 elements/, [x, w, t([4, 1])]),
    err('RangeError', /overflow|memory/, [x, w], { kw: { padding: 2 ** 53 - 1 } }),
    err('TypeError', /weight type/, [x, t(kernel(rank, 4, 2), { dtype: 'float64' })]),
    err('TypeError', /bias type/, [x, w, t([4], { dtype: 'float64' })]),
    err('TypeError', /Bool|bool/, [t(image(rank, 2, 2), { dtype: 'bool' }), t(kernel(rank, 4, 2), { dtype: 'bool' })]),
    err('RangeError', /padding='same' is not supported for strided/, [x, w], { kw: { padding: 'same', stride: 2 } }),
    err('RangeError', /Invalid padding string/, [x, w], { kw: { padding: 'full' } }),
  ];
}

function transposed(rank: number): Sample[] {
  const x = t(image(rank, 2, 2)), w = t(kernel(rank, 2, 3)), b = t([3]);
  const small = t(image(rank, 1, 1, [1, 2, 3])), tap = t(kernel(rank, 1, 2, [1, 2, 2]));
  return [
    s(x, w, b),
    s(x, w),
    s(small, tap, t([2])),
    sk([small, tap], { bias: t([2]), stride: 2, padding: [...list(rank, 0, 1, 1)] }),
    sk([small, tap], { stride: 3, outputPadding: 2 }),
    sk([small, tap], { dilation: 3, outputPadding: 1 }),
    s(small, tap, t([2]), list(rank, 1, 2, 3), list(rank, 0, 1, 1), list(rank, 0, 1, 2), 1, list(rank, 1, 2, 1)),
    sk([small, tap], { stride: [2], padding: [0], outputPadding: [1], dilation: [1] }),
    sk([t(image(rank, 1, 2, [1, 2, 3])), t(kernel(rank, 2, 2, [1, 2, 2])), t([4])], { groups: 2, stride: 2 }),
    sk([t(image(rank, 2, 4)), t(kernel(rank, 4, 3))], { groups: 4, padding: list(rank, 0, 0, 1) }),
    s(t(image(rank, 2, 3)), t([3, 4, 1, 1, 1].slice(0, rank + 2)), t([4])),
    s(t(image(rank, 1, 2).slice(1)), t(kernel(rank, 2, 3)), t([3])),
    s(t(image(rank, 0, 2)), w, b),
    s(t(image(rank, 2, 2), { layout: 'transposed' }), t(kernel(rank, 2, 3), { layout: 'transposed' }), t([3], { layout: 'step' })),
    s(t(image(rank, 2, 2), { layout: 'step' }), t(kernel(rank, 2, 3), { layout: 'offset' }), t([1], { expand: [3] })),
  ];
}

function transposedErrors(rank: number): ErrorCase[] {
  const x = t(image(rank, 2, 2)), w = t(kernel(rank, 2, 3));
  return [
    err('RangeError', /to have 2 channels, but got 3/, [t(image(rank, 2, 3)), w]),
    err('RangeError', /divisible by 2/, [t(image(rank, 2, 3)), t(kernel(rank, 3, 3))], { kw: { groups: 2 } }),
    err('RangeError', /output padding must be smaller/, [x, w], { kw: { stride: 2, outputPadding: 2 } }),
    err('RangeError', /negative output_padding/, [x, w], { kw: { outputPadding: -1 } }),
    err('RangeError', /non-positive stride/, [x, w], { kw: { stride: 0 } }),
    err('RangeError', /negative padding/, [x, w], { kw: { padding: -1 } }),
    err('RangeError', /dilation should be/, [x, w], { kw: { dilation: -1 } }),
    err('RangeError', /output would have size/, [x, w], { kw: { padding: 9 } }),
    err('RangeError', /no output channels/, [x, t(kernel(rank, 2, 0))]),
    err('RangeError', /zero batch or zero channel/, [t(image(rank, 2, 2, [0, 0, 0])), w]),
    err('RangeError', /bias to be 1-dimensional with 3 elements/, [x, w, t([2])]),
    err('RangeError', /Expected \dD \(unbatched\)/, [t([3]), w]),
    err('RangeError', /weight/, [x, t([4])]),
    err('TypeError', /weight type/, [x, t(kernel(rank, 2, 3), { dtype: 'float64' })]),
  ];
}

// Shapes of well-known networks, and such as show every path of the computation.
const big: [x: number[], w: number[], kw: Record<string, number | number[] | string>][] = [
  [[1, 3, 14, 14], [6, 3, 5, 5], {}],
  [[1, 6, 9, 9], [16, 6, 5, 5], {}],
  [[1, 8, 7, 7], [17, 8, 3, 3], { padding: 1 }],
  [[1, 16, 9, 9], [16, 1, 3, 3], { padding: 1, groups: 16 }],
  [[1, 3, 15, 15], [16, 3, 7, 7], { padding: 3, stride: 2 }],
  [[1, 17, 7, 9], [19, 17, 1, 1], {}],
  [[1, 16, 8, 8], [24, 16, 1, 1], { stride: 2 }],
  [[1, 8, 13, 11], [10, 4, 3, 3], { padding: 2, dilation: 2, groups: 2 }],
];
function networks(): Sample[] {
  return big.map(([x, w, kw]) => sk([t(x), t(w), t([w[0]])], kw, { gradcheck: false }));
}

const rows: OpRow[] = [1, 2, 3].flatMap((rank) => [
  op(`conv${rank}d`, { forms: ['F', 'torch'], dtypes, tol, samples: [...shared(rank), ...(rank === 2 ? networks() : [])], errors: errors(rank) }),
  op(`convTranspose${rank}d`, { forms: ['F', 'torch'], dtypes: [...FLOATS, 'int64'], tol, samples: transposed(rank), errors: transposedErrors(rank) }),
]);

const unfolds: Sample[] = [
  s(t([2, 3, 4, 5]), 2),
  s(t([1, 2, 4, 5]), [2, 3]),
  s(t([2, 4, 5]), [2, 3], 1, 1, 2),
  sk([t([1, 1, 5, 6]), [2, 3]], { dilation: [2, 1], padding: [1, 2], stride: [1, 3] }),
  sk([t([1, 1, 2, 2]), 4], { padding: 3 }),
  s(t([0, 2, 4, 5]), 2),
  s(t([2, 2, 4, 5], { layout: 'transposed' }), 3),
  s(t([2, 2, 4, 5], { layout: 'step' }), 3),
  sw({ dtypes: ['bool'], grad: false }, t([2, 2, 4, 5], { dtype: 'bool' }), 3),
];
const folds: Sample[] = [
  s(t([2, 12, 12]), [4, 5], 2),
  s(t([1, 12, 9]), [4, 5], [2, 3]),
  s(t([12, 9]), [4, 5], [2, 3], 1, 1, 2),
  sk([t([1, 6, 15]), [5, 6], [2, 3]], { dilation: [2, 1], padding: [1, 2], stride: [1, 3] }),
  sk([t([1, 16, 25]), 2, 4], { padding: 3 }),
  s(t([0, 12, 12]), [4, 5], 2),
  s(t([2, 18, 6], { layout: 'transposed' }), [4, 5], 3),
  s(t([2, 18, 6], { layout: 'step' }), [4, 5], 3),
  sw({ dtypes: ['bool'], grad: false }, t([2, 18, 6], { dtype: 'bool' }), [4, 5], 3),
];
const windowErrors = (x: Arg, head: Arg[]): ErrorCase[] => [
  err('RangeError', /kernelSize should be greater than zero/, [x, ...head, 0]),
  err('RangeError', /kernelSize must be a number or two/, [x, ...head, [1, 2, 3]]),
  err('RangeError', /dilation should be greater than zero/, [x, ...head, 2], { kw: { dilation: 0 } }),
  err('RangeError', /padding should be non-negative/, [x, ...head, 2], { kw: { padding: -1 } }),
  err('RangeError', /stride should be greater than zero/, [x, ...head, 2], { kw: { stride: [1, 0] } }),
  err('RangeError', /at least one/, [x, ...head, 9]),
  err('RangeError', /overflow|at least one/, [x, ...head, 9], { kw: { dilation: 2 ** 53 - 1 } }),
];

rows.push(
  op('unfold', {
    forms: ['F'], tol, exact: true, samples: unfolds,
    errors: [
      ...windowErrors(t([2, 3, 4, 5]), []),
      err('RangeError', /3D or 4D/, [t([4, 5]), 2]),
      err('RangeError', /3D or 4D/, [t([1, 1, 1, 4, 5]), 2]),
      err('RangeError', /3D or 4D/, [t([2, 0, 4, 5]), 2]),
      err('TypeError', /not implemented/, [t([2, 3, 4, 5], { dtype: 'int64' }), 2]),
    ],
  }),
  op('fold', {
    forms: ['F'], tol, samples: folds,
    errors: [
      ...windowErrors(t([2, 12, 12]), [[4, 5]]),
      err('RangeError', /2D or 3D/, [t([12]), [4, 5], 2]),
      err('RangeError', /2D or 3D/, [t([2, 0, 12]), [4, 5], 2]),
      err('RangeError', /divisible/, [t([2, 11, 12]), [4, 5], 2]),
      err('RangeError', /sliding blocks 3 \* 4/, [t([2, 12, 11]), [4, 5], 2]),
      err('RangeError', /outputSize must be/, [t([2, 12, 12]), [4, 5, 6], 2]),
      err('RangeError', /outputSize should be|at least one/, [t([2, 12, 12]), 0, 2]),
      err('TypeError', /not implemented/, [t([2, 12, 12], { dtype: 'int64' }), [4, 5], 2]),
    ],
  }),
);

export default family('conv', rows);
