import { ALL, err, EXTREMES, family, NUMBERS, op, s, sk, sw, t, v } from './row';
import type { OpRow } from './types';

function compare(name: string): OpRow {
  const n = EXTREMES.length;
  return op(name, {
    dtypes: ALL,
    grad: false,
    exact: true,
    samples: [
      s(t([3, 5], { range: [-2, 2] }), t([3, 5], { range: [-2, 2] })),
      s(t([3, 1]), t([1, 4])),
      s(t([]), t([2])),
      s(t([0, 3]), t([3])),
      sw({ dtypes: ALL }, v([0, 1, 1, 0]), v([0, 0, 1, 1])),
      s(v(EXTREMES, { shape: [n, 1] }), v(EXTREMES, { shape: [1, n] })),
      s(t([4, 3], { layout: 'transposed' }), t([4, 3], { layout: 'step' })),
      s(t([67]), 0.25),
      sw({ dtypes: ['int64', 'uint8', 'bool'] }, v([0, 1, 1]), 0.5),
      sw({ dtypes: ['int64', 'uint8', 'bool'] }, v([0, 1, 1]), 1),
      sw({ dtypes: ['int64'], note: 'compared in float32' }, v([16777217, 2, 3]), v([16777216, 2.5, 3], { dtype: 'float32' })),
      sw({ dtypes: ['int64'] }, v([300, -1, 5]), v([44, 255, 5], { dtype: 'uint8' })),
    ],
    errors: [err('RangeError', /2.*3|shape|broadcast/, [t([2]), t([3])]), err('TypeError', /other/, [t([2])])],
  });
}

/** The in-place twin: the result in self's dtype. */
function compareInto(name: string): OpRow {
  return op(name, {
    forms: ['Tensor'], dtypes: ALL, grad: false, exact: true,
    samples: [s(t([3, 5]), t([5])), s(t([4, 3], { layout: 'transposed' }), 0.25), sw({ dtypes: ['int64', 'float16'] }, t([5]), t([5], { dtype: 'float32' }))],
    errors: [err('RangeError', /./, [t([2]), t([3])])],
  });
}

function logical(name: string): OpRow {
  const into = name.endsWith('_');
  return op(name, {
    forms: into ? ['Tensor'] : ['torch', 'Tensor'], dtypes: ALL, grad: false, exact: true,
    samples: [
      s(v([0, 1, 1, 0]), v([0, 0, 1, 1])), s(v(['nan', '-0', 'inf', 0]), v([1, 1, 1, 'nan'])), s(t([4, 3], { layout: 'transposed' }), t([3])),
      sw({ dtypes: ['int64'] }, v([0, 2]), v([1, 0], { dtype: 'bool' })), s(t([0]), t([1])),
    ],
    errors: [err('RangeError', /./, [t([2]), t([3])])],
  });
}

const names = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'];

export default family('compare', [
  ...names.map(compare),
  ...names.map((name) => compareInto(`${name}_`)),
  ...['logicalAnd', 'logicalOr', 'logicalXor'].flatMap((name) => [logical(name), logical(`${name}_`)]),
  op('isclose', {
    dtypes: NUMBERS, grad: false, exact: true,
    samples: [
      s(v([1, 2, 3]), v([1, 2.1, 3])), s(v([1, 1, 'nan', 'inf', 'inf']), v([1.000001, 1.1, 'nan', 'inf', '-inf'])),
      sk([v([1, 'nan']), v([1.05, 'nan'])], { rtol: 0.1, equalNan: true }), s(t([3, 1]), t([4])),
    ],
    errors: [err('TypeError', /dtype|match/, [t([2]), t([2], { dtype: 'float64' })])],
  }),
]);
