import { dtype, err, family, op, s, sk, sw, t, v, within } from './row';
import type { ErrorCase, Sample } from './types';

const samples: Sample[] = [
  s(t([3, 5]), 1),
  s(t([3, 5]), 0),
  s(t([2, 3, 4]), -2),
  s(t([2, 3, 4]), -1),
  s(t([7]), 0),
  s(t([]), 0),
  sw({ gradcheck: false }, t([3, 67], { range: [-20, 20] }), 1),
  sw({ gradcheck: false }, t([2, 1031]), -1),
  s(t([3, 1]), 1),
  s(t([0, 3]), 1),
  s(t([3, 0]), 1),
  s(t([5, 4], { layout: 'transposed' }), 1),
  s(t([4, 3], { layout: 'step' }), 1),
  s(t([3, 1], { expand: [3, 4] }), 1),
  sw({ gradcheck: false }, v([1000, 1001, -1000, -3e38, 3e38, 0], { shape: [2, 3] }), 1),
  sw({ grad: false }, v(['nan', 1, 'inf', 2, '-inf', 3, '-inf', '-inf'], { shape: [4, 2] }), 1),
  sk([t([2, 3]), 1], { dtype: dtype('float64') }, { dtypes: ['float32', 'float16'], gradcheck: false }),
  sk([t([2, 3], { dtype: 'int64' }), 1], { dtype: dtype('float32') }, { dtypes: ['int64'] }),
];
const errors: ErrorCase[] = [
  err('RangeError', /dim/i, [t([2, 3]), 2]),
  err('RangeError', /dim/i, [t([2, 3]), -3]),
  err('TypeError', /float/, [t([2, 3], { dtype: 'int64' }), 1]),
];
const tol = within(2e-6, 1e-13, 1e-7);

export default family('softmax', [
  op('softmax', { forms: ['torch', 'Tensor', 'F'], tol, samples, errors }),
  op('logSoftmax', { forms: ['torch', 'Tensor', 'F'], tol: within(2e-6, 1e-13, 5e-7), samples, errors }),
]);
