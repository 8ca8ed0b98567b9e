import { ALL, dtype, err, family, float, FLOATS, NUMBERS, op, s, sk, sw, t, v, within } from './row';
import type { DTypeName, ErrorCase, OpRow, Sample } from './types';

const sumTol = within(2e-6, 1e-13, 2e-6);
const badDim: ErrorCase[] = [
  err('RangeError', /dim/i, [t([2, 3]), 2]),
  err('RangeError', /dim/i, [t([2, 3]), -3]),
];

/** Whole tensor, one dim, several dims, kept or not, over every layout. */
function sums(): Sample[] {
  return [
    s(t([3, 5])),
    s(t([3, 5]), 0),
    s(t([3, 5]), 1),
    s(t([3, 5]), -1, true),
    sk([t([2, 3, 4])], { dim: [0, 2] }),
    sk([t([2, 3, 4])], { dim: [0, 2], keepdim: true }),
    sk([t([2, 3, 4]), 1], { keepdim: true }),
    s(t([2, 3, 4]), [-1, 0]),
    s(t([2, 3, 4]), []),
    s(t([])),
    s(t([]), 0),
    s(t([0, 3])),
    s(t([0, 3]), 0),
    s(t([0, 3]), 1),
    sw({ gradcheck: false }, t([1031])),
    sw({ gradcheck: false }, t([67, 5]), 0),
    sw({ gradcheck: false }, t([3, 131]), 1),
    s(t([4, 3], { layout: 'transposed' }), 1),
    s(t([4, 3], { layout: 'transposed' }), 0),
    s(t([3, 4], { layout: 'step' }), 1),
    s(t([3, 1], { expand: [3, 4] }), 1),
    s(t([3, 1], { expand: [3, 4] })),
    sw({ grad: false }, v(['nan', 1, 'inf', '-inf', 2, 3], { shape: [3, 2] }), 1),
    sw({ grad: false }, v([3e38, 3e38, -3e38, 1])),
  ];
}

/** max, min and their arg twins: ties go to the first, NaN wins. */
function extremum(name: string, both: boolean): OpRow {
  const samples: Sample[] = [
    s(t([3, 5], { distinct: true })),
    s(t([3, 5], { distinct: true }), 1),
    s(t([3, 5], { distinct: true }), 0),
    s(t([3, 5], { distinct: true }), -1, true),
    sk([t([2, 3, 4], { distinct: true }), 1], { keepdim: true }),
    s(t([])),
    s(t([]), 0),
    s(t([3, 0, 2]), 2),
    sw({ gradcheck: false }, t([67, 3], { distinct: true }), 0),
    sw({ gradcheck: false }, t([1031], { distinct: true })),
    s(t([4, 3], { layout: 'transposed', distinct: true }), 1),
    s(t([4, 3], { layout: 'step', distinct: true }), 0),
    s(t([3, 1], { expand: [3, 4], distinct: true }), 0),
    sw({ gradcheck: false, note: 'ties' }, v([1, 3, 3, 2, 3, 3], { shape: [2, 3] }), 1),
    sw({ gradcheck: false, note: 'ties' }, v([1, 3, 3, 1, 3])),
    sw({ grad: false, dtypes: FLOATS }, v([1, 'nan', 'inf', '-inf', 'nan', 2, '-inf', '-inf', '-inf'], { shape: [3, 3] }), 1),
    sw({ grad: false, dtypes: FLOATS }, v([1, 'nan', 'inf'])),
  ];
  if (both) {
    samples.push(
      s(t([3, 4]), t([4])),
      sw({ dtypes: ['int64'], grad: false }, t([3]), t([3], { dtype: 'float32' })),
    );
  }
  return op(name, {
    dtypes: both ? ALL : NUMBERS,
    grad: both,
    exact: true,
    samples,
    errors: [...badDim, err('RangeError', /empty|size 0|numel/i, [t([0])]), err('RangeError', /empty|size|zero/i, [t([2, 0]), 1])],
  });
}

/** amax, amin: ties share the gradient. */
function amax(name: string): OpRow {
  return op(name, {
    dtypes: ALL,
    exact: true,
    samples: [
      s(t([3, 5], { distinct: true })), s(t([3, 5], { distinct: true }), 1), sk([t([2, 3, 4], { distinct: true })], { dim: [0, 2], keepdim: true }), s(t([])),
      s(t([4, 3], { layout: 'transposed', distinct: true }), 1), sw({ gradcheck: false, note: 'ties' }, v([1, 3, 3, 1, 3])), sw({ grad: false }, v([1, 'nan', 'inf'])),
      s(t([3, 0]), 0),
    ],
    errors: [...badDim, err('RangeError', /empty|size|zero|numel/i, [t([0])])],
  });
}

const casts: DTypeName[] = ['float32', 'int64', 'bool'];

export default family('reduce', [
  op('sum', {
    dtypes: ALL,
    tol: sumTol,
    samples: [
      ...sums(),
      ...casts.map((d) => sk([t([2, 3])], { dtype: dtype('float64') }, { dtypes: [d], gradcheck: false })),
      sk([t([2, 3]), 1], { dtype: dtype('int32') }, { dtypes: ['int64', 'bool'] }),
      sw({ dtypes: ['uint8'], note: 'sums in int64' }, v([255, 255, 255])),
    ],
    errors: [...badDim, err('RangeError', /multiple|twice|repeat|dim/i, [t([2, 3]), [0, 0]])],
  }),
  op('mean', {
    tol: sumTol,
    samples: [...sums(), sk([t([4], { dtype: 'int64' })], { dtype: dtype('float32') }, { dtypes: ['int64'] })],
    errors: [...badDim, err('TypeError', /float/, [t([3], { dtype: 'int64' })])],
  }),
  extremum('max', true),
  extremum('min', true),
  extremum('argmax', false),
  extremum('argmin', false),
  amax('amax'),
  amax('amin'),
  op('sumToSize', {
    forms: ['Tensor'],
    tol: sumTol,
    samples: [s(t([2, 3, 4]), [3, 1]), s(t([2, 3]), [2, 3]), s(t([2, 3]), [1, 3]), s(t([2, 3]), [])],
    errors: [err('RangeError', /./, [t([2, 3]), [2, 2]])],
  }),
  op('prod', {
    dtypes: ALL,
    tol: within(2e-6, 1e-13, 1e-7),
    samples: [
      s(t([2, 3])), s(t([2, 3]), 0), s(t([2, 3]), 1, true), s(t([])), s(t([0, 3])), s(t([0, 3]), 0), s(t([4, 3], { layout: 'transposed' }), 1),
      sw({ note: 'zeros' }, v([2, 0, 3, 4, 5, 0], { shape: [2, 3] }), 1), s(v([2, 0, 3, 0])), s(v([2, 0, 3])),
      sk([t([2, 3])], { dtype: dtype('float64') }, { dtypes: ['float32', 'int64'], gradcheck: false }),
    ],
    errors: badDim,
  }),
  ...(['all', 'any'] as const).map((name) => op(name, {
    dtypes: ALL,
    grad: false,
    exact: true,
    samples: [
      s(v([0, 1, 1, 1, 1, 1], { shape: [2, 3] })), s(v([0, 1, 1, 1, 1, 1], { shape: [2, 3] }), 1), s(v([0, 0, 1, 0], { shape: [2, 2] }), 0, true),
      sw({ dtypes: ALL }, v([0, 0, 1, 0], { shape: [2, 2] }), 1), s(t([0, 2])), s(t([0, 2]), 0), s(t([])), s(v(['nan', 0])),
      s(v([0, 1, 1, 0, 1, 1], { shape: [2, 3], layout: 'transposed' }), 1),
      sk([t([2, 3, 2])], { dim: [0, 2] }),
    ],
    errors: badDim,
  })),
  op('countNonzero', {
    dtypes: ALL, grad: false, exact: true,
    samples: [s(v([0, 1, 2, 0], { shape: [2, 2] })), s(v([0, 1, 2, 0], { shape: [2, 2] }), 0), s(v([0, 'nan', '-0', 0], { shape: [2, 2] }), 1), s(t([0]))],
    errors: badDim,
  }),
  ...(['var', 'std'] as const).map((name) => op(name, {
    tol: within(3e-6, 1e-13, 1e-6),
    samples: [
      s(t([3, 5])), s(t([3, 5]), 1), s(t([3, 5]), 0), s(t([3, 5]), false), s(t([3, 5]), 1, false), s(t([3, 5]), 1, true, true),
      sk([t([3, 5]), 1], { correction: 0 }), sk([t([2, 3, 4])], { dim: [0, 2], correction: 2, keepdim: true }), sk([t([3, 5])], { unbiased: false }),
      s(t([4, 3], { layout: 'transposed' }), 1), sw({ grad: false, note: 'one value: NaN' }, t([1])), sw({ gradcheck: false }, t([1031], { range: [99, 101] })),
    ],
    errors: [...badDim, err('TypeError', /float/, [t([3], { dtype: 'int64' })])],
  })),
  op('norm', {
    tol: within(3e-6, 1e-13, 1e-6),
    samples: [
      s(t([3, 5])), s(t([3, 5]), 2, 1), s(t([3, 5]), 1), s(t([3, 5]), 1, 0, true), s(t([3, 5], { distinct: true, range: [0.5, 3] }), float('inf')),
      s(t([3, 5], { distinct: true, range: [0.5, 3] }), float('-inf'), 1), sw({ grad: false }, v([0, 1, 2, 0]), 0), s(t([3, 5], { range: [0.5, 2] }), 3), s(t([3, 5]), 'fro'),
      sw({ gradcheck: false, note: 'zero' }, v([0, 0])), s(t([4, 3], { layout: 'transposed' }), 2, 1), sk([t([2, 3, 2]), 2], { dim: [0, 2] }),
    ],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 2, 2])],
  }),
  op('logsumexp', {
    tol: within(2e-6, 1e-13, 5e-7),
    samples: [
      s(t([3, 5]), 1), s(t([3, 5]), 0, true), s(t([2, 3, 4]), [0, 2]), s(t([]), 0), s(t([4, 3], { layout: 'transposed' }), 1),
      sw({ gradcheck: false }, v([1000, 1001, -1000, -1001], { shape: [2, 2] }), 1), sw({ grad: false }, v(['inf', 1, '-inf', '-inf', 'nan', 0], { shape: [3, 2] }), 1),
    ],
    errors: badDim,
  }),
  op('cumsum', {
    dtypes: ALL,
    tol: sumTol,
    samples: [
      s(t([3, 5]), 1), s(t([3, 5]), 0), s(t([7]), 0), s(t([]), 0), s(t([0, 2]), 0), s(t([4, 3], { layout: 'transposed' }), 1),
      sk([t([4]), 0], { dtype: dtype('float64') }, { dtypes: ['int64', 'float32'], gradcheck: false }),
    ],
    errors: badDim,
  }),
  op('topk', {
    dtypes: NUMBERS,
    exact: true,
    samples: [
      s(t([3, 7], { distinct: true }), 3), s(t([3, 7], { distinct: true }), 2, 0), s(t([9], { distinct: true }), 4, 0, false),
      s(t([5], { distinct: true }), 5), s(t([5], { distinct: true }), 0), sw({ grad: false }, v([1, 'nan', 3, 'inf']), 2), s(t([7, 3], { layout: 'transposed', distinct: true }), 2, 0),
      s(t([]), 1),
    ],
    errors: [err('RangeError', /k|range/, [t([3]), 4]), err('RangeError', /dim/i, [t([3]), 1, 1])],
  }),
  op('sort', {
    dtypes: NUMBERS,
    exact: true,
    samples: [
      s(t([3, 7], { distinct: true })), s(t([3, 7], { distinct: true }), 0), s(t([3, 7], { distinct: true }), 1, true), s(t([])), s(t([0, 3])),
      sw({ grad: false }, v([1, 'nan', 3, 'inf', '-inf'])), sk([v([2, 1, 2, 1, 0, 2])], { stable: true }, { gradcheck: false }), s(t([7, 3], { layout: 'transposed', distinct: true }), 0),
      sk([v([2, 1, 2, 1, 0, 2])], { stable: true, descending: true }, { gradcheck: false }),
    ],
    errors: badDim,
  }),
  op('argsort', {
    dtypes: NUMBERS, grad: false, exact: true,
    samples: [s(t([3, 7], { distinct: true })), s(t([3, 7], { distinct: true }), 0), sk([t([3, 7], { distinct: true })], { descending: true })],
    errors: badDim,
  }),
]);
