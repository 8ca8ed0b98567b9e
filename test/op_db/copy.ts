import { ALL, dtype, err, family, float, op, s, sk, sw, t, v } from './row';
import type { DTypeName } from './types';

const exact = { dtypes: ALL, exact: true };
const casts: [string, DTypeName][] = [
  ['float', 'float32'], ['double', 'float64'], ['half', 'float16'], ['bfloat16', 'bfloat16'], ['long', 'int64'], ['int', 'int32'],
  ['short', 'int16'], ['char', 'int8'], ['byte', 'uint8'], ['bool', 'bool'],
];

export default family('copy', [
  op('clone', {
    ...exact,
    samples: [
      s(t([2, 3])), s(t([])), s(t([0, 3])), s(t([4, 3], { layout: 'transposed' })), s(t([4, 3], { layout: 'step' })), s(t([3, 1], { expand: [3, 4] })),
      s(t([2, 3, 4], { layout: 'transposed' })),
    ],
  }),
  op('contiguous', {
    ...exact,
    forms: ['Tensor'],
    view: true,
    samples: [s(t([2, 3])), s(t([])), s(t([4, 3], { layout: 'transposed' })), s(t([4, 3], { layout: 'step' })), s(t([3, 1], { expand: [3, 4] })), s(t([67, 35], { layout: 'transposed' }))],
  }),
  op('copy_', {
    ...exact,
    forms: ['Tensor'],
    samples: [
      s(t([2, 3]), t([2, 3])), s(t([2, 3]), t([3])), s(t([2, 3]), t([])), s(t([4, 3], { layout: 'transposed' }), t([4, 3])), s(t([0, 3]), t([3])),
      s(t([4, 3], { layout: 'step' }), t([4, 1])),
      ...ALL.map((d) => sw({ dtypes: ALL, grad: false }, t([5]), t([5], { dtype: d, range: [0, 5] }))),
    ],
    errors: [err('RangeError', /./, [t([2, 3]), t([2, 2])]), err('TypeError', /source/, [t([2])])],
  }),
  op('to', {
    ...exact,
    forms: ['Tensor'],
    samples: [
      ...ALL.map((d) => sw({ dtypes: ALL, gradcheck: false }, t([5], { range: [0, 5] }), dtype(d))),
      sw({ dtypes: ['float32', 'float64', 'bfloat16'], gradcheck: false, note: 'rounding' }, v([1e-8, 65519, 65520, 1e-40, 'nan', '-inf', '-0', 0.1, 3.4e38]), dtype('float16')),
      sw({ dtypes: ['float32', 'float64', 'float16'], gradcheck: false, note: 'rounding' }, v([1e-8, 65504, 1.00390625, 1.01171875, 'nan', '-inf', '-0', 0.1]), dtype('bfloat16')),
      sw({ dtypes: ['float64'], gradcheck: false, note: 'rounding' }, v([1e-46, 3.5e38, 16777217, 'nan', 0.1]), dtype('float32')),
      sw({ dtypes: ['float32', 'float64'], note: 'truncation' }, v([-1.9, 1.9, 0.5, -0.5]), dtype('int64')),
      sw({ dtypes: ['int64'], note: 'wraps' }, v([300, -1, 65536, 4294967297]), dtype('uint8')),
      sw({ dtypes: ['int64'], note: 'wraps' }, v([300, -1, 65536, 4294967297]), dtype('int32')),
      sw({ dtypes: ['float32'] }, v([0, '-0', 0.1, 'nan']), dtype('bool')),
      s(t([2]), t([3], { dtype: 'float64' })), sk([t([2])], { dtype: dtype('float64') }, { gradcheck: false }), s(t([2]), 'cpu'),
      s(t([4, 3], { layout: 'transposed' }), dtype('float64')),
    ],
    errors: [err('Error', /cuda|device/, [t([2]), 'cuda']), err('TypeError', /dtpye/, [t([2])], { kw: { dtpye: dtype('float32') } })],
  }),
  op('typeAs', { ...exact, forms: ['Tensor'], samples: [sw({ gradcheck: false }, t([3], { range: [0, 5] }), t([2], { dtype: 'float64' })), s(t([3], { range: [0, 5] }), t([2], { dtype: 'int32' }))] }),
  op('cpu', { ...exact, forms: ['Tensor'], samples: [s(t([2, 3]))] }),
  ...casts.map(([name]) => op(name, { ...exact, forms: ['Tensor'], samples: [sw({ gradcheck: false }, t([5], { range: [0, 5] }))] })),
  op('fill_', {
    ...exact,
    forms: ['Tensor'],
    samples: [s(t([2, 3]), 3), s(t([2, 3]), 1.5), s(t([]), 2), s(t([0]), 1), s(t([4, 3], { layout: 'transposed' }), 2), s(t([2, 3]), t([])), sw({ gradcheck: false }, t([4, 3], { layout: 'step' }), float('nan'))],
    errors: [err('RangeError', /0-?d|dim/i, [t([2]), t([2])]), err('TypeError', /value/, [t([2])])],
  }),
  op('zero_', { ...exact, forms: ['Tensor'], samples: [s(t([2, 3])), s(t([])), s(t([4, 3], { layout: 'step' }))] }),
]);
