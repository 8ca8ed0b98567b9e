import { FLOATS, INTS, err, family, float, i64, op, s, sk, sw, t, v, within } from './row';
import type { Arg, DTypeName, ErrorCase, Form, OpRow, Sample, TensorSpec } from './types';

// Some of PyTorch's kernels know no halves or add them up as halves.
const WIDE: DTypeName[] = ['float32', 'float64'];

type Options = Omit<Partial<TensorSpec>, 'kind' | 'shape'>;

/** An input of one or two planes; no two elements are equal. */
const input = (sizes: number[], options: Options = {}): TensorSpec =>
  t([1, sizes.length < 3 ? 2 : 1, ...sizes], { distinct: true, range: [-2, 2], ...options });

/** [a, b, c] without the first 3 - n: the same case in fewer dimensions. */
const last = (n: number, ...list: number[]): number[] => list.slice(3 - n);

/** Windows that all kinds of pooling know: kernelSize, stride, padding. */
function windows(n: number): Arg[][] {
  return [
    [t([2, 3, ...last(n, 2, 4, 6)], { distinct: true }), 2],
    [input(last(n, 5, 5, 7)), 2],
    [input(last(n, 4, 7, 9)), last(n, 1, 2, 3), last(n, 2, 1, 2), last(n, 0, 1, 1)],
    [input(last(n, 3, 9, 11)), last(n, 1, 3, 3), 2, last(n, 0, 1, 1)],
    [input(last(n, 2, 4, 37)), last(n, 1, 2, 3), 1, last(n, 0, 1, 1)],
    [input(last(n, 2, 3, 67)), last(n, 1, 2, 2), 2],
    [input(last(n, 2, 3, 70)), last(n, 1, 3, 5), last(n, 1, 1, 2), last(n, 0, 1, 2)],
    [input(last(n, 2, 9, 13)), last(n, 2, 4, 5), last(n, 1, 3, 4)],
    [input(last(n, 2, 4, 5), { layout: 'transposed' }), last(n, 1, 2, 3), 1],
    [input(last(n, 2, 4, 5), { layout: 'step' }), 2],
    [t([3, ...last(n, 2, 4, 6)], { distinct: true }), 2],
    [t([0, 3, ...last(n, 2, 4, 6)]), 2],
  ];
}

const samplesOf = (list: Arg[][]): Sample[] => list.map((args) => s(...args));

const INVALID = (n: number): ErrorCase[] => {
  const x = t([2, 3, ...last(n, 6, 6, 6)]);
  return [
    err('RangeError', /greater than zero|should not be zero/, [x, 0]),
    err('RangeError', /stride/, [x, 2, 0]),
    err('RangeError', /stride/, [x, 2, -1]),
    err('RangeError', /pad/, [x, 2, 2, 2]),
    err('RangeError', /pad/, [x, 2, 2, -1]),
    err('RangeError', /too small/, [x, 7]),
    err('RangeError', /kernel_size/, [x, [2, 2, 2, 2]]),
    err('RangeError', /stride/, [x, 2, [2, 2, 2, 2]]),
    err('RangeError', /padding/, [x, 2, 2, [0, 0, 0, 0]]),
    err('RangeError', /Expected/, [t(last(n, 6, 6, 6)), 2]),
    err('RangeError', /Expected/, [t([1, 2, 3, ...last(n, 6, 6, 6)]), 2]),
    err('TypeError', /integer/, [x, 2.5]),
    err('TypeError', /missing/, [x]),
    err('TypeError', /unknown option/, [x, 2], { kw: { kernelsize: 2 } }),
    err('TypeError', /Bool|bool/, [t([2, 3, ...last(n, 6, 6, 6)], { dtype: 'bool' }), 2]),
  ];
};

/** NaN, equal elements and infinities: which one wins. */
function special(n: number): Sample[] {
  const shape = (size: number): number[] => [1, 1, ...Array<number>(n - 1).fill(1), size];
  return [
    sw({ grad: false }, v([1, 'nan', 'nan', 2, 'nan', 3, 4, 5], { shape: shape(8) }), [...Array<number>(n - 1).fill(1), 4]),
    sw({ gradcheck: false }, v([3, 3, 1, 3, '-inf', '-inf', '-inf', 'inf'], { shape: shape(8) }), [...Array<number>(n - 1).fill(1), 4]),
    sw({ gradcheck: false }, v([2, 2, 2, 2, 1, 2, 2, 3], { shape: shape(8) }), [...Array<number>(n - 1).fill(1), 2]),
  ];
}

function maxPool(n: number): OpRow[] {
  const dilated: Sample[] = [
    s(input(last(n, 5, 9, 11)), last(n, 2, 2, 3), 1, 0, 2),
    s(input(last(n, 4, 8, 21)), last(n, 2, 3, 3), 2, 1, last(n, 1, 2, 2)),
    sk([input(last(n, 3, 6, 7)), 2], { ceilMode: true }),
    sk([input(last(n, 3, 6, 7)), last(n, 2, 3, 3), 2], { padding: 1, ceilMode: true }),
    sk([input(last(n, 3, 5, 6)), last(n, 1, 2, 2)], { stride: last(n, 1, 3, 4), ceilMode: true }),
    ...special(n),
  ];
  const large = sw({ gradcheck: false }, t([1, 1, ...[[280], [18, 19], [3, 13, 14]][n - 1]], { distinct: true }), [[260], [17, 16], [2, 12, 12]][n - 1]);
  const samples = [...samplesOf(windows(n)), ...dilated, large];
  const both = samples.map((sample) => ({ ...sample, kw: { ...sample.kw, returnIndices: true } }));
  const whole = sw({ dtypes: INTS }, t([2, 3, ...last(n, 4, 4, 5)], { range: [0, 50] }), 2);
  const errors = [
    ...INVALID(n),
    err('RangeError', /dilation/, [t([2, 3, ...last(n, 6, 6, 6)]), 2, 2, 0, 0]),
    err('RangeError', /pad/, [t([2, 3, ...last(n, 6, 6, 6)]), 3, 1, 2, 2]),
    err('RangeError', /Expected/, [t([2, 0, ...last(n, 6, 6, 6)]), 2]),
    err('RangeError', /Expected/, [t([2, 3, ...last(n, 6, 6, 0)]), 1]),
  ];
  const row = (form: Form, more: Sample[]): OpRow =>
    op(`maxPool${n}d`, { forms: [form], dtypes: FLOATS, exact: true, samples: [...samples, ...more], errors });
  const integers = n === 1 ? [{ ...whole, kw: { returnIndices: true } }] : [whole, { ...whole, kw: { returnIndices: true } }];
  return [row('torch', n === 1 ? [] : [whole]), row('F', [...both, ...integers])];
}

function avgPool(n: number): OpRow {
  const samples: Sample[] = [
    ...samplesOf(windows(n)),
    sk([input(last(n, 3, 6, 7)), 2], { ceilMode: true }),
    sk([input(last(n, 3, 6, 7)), last(n, 2, 3, 3), 2], { padding: 1, ceilMode: true }),
    sk([input(last(n, 3, 6, 7)), last(n, 2, 3, 3), 2, 1], { countIncludePad: false }),
    sk([input(last(n, 3, 6, 21)), last(n, 3, 3, 3), 1, 1], { countIncludePad: false, ceilMode: true }),
    s(input(last(n, 2, 5, 40)), last(n, 2, 5, 40)),
    ...(n === 1 ? [] : [sk([input(last(n, 3, 6, 7)), 3, 1, 1], { divisorOverride: 5 }), sk([input(last(n, 2, 4, 7)), 2], { divisorOverride: -3 })]),
    sw({ dtypes: ['int64'] }, t([2, 3, ...last(n, 4, 4, 5)], { range: [-50, 50] }), 2),
  ];
  const x = t([2, 3, ...last(n, 4, 4, 4)]);
  return op(`avgPool${n}d`, {
    forms: n === 1 ? ['torch', 'F'] : ['F'],
    dtypes: n === 3 ? WIDE : FLOATS,
    tol: within(2e-6, 1e-13),
    samples,
    errors: [
      ...INVALID(n),
      err('RangeError', /Expected/, [t([2, 0, ...last(n, 6, 6, 6)]), 2]),
      err('TypeError', /Int/, [t([2, 3, ...last(n, 4, 4, 4)], { dtype: 'int32' }), 2]),
      ...(n === 1 ? [err('TypeError', /unknown option|divisor/, [x, 2], { kw: { divisorOverride: 2 } })] : [err('RangeError', /divisor/, [x, 2], { kw: { divisorOverride: 0 } })]),
    ],
  });
}

function adaptive(n: number): OpRow[] {
  const sizes: Arg[][] = [
    [t([2, 3, ...last(n, 3, 5, 7)], { distinct: true }), last(n, 2, 3, 4)],
    [input(last(n, 4, 6, 8)), 2],
    [input(last(n, 2, 7, 9)), 1],
    [input(last(n, 3, 4, 35)), last(n, 3, 7, 2)],
    [input(last(n, 3, 4, 5), { layout: 'transposed' }), 2],
    [t([3, ...last(n, 2, 5, 6)], { distinct: true }), 2],
    [t([0, 3, ...last(n, 2, 5, 6)]), 2],
    ...(n === 1 ? [] : [[input(last(n, 3, 4, 5)), last(n, 2, 2, 3).map((k, i) => (i === 0 ? null : k))], [input(last(n, 2, 4, 5)), Array<null>(n).fill(null)]]),
  ];
  const errors = [
    err('RangeError', /output_size|negative/, [t([2, 3, ...last(n, 4, 4, 4)]), -1]),
    err('RangeError', /output_size/, [t([2, 3, ...last(n, 4, 4, 4)]), [2, 2, 2, 2]]),
    err('RangeError', /Expected/, [t(last(n, 6, 6, 6)), 2]),
    err('RangeError', /Expected/, [t([1, 2, 3, ...last(n, 6, 6, 6)]), 2]),
    err('RangeError', /non-zero size/, [t([2, 3, ...last(n, 4, 4, 0)]), 2]),
    err('TypeError', /Long|int64/, [t([2, 3, ...last(n, 4, 4, 4)], { dtype: 'int64' }), 2]),
    err('TypeError', /integers/, [t([2, 3, ...last(n, 4, 4, 4)]), null]),
    err('TypeError', /missing/, [t([2, 3, ...last(n, 4, 4, 4)])]),
  ];
  // PyTorch has no gradients of empty results.
  const empty = sw({ grad: false }, input(last(n, 3, 4, 5)), last(n, 3, 2, 0));
  const special = sw({ gradcheck: false }, v([1, 'nan', 'nan', 2, 3, 3, '-inf', '-inf'], { shape: [1, 1, ...Array<number>(n - 1).fill(1), 8] }), [...Array<number>(n - 1).fill(1), 3]);
  const largest = [...samplesOf(sizes), empty, special];
  const both = largest.map((sample) => ({ ...sample, kw: { returnIndices: true } }));
  const noChannels = err('RangeError', /non-zero size/, [t([2, 0, ...last(n, 4, 4, 4)]), 2]);
  return [
    op(`adaptiveAvgPool${n}d`, { forms: n === 1 ? ['torch', 'F'] : ['F'], dtypes: n === 3 ? WIDE : FLOATS, tol: within(2e-6, 1e-13), samples: [...samplesOf(sizes), empty], errors }),
    op(`adaptiveMaxPool${n}d`, { forms: ['F'], exact: true, gradTol: within(2e-6, 1e-13), samples: [...largest, ...both], errors: [...errors, noChannels] }),
  ];
}

function lpPool(n: number): OpRow {
  const x = t([2, 2, ...last(n, 2, 4, 6)], { range: [0.5, 2] });
  return op(`lpPool${n}d`, {
    forms: ['F'],
    dtypes: WIDE,
    tol: within(5e-6, 1e-12),
    samples: [
      s(x, 2, 2),
      s(x, float(3.5), n === 1 ? 3 : last(n, 1, 2, 3), 1),
      sk([t([3, ...last(n, 2, 5, 7)]), 2, 2], { ceilMode: true }),
      sk([t([3, ...last(n, 2, 5, 7)], { distinct: true, range: [0.1, 2] }), float('inf'), 2], { stride: 1 }),
      sk([t([3, ...last(n, 2, 5, 7)], { distinct: true, range: [-2, -0.1] }), float('-inf'), 2], { stride: 1 }),
      s(t([3, ...last(n, 2, 4, 7)]), 1, 2),
      s(t([0, 3, ...last(n, 2, 4, 7)]), 2, 2),
      sw({ gradcheck: false }, v([0, 0, 0, 0], { shape: [1, 1, ...Array<number>(n - 1).fill(1), 4] }), 2, n === 1 ? 2 : [...Array<number>(n - 1).fill(1), 2]),
      ...(n === 1 ? [] : [sw({ dtypes: ['int64'], grad: false }, t([2, 3, ...last(n, 4, 4, 5)], { range: [-5, 5] }), 2, 2)]),
    ],
    errors: [
      err('RangeError', /norm_type/, [x, 0, 2], { onlyHere: true }),
      err('RangeError', /kernel size|stride/, [x, 2, 0]),
      err('RangeError', /stride/, [x, 2, 2, 0]),
      err('RangeError', /too small/, [x, 2, 9]),
      err('TypeError', /missing/, [x, 2]),
      err('RangeError', /Expected/, [t(last(n, 6, 6, 6)), 2, 2]),
    ],
  });
}

function maxUnpool(n: number): OpRow {
  const x = t([2, 1, ...last(n, 2, 2, 3)]), at = (values: number[]): TensorSpec => i64([...values, ...values], { shape: [2, 1, ...last(n, 2, 2, 3)] });
  const places = at([[1, 2, 5], [0, 3, 5, 12, 14, 22], [0, 3, 5, 12, 14, 22, 40, 47, 53, 60, 70, 95]][n - 1]);
  const single = [[1, 2, 5], [0, 3, 5, 12, 14, 22], [0, 3, 5, 12, 14, 22, 40, 47, 53, 60, 70, 95]][n - 1];
  const twice = at(Array<number>([3, 6, 12][n - 1]).fill(1));
  const one = i64(single, { shape: [1, ...last(n, 2, 2, 3)] });
  return op(`maxUnpool${n}d`, {
    forms: ['F'],
    exact: true,
    gradTol: within(2e-6, 1e-13),
    samples: [
      s(x, places, 2),
      s(x, places, last(n, 2, 2, 2), 2, 0, last(n, 5, 5, 7)),
      sk([x, places, 3], { stride: 2, padding: 1, outputSize: [2, 1, ...last(n, 4, 4, 6)] }),
      sw({ gradcheck: false, note: 'a value that is overwritten has a gradient all the same' }, x, twice, 2),
      s(t([1, ...last(n, 2, 2, 3)]), one, 2),
      s(t([0, 1, ...last(n, 2, 2, 3)]), i64([], { shape: [0, 1, ...last(n, 2, 2, 3)] }), 2),
    ],
    errors: [
      err('RangeError', /invalid max index/, [x, at(Array<number>([3, 6, 12][n - 1]).fill(1000)), 2]),
      err('RangeError', /invalid max index/, [x, at(Array<number>([3, 6, 12][n - 1]).fill(-1)), 2]),
      err('RangeError', /same as/, [x, i64([0], { shape: [1, 1, ...last(n, 1, 1, 1)] }), 2]),
      err('RangeError', /invalid output_size/, [x, places, 2, 2, 0, last(n, 9, 9, 9)]),
      err('RangeError', /output_size/, [x, places, 2, 2, 0, [4, 4, 4, 4, 4, 4]]),
      err('RangeError', /non-negative/, [x, places, 2, 1, 9]),
      err('TypeError', /int64/, [x, t([2, 1, ...last(n, 2, 2, 3)], { dtype: 'int32', range: [0, 2] }), 2]),
      err('TypeError', /Int/, [t([2, 1, ...last(n, 2, 2, 3)], { dtype: 'int32' }), places, 2]),
      err('RangeError', /Expected/, [t(last(n, 2, 2, 3)), i64(single, { shape: last(n, 2, 2, 3) }), 2]),
      err('RangeError', /non-zero size/, [t([2, 0, ...last(n, 2, 2, 3)]), i64([], { shape: [2, 0, ...last(n, 2, 2, 3)] }), 2]),
      err('TypeError', /missing/, [x, places]),
    ],
  });
}

function fractional(n: 2 | 3): OpRow {
  const x = t([2, 3, ...last(n, 6, 7, 8)], { distinct: true });
  const samples = (shape: number[], options: Options = {}): TensorSpec => t(shape, { range: [0, 1], grad: false, ...options });
  return op(`fractionalMaxPool${n}d`, {
    forms: ['F'],
    exact: true,
    gradTol: within(2e-6, 1e-13),
    samples: [
      sw({ seed: 3 }, x, 2, last(n, 3, 4, 4)),
      sk([x, last(n, 2, 2, 3)], { outputRatio: Array<Arg>(n).fill(float(0.5)), returnIndices: true }, { seed: 4 }),
      sk([t([3, ...last(n, 6, 7, 8)], { distinct: true }), 2, 3], { returnIndices: true }, { seed: 5 }),
      sk([x, 2, last(n, 4, 5, 5)], { _randomSamples: samples([2, 3, n]) }),
      sk([x, 3, 1], { _randomSamples: samples([3, 3, n], { range: [1, 2] }), returnIndices: true }),
      sk([x, 2, last(n, 2, 0, 3)], { _randomSamples: samples([2, 3, n]) }),
      sw({ seed: 6 }, t([0, 3, ...last(n, 6, 7, 8)]), 2, 3),
    ],
    errors: [
      err('TypeError', /outputSize/, [x, 2]),
      err('RangeError', /too large/, [x, 9, 1]),
      err('RangeError', /too large/, [x, 2, 8]),
      err('RangeError', /kernel_size/, [x, [2, 2, 2, 2], 3]),
      err('RangeError', /output_size/, [x, 2, [2, 2, 2, 2]]),
      err('RangeError', /Expected/, [t(last(n, 6, 6, 6)), 2, 2]),
      err('RangeError', /non-zero size/, [t([2, 0, ...last(n, 6, 6, 6)]), 2, 3]),
      err('TypeError', /float/, [t([2, 3, ...last(n, 6, 6, 6)], { dtype: 'int64' }), 2, 3]),
      err('RangeError', /_random_samples/, [x, 2, 3], { kw: { _randomSamples: samples([1, 3, n]) } }),
      err('RangeError', /_random_samples/, [x, 2, 3], { kw: { _randomSamples: samples([2, 2, n]) } }),
      err('RangeError', /_random_samples/, [x, 2, 3], { kw: { _randomSamples: samples([2, 3, 1]) } }),
      err('RangeError', /_random_samples/, [x, 2, 3], { kw: { _randomSamples: samples([3, n]) } }),
      err('TypeError', /_random_samples/, [x, 2, 3], { kw: { _randomSamples: samples([2, 3, n], { dtype: 'float64' }) } }),
    ],
  });
}

export default family('pool', [
  ...maxPool(1),
  op('maxPool1dWithIndices', { forms: ['torch'], exact: true, samples: samplesOf(windows(1)) }),
  ...maxPool(2),
  ...maxPool(3),
  ...[1, 2, 3].map(avgPool),
  ...[1, 2, 3].flatMap(adaptive),
  op('adaptiveMaxPool1d', { forms: ['torch'], exact: true, samples: [s(t([2, 3, 7], { distinct: true }), 3), s(t([2, 3, 8], { distinct: true }), 4)] }),
  ...[1, 2, 3].map(lpPool),
  ...[1, 2, 3].map(maxUnpool),
  fractional(2),
  fractional(3),
]);
