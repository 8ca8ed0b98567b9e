import { ALL, big, err, EXTREMES, family, FLOATS, INTS, NUMBERS, op, s, sk, sw, t, v, within } from './row';
import type { DTypeName, ErrorCase, OpRow, Sample } from './types';

/** Broadcasting, layouts and scalars that every binary op is run on. */
function pairs(b: { range?: [number, number] } = {}, a: { range?: [number, number] } = {}): Sample[] {
  return [
    s(t([3, 5], a), t([3, 5], b)),
    s(t([3, 5], a), t([5], b)),
    s(t([3, 1], a), t([1, 4], b)),
    s(t([2, 1, 3], a), t([4, 1], b)),
    s(t([], a), t([3], b)),
    s(t([3], a), t([], b)),
    s(t([], a), t([], b)),
    s(t([0, 3], a), t([1, 3], b)),
    sw({ gradcheck: false }, t([67], a), t([67], b)),
    s(t([4, 3], { ...a, layout: 'transposed' }), t([4, 3], b)),
    s(t([4, 3], { ...a, layout: 'transposed' }), t([4, 3], { ...b, layout: 'step' })),
    s(t([3, 1], { ...a, expand: [3, 4] }), t([3, 4], { ...b, layout: 'offset' })),
    sw({ dtypes: FLOATS }, t([5], a), 2),
    sw({ dtypes: FLOATS }, t([5], a), 1.5),
    sw({ dtypes: FLOATS, note: 'a number that halves round' }, t([9], a), 1.2345),
  ];
}

/** a op b for every two values of the edge list. */
function edges(): Sample {
  const n = EXTREMES.length;
  return sw({ grad: false, note: 'extreme values' }, v(EXTREMES, { shape: [n, 1] }), v(EXTREMES, { shape: [1, n] }));
}

/** Type promotion: every pair of dtypes, dimensioned and 0-d, and the scalars of JS. */
function promotion(dtypes: readonly DTypeName[], range: [number, number] = [1, 3], scalars = true): Sample[] {
  const out: Sample[] = [];
  for (const a of dtypes) {
    for (const b of dtypes) {
      if (a === b) continue;
      out.push(sw({ dtypes: [a], grad: false }, t([2], { dtype: a, range }), t([2], { dtype: b, range })));
      out.push(sw({ dtypes: [a], grad: false }, t([2], { dtype: a, range }), t([], { dtype: b, range })));
    }
    if (!scalars) continue;
    for (const number of [2, 2.5]) out.push(sw({ dtypes: [a], grad: false }, t([2], { dtype: a, range }), number));
    out.push(sw({ dtypes: [a], grad: false }, t([2], { dtype: a, range }), big(2n)));
  }
  return out;
}

const SOME: DTypeName[] = ['float32', 'float16', 'int64', 'uint8', 'bool'];
const shapesErr: ErrorCase[] = [
  err('RangeError', /3.*4|shape|broadcast/, [t([2, 3]), t([2, 4])]),
  err('TypeError', /./, [t([2]), 'x']),
];

function binary(name: string, options: Partial<OpRow> & { samples: Sample[] }): OpRow {
  return op(name, { dtypes: NUMBERS, inplace: true, ...options, errors: [...shapesErr, ...(options.errors ?? [])] });
}

/** a + alpha * b is one fma where the machine has it. */
const fused = within(2.4e-7, 4.5e-16);
const oneUlp = within(2e-7, 1e-15, 0);

export default family('binary', [
  binary('add', {
    dtypes: ALL,
    exact: true,
    samples: [
      ...pairs(), edges(), ...promotion(ALL),
      sk([t([3, 4]), t([3, 4])], { alpha: 2.5 }, { tol: fused }),
      sk([t([3, 4]), t([4])], { alpha: -1 }),
      sk([t([3], { dtype: 'int64' }), t([3], { dtype: 'int64' })], { alpha: 3 }, { dtypes: ['int64'] }),
      sw({ dtypes: ['bool'] }, t([3], { dtype: 'bool' }), true),
      sw({ dtypes: ['float32'] }, 2, t([3])),
      sw({ dtypes: ['int64'], note: 'wraps' }, v(['9223372036854775807n', 1]), 1),
      sw({ dtypes: ['int8'], note: 'wraps' }, v([127, -128, 5]), v([1, -1, 5])),
      sw({ dtypes: ['uint8'], note: 'wraps' }, v([255, 0, 5]), v([1, 255, 5])),
    ],
    errors: [
      err('TypeError', /alpha|integ|float/i, [t([2], { dtype: 'int64' }), t([2], { dtype: 'int64' })], { kw: { alpha: 1.5 } }),
      err('TypeError', /alpah/, [t([2]), t([2])], { kw: { alpah: 1 } }),
      err('TypeError', /other/, [t([2])]),
    ],
  }),
  binary('sub', {
    exact: true,
    samples: [
      ...pairs(), edges(), ...promotion(['float32', 'bfloat16', 'int64', 'uint8']),
      sk([t([3, 4]), t([4])], { alpha: 2 }),
      sw({ dtypes: ['float32'] }, 2, t([3])),
    ],
    errors: [err('TypeError', /bool/i, [t([2], { dtype: 'bool' }), t([2], { dtype: 'bool' })])],
  }),
  binary('mul', {
    dtypes: ALL,
    exact: true,
    samples: [...pairs(), edges(), ...promotion(SOME), sw({ dtypes: ['float32'] }, 2, t([3]))],
  }),
  binary('div', {
    dtypes: ALL,
    tol: oneUlp,
    samples: [
      ...pairs({ range: [0.5, 2] }), edges(), ...promotion(SOME),
      sw({ dtypes: ['float32'] }, 2, t([3], { range: [0.5, 2] })),
      sw({ dtypes: ['int64', 'int32', 'uint8'] }, t([3]), v([0, 2, 3])),
      ...(['floor', 'trunc'] as const).flatMap((roundingMode) => [
        sk([t([5]), t([5], { range: [0.5, 2] })], { roundingMode }),
        sk([v([-7, 7, -7, 7]), v([3, 3, -3, -3])], { roundingMode }, { dtypes: ['int64', 'int32', 'float32', 'bfloat16'], gradcheck: false }),
      ]),
    ],
  }),
  binary('pow', {
    tol: within(2e-6, 1e-13, 1e-7),
    samples: [
      ...pairs({}, { range: [0.3, 2] }).filter((sample) => typeof sample.args[1] !== 'number'),
      ...[0, 1, 2, 3, 0.5, -1, -2, -0.5, 2.5].map((e) => sw({ dtypes: FLOATS }, t([7], { range: [0.3, 2] }), e)),
      ...[2, 3, -1, -2].map((e) => s(t([7]), e)),
      sw({ dtypes: ['int64', 'int32', 'uint8'] }, t([5]), 2),
      sw({ dtypes: ['int64'] }, t([5]), 0.5),
      sw({ dtypes: ['int64'] }, t([5]), t([5], { range: [0, 4] })),
      sw({ gradcheck: false }, v([0, 0, 0, 2, 2, -1]), v([0, 1, 2, 0, 3, 2])),
      s(2, t([5])),
      sw({ grad: false }, v(['nan', 'inf', '-inf', 0, '-0', 1, -8]), v([0, 0, 3, -1, -1, 'nan', 'inf'])),
    ],
    errors: [err('Error', /negative/, [t([2], { dtype: 'int64' }), -1])],
  }),
  binary('rsub', {
    forms: ['torch'],
    exact: true,
    inplace: false,
    samples: [...pairs(), sk([t([3, 4]), t([4])], { alpha: 2 }), sw({ dtypes: ['int64'] }, t([3]), 2)],
  }),
  binary('remainder', {
    samples: [
      ...pairs({ range: [0.5, 2] }), sw({ dtypes: ['int64', 'int32', 'int8'] }, v([-7, 7, -7, 7]), v([3, 3, -3, -3])),
      sw({ dtypes: FLOATS }, v([-7, 7, -7, 7.5]), v([3, 3, -3, -3])), sw({ gradcheck: false }, v([1, 'inf', 'nan', -1]), v([0, 2, 1, 'inf'])),
    ],
    errors: [err('Error', /zero/i, [t([2], { dtype: 'int64' }), 0])],
  }),
  binary('fmod', {
    samples: [
      ...pairs({ range: [0.5, 2] }), sw({ dtypes: ['int64', 'int32', 'int8'] }, v([-7, 7, -7, 7]), v([3, 3, -3, -3])),
      sw({ dtypes: FLOATS }, v([-7, 7, -7, 7.5]), v([3, 3, -3, -3])),
    ],
  }),
  binary('floorDivide', {
    grad: false,
    samples: [
      ...pairs({ range: [0.5, 2] }), sw({ dtypes: ['int64', 'int32', 'int8'] }, v([-7, 7, -7, 7]), v([3, 3, -3, -3])),
      sw({ dtypes: FLOATS }, v([-7, 7, -7, 7.5]), v([3, 3, -3, -3])),
    ],
    errors: [err('Error', /zero/i, [t([2], { dtype: 'int64' }), 0])],
  }),
  op('lerp', {
    dtypes: FLOATS,
    inplace: true,
    samples: [
      s(t([3, 4]), t([3, 4]), 0.3), s(t([3, 4]), t([3, 4]), 0.7), s(t([3, 4]), t([4]), t([3, 1], { range: [0, 1] })),
      s(t([4, 3], { layout: 'transposed' }), t([4, 3]), 0.25),
    ],
    errors: [err('RangeError', /2.*3|shape|broadcast/, [t([2]), t([3]), 0.5])],
  }),
  ...(['addcmul', 'addcdiv'] as const).map((name) => op(name, {
    dtypes: FLOATS,
    inplace: true,
    tol: within(1e-6, 1e-14, 2e-7),
    samples: [
      s(t([3, 4]), t([3, 4]), t([3, 4], { range: [0.5, 2] })), sk([t([3, 4]), t([4]), t([3, 1], { range: [0.5, 2] })], { value: 0.5 }),
      s(t([4, 3], { layout: 'transposed' }), t([4, 3]), t([4, 3], { range: [0.5, 2], layout: 'step' })),
    ],
    errors: [err('RangeError', /2.*3|shape|broadcast/, [t([2]), t([3]), t([3])])],
  })),
  binary('trueDivide', { inplace: false, dtypes: ALL, tol: oneUlp, samples: pairs({ range: [0.5, 2] }) }),
  binary('floatPower', {
    inplace: false, tol: within(1e-13, 1e-13), gradTol: {},
    samples: [s(t([5], { range: [0.5, 2] }), t([5])), s(t([5], { range: [0.5, 2] }), 2), s(2, t([5]))],
  }),
  ...(['bitwiseAnd', 'bitwiseOr', 'bitwiseXor'] as const).map((name) => binary(name, {
    dtypes: [...INTS, 'bool'], grad: false, exact: true,
    samples: [
      s(t([3, 5]), t([3, 5])), s(t([3, 5]), t([5])), s(t([4, 3], { layout: 'transposed' }), t([4, 3], { layout: 'step' })), sw({ dtypes: INTS }, t([5]), 3),
      sw({ dtypes: ['uint8'] }, t([5]), t([5], { dtype: 'int8' })), sw({ dtypes: ['bool'] }, t([5]), t([5], { dtype: 'int64' })), s(t([0]), t([1])),
    ],
    errors: [err('TypeError', /float|integ/i, [t([2]), t([2])])],
  })),
  binary('maximum', {
    dtypes: ALL,
    exact: true,
    inplace: false,
    samples: [
      ...pairs().filter((sample) => typeof sample.args[1] !== 'number'), edges(), ...promotion(SOME, [1, 3], false),
      sw({ gradcheck: false, note: 'ties halve' }, v([1, 2, 3]), v([1, 3, 2])),
    ],
    errors: [],
  }),
  binary('minimum', {
    dtypes: ALL,
    exact: true,
    inplace: false,
    samples: [
      ...pairs().filter((sample) => typeof sample.args[1] !== 'number'), edges(), ...promotion(SOME, [1, 3], false),
      sw({ gradcheck: false, note: 'ties halve' }, v([1, 2, 3]), v([1, 3, 2])),
    ],
    errors: [],
  }),
]);
