import { ALL, big, dtype, err, family, float, FLOATS, op, s, sk, t } from './row';
import type { DTypeName, OpRow, Sample } from './types';

const one: DTypeName[] = ['float32'];

/** Creation takes its dtype from the options, so a sample is run once. */
function make(name: string, options: Partial<OpRow> & { samples: Sample[] }): OpRow {
  const row = op(name, { forms: ['torch'], grad: false, exact: true, dtypes: one, ...options });
  for (const sample of row.samples) if (!options.dtypes) sample.dtypes = one;
  return row;
}

const sized = (more: Sample[] = []): Sample[] => [
  s([2, 3]), s(2, 3), s(3), s([]), s([0, 3]), s([67]),
  ...ALL.map((d) => sk([[2, 2]], { dtype: dtype(d) })),
  ...more,
];
const sizeErrors = [
  err('RangeError', /-1|negative/, [[2, -1]]),
  err('RangeError', /./, [[1e6, 1e6, 1e6]]),
  err('RangeError', /./, [[2 ** 31, 2 ** 31, 2 ** 31]]),
  err('TypeError', /./, [[2, 1.5]]),
  err('TypeError', /dtpye/, [[2]], { kw: { dtpye: dtype('float32') } }),
];
const like = (more: Sample[] = []): Sample[] => [
  s(t([2, 3])), s(t([])), s(t([0, 3])), s(t([4, 3], { layout: 'transposed' })), s(t([3, 1], { expand: [3, 4] })),
  sk([t([2, 3])], { dtype: dtype('int64') }), ...more,
];

export default family('creation', [
  make('zeros', { samples: sized(), errors: sizeErrors }),
  make('ones', { samples: sized(), errors: sizeErrors }),
  make('full', {
    samples: [
      s([2, 3], 2), s([2, 3], 2.5), s([], 7), s([0, 2], 1), s([2], true), s([2], big(5n)), s([3], float('nan')), s([3], float('-inf')),
      ...ALL.map((d) => sk([[2], 3], { dtype: dtype(d) })),
      sk([[2], -1.75], { dtype: dtype('int64') }),
      sk([[2], 0.1], { dtype: dtype('float64') }),
    ],
    errors: [err('RangeError', /-2|negative/, [[-2], 1]), err('TypeError', /./, [[2]])],
  }),
  make('arange', {
    samples: [
      s(5), s(0), s(1, 6), s(1, 10, 3), s(10, 0, -3), s(0, 1, 0.25), s(0.5), s(1, 2.5, 0.1), s(-3, 3), s(0, 1000, 7),
      ...ALL.filter((d) => d !== 'bool').map((d) => sk([5], { dtype: dtype(d) })),
      sk([0, 5], { dtype: dtype('float64') }), sk([0, 10, 0.3], { dtype: dtype('float64') }, { tol: { float64: { rtol: 2.3e-16, atol: 0 } } }), s(big(4n)),
    ],
    errors: [
      err('RangeError', /step|zero/, [0, 5, 0]), err('RangeError', /step|bound|sign/, [0, 5, -1]),
      err('RangeError', /nan|finite|range/i, [float('nan')]), err('RangeError', /./, [1e18]),
    ],
  }),
  make('linspace', {
    samples: [
      s(0, 1, 5), s(-2.5, 2.5, 11), s(3, 3, 4), s(0, 1, 1), s(0, 1, 0), s(10, 0, 7), s(0, 1, 67), s(1, 1000, 131),
      ...FLOATS.map((d) => sk([-1, 1, 9], { dtype: dtype(d) })), sk([0, 10, 5], { dtype: dtype('int64') }),
    ],
    errors: [err('RangeError', /step|-1/, [0, 1, -1])],
    exact: false, tol: { float32: { rtol: 2.4e-7, atol: 1.2e-7 }, float64: { rtol: 4e-16, atol: 4e-16 } },
  }),
  make('eye', {
    samples: [s(3), s(2, 4), s(4, 2), s(0), s(1), sk([3], { dtype: dtype('int64') }), sk([2], { dtype: dtype('bool') })],
    errors: [err('RangeError', /-1|negative/, [-1]), err('RangeError', /-2|negative/, [2, -2])],
  }),
  make('empty', { random: true, samples: sized(), errors: sizeErrors }),
  make('zerosLike', { dtypes: ALL, samples: like() }),
  make('onesLike', { dtypes: ALL, samples: like() }),
  make('emptyLike', { dtypes: ALL, random: true, samples: like() }),
  make('fullLike', { dtypes: ALL, samples: [s(t([2, 3]), 3), s(t([]), 1), sk([t([2, 3]), 1.5], { dtype: dtype('float64') })] }),
  make('tensor', {
    samples: [
      s(1.5), s(3), s(true), s(big(3n)), s([1, 2, 3]), s([[1, 2], [3, 4.5]]), s([]), s([[], []]), s([true, false]), s([big(1n), big(-2n)]),
      s([[[1], [2]]]), ...ALL.map((d) => sk([[0, 1, 2]], { dtype: dtype(d) })), sk([[1.75, -2.5]], { dtype: dtype('int64') }),
      sk([[65504, 0.1, 1e-8]], { dtype: dtype('float16') }), sk([[0.1, 3e38, 1e-40]], { dtype: dtype('bfloat16') }), s(t([2, 3])),
    ],
    errors: [
      err('RangeError', /ragged|length|expected/i, [[[1, 2], [3]]]),
      err('RangeError', /ragged|length|dim|expected/i, [[[1, 2], 3]]),
      err('TypeError', /string|abc/, ['abc']),
      err('TypeError', /null|undefined/, [[1, null]]),
    ],
  }),
  make('scalarTensor', { samples: [s(2), s(2.5), s(true), sk([3], { dtype: dtype('int64') })] }),
  ...(['newZeros', 'newOnes', 'newEmpty'] as const).map((name) => make(name, {
    forms: ['Tensor'],
    dtypes: ALL,
    random: name === 'newEmpty',
    samples: [s(t([2]), [2, 3]), s(t([2]), []), sk([t([2]), [2]], { dtype: dtype('int32') })],
    errors: [err('RangeError', /-1|negative/, [t([2]), [-1]])],
  })),
  make('newFull', { forms: ['Tensor'], dtypes: ALL, samples: [s(t([2]), [2, 3], 3), sk([t([2]), [2], 1.5], { dtype: dtype('float64') })] }),
]);
