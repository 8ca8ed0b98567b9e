import { ALL, err, EXTREMES, family, op, s, sw, t, v } from './row';
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

export default family('compare', ['eq', 'ne', 'lt', 'le', 'gt', 'ge'].map(compare));
