import { ALL, err, family, float, op, s, sk, sw, t, within } from './row';
import type { Arg, ErrorCase, OpRow, Sample } from './types';

const FLOAT_BYTES: OpRow['dtypes'] = ['float32', 'float64', 'float16', 'bfloat16', 'uint8'];

/** Sizes of one axis that grow, shrink, stay, and meet in one element. */
const sizes = (n: number, shape: number[]): Sample[] => [3, 7, 1, 4].map((size) => s(t(shape), Array<number>(n).fill(size)));

/** Samples of a mode whose input has n spatial axes. */
function ofMode(mode: string, n: number, corners: boolean): Sample[] {
  const shape = [[1, 2, 5], [1, 1, 4, 5], [1, 1, 3, 4, 2]][n - 1];
  const wide = [[1, 2, 40], [1, 1, 9, 14], [1, 1, 4, 5, 6]][n - 1];
  const halves: Sample = sk([t(shape)], { size: [6, 3, 5].slice(0, n), mode }, { dtypes: ['float32', 'float64', 'float16', 'bfloat16'] });
  // PyTorch's gradient of 'nearest' is not that of its forward pass where a broken scale keeps or doubles a size.
  const smooth = mode === 'nearest' ? { gradcheck: false } : {};
  const scale = (x: Arg, kw: Record<string, Arg> = {}): Sample => sk([t(shape)], { scaleFactor: x, mode, ...kw }, smooth);
  return [
    halves,
    ...sizes(n, shape).map((x) => ({ ...x, kw: { mode } })),
    scale(2),
    scale(float(0.5)),
    scale(float(1.3)),
    scale([float(1.7), float(0.8), float(2.5)].slice(0, n)),
    scale(float(1.3), { recomputeScaleFactor: true }),
    scale(float(1.6), { recomputeScaleFactor: false }),
    sk([t([0, ...shape.slice(1)])], { scaleFactor: 2, mode }),
    sk([t(shape, { layout: 'transposed' })], { size: 4, mode }),
    sk([t([shape[0], 1, ...shape.slice(2)], { expand: [shape[0], 3, ...shape.slice(2)] })], { size: 3, mode }),
    sk([t(wide)], { size: [17, 19, 5].slice(0, n), mode }, { gradcheck: false }),
    sk([t(wide)], { scaleFactor: [float(0.37), float(2.4), float(1.1)].slice(0, n), mode }, { gradcheck: false }),
    ...(corners
      ? [...[4, 1, 9].map((size) => sk([t(shape)], { size, mode, alignCorners: true })),
        scale(float(1.7), { alignCorners: true }), scale(2, { alignCorners: false }),
        sk([t(wide)], { size: [17, 19, 5].slice(0, n), mode, alignCorners: true }, { gradcheck: false })]
      : []),
  ];
}

const smooth = ['bilinear', 'bicubic', 'lanczos'].flatMap((mode): Sample[] => [
  ...[[3, 2], [7, 6], [1, 1], [5, 9]].map((size) => sk([t([1, 1, 5, 6])], { size, mode, antialias: true })),
  sk([t([1, 1, 7, 8])], { scaleFactor: float(0.4), mode, antialias: true }),
  sk([t([1, 1, 7, 8])], { scaleFactor: [float(0.6), float(1.5)], mode, antialias: true, recomputeScaleFactor: true }),
  sk([t([1, 2, 19, 23])], { size: [6, 11], mode, antialias: true }, { gradcheck: false }),
  ...(mode === 'lanczos' ? [] : [sk([t([1, 1, 7, 8])], { size: [3, 5], mode, antialias: true, alignCorners: true })]),
]);

const SIZES_OF: [string, number, boolean][] = [
  ['nearest', 1, false], ['nearest', 2, false], ['nearest', 3, false],
  ['nearest-exact', 1, false], ['nearest-exact', 2, false], ['nearest-exact', 3, false],
  ['linear', 1, true], ['bilinear', 2, true], ['bicubic', 2, true], ['trilinear', 3, true],
  ['area', 1, false], ['area', 2, false], ['area', 3, false],
];

const errors: ErrorCase[] = [
  err('TypeError', /either size or scaleFactor/, [t([1, 1, 3])]),
  err('TypeError', /only one of size or scaleFactor/, [t([1, 1, 3]), 3, 2]),
  err('TypeError', /unknown option 'scale_factor', write 'scaleFactor'/, [t([1, 1, 3])], { kw: { scale_factor: 2 }, onlyHere: true }),
  err('RangeError', /same number of spatial dimensions.*\[5, 6\] and output size of \[3\]/, [t([1, 2, 5, 6]), [3]]),
  err('RangeError', /same number of spatial dimensions.*\[5, 6\] and scaleFactor of length 3/, [t([1, 2, 5, 6])], { kw: { scaleFactor: [1, 2, 3] } }),
  err('RangeError', /Only 3D, 4D and 5D.*got 2D/, [t([5, 6]), 3]),
  err('RangeError', /Only 3D, 4D and 5D.*got 6D/, [t([1, 1, 1, 1, 1, 2]), 3]),
  err('RangeError', /Got 3D input, but bilinear mode needs 4D/, [t([1, 2, 5]), 3], { kw: { mode: 'bilinear' } }),
  err('RangeError', /Got 4D input, but linear mode needs 3D/, [t([1, 2, 5, 6]), 3], { kw: { mode: 'linear' } }),
  err('RangeError', /Got 4D input, but trilinear mode needs 5D/, [t([1, 2, 5, 6]), 3], { kw: { mode: 'trilinear' } }),
  err('RangeError', /Got 5D input, but bicubic mode needs 4D/, [t([1, 1, 2, 3, 3]), 3], { kw: { mode: 'bicubic' } }),
  err('RangeError', /unknown mode cubic/, [t([1, 2, 5, 6]), 3], { kw: { mode: 'cubic' } }),
  err('RangeError', /greater than 0.*\[5, 6\] output \[0, 0\]/, [t([1, 2, 5, 6]), 0]),
  err('RangeError', /greater than 0/, [t([1, 2, 5, 6])], { kw: { scaleFactor: float(0.1) } }),
  err('RangeError', /greater than 0/, [t([1, 2, 5, 6])], { kw: { scaleFactor: -1 } }),
  err('RangeError', /greater than 0/, [t([1, 2, 0, 6]), 3]),
  err('RangeError', /Non-empty 4D data tensor expected.*\[1, 0, 5, 6\]/, [t([1, 0, 5, 6]), 3]),
  err('TypeError', /alignCorners option can only be set/, [t([1, 2, 5, 6]), 3], { kw: { alignCorners: true } }),
  err('TypeError', /alignCorners option can only be set/, [t([1, 2, 5, 6]), 3], { kw: { alignCorners: false, mode: 'area' } }),
  err('TypeError', /recomputeScaleFactor is not meaningful/, [t([1, 2, 5, 6]), 3], { kw: { recomputeScaleFactor: true } }),
  err('TypeError', /Anti-alias option is restricted/, [t([1, 2, 5, 6]), 3], { kw: { antialias: true } }),
  err('TypeError', /Anti-alias option is restricted/, [t([1, 2, 5]), 3], { kw: { antialias: true, mode: 'linear' } }),
  err('TypeError', /Lanczos mode requires antialias/, [t([1, 2, 5, 6]), 3], { kw: { mode: 'lanczos' } }),
  err('TypeError', /does not support alignCorners/, [t([1, 2, 5, 6]), 3], { kw: { mode: 'lanczos', antialias: true, alignCorners: true } }),
  err('TypeError', /not implemented for 'Long'/, [t([1, 2, 5, 6], { dtype: 'int64' }), 3]),
  err('TypeError', /not implemented for 'Byte'/, [t([1, 2, 5], { dtype: 'uint8' }), 3], { kw: { mode: 'linear' } }),
];

// PyTorch rounds halves between the axes, this library once at the end; float32 places are a few bits apart.
/** An image of bytes. */
const bytes = (channels: number): Arg => t([1, channels, 5, 6], { range: [0, 255] });
const FOUR = { range: [-1.4, 1.4] as [number, number] };

/** gridSample in a mode with every padding, both corner rules. */
const grids = (mode: string): Sample[] => ['zeros', 'border', 'reflection'].flatMap((padding): Sample[] => [
  s(t([1, 2, 3, 4]), t([1, 2, 3, 2], FOUR), mode, padding),
  s(t([1, 2, 3, 4]), t([1, 3, 2, 2], FOUR), mode, padding, true),
  sw({ gradcheck: false }, t([2, 3, 5, 4]), t([2, 4, 3, 2], { range: [-4, 4] }), mode, padding, false),
  ...(mode === 'bicubic' ? [] : [
    s(t([1, 1, 2, 3, 4]), t([1, 2, 2, 1, 3], FOUR), mode, padding),
    s(t([1, 2, 2, 3, 2]), t([1, 1, 2, 3, 3], FOUR), mode, padding, true),
  ]),
]);

const gridSample: Sample[] = [
  s(t([1, 2, 3, 4]), t([1, 2, 2, 2], FOUR)),
  ...['bilinear', 'nearest', 'bicubic'].flatMap(grids),
  sk([t([2, 2, 3, 4]), t([2, 1, 2, 2], FOUR)], { mode: 'bicubic', paddingMode: 'border', alignCorners: true }),
  s(t([1, 1, 1, 1]), t([1, 2, 2, 2], FOUR), 'bilinear', 'reflection', true),
  s(t([0, 2, 3, 4]), t([0, 2, 2, 2])),
  s(t([2, 0, 3, 4]), t([2, 2, 2, 2])),
  s(t([1, 2, 3, 4]), t([1, 0, 2, 2])),
  s(t([1, 2, 3, 4], { grad: false }), t([1, 2, 2, 2], FOUR)),
  s(t([1, 2, 3, 4]), t([1, 2, 2, 2], { ...FOUR, grad: false })),
  s(t([3, 4, 2, 1], { layout: 'transposed' }), t([3, 2, 2, 2], { ...FOUR, layout: 'step' })),
  sw({ gradcheck: false }, t([1, 2, 6, 7]), t([1, 17, 18, 2], FOUR)),
];

const gridErrors: ErrorCase[] = [
  err('RangeError', /expected mode.*'cubic'/, [t([1, 1, 2, 2]), t([1, 1, 1, 2]), 'cubic']),
  err('RangeError', /expected paddingMode.*'edge'/, [t([1, 1, 2, 2]), t([1, 1, 1, 2]), 'bilinear', 'edge']),
  err('RangeError', /same batch size.*\[1, 1, 2, 2\].*\[2, 1, 1, 2\]/, [t([1, 1, 2, 2]), t([2, 1, 1, 2])]),
  err('RangeError', /size 2 in last dimension.*\[1, 1, 1, 3\]/, [t([1, 1, 2, 2]), t([1, 1, 1, 3])]),
  err('RangeError', /4D or 5D/, [t([1, 1, 2]), t([1, 1, 1])]),
  err('RangeError', /non-empty spatial dimensions.*\[1, 1, 0, 2\] with dimension 2/, [t([1, 1, 0, 2]), t([1, 1, 1, 2])]),
  err('RangeError', /only supports 4D/, [t([1, 1, 2, 2, 2]), t([1, 1, 1, 1, 3]), 'bicubic']),
  err('TypeError', /one dtype.*float32 and float64/, [t([1, 1, 2, 2]), t([1, 1, 1, 2], { dtype: 'float64' })]),
  err('TypeError', /'Long'/, [t([1, 1, 2, 2], { dtype: 'int64' }), t([1, 1, 1, 2], { dtype: 'int64' })]),
];

const affine: OpRow = op('affineGrid', {
  forms: ['F'],
  samples: [
    s(t([2, 2, 3]), [2, 3, 4, 5]),
    s(t([1, 2, 3]), [1, 1, 3, 2], true),
    s(t([1, 2, 3]), [1, 1, 1, 3], false),
    s(t([2, 3, 4]), [2, 1, 2, 3, 2]),
    s(t([1, 3, 4]), [1, 2, 1, 2, 3], true),
    sk([t([1, 2, 3])], { size: [1, 1, 2, 2], alignCorners: true }),
  ],
  tol: { ...within(2e-6, 1e-13), float16: { rtol: 2e-3, atol: 4e-3 }, bfloat16: { rtol: 1.6e-2, atol: 3e-2 } },
  errors: [
    err('TypeError', /floating point/, [t([1, 2, 3], { dtype: 'int64' }), [1, 1, 2, 2]]),
    err('RangeError', /only supports 4D and 5D.*\[1, 1, 2\]/, [t([1, 2, 3]), [1, 1, 2]]),
    err('RangeError', /2D affine matrices of shape Nx2x3.*\[1, 3, 4\]/, [t([1, 3, 4]), [1, 1, 2, 2]]),
    err('RangeError', /3D affine matrices of shape Nx3x4/, [t([1, 2, 3]), [1, 1, 2, 2, 2]]),
    err('RangeError', /positive output size.*\[1, 1, 0, 2\]/, [t([1, 2, 3]), [1, 1, 0, 2]]),
    err('RangeError', /Expected 3 affine matrices/, [t([2, 2, 3]), [3, 1, 2, 2]]),
  ],
});

const MOVES = { forms: ['torch', 'F'] as OpRow['forms'], dtypes: ALL, exact: true };
const shuffles: OpRow[] = [
  op('pixelShuffle', {
    ...MOVES,
    samples: [
      s(t([2, 8, 2, 3]), 2), s(t([9, 1, 2]), 3), s(t([2, 2, 4, 1, 2]), 2), s(t([3, 2, 2]), 1), sw({ grad: false }, t([0, 4, 2, 2]), 2),
      sw({ grad: false }, t([0, 2, 2]), 2), s(t([4, 2, 3], { layout: 'transposed' }), 2), sk([t([4, 1, 1])], { upscaleFactor: 2 }),
    ],
    errors: [
      err('RangeError', /at least 3 dimensions.*2 dimension/, [t([4, 4]), 2]),
      err('RangeError', /divisible by the square.*=8 is not divisible by 9/, [t([8, 2, 2]), 3]),
      err('RangeError', /positive upscaleFactor, but got 0/, [t([8, 2, 2]), 0]),
      err('RangeError', /too large/, [t([8, 2, 2]), 2 ** 32]),
    ],
  }),
  op('pixelUnshuffle', {
    ...MOVES,
    samples: [
      s(t([2, 2, 4, 6]), 2), s(t([1, 3, 6]), 3), s(t([2, 2, 1, 2, 4]), 2), s(t([3, 2, 2]), 1),
      s(t([2, 4, 2], { layout: 'transposed' }), 2), sk([t([1, 2, 2])], { downscaleFactor: 2 }),
    ],
    errors: [
      err('RangeError', /at least 3 dimensions/, [t([4, 4]), 2]),
      err('RangeError', /height.*=5 is not divisible by 2/, [t([1, 5, 4]), 2]),
      err('RangeError', /width.*=5 is not divisible by 2/, [t([1, 4, 5]), 2]),
      err('RangeError', /positive downscaleFactor, but got -1/, [t([1, 4, 4]), -1]),
    ],
  }),
  op('channelShuffle', {
    ...MOVES,
    samples: [
      s(t([1, 4, 2, 2]), 2), s(t([2, 6, 2]), 3), s(t([1, 6, 1, 2, 2]), 2), s(t([3, 4, 2]), 1), s(t([0, 4, 2, 2]), 2),
      s(t([4, 4, 2], { layout: 'transposed' }), 2), sk([t([1, 2, 1])], { groups: 2 }),
    ],
    errors: [
      err('RangeError', /> 2 dims.*\[4, 2\]/, [t([4, 2]), 2]),
      err('RangeError', /must be positive.*0/, [t([1, 4, 2]), 0]),
      err('RangeError', /divisible by groups. Got 5 channels and 2 groups/, [t([1, 5, 2]), 2]),
    ],
  }),
];

const tol = {
  ...within(3e-6, 1e-13, 6e-6),
  float16: { rtol: 1e-3, atol: 2e-3 },
  bfloat16: { rtol: 8e-3, atol: 1.6e-2 },
};

export default family('resample', [
  op('interpolate', {
    forms: ['F'],
    dtypes: FLOAT_BYTES,
    tol,
    samples: [
      s(t([1, 2, 5]), 8),
      sw({ dtypes: ['uint8'] }, t([1, 2, 4, 5], { range: [0, 255] }), [7, 3]),
      sk([t([1, 2, 4, 5], { range: [0, 255] })], { scaleFactor: 2, mode: 'nearest-exact' }, { dtypes: ['uint8'] }),
      s(t([1, 2, 5]), null, 2, 'linear', true),
      ...['bilinear', 'bicubic'].flatMap((mode) => [[7, 9], [3, 4], [5, 8], [5, 3]].flatMap((size) => [2, 6].flatMap((channels) => [
        sk([bytes(channels)], { size, mode }, { dtypes: ['uint8'] }),
        sk([bytes(channels)], { size, mode, antialias: true }, { dtypes: ['uint8'] }),
        sk([bytes(channels)], { size, mode, alignCorners: true }, { dtypes: ['uint8'] }),
      ]))),
      sk([bytes(3)], { size: [3, 4], mode: 'lanczos', antialias: true }, { dtypes: ['uint8'] }),
      sk([bytes(3)], { scaleFactor: float(1.7), mode: 'bicubic' }, { dtypes: ['uint8'] }),
      ...SIZES_OF.flatMap(([mode, n, corners]) => ofMode(mode, n, corners)),
      ...smooth,
      sk([t([1, 0, 3])], { size: 2, mode: 'area' }, { grad: false }),
    ],
    errors,
  }),
  op('upsample', { forms: ['F'], tol, samples: [s(t([1, 2, 5]), 8), sk([t([1, 1, 3, 4])], { scaleFactor: 2, mode: 'bilinear', alignCorners: true })] }),
  op('upsampleNearest', { forms: ['F'], tol, samples: [s(t([1, 2, 4, 5]), 6), s(t([1, 2, 3]), null, 2)] }),
  op('gridSample', { forms: ['F'], tol: { ...tol, ...within(4e-6, 1e-12, 6e-6) }, samples: gridSample, errors: gridErrors }),
  affine,
  ...shuffles,
  op('upsampleBilinear', { forms: ['F'], tol, samples: [s(t([1, 2, 4, 5]), [6, 3]), sk([t([1, 1, 3, 4])], { scaleFactor: 2 })] }),
]);
