import { err, family, FLOATS, op, s, sk, sw, t, within } from './row';
import type { DTypeName, Sample } from './types';

const dtypes: DTypeName[] = [...FLOATS, 'int64', 'int32', 'uint8'];
const tol = {
  ...within(1e-5, 1e-13, 2e-5),
  float16: { rtol: 4e-3, atol: 4e-3 },
  bfloat16: { rtol: 2e-2, atol: 3e-2 },
};

/** Two-dimensional products: primes, one row or column, empties, every layout of either operand. */
function products(): Sample[] {
  const out = [
    s(t([3, 5]), t([5, 4])),
    s(t([1, 1]), t([1, 1])),
    s(t([1, 7]), t([7, 5])),
    s(t([5, 7]), t([7, 1])),
    s(t([0, 3]), t([3, 4])),
    s(t([2, 0]), t([0, 3])),
    s(t([2, 3]), t([3, 0])),
    s(t([4, 3], { layout: 'transposed' }), t([3, 5])),
    s(t([4, 3]), t([3, 5], { layout: 'transposed' })),
    s(t([4, 3], { layout: 'transposed' }), t([3, 5], { layout: 'transposed' })),
    s(t([4, 3], { layout: 'step' }), t([3, 2], { layout: 'step' })),
    s(t([4, 1], { expand: [4, 3] }), t([1, 5], { expand: [3, 5] })),
    s(t([4, 3], { layout: 'offset' }), t([3, 5], { layout: 'offset' })),
  ];
  const big: [number, number, number][] = [[17, 13, 19], [16, 128, 10], [23, 31, 37], [7, 300, 3]];
  for (const [m, k, n] of big) {
    out.push(sw({ gradcheck: false }, t([m, k]), t([k, n])));
  }
  out.push(sw({ gradcheck: false }, t([21, 18], { layout: 'transposed' }), t([18, 35], { layout: 'transposed' })));
  return out;
}

const float = { dtypes: ['float32', 'float64'] as DTypeName[] };

export default family('matmul', [
  op('mm', {
    dtypes, tol,
    samples: products(),
    errors: [
      err('RangeError', /2x3.*4x5|\[2, 3\].*\[4, 5\]/, [t([2, 3]), t([4, 5])]),
      err('RangeError', /2-?d|matri|dim/i, [t([2, 3]), t([3])]),
      err('TypeError', /dtype|float64/, [t([2, 3]), t([3, 2], { dtype: 'float64' })]),
    ],
  }),
  op('bmm', {
    dtypes, tol,
    samples: [
      s(t([2, 3, 4]), t([2, 4, 5])),
      s(t([1, 3, 4]), t([1, 4, 2])),
      s(t([0, 3, 4]), t([0, 4, 2])),
      s(t([2, 3, 0]), t([2, 0, 2])),
      s(t([3, 4, 2], { layout: 'transposed' }), t([3, 2, 5])),
      s(t([2, 3, 4], { layout: 'step' }), t([1, 4, 5], { expand: [2, 4, 5] })),
      sw({ gradcheck: false }, t([3, 9, 13]), t([3, 13, 11])),
    ],
    errors: [
      err('RangeError', /./, [t([2, 3, 4]), t([3, 4, 5])]),
      err('RangeError', /./, [t([2, 3, 4]), t([2, 3, 5])]),
      err('RangeError', /3-?d|dim/i, [t([3, 4]), t([4, 5])]),
    ],
  }),
  op('matmul', {
    dtypes, tol,
    samples: [
      ...products().slice(0, 10),
      s(t([4]), t([4])),
      s(t([4]), t([4, 3])),
      s(t([3, 4]), t([4])),
      s(t([4]), t([2, 4, 3])),
      s(t([2, 3, 4]), t([4])),
      s(t([2, 3, 4]), t([4, 5])),
      s(t([3, 4]), t([2, 4, 5])),
      s(t([2, 1, 3, 4]), t([3, 4, 2])),
      s(t([2, 1, 3, 4]), t([1, 3, 4, 2])),
      s(t([0]), t([0])),
      s(t([0, 2, 3]), t([3, 4])),
      s(t([2, 3, 4], { layout: 'transposed' }), t([4, 5], { layout: 'transposed' })),
      sw({ gradcheck: false }, t([2, 3, 5, 13]), t([2, 1, 13, 9])),
    ],
    errors: [
      err('RangeError', /2x3.*4x5|\[2, 3\].*\[4, 5\]/, [t([2, 3]), t([4, 5])]),
      err('RangeError', /0-?d|dim/i, [t([]), t([2])]),
      err('RangeError', /./, [t([2, 3, 4]), t([3, 4, 5])]),
      err('TypeError', /dtype|float64/, [t([2, 3]), t([3, 2], { dtype: 'float64' })]),
    ],
  }),
  op('addmm', {
    dtypes, tol,
    samples: [
      s(t([3, 4]), t([3, 5]), t([5, 4])),
      s(t([4]), t([3, 5]), t([5, 4])),
      s(t([3, 1]), t([3, 5]), t([5, 4])),
      s(t([]), t([3, 5]), t([5, 4])),
      sk([t([3, 4]), t([3, 5]), t([5, 4])], { beta: 0.5, alpha: 2 }),
      sk([t([3, 4]), t([3, 5]), t([5, 4])], { beta: 0, alpha: -1 }, float),
      sk([t([3, 4]), t([3, 5]), t([5, 4])], { beta: 1, alpha: 0 }, float),
      s(t([3, 4]), t([3, 0]), t([0, 4])),
      s(t([4, 3], { layout: 'transposed' }), t([4, 5], { layout: 'transposed' }), t([5, 3], { layout: 'step' })),
      sw({ gradcheck: false }, t([64]), t([16, 128]), t([128, 64], { layout: 'transposed' })),
    ],
    errors: [
      err('RangeError', /./, [t([3]), t([2, 3]), t([4, 5])]),
      err('RangeError', /./, [t([3]), t([2, 3]), t([3, 5])]),
    ],
  }),
  op('mv', {
    dtypes, tol,
    samples: [s(t([3, 4]), t([4])), s(t([4, 3], { layout: 'transposed' }), t([3], { layout: 'step' })), s(t([0, 4]), t([4])), s(t([3, 0]), t([0])), sw({ gradcheck: false }, t([37, 41]), t([41]))],
    errors: [err('RangeError', /./, [t([3, 4]), t([3])]), err('RangeError', /dim|2-?d|matri|vector/i, [t([3]), t([3])])],
  }),
  op('dot', {
    dtypes, tol,
    samples: [s(t([4]), t([4])), s(t([0]), t([0])), s(t([5], { layout: 'step' }), t([5])), sw({ gradcheck: false }, t([131]), t([131]))],
    errors: [err('RangeError', /./, [t([3]), t([4])]), err('RangeError', /1-?d|dim/i, [t([2, 2]), t([2])])],
  }),
  op('outer', {
    dtypes, tol,
    samples: [s(t([3]), t([4])), s(t([0]), t([3])), s(t([3], { layout: 'step' }), t([4]))],
    errors: [err('RangeError', /1-?d|dim/i, [t([2, 2]), t([2])])],
  }),
  op('baddbmm', {
    dtypes, tol,
    samples: [
      s(t([2, 3, 5]), t([2, 3, 4]), t([2, 4, 5])), s(t([5]), t([2, 3, 4]), t([2, 4, 5])), sk([t([2, 3, 5]), t([2, 3, 4]), t([2, 4, 5])], { beta: 0.5, alpha: 2 }),
      s(t([2, 3, 5]), t([2, 3, 0]), t([2, 0, 5])),
    ],
    errors: [err('RangeError', /./, [t([5]), t([2, 3, 4]), t([3, 4, 5])])],
  }),
  op('linear', {
    forms: ['F'], dtypes: FLOATS, tol,
    samples: [
      s(t([3, 5]), t([4, 5]), t([4])),
      s(t([3, 5]), t([4, 5])),
      s(t([5]), t([4, 5]), t([4])),
      s(t([2, 3, 5]), t([4, 5]), t([4])),
      s(t([2, 3, 5]), t([4, 5]), null),
      s(t([0, 5]), t([4, 5]), t([4])),
      s(t([3, 0]), t([4, 0]), t([4])),
      s(t([3, 5], { layout: 'transposed' }), t([4, 5], { layout: 'transposed' }), t([4])),
      s(t([3, 5], { layout: 'step' }), t([4, 5], { layout: 'step' }), t([4], { layout: 'step' })),
      s(t([5]), t([5])),
      sw({ gradcheck: false }, t([1, 97]), t([31, 97]), t([31])),
      sw({ gradcheck: false }, t([4, 97]), t([31, 97]), t([31])),
      sw({ gradcheck: false }, t([19, 97]), t([31, 97]), t([31])),
    ],
    errors: [
      err('RangeError', /input \[3, 5\], weight \[4, 6\] \(out, in\): expected an input whose last size is 6, got 5/, [t([3, 5]), t([4, 6]), t([4])]),
      err('RangeError', /./, [t([3, 5]), t([4, 5]), t([3])]),
      err('TypeError', /dtype|float64/, [t([3, 5]), t([4, 5], { dtype: 'float64' })]),
    ],
  }),
]);
