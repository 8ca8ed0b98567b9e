import { err, family, float, generator, op, s, sk, sw, t, v, within } from './row';
import type { Arg, ErrorCase, OpRow, Sample } from './types';

const WIDE = { range: [-5, 5] as [number, number] };
/** Where these functions bend or stop. */
const KNOTS = v([-6, -3, -1, -0.5, '-0', 0, 0.5, 1, 3, 6, 20.5, -40, 40]);

/** Samples of a function of one tensor; `rest` follows the tensor. */
function samples(...rest: Arg[]): Sample[] {
  return [
    s(t([3, 5], WIDE), ...rest),
    s(t([2, 3, 4], { ...WIDE, layout: 'transposed' }), ...rest),
    s(t([], WIDE), ...rest),
    s(t([0, 3]), ...rest),
    s(t([3, 1], { ...WIDE, expand: [3, 4] }), ...rest),
    sw({ gradcheck: false }, t([2, 67], { range: [-12, 12] }), ...rest),
    sw({ gradcheck: false }, KNOTS, ...rest),
    sw({ grad: false }, v(['nan', 1, 2]), ...rest),
  ];
}

const notFor = (...rest: Arg[]): ErrorCase[] => [
  err('TypeError', /not implemented for 'Long'/, [t([3], { dtype: 'int64' }), ...rest]),
  err('TypeError', /not implemented for 'Bool'/, [t([3], { dtype: 'bool' }), ...rest]),
];

const tol = within(3e-6, 1e-13, 1e-6);
// Halves are computed in float32 here, and in steps there where the function is made of others.
const loose = { ...tol, float16: { rtol: 4e-3, atol: 2e-3 }, bfloat16: { rtol: 3e-2, atol: 2e-2 } };
// PyTorch takes a constant of these gradients from a float.
const floatConstant = { ...loose, float64: { rtol: 1e-7, atol: 1e-8 } };
const F: OpRow['forms'] = ['F'];

/** A row of nn.functional with an `inplace` option. */
const withInplace = (name: string, args: Arg[], more: Sample[] = [], errors: ErrorCase[] = notFor(...args), gradTol = loose): OpRow =>
  op(name, { forms: F, tol: loose, gradTol, samples: [...samples(...args), sk([t([4], WIDE), ...args], { inplace: false }), ...more], errors });

/** The twin of a function that writes into its input. */
const twin = (name: string, forms: OpRow['forms'], args: Arg[], gradTol = loose): OpRow =>
  op(name, { forms, tol: loose, gradTol, samples: [s(t([3, 5], WIDE), ...args), sw({ gradcheck: false }, KNOTS, ...args)] });

/** Rows without gradients: the input itself is written to. */
const writes = (name: string, args: Arg[]): Sample[] => [sw({ grad: false }, t([3, 4], WIDE), ...args, true), sk([t([3], WIDE), ...args], { inplace: true }, { grad: false, note: name })];

const INTS: OpRow['dtypes'] = ['int64', 'int32', 'int16', 'int8'];
const bounds: Sample[] = [
  sw({ dtypes: INTS }, t([3, 4], { range: [-6, 9] })),
];

const rows: OpRow[] = [
  withInplace('relu6', [], [...writes('relu6', []), ...bounds, sw({ dtypes: ['uint8'] }, t([3, 4], { range: [0, 9] }))], [
    err('TypeError', /Bool inputs not supported/, [t([3], { dtype: 'bool' })]),
  ]),
  withInplace('leakyRelu', [], [...writes('leakyRelu', [float(0.3)]), ...samples(float(0.2)), ...samples(float(-1.5))]),
  twin('leakyRelu_', F, [float(0.2)]),
  withInplace('elu', [], [...writes('elu', [1]), ...samples(float(1.7))]),
  twin('elu_', F, [float(1.7)]),
  op('selu', { forms: ['torch', 'F'], tol: loose, samples: samples(), errors: notFor() }),
  twin('selu_', ['torch', 'F'], []),
  op('celu', {
    forms: ['torch', 'F'],
    tol: loose,
    gradTol: floatConstant,
    samples: [...samples(), ...samples(float(1.7)), ...samples(float(-0.8)).slice(0, 1)],
    errors: [...notFor(), err('RangeError', /alpha cannot be 0/, [t([3]), 0])],
  }),
  twin('celu_', ['torch', 'F'], [float(0.6)], floatConstant),
  op('gelu', {
    forms: F,
    tol: loose,
    samples: [...samples(), ...samples().slice(0, 7).map((x): Sample => ({ ...x, kw: { approximate: 'tanh' } }))],
    errors: [...notFor(), err('RangeError', /none or tanh, got 'fast'/, [t([3])], { kw: { approximate: 'fast' } })],
  }),
  withInplace('silu', [], writes('silu', [])),
  withInplace('mish', [], writes('mish', [])),
  withInplace('hardswish', [], writes('hardswish', [])),
  withInplace('hardsigmoid', [], writes('hardsigmoid', []), notFor(), floatConstant),
  withInplace('hardtanh', [], [
    ...writes('hardtanh', [-1, 1]), ...samples(float(-0.5), float(2.5)), ...bounds,
    sw({ dtypes: ['uint8'] }, t([3, 4], { range: [0, 9] }), 1, 5),
  ], [
    err('TypeError', /Bool inputs not supported/, [t([3], { dtype: 'bool' })]),
    err('RangeError', /unsigned type with negative limits/, [t([3], { dtype: 'uint8' })]),
    err('RangeError', /min_val cannot be greater than max_val/, [t([3]), 2, 1]),
  ]),
  twin('hardtanh_', F, [float(-0.7), float(1.5)]),
  op('softplus', { forms: F, tol: loose, samples: [...samples(), ...samples(float(2.5), 4), sk([t([4], WIDE)], { beta: 2, threshold: 1 })], errors: notFor() }),
  op('softsign', { forms: F, tol: loose, dtypes: ['float32', 'float64', 'float16', 'bfloat16', 'int64'], samples: samples() }),
  op('tanhshrink', { forms: F, tol: loose, dtypes: ['float32', 'float64', 'float16', 'bfloat16', 'int64'], samples: samples(), errors: [err('TypeError', /bool/, [t([3], { dtype: 'bool' })])] }),
  op('softshrink', {
    forms: F,
    tol: loose,
    samples: [...samples(), ...samples(float(1.5)), ...samples(0).slice(0, 2)],
    errors: [...notFor(), err('RangeError', /lambda must be greater or equal to 0/, [t([3]), -1])],
  }),
  op('hardshrink', { forms: ['torch', 'Tensor', 'F'], tol: loose, samples: [...samples(), ...samples(float(1.5)), ...samples(0).slice(0, 2)], errors: notFor() }),
  op('logsigmoid', { forms: F, tol: loose, samples: samples(), errors: notFor() }),
  op('threshold', {
    forms: ['torch', 'F'],
    tol: loose,
    samples: [
      ...samples(float(0.5), float(7.5)), ...samples(-1, float(-2.5)).slice(0, 2),
      sw({ dtypes: [...INTS, 'uint8'] }, t([3, 4]), 2, 20), sk([t([4])], { threshold: 0, value: 3 }),
    ],
    errors: [err('TypeError', /not implemented for 'Bool'/, [t([3], { dtype: 'bool' }), 0, 1])],
  }),
  twin('threshold_', ['torch', 'F'], [float(0.5), float(7.5)]),
  op('glu', {
    forms: F,
    tol: loose,
    samples: [s(t([3, 4])), s(t([4, 3]), 0), s(t([2, 2, 3]), 1), s(t([2, 3, 6]), -1), s(t([6])), s(t([0, 4])), s(t([2, 0])), sk([t([2, 4, 1])], { dim: 1 })],
    errors: [
      err('RangeError', /must be even, but dimension 1 is size 3/, [t([2, 3])]),
      err('RangeError', /0-dimensional/, [t([])]),
      err('RangeError', /out of range/, [t([2, 2]), 2]),
      err('TypeError', /'Long'/, [t([2, 2], { dtype: 'int64' })]),
    ],
  }),
  op('softmin', { forms: F, tol: loose, samples: [s(t([3, 4]), 1), s(t([3, 4]), 0), s(t([2, 3, 2]), -2), s(t([5]), 0), sk([t([3, 4])], { dim: 1 })], errors: [err('RangeError', /out of range/, [t([2]), 1])] }),
  op('prelu', {
    forms: ['torch', 'Tensor', 'F'],
    tol: loose,
    samples: [
      s(t([3, 4], WIDE), t([1])), s(t([2, 3], WIDE), t([3])), s(t([2, 3, 2, 2], WIDE), t([3])), s(t([4], WIDE), t([1])), s(t([], WIDE), t([1])),
      s(t([2, 3], WIDE), t([])), s(t([0, 3]), t([3])), s(t([3, 4], { ...WIDE, layout: 'transposed' }), t([4], { layout: 'step' })),
      sw({ gradcheck: false }, KNOTS, v([0.25])),
    ],
    errors: [
      err('RangeError', /parameter numbers = 2 and channel size = 3/, [t([2, 3]), t([2])]),
      err('RangeError', /scalar or 1D tensor.*ndim = 2/, [t([2, 3]), t([1, 3])]),
      err('TypeError', /Type promoting not supported. Got Float and Double/, [t([2, 3]), t([3], { dtype: 'float64' })]),
      err('TypeError', /not implemented for 'Long'/, [t([2, 3], { dtype: 'int64' }), t([3], { dtype: 'int64' })]),
    ],
  }),
  op('rrelu', {
    forms: ['torch', 'F'],
    tol: loose,
    dtypes: ['float32', 'float64'],
    samples: [
      s(t([3, 5], WIDE)), sw({ seed: 3 }, t([3, 5], WIDE), float(0.1), float(0.4), true), s(t([2, 3], WIDE), float(0.2), float(0.6)),
      sw({ seed: 5 }, t([40], { ...WIDE, layout: 'step' }), float(-0.5), float(0.5), true),
    ],
    errors: [...notFor(), err('RangeError', /Lower bound/, [t([3]), 1, float(0.5)])],
  }),
  op('gumbelSoftmax', {
    forms: F,
    tol: loose,
    dtypes: ['float32', 'float64'],
    samples: [
      sw({ seed: 3, gradcheck: false }, t([3, 5])), sw({ seed: 4, gradcheck: false }, t([3, 5]), float(0.5), false, 0, 0),
      sk([t([2, 3, 4])], { hard: true, dim: 1 }, { seed: 5, gradcheck: false }), sw({ seed: 6, gradcheck: false }, t([20])),
    ],
  }),
  op('rrelu_', {
    forms: ['torch', 'F'],
    tol: loose,
    dtypes: ['float32', 'float64'],
    samples: [s(t([3, 5], WIDE)), sw({ seed: 3 }, t([3, 5], WIDE), float(0.1), float(0.4), true), sk([t([6], WIDE), float(0.1), float(0.4), true], { generator: generator(4) }, { gradcheck: false })],
  }),
];

export default family('activation', rows);
