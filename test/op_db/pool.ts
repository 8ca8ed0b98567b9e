import { FLOATS, INTS, err, family, op, s, sk, sw, t, v } from './row';
import type { Arg, ErrorCase, Form, OpRow, Sample, TensorSpec } from './types';

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

export default family('pool', [
  ...maxPool(1),
  op('maxPool1dWithIndices', { forms: ['torch'], exact: true, samples: samplesOf(windows(1)) }),
  ...maxPool(2),
  ...maxPool(3),
]);
