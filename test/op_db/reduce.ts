import { ALL, dtype, err, family, FLOATS, NUMBERS, op, s, sk, sw, t, v, within } from './row';
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
    errors: [...badDim, err('Error', /multiple|twice|repeat|dim/i, [t([2, 3]), [0, 0]])],
  }),
  op('mean', {
    tol: sumTol,
    samples: [...sums(), sk([t([4], { dtype: 'int64' })], { dtype: dtype('float32') }, { dtypes: ['int64'] })],
    errors: [...badDim, err('TypeError', /float/, [t([3], { dtype: 'int64' })])],
  }),
  extremum('max', true),
  extremum('min', true),
  extremum('argmax', false),
]);
