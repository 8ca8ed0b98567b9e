import { err, family, float, FLOATS, i64, op, s, sk, sw, t, v, within } from './row';
import type { Arg, ErrorCase, OpRow, Sample } from './types';

const tol = within(3e-6, 1e-13, 1e-6);
const reductions = ['none', 'mean', 'sum'];
const target = i64([2, 0, 4]);
const weight = t([5], { range: [0.2, 2], grad: false });

/** Class index targets of nll_loss and cross_entropy alike. */
function classes(): Sample[] {
  return [
    s(t([3, 5]), target),
    ...reductions.map((reduction) => sk([t([3, 5]), target], { reduction })),
    ...reductions.map((reduction) => sk([t([3, 5]), target], { reduction, weight })),
    ...reductions.map((reduction) => sk([t([3, 5]), i64([2, -100, 1])], { reduction, weight })),
    sk([t([3, 5]), target], { ignoreIndex: 0 }),
    sk([t([3, 5]), target], { ignoreIndex: 4, reduction: 'none' }),
    sw({ gradcheck: false, note: 'all ignored: NaN' }, t([2, 5]), i64([-100, -100])),
    sk([t([2, 5]), i64([-100, -100])], { reduction: 'sum' }),
    s(t([5]), i64([3], { shape: [] })),
    s(t([2, 3, 4]), i64([0, 1, 2, 0, 2, 2, 1, 0], { shape: [2, 4] })),
    sk([t([2, 3, 2, 2]), i64([0, 1, 2, 0, 2, 2, 1, 0], { shape: [2, 2, 2] })], { reduction: 'none' }),
    sk([t([0, 5]), i64([])], { reduction: 'none' }),
    sk([t([0, 5]), i64([])], { reduction: 'sum' }),
    sw({ gradcheck: false, note: 'mean of nothing: NaN' }, t([0, 5]), i64([])),
    s(t([3, 5], { layout: 'transposed' }), target),
    s(t([3, 5], { layout: 'step' }), i64([1, 1, 1], { layout: 'step' })),
    sw({ gradcheck: false }, t([64, 10]), t([64], { dtype: 'int64', range: [0, 9] })),
  ];
}

const classErrors = [
  err('RangeError', /target|out of (bounds|range)|5/i, [t([3, 5]), i64([2, 0, 5])]),
  err('RangeError', /target|out of (bounds|range)|-1/i, [t([3, 5]), i64([2, 0, -1])]),
  err('RangeError', /./, [t([3, 5]), i64([2, 0])]),
  err('RangeError', /reduction|average/, [t([3, 5]), i64([2, 0, 1])], { kw: { reduction: 'average' } }),
  err('RangeError', /weight/, [t([3, 5]), i64([2, 0, 1])], { kw: { weight: t([4]) } }),
];

/** Elementwise losses. */
function elementwise(): Sample[] {
  return [
    s(t([3, 5]), t([3, 5])),
    ...reductions.map((reduction) => sk([t([3, 5]), t([3, 5])], { reduction })),
    s(t([]), t([])),
    sk([t([0, 3]), t([0, 3])], { reduction: 'sum' }),
    sw({ gradcheck: false, note: 'mean of nothing: NaN' }, t([0, 3]), t([0, 3])),
    s(t([4, 3], { layout: 'transposed' }), t([4, 3])),
    sk([t([4, 3], { layout: 'step' }), t([4, 1], { expand: [4, 3] })], { reduction: 'none' }),
    sw({ gradcheck: false }, t([67, 3]), t([67, 3])),
    sw({ grad: false }, v(['nan', 'inf', 1, 3e38]), v([1, 1, '-inf', -3e38])),
  ];
}

const elementErrors = [
  err('RangeError', /./, [t([2, 3]), t([2, 4])]),
  err('RangeError', /reduction|average/, [t([2]), t([2])], { kw: { reduction: 'average' } }),
];

const madeTol = { ...tol, float16: { rtol: 8e-3, atol: 8e-3 }, bfloat16: { rtol: 6e-2, atol: 6e-2 } };
/** Losses made of other ops: reductions of one set of arguments, then more samples. */
function madeOf(name: string, args: Arg[], kws: Record<string, Arg>[], errors: ErrorCase[] = [], dtypes = FLOATS): OpRow {
  return op(name, {
    forms: ['F'], tol: madeTol, dtypes,
    samples: [...reductions.map((reduction) => sk(args, { reduction })), ...kws.map((kw) => sk(args, kw))],
    errors: [err('RangeError', /average is not a valid value for reduction/, args, { kw: { reduction: 'average' } }), ...errors],
  });
}
const signs = v([1, -1, 1, -1, -1, 1], { shape: [3, 2], grad: false });
const line = v([1, -1, 1], { grad: false });
const probabilities = t([3, 4], { range: [0.05, 1] });

const made: OpRow[] = [
  madeOf('klDiv', [t([3, 4]), probabilities], [{ reduction: 'batchmean' }, { logTarget: true }, { logTarget: true, reduction: 'none' }]),
  madeOf('poissonNllLoss', [t([3, 4]), t([3, 4], { range: [0.5, 6] })], [{ full: true, reduction: 'none' }]),
  madeOf('gaussianNllLoss', [t([3, 4]), t([3, 4]), t([3, 4], { range: [0.1, 2] })], [{ full: true }, { eps: float(0.01), reduction: 'none' }], [
    err('RangeError', /var is of incorrect size/, [t([3, 4]), t([3, 4]), t([2], { range: [0.1, 2] })]),
    err('RangeError', /var has negative/, [t([3]), t([3]), v([1, -1, 1])]),
  ]),
  op('gaussianNllLoss', {
    forms: ['F'], tol: madeTol,
    samples: [
      sw({ gradcheck: false, note: 'what is clamped keeps its gradient' }, t([3, 4]), t([3, 4]), t([3, 4], { range: [0.1, 2] }), false, float(0.7)),
      s(t([3, 4]), t([3, 4]), t([3], { range: [0.5, 2] })),
      s(t([3, 4]), t([3, 4]), float(0.5)),
    ],
  }),
  madeOf('marginRankingLoss', [t([3, 2]), t([3, 2]), signs], [{ margin: float(0.5) }], [
    err('RangeError', /same dimension.*input1: \[3\], input2: \[3\], target: \[\]/, [t([3]), t([3]), t([])]),
  ]),
  madeOf('hingeEmbeddingLoss', [t([3, 2]), signs], [{ margin: float(0.4), reduction: 'none' }]),
  madeOf('cosineEmbeddingLoss', [t([3, 4]), t([3, 4]), line], [{ margin: float(0.2), reduction: 'none' }], [
    err('RangeError', /1D target tensor expects 2D input/, [t([3]), t([3]), t([3])]),
    err('RangeError', /0D or 1D target/, [t([3, 2]), t([3, 2]), t([3, 2])]),
  ]),
  madeOf('softMarginLoss', [t([3, 2]), signs], []),
  madeOf('multilabelSoftMarginLoss', [t([3, 4]), t([3, 4], { range: [0, 1], grad: false })], [{ weight: t([4], { range: [0.2, 2], grad: false }) }]),
  madeOf('tripletMarginLoss', [t([3, 4]), t([3, 4]), t([3, 4])], [
    { margin: float(0.4), p: 1 }, { swap: true, reduction: 'none' }, { p: 3, eps: float(0.01), margin: 4 },
  ], [
    err('RangeError', /margin must be greater than 0/, [t([3, 4]), t([3, 4]), t([3, 4])], { kw: { margin: 0 } }),
    err('RangeError', /same number of dimensions/, [t([3, 4]), t([4]), t([3, 4])]),
  ]),
  madeOf('multiMarginLoss', [t([3, 4]), i64([2, 0, 3])], [
    { p: 2, margin: float(0.5) }, { weight: t([4], { range: [0.2, 2], grad: false }), reduction: 'none' },
  ], [
    err('RangeError', /out of bounds/, [t([3, 4]), i64([2, 0, 4])]),
    err('RangeError', /p == 1 and p == 2/, [t([3, 4]), i64([2, 0, 1]), 3]),
    err('RangeError', /inconsistent target size/, [t([3, 4]), i64([2, 0])]),
  ], ['float32', 'float64']),
];

export default family('loss', [
  op('nllLoss', { forms: ['F'], dtypes: FLOATS, tol, samples: classes(), errors: classErrors }),
  op('crossEntropy', {
    forms: ['F'],
    dtypes: FLOATS,
    tol,
    samples: [
      ...classes(),
      ...reductions.map((reduction) => sk([t([3, 5]), target], { reduction, labelSmoothing: 0.1 })),
      ...reductions.map((reduction) => sk([t([3, 5]), target], { reduction, labelSmoothing: 0.3, weight })),
      sk([t([3, 5]), i64([2, -100, 1])], { labelSmoothing: 0.2, weight }),
      sk([t([2, 3, 4]), i64([0, 1, 2, 0, 2, 2, 1, 0], { shape: [2, 4] })], { labelSmoothing: 0.2 }),
      ...reductions.map((reduction) => sk([t([3, 5]), t([3, 5], { range: [0, 0.4] })], { reduction })),
      ...reductions.map((reduction) => sk([t([3, 5]), t([3, 5], { range: [0, 0.4] })], { reduction, weight, labelSmoothing: 0.1 })),
      s(t([5]), t([5], { range: [0, 0.4] })),
      s(t([2, 3, 4]), t([2, 3, 4], { range: [0, 0.5] })),
      sw({ gradcheck: false }, v([1000, -1000, 3, 88, 89, 90], { shape: [2, 3] }), i64([1, 0])),
      sw({ grad: false }, v(['nan', 1, 'inf', 2, '-inf', 3, 4, 5, 6], { shape: [3, 3] }), i64([1, 0, 0])),
    ],
    errors: [...classErrors, err('RangeError', /smoothing/i, [t([3, 5]), i64([2, 0, 1])], { kw: { labelSmoothing: 1.5 } })],
  }),
  op('mseLoss', { forms: ['F'], tol, samples: elementwise(), errors: elementErrors }),
  op('l1Loss', { forms: ['F'], tol, samples: elementwise(), errors: elementErrors }),
  op('smoothL1Loss', {
    forms: ['F'], tol,
    samples: [...elementwise(), sk([t([3, 5]), t([3, 5])], { beta: 0.5 }), sk([t([3, 5]), t([3, 5])], { beta: 0, reduction: 'sum' })],
    errors: [...elementErrors, err('RangeError', /beta/, [t([2]), t([2])], { kw: { beta: -1 } })],
  }),
  op('huberLoss', {
    forms: ['F'], tol,
    samples: [...elementwise(), sk([t([3, 5]), t([3, 5])], { delta: 0.5 }), sk([t([3, 5]), t([3, 5])], { delta: 2, reduction: 'none' })],
    errors: [...elementErrors, err('RangeError', /delta/, [t([2]), t([2])], { kw: { delta: 0 } })],
  }),
  op('binaryCrossEntropy', {
    forms: ['F'], dtypes: FLOATS, tol,
    samples: [
      ...reductions.map((reduction) => sk([t([3, 5], { range: [0.05, 0.95] }), t([3, 5], { range: [0, 1] })], { reduction })),
      s(t([4], { range: [0.05, 0.95] }), t([4], { range: [0, 1] }), t([4], { range: [0.2, 2], grad: false })),
      sw({ gradcheck: false, note: 'log is clamped at -100' }, v([0, 1, 0, 1]), v([0, 1, 1, 0], { grad: false })),
      s(t([4, 3], { range: [0.05, 0.95], layout: 'transposed' }), t([4, 3], { range: [0, 1] })),
    ],
    errors: [err('RangeError', /0|1|between/, [v([1.5]), v([1])]), err('RangeError', /./, [t([2, 3], { range: [0, 1] }), t([2], { range: [0, 1] })])],
  }),
  op('binaryCrossEntropyWithLogits', {
    forms: ['F'], dtypes: FLOATS, tol,
    samples: [
      ...reductions.map((reduction) => sk([t([3, 5]), t([3, 5], { range: [0, 1] })], { reduction })),
      s(t([4]), t([4], { range: [0, 1] }), t([4], { range: [0.2, 2], grad: false })),
      sk([t([3, 4]), t([3, 4], { range: [0, 1] })], { posWeight: t([4], { range: [0.2, 3], grad: false }) }),
      sw({ gradcheck: false }, v([100, -100, 1000, -1000]), v([0, 1, 1, 0], { grad: false })),
      s(t([4, 3], { layout: 'transposed' }), t([4, 3], { range: [0, 1] })),
    ],
    errors: [err('RangeError', /./, [t([2, 3]), t([2], { range: [0, 1] })])],
  }),
  ...made,
]);
