import { ALL, err, family, op, s, sk, sw, t } from './row';
import type { OpRow, Sample } from './types';

/** An op that moves no data: exact, with PyTorch's strides. */
function view(name: string, options: Partial<OpRow> & { samples: Sample[] }): OpRow {
  return op(name, { dtypes: ALL, exact: true, view: true, ...options });
}

const badDim = (...rest: number[]) => [
  err('RangeError', /dim/i, [t([2, 3]), 2, ...rest]),
  err('RangeError', /dim/i, [t([2, 3]), -3, ...rest]),
];

export default family('view', [
  view('view', {
    forms: ['Tensor'],
    samples: [
      s(t([2, 6]), 3, 4),
      s(t([2, 6]), [3, 4]),
      s(t([2, 6]), -1, 4),
      s(t([2, 6]), -1),
      s(t([]), 1, 1),
      s(t([1]), []),
      s(t([0, 3]), 3, 0),
      s(t([4, 6], { layout: 'step' }), 2, 2, 6),
      s(t([4, 6], { layout: 'transposed' }), 4, 2, 3),
      s(t([3, 1], { expand: [3, 4] }), 3, 2, 2),
    ],
    errors: [
      err('RangeError', /5|size|shape/, [t([2, 6]), 5, 2]),
      err('RangeError', /-1|infer/, [t([2, 6]), -1, -1]),
      err('RangeError', /infer|divis|12|5/, [t([2, 6]), -1, 5]),
      err('Error', /reshape|stride|contiguous/, [t([4, 6], { layout: 'transposed' }), 24]),
      err('RangeError', /-1|ambigu|infer/, [t([0, 3]), -1, 0]),
    ],
  }),
  view('reshape', {
    samples: [
      s(t([2, 6]), [3, 4]),
      s(t([2, 6]), [-1, 4]),
      s(t([4, 6], { layout: 'transposed' }), [24]),
      s(t([4, 6], { layout: 'transposed' }), [4, 3, 2]),
      s(t([4, 6], { layout: 'step' }), [24]),
      s(t([3, 1], { expand: [3, 4] }), [12]),
      s(t([]), [1]),
      s(t([0, 3]), [3, 0]),
    ],
    errors: [err('RangeError', /5|size|shape/, [t([2, 6]), [5, 2]])],
  }),
  view('flatten', {
    samples: [
      s(t([2, 3, 4])), s(t([2, 3, 4]), 1), s(t([2, 3, 4]), 0, 1), s(t([2, 3, 4]), -2),
      sk([t([2, 3, 4])], { startDim: 1, endDim: 1 }), s(t([])), s(t([0, 3])), s(t([2, 3, 4], { layout: 'transposed' }), 1),
    ],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 2]), err('RangeError', /start/i, [t([2, 3]), 1, 0])],
  }),
  view('transpose', {
    samples: [
      s(t([2, 3]), 0, 1), s(t([2, 3, 4]), 0, 2), s(t([2, 3, 4]), -1, 1), s(t([2, 3]), 1, 1), s(t([]), 0, 0),
      s(t([0, 3]), 0, 1), s(t([3, 4], { layout: 'step' }), 0, 1), s(t([3, 1], { expand: [3, 4] }), 0, 1),
    ],
    errors: badDim(0),
  }),
  view('permute', {
    samples: [
      s(t([2, 3, 4]), [2, 0, 1]), s(t([2, 3, 4]), [-1, 0, 1]), s(t([2, 3]), [0, 1]), s(t([]), []),
      s(t([0, 3, 2]), [1, 2, 0]), s(t([2, 3, 4], { layout: 'transposed' }), [1, 0, 2]),
    ],
    errors: [
      err('RangeError', /dim/i, [t([2, 3]), [0]]),
      err('RangeError', /repeat|dup|twice|dim/i, [t([2, 3]), [0, 0]]),
      err('RangeError', /dim/i, [t([2, 3]), [0, 2]]),
    ],
  }),
  view('squeeze', {
    samples: [
      s(t([1, 3, 1])), s(t([1, 3, 1]), 0), s(t([1, 3, 1]), 1), s(t([1, 3, 1]), -1), s(t([])), s(t([]), 0),
      s(t([1, 0, 1])), s(t([1, 3, 1], { layout: 'step' })),
    ],
    errors: badDim(),
  }),
  view('unsqueeze', {
    samples: [
      s(t([2, 3]), 0), s(t([2, 3]), 1), s(t([2, 3]), 2), s(t([2, 3]), -1), s(t([2, 3]), -3), s(t([]), 0), s(t([0]), 1),
      s(t([3, 4], { layout: 'transposed' }), 1), s(t([3, 1], { expand: [3, 4] }), 2),
    ],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 3]), err('RangeError', /dim/i, [t([2, 3]), -4])],
  }),
  view('expand', {
    forms: ['Tensor'],
    samples: [
      s(t([3, 1]), 3, 4), s(t([3, 1]), [3, 4]), s(t([3, 1]), 2, 3, 4), s(t([3, 1]), -1, 4), s(t([]), 2, 3), s(t([1]), 0),
      s(t([2, 1, 3], { layout: 'transposed' }), 2, 4, 3), s(t([2, 3]), 2, 3),
    ],
    errors: [
      err('RangeError', /./, [t([3, 2]), 3, 4]),
      err('RangeError', /./, [t([3, 2]), 2]),
      err('RangeError', /-1/, [t([3]), -1, 3]),
    ],
  }),
  view('select', {
    samples: [
      s(t([2, 3, 4]), 0, 1), s(t([2, 3, 4]), 1, -1), s(t([2, 3, 4]), -1, 0), s(t([3]), 0, 2),
      s(t([4, 3], { layout: 'transposed' }), 0, 1), s(t([3, 1], { expand: [3, 4] }), 1, 2),
    ],
    errors: [
      err('RangeError', /index|range/i, [t([2, 3]), 0, 2]),
      err('RangeError', /index|range/i, [t([2, 3]), 1, -4]),
      err('RangeError', /dim/i, [t([2, 3]), 2, 0]),
      err('RangeError', /0-?d|dim/i, [t([]), 0, 0]),
    ],
  }),
  view('narrow', {
    samples: [
      s(t([5, 3]), 0, 1, 3), s(t([5, 3]), 1, 0, 2), s(t([5, 3]), -1, 1, 0), s(t([5, 3]), 0, -2, 2), s(t([5]), 0, 5, 0),
      s(t([4, 3], { layout: 'step' }), 1, 1, 2),
    ],
    errors: [
      err('RangeError', /./, [t([5, 3]), 0, 3, 3]),
      err('RangeError', /./, [t([5, 3]), 0, 0, -1]),
      err('RangeError', /./, [t([5, 3]), 0, 6, 0]),
      err('RangeError', /0-?d|dim/i, [t([]), 0, 0, 1]),
    ],
  }),
  view('squeeze_', { forms: ['Tensor'], samples: [s(t([1, 3, 1])), s(t([1, 3, 1]), 0), s(t([1, 3, 1]), -1), s(t([]))], errors: badDim() }),
  view('unsqueeze_', { forms: ['Tensor'], samples: [s(t([2, 3]), 0), s(t([2, 3]), -1), s(t([]), 0)], errors: [err('RangeError', /dim/i, [t([2, 3]), 3])] }),
  view('transpose_', { forms: ['Tensor'], samples: [s(t([2, 3]), 0, 1), s(t([2, 3, 4]), 0, -1)], errors: badDim(0) }),
  view('t_', { forms: ['Tensor'], samples: [s(t([2, 3])), s(t([3]))], errors: [err('RangeError', /2|dim/, [t([2, 3, 4])])] }),
  view('viewAs', { forms: ['Tensor'], samples: [s(t([2, 6]), t([3, 4])), s(t([]), t([1]))], errors: [err('RangeError', /size|shape/, [t([2, 6]), t([5])])] }),
  view('reshapeAs', { forms: ['Tensor'], samples: [s(t([2, 6]), t([3, 4])), s(t([4, 3], { layout: 'transposed' }), t([12]))] }),
  view('ravel', { samples: [s(t([2, 3])), s(t([4, 3], { layout: 'transposed' })), s(t([]))] }),
  view('unflatten', {
    samples: [s(t([2, 6]), 1, [2, 3]), s(t([2, 6]), -1, [-1, 3]), s(t([6, 2]), 0, [3, 2])],
    errors: [err('RangeError', /./, [t([2, 6]), 1, [4, 2]]), err('RangeError', /dim/i, [t([2, 6]), 2, [2, 3]])],
  }),
  view('swapaxes', { samples: [s(t([2, 3, 4]), 0, 2)], errors: badDim(0) }),
  view('swapdims', { samples: [s(t([2, 3, 4]), 0, -1)], errors: badDim(0) }),
  view('t', { samples: [s(t([2, 3])), s(t([3])), s(t([]))], errors: [err('RangeError', /2|dim/, [t([2, 3, 4])])] }),
  view('movedim', {
    samples: [s(t([2, 3, 4]), 0, 2), s(t([2, 3, 4]), -1, 0), s(t([2, 3, 4]), [0, 1], [2, 0])],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 2, 0])],
  }),
  view('expandAs', { forms: ['Tensor'], samples: [s(t([3, 1]), t([2, 3, 4]))], errors: [err('RangeError', /./, [t([3, 2]), t([3, 4])])] }),
  view('broadcastTo', { samples: [s(t([3, 1]), [3, 4]), s(t([3]), [2, 3])], errors: [err('RangeError', /./, [t([3, 2]), [3, 4]])] }),
  view('diagonal', {
    samples: [s(t([3, 4])), s(t([3, 4]), 1), s(t([3, 4]), -1), s(t([2, 3, 4]), 0, 1, 2), s(t([3, 4]), 5), s(t([4, 3], { layout: 'transposed' }))],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 0, 0, 2]), err('RangeError', /dim/i, [t([2, 3]), 0, 1, 1])],
  }),
  view('asStrided', {
    samples: [s(t([12]), [3, 2], [4, 1]), s(t([12]), [2, 2], [1, 1], 3), s(t([12]), [3], [0])],
    errors: [err('RangeError', /./, [t([4]), [5], [1]]), err('RangeError', /./, [t([4]), [2, 2], [1]])],
  }),
  view('unbind', { samples: [s(t([3, 4])), s(t([3, 4]), 1), s(t([2, 3, 2]), -1), s(t([0, 2]))], errors: badDim() }),
  view('split', {
    samples: [s(t([5, 2]), 2), s(t([5, 2]), [1, 4]), s(t([2, 7]), 3, 1), s(t([2, 7]), [3, 0, 4], -1), s(t([5]), 9)],
    errors: [err('RangeError', /./, [t([5]), [1, 2]]), err('RangeError', /./, [t([5]), 0]), err('RangeError', /dim/i, [t([5]), 2, 1])],
  }),
  view('chunk', {
    samples: [s(t([7, 2]), 3), s(t([2, 6]), 4, 1), s(t([5]), 7)],
    errors: [err('RangeError', /./, [t([5]), 0]), err('RangeError', /dim/i, [t([5]), 2, 1])],
  }),
  view('detach', { grad: false, samples: [s(t([2, 3])), s(t([4, 3], { layout: 'transposed' }))] }),
  view('slice', {
    forms: ['Tensor'],
    samples: [s(t([5, 3])), s(t([5, 3]), 0, 1, 4), s(t([5, 3]), 0, 1, null, 2), s(t([5, 3]), -1, -2), s(t([5]), 0, 4, 2), s(t([5]), 0, -100, 100, 3)],
    errors: [err('RangeError', /dim/i, [t([2, 3]), 2, 0, 1], { onlyHere: true }), err('RangeError', /step/, [t([3]), 0, 0, 2, 0])],
  }),
  ...(['cat', 'concat'] as const).map((name) => op(name, {
    forms: ['torch'],
    dtypes: ALL,
    exact: true,
    samples: [
      s([t([2, 3]), t([1, 3]), t([4, 3])]),
      s([t([2, 3]), t([2, 1])], 1),
      s([t([2, 3]), t([2, 2])], -1),
      s([t([3])]),
      s([t([0]), t([2, 3])], 0),
      s([t([0, 3]), t([2, 3])], 0),
      s([t([0]), t([0])]),
      s([t([2, 2, 3]), t([2, 5, 3]), t([2, 1, 3])], 1),
      s([t([4, 3], { layout: 'transposed' }), t([4, 3], { layout: 'step' }), t([4, 1], { expand: [4, 3] })], 0),
      sw({ gradcheck: false }, [t([7, 67]), t([7, 31])], 1),
      sw({ dtypes: ['int64'], grad: false }, [t([2]), t([2], { dtype: 'float32' })]),
      sw({ dtypes: ['float16'], grad: false }, [t([2]), t([2], { dtype: 'float64' })]),
      sw({ dtypes: ['uint8'] }, [t([2]), t([2], { dtype: 'int8' }), t([2], { dtype: 'bool' })]),
    ],
    errors: [
      err('RangeError', /./, [[t([2, 3]), t([2, 4])], 0]),
      err('RangeError', /dim/i, [[t([2, 3])], 2]),
      err('RangeError', /0-?d|zero|dim/i, [[t([]), t([])]]),
      err('Error', /empty|non-?empty|at least/i, [[]]),
      err('RangeError', /./, [[t([2, 3]), t([3])], 0]),
    ],
  })),
  op('stack', {
    forms: ['torch'],
    dtypes: ALL,
    exact: true,
    samples: [
      s([t([2, 3]), t([2, 3]), t([2, 3])]), s([t([2, 3]), t([2, 3])], 1), s([t([2, 3]), t([2, 3])], -1), s([t([]), t([])]),
      s([t([0, 2]), t([0, 2])], 1), s([t([4, 3], { layout: 'transposed' }), t([4, 3])], 1),
      sw({ dtypes: ['int64'], grad: false }, [t([2]), t([2], { dtype: 'float32' })]),
    ],
    errors: [
      err('RangeError', /./, [[t([2, 3]), t([2, 4])]]),
      err('RangeError', /dim/i, [[t([2, 3])], 3]),
      err('Error', /empty|non-?empty|at least/i, [[]]),
    ],
  }),
]);
