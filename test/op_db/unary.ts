import { ALL, err, EXTREMES, family, FLOATS, INTS, NUMBERS, op, s, sk, sw, t, v, within } from './row';
import type { OpRow, Sample } from './types';

const transcendental = within(1e-6, 1e-14, 1e-7);

/** Shapes that every elementwise op is run on: several widths of vector plus a rest, 0-d, empty, other layouts. */
function shapes(range?: [number, number]): Sample[] {
  const r = range ? { range } : {};
  return [
    s(t([3, 5], r)),
    s(t([], r)),
    sw({ gradcheck: false }, t([0, 3], r)),
    sw({ gradcheck: false }, t([67], r)),
    s(t([4, 3], { ...r, layout: 'transposed' })),
    s(t([2, 3, 2], { ...r, layout: 'step' })),
    s(t([3, 1], { ...r, expand: [3, 4] })),
    s(t([2, 5], { ...r, layout: 'offset' })),
  ];
}

const extremes: Sample = sw({ grad: false, note: 'extreme values' }, v(EXTREMES));
const noTensor = [err('TypeError', /./, ['a'])];

function unary(name: string, options: Partial<OpRow> & { range?: [number, number]; more?: Sample[] } = {}): OpRow {
  const { range, more = [], ...rest } = options;
  return op(name, { dtypes: ALL, inplace: true, errors: noTensor, ...rest, samples: [...shapes(range), extremes, ...more] });
}

export default family('unary', [
  unary('neg', { dtypes: NUMBERS, exact: true, errors: [err('TypeError', /bool/i, [t([2], { dtype: 'bool' })])] }),
  unary('abs', { dtypes: NUMBERS, exact: true, more: [sw({ gradcheck: false }, v([-1, 0, 1, '-0']))] }),
  unary('exp', { tol: transcendental }),
  unary('log', { tol: transcendental, range: [0.1, 3] }),
  unary('sqrt', { range: [0.1, 3], tol: within(2e-7, 1e-15, 0), more: [sw({ gradcheck: false }, v([0, 4, 1e-12]))] }),
  unary('sigmoid', { forms: ['torch', 'Tensor', 'F'], tol: transcendental }),
  unary('tanh', { forms: ['torch', 'Tensor', 'F'], tol: transcendental }),
  unary('relu', {
    forms: ['torch', 'Tensor', 'F'],
    dtypes: NUMBERS,
    exact: true,
    more: [sw({ gradcheck: false }, v([-1, 0, '-0', 2, 'nan']))],
  }),
  unary('sign', { dtypes: ALL, exact: true, more: [sw({ gradcheck: false }, v([-1, 0, 1, 'nan']))] }),
  unary('square', { dtypes: NUMBERS }),
  unary('reciprocal', { range: [0.3, 2], tol: within(2e-7, 1e-15, 0) }),
  unary('rsqrt', { range: [0.3, 3], tol: within(4e-7, 1e-15, 0) }),
  unary('floor', { dtypes: NUMBERS, exact: true }),
  unary('ceil', { dtypes: NUMBERS, exact: true }),
  unary('trunc', { dtypes: NUMBERS, exact: true }),
  unary('round', { dtypes: NUMBERS, exact: true, more: [sw({ gradcheck: false, note: 'half to even' }, v([0.5, 1.5, 2.5, -0.5, -1.5, -0.2]))] }),
  unary('exp2', { tol: transcendental }),
  unary('expm1', { tol: transcendental }),
  unary('log2', { tol: transcendental, range: [0.1, 3] }),
  unary('log10', { tol: transcendental, range: [0.1, 3] }),
  unary('log1p', { tol: transcendental, range: [-0.8, 3] }),
  unary('sin', { tol: transcendental, more: [sw({ gradcheck: false }, t([33], { range: [-1000, 1000] }))] }),
  unary('cos', { tol: transcendental, more: [sw({ gradcheck: false }, t([33], { range: [-1000, 1000] }))] }),
  unary('erf', { tol: transcendental }),
  unary('negative', { dtypes: NUMBERS, exact: true }),
  unary('positive', { dtypes: NUMBERS, exact: true, inplace: false, errors: [err('TypeError', /bool/i, [t([2], { dtype: 'bool' })])] }),
  unary('absolute', { dtypes: NUMBERS, exact: true }),
  unary('fix', { dtypes: NUMBERS, exact: true }),
  unary('logicalNot', { grad: false, exact: true, more: [s(v([0, 1, '-0', 'nan']))] }),
  op('bitwiseNot', {
    dtypes: [...INTS, 'bool'], grad: false, exact: true, inplace: true,
    samples: [s(t([7])), s(t([4, 3], { layout: 'transposed' })), s(t([0]))],
    errors: [err('TypeError', /float|integ/i, [t([2])])],
  }),
  ...(['isnan', 'isinf', 'isfinite'] as const).map((name) => op(name, {
    dtypes: ALL, grad: false, exact: true, errors: noTensor,
    samples: [s(t([5])), sw({ dtypes: FLOATS }, v(EXTREMES)), s(t([])), s(t([0]))],
  })),
  ...(['clampMin', 'clampMax'] as const).map((name) => op(name, {
    dtypes: NUMBERS, exact: true, inplace: true,
    samples: [s(t([3, 5]), 0.5), s(t([3, 4]), t([4])), s(t([]), 0), sw({ gradcheck: false }, v([1, 'nan', 'inf', 0.5]), 0.5)],
    errors: [err('TypeError', /m(in|ax)/, [t([2])])],
  })),
  op('clip', { dtypes: NUMBERS, exact: true, samples: [s(t([3, 5]), -1, 1), sk([t([3, 5])], { max: 0.5 })], errors: noTensor }),
  op('clamp', {
    dtypes: NUMBERS,
    exact: true,
    inplace: true,
    samples: [
      s(t([3, 5]), -1, 1),
      s(t([4, 3], { layout: 'transposed' }), -0.5, 1.25),
      sk([t([7])], { min: 0 }),
      sk([t([7])], { max: 0.5 }),
      s(t([7]), null, 0.5),
      s(t([5]), 1, -1),
      sw({ gradcheck: false }, v([-1, 1, 0, 2, -2, 'nan', 'inf', '-inf']), -1, 1),
      sw({ dtypes: ['int64'] }, t([6]), 0.5, 2.5),
      s(t([3, 4]), t([4], { range: [-1, 0] }), t([3, 1], { range: [0, 1] })),
      sk([t([3, 4])], { min: t([3, 4]) }),
      s(t([]), -1, 1),
      s(t([0, 2]), -1, 1),
    ],
    errors: [err('TypeError', /min|max/, [t([2])])],
  }),
]);
