import { ALL, big, err, family, float, op, s, sk, sw, t } from './row';
import type { ErrorCase, Sample } from './types';

const samples: Sample[] = [
  s(t([2, 3, 4]), [1, 2]),
  s(t([2, 3]), [1, 2, 3, 0]),
  s(t([2, 3]), [0, 0, 2, 1]),
  s(t([2, 3, 2]), [1, 0, 0, 0, 2, 1]),
  s(t([2, 2, 2, 2]), [0, 1, 1, 0, 0, 0, 1, 1]),
  s(t([4, 5]), [-1, -2]),
  s(t([4, 5]), [-1, 2, 3, -2]),
  s(t([4, 5]), [-5, 0]),
  s(t([5]), [2, -4]),
  s(t([3, 4]), [0, 0]),
  s(t([3, 4]), []),
  s(t([]), []),
  s(t([2, 3]), [2, 2], 'constant', float(1.5)),
  sk([t([2, 3]), [2, 2]], { value: float('nan') }, { gradcheck: false }),
  sk([t([2, 3]), [2, 2]], { mode: 'constant', value: float('-inf') }, { gradcheck: false }),
  sk([t([2, 3]), [1, 1]], { value: 3 }, { dtypes: ['float16', 'int64', 'uint8', 'bool'] }),
  sk([t([2, 3]), [1, 1]], { value: float(-2.5) }, { dtypes: ['int8', 'bool', 'float16'] }),
  s(t([0, 3]), [1, 1]),
  s(t([0, 3]), [1, 1, 2, 1]),
  s(t([3, 0, 2]), [1, 1]),
  s(t([5, 4], { layout: 'transposed' }), [1, 2, 0, 1]),
  s(t([4, 3], { layout: 'step' }), [1, -1]),
  s(t([3, 1], { expand: [3, 4] }), [1, 1]),
  sw({ gradcheck: false }, t([2, 9, 17]), [3, 2, 1, 0]),
];

/** Samples of a mode that pads with the input's own elements. */
function own(mode: string): Sample[] {
  const halves = sw({ dtypes: ['float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8'] },
    t([2, 3, 4]), [2, 1], mode);
  return [
    halves,
    s(t([3, 4]), [3, 3], mode),
    s(t([3, 4]), [-1, 2], mode),
    s(t([3, 4]), [2, -1], mode),
    s(t([3, 4]), [-2, -1], mode),
    s(t([2, 3, 4]), [1, 2, 2, 0], mode),
    s(t([1, 2, 3, 3]), [1, 0, 2, 2], mode),
    s(t([1, 2, 3, 3]), [-1, 1, 2, -1], mode),
    s(t([1, 2, 3, 4]), [1, 2, 0, 2, 1, 1], mode),
    s(t([1, 1, 2, 3, 4]), [1, 2, 2, 0, 1, 1], mode),
    s(t([1, 1, 3, 3, 3]), [-1, 2, 1, -1, 1, -2], mode),
    s(t([0, 2, 3]), [1, 1], mode),
    s(t([4, 3], { layout: 'transposed' }), [1, 2], mode),
    s(t([2, 1, 4], { expand: [2, 3, 4] }), [1, 2], mode),
    sk([t([2, 3, 4]), [1, 1]], { mode, value: 0 }),
    sw({ gradcheck: false }, t([2, 2, 9, 17]), [5, 4, 3, 7], mode),
  ];
}

const errors: ErrorCase[] = [
  err('RangeError', /divisible by 2/, [t([2, 3]), [1]]),
  err('RangeError', /two times the input dimension.*padding length 6 and input of dimension 2/, [t([2, 3]), [1, 1, 1, 1, 1, 1]]),
  err('RangeError', /negative output size/, [t([4]), [-5, 3]]),
  err('RangeError', /negative output size.*dimension 0.*\[4, 2\]/, [t([4, 2]), [0, 0, -2, -3]]),
  err('RangeError', /Unrecognised padding mode mirror/, [t([2, 3]), [1, 1], 'mirror']),
  err('TypeError', /doesn't take in value/, [t([2, 3]), [1, 1], 'reflect', 1]),
  err('RangeError', /overflow/, [t([3], { dtype: 'uint8' }), [1, 1], 'constant', -1]),
  err('RangeError', /overflow/, [t([3], { dtype: 'float16' }), [1, 1], 'constant', 1e6]),
  err('RangeError', /overflow/, [t([3]), [1, 1], 'constant', 1e300]),
  err('RangeError', /overflow/, [t([3], { dtype: 'int64' }), [1, 1], 'constant', float('inf')]),
  err('RangeError', /Padding size 2 is not supported for 1D/, [t([3]), [1, 1], 'reflect']),
  err('RangeError', /Padding size 2 is not supported for 4D/, [t([1, 1, 3, 3]), [1, 1], 'circular']),
  err('RangeError', /Padding size 0 is not supported/, [t([1, 1, 3, 3]), [], 'replicate']),
  err('RangeError', /less than the corresponding input dimension.*\(3, 0\) at dimension 1 of input \[2, 3\]/, [t([2, 3]), [3, 0], 'reflect']),
  err('RangeError', /too small.*output size: 0/, [t([2, 3]), [-2, -1], 'reflect']),
  err('RangeError', /too small.*output size: 0/, [t([2, 3]), [-2, -1], 'replicate']),
  err('RangeError', /non-zero dimensions for input, but got: \[2, 0, 3\]/, [t([2, 0, 3]), [1, 1], 'reflect']),
  err('RangeError', /non-zero dimensions/, [t([0, 3]), [1, 1], 'replicate']),
  err('RangeError', /wrapping around more than once/, [t([2, 3]), [4, 0], 'circular']),
  err('RangeError', /empty dimension/, [t([2, 3]), [-2, -2], 'circular']),
  err('TypeError', /not implemented for 'Bool'/, [t([2, 3], { dtype: 'bool' }), [1, 1], 'reflect']),
  err('TypeError', /not implemented for 'Bool'/, [t([2, 3], { dtype: 'bool' }), [1, 1], 'replicate']),
];

export default family('padding', [
  op('pad', {
    forms: ['F'],
    dtypes: ALL,
    exact: true,
    samples: [
      ...samples,
      ...['reflect', 'replicate', 'circular'].flatMap(own),
      s(t([2, 3]), [4, 5], 'replicate'),
      s(t([2, 3]), [-5, 6], 'replicate'),
      s(t([2, 3]), [-3, 0], 'circular'),
      s(t([2, 0, 3]), [1, 1], 'circular'),
      sw({ dtypes: ['bool'] }, t([2, 3]), [1, 1], 'circular'),
    ],
    errors,
  }),
  op('constantPadNd', {
    forms: ['torch'],
    dtypes: ALL,
    exact: true,
    samples: [
      s(t([2, 3]), [1, 2]),
      s(t([2, 3]), [1, 2, -1, 3], float(0.5)),
      sw({ dtypes: ['int64'] }, t([2, 3]), [1, 0], big(2n ** 60n)),
      s(t([]), []),
    ],
    errors: [
      err('RangeError', /must be even/, [t([2, 3]), [1, 2, 3]]),
      err('RangeError', /twice the number of dimensions/, [t([2]), [1, 2, 3, 4]]),
    ],
  }),
]);
