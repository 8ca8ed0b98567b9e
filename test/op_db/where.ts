import { ALL, err, family, float, op, s, sw, t, v } from './row';

const bool = { dtype: 'bool' as const };

export default family('where', [
  op('where', {
    forms: ['torch'],
    dtypes: ALL,
    exact: true,
    samples: [
      s(t([3, 5], bool), t([3, 5]), t([3, 5])),
      s(t([3, 1], bool), t([4]), t([])),
      s(t([4], bool), t([3, 4], { layout: 'transposed' }), t([3, 1])),
      s(t([], bool), t([2]), t([2])),
      s(t([0], bool), t([0]), t([1])),
      s(t([67], bool), t([67]), t([67])),
      s(t([5], bool), t([5]), 0),
      s(t([5], bool), 1.5, t([5])),
      sw({ dtypes: ['float32'] }, t([5], bool), 1, 0),
      sw({ dtypes: ['int64'] }, t([5], bool), t([5]), t([5], { dtype: 'float32' })),
      sw({ dtypes: ['float16'], grad: false }, t([5], bool), t([5]), t([], { dtype: 'float64' })),
      sw({ gradcheck: false }, t([3], bool), v(['nan', 'inf', '-0']), v([0, '-0', 'nan'])),
    ],
    errors: [
      err('RangeError', /shape|broadcast|size/, [t([3], bool), t([2]), t([2])]),
      err('TypeError', /bool/, [t([3]), t([3]), t([3])]),
    ],
  }),
  op('where', {
    forms: ['Tensor'],
    dtypes: ALL,
    exact: true,
    samples: [s(t([3, 5]), t([3, 5], bool), t([3, 5])), s(t([4]), t([3, 1], bool), t([])), s(t([5]), t([5], bool), 0)],
  }),
  ...(['maskedFill', 'maskedFill_'] as const).map((name) => op(name, {
    forms: name === 'maskedFill' ? ['torch', 'Tensor'] : ['Tensor'],
    dtypes: ALL,
    exact: true,
    samples: [
      s(t([3, 5]), t([3, 5], bool), 1), s(t([3, 5]), t([5], bool), 1.5), s(t([3, 5]), t([3, 1], bool), t([])), s(t([4, 3], { layout: 'transposed' }), t([4, 3], bool), 0),
      s(t([0, 2]), t([2], bool), 1), sw({ gradcheck: false }, t([3]), t([3], bool), float('-inf')),
    ],
    errors: [err('TypeError', /bool/, [t([2]), t([2]), 1]), err('RangeError', /shape|broadcast|size/, [t([2]), t([3], bool), 1]), err('RangeError', /0-?d|dim/i, [t([2]), t([2], bool), t([2])])],
  })),
]);
