import { dtype, err, family, generator, op, sk, sw, t } from './row';
import type { DTypeName, OpRow, Sample } from './types';

const one: DTypeName[] = ['float32'];

/** Draws of the seeded generator; `manualSeed` comes first on both sides. */
function draw(name: string, options: Partial<OpRow> & { samples: Sample[] }): OpRow {
  const row = op(name, { forms: ['torch'], grad: false, exact: true, random: true, dtypes: one, ...options });
  for (const sample of row.samples) {
    if (!options.dtypes) sample.dtypes = one;
    sample.seed ??= 0;
  }
  return row;
}

const seeds = [0, 1, 42, 4294967295, 20260101];
/** PyTorch's vector log, sin and cos are an ulp from libm's. */
const normalTol = { float32: { rtol: 5e-7, atol: 5e-7 }, float64: { rtol: 1e-14, atol: 1e-14 } };
const f64 = { dtype: dtype('float64') };
const sizeErr = [err('RangeError', /-1|negative/, [[2, -1]])];

/** Products with noise: the factor is rounded as PyTorch rounds it, sums with it are not. */
const droppingRow: Partial<OpRow> = {
  forms: ['torch'],
  grad: true,
  exact: false,
  tol: { float32: { rtol: 1e-6, atol: 1e-7 }, float64: { rtol: 1e-14, atol: 1e-15 } },
  dtypes: ['float32', 'float64'],
};

export default family('random', [
  draw('rand', {
    samples: [
      ...seeds.map((seed) => sw({ seed }, [3, 5])),
      sw({ seed: 3 }, 2, 3), sw({}, []), sw({}, [0, 2]), sw({ seed: 9 }, [700]), sk([[7]], f64, { seed: 5 }),
      sk([[5]], { generator: generator(77) }),
    ],
    errors: [...sizeErr, err('TypeError', /float/, [[2]], { kw: { dtype: dtype('int64') } })],
  }),
  draw('randn', {
    exact: false,
    tol: normalTol,
    samples: [
      ...seeds.map((seed) => sw({ seed }, [3, 5])),
      ...[1, 2, 3, 15, 16, 17, 31, 32, 33, 67, 700].map((n) => sw({ seed: n }, [n])),
      sw({}, []), sw({}, [0]), sk([[7]], f64, { seed: 5 }), sk([[20]], f64, { seed: 5 }), sk([[5]], { generator: generator(77) }),
    ],
    errors: sizeErr,
  }),
  draw('randint', {
    samples: [
      sw({}, 10, [5]), sw({ seed: 4 }, -5, 5, [3, 4]), sw({ seed: 1 }, 0, 2, [67]), sw({ seed: 2 }, 0, 2 ** 40, [6]), sw({}, 3, [0]),
      sk([10, [6]], { dtype: dtype('int32') }), sk([10, [6]], { dtype: dtype('float32') }), sk([100, [6]], { generator: generator(7) }),
    ],
    errors: [err('RangeError', /from|low|high|range/i, [5, 5, [2]]), err('RangeError', /from|low|high|range/i, [0, [2]])],
  }),
  draw('randperm', {
    samples: [
      ...seeds.map((seed) => sw({ seed }, 10)), sw({ seed: 7 }, 1000), sw({}, 0), sw({}, 1), sk([6], { dtype: dtype('int32') }),
      sk([12], { generator: generator(123) }),
    ],
    errors: [err('RangeError', /-1|negative/, [-1])],
  }),
  draw('randLike', { samples: [sw({ seed: 3 }, t([3, 5])), sw({ seed: 3 }, t([4, 3], { layout: 'transposed' }))] }),
  draw('randnLike', { exact: false, tol: normalTol, samples: [sw({ seed: 3 }, t([3, 5])), sw({ seed: 3 }, t([7, 5]))] }),
  ...(['F', 'torch'] as const).map((form) => draw('dropout', {
    forms: [form],
    grad: true,
    dtypes: ['float32', 'float64'],
    samples: [
      ...(form === 'F' ? [sw({ seed: 1, gradcheck: false }, t([5, 7])), sw({ seed: 2, gradcheck: false }, t([67]), 0.2)] : []),
      sw({ seed: 2, gradcheck: false }, t([67]), 0.2, true), sw({ seed: 2 }, t([5]), 0.5, false),
      sw({ seed: 2, gradcheck: false }, t([9]), 0, true), sw({ seed: 2, gradcheck: false }, t([9]), 1, true),
      sw({ seed: 3, gradcheck: false }, t([4, 3], { layout: 'transposed' }), 0.5, true), sw({ gradcheck: false }, t([0, 3]), 0.5, true),
    ],
    errors: [err('RangeError', /1\.5|between/, [t([2]), 1.5, true]), err('RangeError', /-0\.1|between/, [t([2]), -0.1, true])],
  })),
  ...(['dropout_', 'featureDropout_', 'featureDropout', 'alphaDropout_', 'featureAlphaDropout_'] as const).map((name) => draw(name, {
    ...droppingRow,
    samples: [
      sw({ seed: 1, gradcheck: false }, t([3, 4, 2]), 0.5, true), sw({ seed: 2, gradcheck: false }, t([5, 7]), 0.2, true),
      sw({ seed: 2 }, t([3, 4]), 0.5, false), sw({ gradcheck: false }, t([3, 4]), 1, true),
      sw({ seed: 3, gradcheck: false }, t([4, 3, 2], { layout: 'transposed' }), 0.5, true), sw({ gradcheck: false }, t([0, 3]), 0.5, true),
    ],
    errors: [
      err('RangeError', /1\.5|between/, [t([2, 3]), 1.5, true]),
      ...(name.startsWith('feature') ? [err('RangeError', /at least 2 dimensions/, [t([2]), 0.5, true])] : []),
    ],
  })),
  ...(['alphaDropout', 'featureAlphaDropout'] as const).map((name) => draw(name, {
    ...droppingRow,
    forms: ['torch', 'F'],
    samples: [
      sw({ seed: 1, gradcheck: false }, t([3, 4, 2]), 0.5, true), sw({ seed: 2, gradcheck: false }, t([5, 7]), 0.2, true),
      sw({ seed: 2 }, t([3, 4]), 0.5, false), sw({ gradcheck: false }, t([3, 4]), 1, true),
      sw({ seed: 3, gradcheck: false }, t([4, 3, 2], { layout: 'transposed' }), 0.5, true), sw({ gradcheck: false }, t([0, 3]), 0.5, true),
    ],
    errors: [err('RangeError', /1\.5|between/, [t([2, 3]), 1.5, true])],
  })),
  ...(['dropout1d', 'dropout2d', 'dropout3d'] as const).map((name, k) => draw(name, {
    ...droppingRow,
    forms: ['F'],
    samples: [
      sw({ seed: 1, gradcheck: false }, t([2, 5, 3, 2, 2].slice(0, 3 + k))), sw({ seed: 2, gradcheck: false }, t([5, 3, 2, 2].slice(0, 2 + k)), 0.2),
      sw({ seed: 2 }, t([3, 4, 1, 1, 1].slice(0, 3 + k)), 0.5, false), sw({ gradcheck: false }, t([3, 4, 1]), 1),
      sw({ seed: 3, gradcheck: false }, t([0, 3, 4])), sw({ seed: 3, gradcheck: false }, t([4, 3, 2], { layout: 'transposed' })),
      sk([t([2, 4])], { p: 0.5, training: true }, { seed: 4, gradcheck: false }),
    ],
    errors: [
      err('RangeError', /1\.5|between/, [t([2, 3, 4]), 1.5]),
      ...(k === 0 ? [err('RangeError', /2D or 3D.*1D/, [t([3])]), err('RangeError', /2D or 3D.*4D/, [t([1, 2, 3, 4])])] : []),
      ...(k === 1 ? [err('RangeError', /at least 2 dimensions/, [t([3])])] : []),
    ],
  })),
  draw('randintLike', { samples: [sw({ seed: 3 }, t([3, 5]), 10), sw({ seed: 3 }, t([4, 3], { layout: 'transposed' }), -2, 7)] }),
  draw('normal', {
    exact: false,
    tol: normalTol,
    samples: [sw({ seed: 3 }, 0.5, 2, [5]), sw({ seed: 4 }, -1, 0.5, [33]), sw({ seed: 3 }, 0, 1, [0])],
    errors: [err('RangeError', /std|-1/, [0, -1, [2]])],
  }),
  draw('exponential_', {
    forms: ['Tensor'],
    exact: false,
    tol: normalTol,
    dtypes: ['float32', 'float64'],
    samples: [sw({ seed: 3 }, t([5, 7])), sw({ seed: 4 }, t([9]), 2.5)],
    errors: [err('RangeError', /lambd|-1/, [t([2]), -1])],
  }),
  draw('bernoulli', {
    forms: ['torch', 'Tensor'],
    samples: [sw({ seed: 3 }, t([5, 7], { range: [0, 1] })), sw({ seed: 8 }, t([67], { range: [0, 1] }))],
    errors: [err('RangeError', /0|1|prob/, [t([2], { range: [2, 3] })])],
  }),
  ...(['uniform_', 'normal_', 'bernoulli_', 'random_'] as const).map((name) =>
    draw(name, {
      forms: ['Tensor'],
      exact: name !== 'normal_',
      tol: normalTol,
      dtypes: ['float32', 'float64'],
      samples: [
        sw({ seed: 3 }, t([5, 7])),
        ...(name === 'uniform_' ? [sw({ seed: 4 }, t([67]), -0.3, 0.7)] : []),
        ...(name === 'normal_' ? [sw({ seed: 4 }, t([67]), 1.5, 0.25), sw({ seed: 4 }, t([4]), 1.5, 0.25)] : []),
        ...(name === 'bernoulli_' ? [sw({ seed: 4 }, t([67]), 0.3)] : []),
        ...(name === 'random_' ? [sw({ seed: 4 }, t([9]), 10), sw({ seed: 4, dtypes: ['int64'] }, t([9])), sw({ seed: 4 }, t([9]), -5, 5)] : []),
        sw({ seed: 5 }, t([4, 3], { layout: 'transposed' })),
      ],
      errors:
        name === 'uniform_' ? [err('RangeError', /from|to/, [t([2]), 1, 0])]
        : name === 'normal_' ? [err('RangeError', /std|-1/, [t([2]), 0, -1])]
        : name === 'bernoulli_' ? [err('RangeError', /2|prob|p /, [t([2]), 2])]
        : [],
    }),
  ),
  draw('multinomial', {
    forms: ['torch', 'Tensor'],
    samples: [sw({ seed: 6 }, t([6], { range: [0.1, 1] }), 3), sk([t([6], { range: [0.1, 1] }), 9], { replacement: true }, { seed: 6 })],
    errors: [err('RangeError', /./, [t([3], { range: [0.1, 1] }), 4]), err('RangeError', /./, [t([3], { range: [-2, -1] }), 1])],
  }),
]);
