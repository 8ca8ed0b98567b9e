/**
 * Cases of built-in modules: what a module prints, its parameters for a seed, its result and gradients, all against PyTorch
 * (`python scripts/golden/generate.py modules`).
 */
import { float, i64, t } from './row';
import type { Arg, TensorSpec } from './types';

export interface ModuleCase {
  module: string;
  args: Arg[];
  kw?: Record<string, Arg>;
  inputs: TensorSpec[];
  /** Calls in training before the one whose result counts. */
  steps?: number;
  /** `eval()` before that call. */
  evaluate?: boolean;
  /** Tolerance of results and gradients; default 2e-6 relative, 1e-6 absolute. */
  tol?: number;
}

type Inputs = TensorSpec | TensorSpec[];

/** A case; tensors are seeded by their place. */
export function m(module: string, args: Arg[], inputs: Inputs, rest: Partial<ModuleCase> = {}): ModuleCase {
  const list = (Array.isArray(inputs) ? inputs : [inputs]).map((x, k) => ({ ...x, seed: x.seed || 7 + k }));
  return { module, args, inputs: list, ...rest };
}

/** Shapes (C, ...) and (N, C, ...) with one to three spatial axes. */
const shapes = [[[2, 5], [2, 2, 4]], [[2, 4, 5], [1, 2, 3, 4]], [[1, 4, 3, 5], [1, 2, 3, 4, 3]]];

const padding = [1, 2, 3].flatMap((d) => {
  const [single, batch] = shapes[d - 1].map((shape) => t(shape));
  const pairs = [1, 2, 0, 1, 2, 1].slice(0, 2 * d);
  return [
    ...['ReflectionPad', 'ReplicationPad', 'CircularPad', 'ZeroPad'].flatMap((name) => [
      m(`${name}${d}d`, [2], single),
      m(`${name}${d}d`, [pairs], batch),
      m(`${name}${d}d`, [], batch, { kw: { padding: 1 } }),
    ]),
    m(`ConstantPad${d}d`, [2, float(3.5)], single),
    m(`ConstantPad${d}d`, [pairs, float(-0.25)], batch),
    m(`ConstantPad${d}d`, [-1], batch, { kw: { value: float(1e-5) } }),
  ];
});

/** Convolutions in one to three dimensions and their transposes. */
const conv = [1, 2, 3].flatMap((d) => {
  const single = t([4, ...[3, 4, 5].slice(3 - d)]), batch = t([2, 4, ...[4, 5, 6].slice(3 - d)]);
  const sizes = [1, 2, 3].slice(3 - d), name = `Conv${d}d`, transpose = `ConvTranspose${d}d`;
  return [
    m(name, [4, 3, 2], batch),
    m(name, [4, 3, sizes, 2, 1, 1, 1, false], single),
    m(name, [4, 6, 3], batch, { kw: { padding: 'same', groups: 2, dilation: 2 } }),
    m(name, [4, 2, sizes], batch, { kw: { padding: 'valid', stride: sizes } }),
    ...['reflect', 'replicate', 'circular'].flatMap((paddingMode) => [
      m(name, [4, 2, 3], batch, { kw: { padding: 1, paddingMode } }),
      m(name, [4, 2, sizes], single, { kw: { padding: 'same', paddingMode } }),
    ]),
    m(transpose, [4, 3, 2], batch),
    m(transpose, [4, 6, sizes, 3, 1, 2, 2, false, 1], single),
    m(transpose, [4, 2, 2], batch, { kw: { stride: 2, outputPadding: 1, dilation: 2 } }),
  ].map((row) => ({ ...row, tol: 1e-5 }));
});

const fold = [
  m('Unfold', [2], t([2, 3, 4, 5])),
  m('Unfold', [3, 1, 1], t([3, 4, 5]), { kw: { stride: 2 } }),
  m('Fold', [5, 2], t([2, 12, 16])),
  m('Fold', [], t([1, 8, 16]), { kw: { outputSize: 5, kernelSize: 2, dilation: 2, padding: 2, stride: 2 } }),
];

const upsampling = [
  m('Upsample', [], t([1, 2, 4]), { kw: { scaleFactor: 2 } }),
  m('Upsample', [[5, 3]], t([1, 2, 3, 4]), { kw: { mode: 'bilinear', alignCorners: true } }),
  m('Upsample', [null, [float(1.5), 2]], t([1, 2, 3, 4]), { kw: { mode: 'bicubic' } }),
  m('Upsample', [], t([1, 2, 3, 4, 2]), { kw: { scaleFactor: float(1.4), mode: 'trilinear', recomputeScaleFactor: true } }),
  m('Upsample', [3], t([1, 2, 4, 5]), { kw: { mode: 'area' } }),
  m('UpsamplingNearest2d', [2], t([1, 2, 4, 5])),
  m('UpsamplingNearest2d', [], t([1, 2, 4, 5]), { kw: { scaleFactor: 2 } }),
  m('UpsamplingBilinear2d', [[4, 7]], t([1, 2, 4, 5])),
  m('UpsamplingBilinear2d', [null, 2], t([1, 2, 4, 5])),
];

/** Pooling in one to three dimensions. */
const pooling = [1, 2, 3].flatMap((d) => {
  const last = (...list: number[]): number[] => list.slice(3 - d);
  const single = t([2, ...last(3, 4, 5)], { distinct: true }), batch = t([2, 2, ...last(4, 5, 6)], { distinct: true });
  const positive = t([2, 2, ...last(3, 4, 6)], { range: [0.5, 2] });
  const taken = i64(Array<number>([3, 6, 12][d - 1]).fill(0).map((_, k) => 2 * k), { shape: [1, ...last(2, 2, 3)] });
  const max = `MaxPool${d}d`, avg = `AvgPool${d}d`, unpool = `MaxUnpool${d}d`, lp = `LPPool${d}d`;
  const rows = [
    m(max, [2], batch),
    m(max, [last(1, 2, 3), last(1, 1, 2), last(0, 1, 1)], single),
    m(max, [3], batch, { kw: { stride: 2, padding: 1, ceilMode: true, dilation: 1, returnIndices: true } }),
    m(avg, [2], batch),
    m(avg, [last(1, 2, 3), last(1, 1, 2), last(0, 1, 1), true, false], single),
    m(avg, [3], batch, { kw: { stride: 2, ceilMode: true, ...(d > 1 && { divisorOverride: 2 }) } }),
    m(`AdaptiveMaxPool${d}d`, [last(1, 3, 2)], batch),
    m(`AdaptiveMaxPool${d}d`, [2, true], single),
    m(`AdaptiveAvgPool${d}d`, [1], batch),
    m(`AdaptiveAvgPool${d}d`, [last(2, 3, 4)], single),
    m(lp, [2, 2], positive),
    m(lp, [float(1.5), d === 1 ? 3 : last(2, 2, 3)], positive, { kw: { stride: 2, ceilMode: true } }),
    m(unpool, [2], [t([1, ...last(2, 2, 3)]), taken]),
    m(unpool, [3, 2], [t([1, ...last(2, 2, 3)]), taken], { kw: { padding: 1 } }),
  ];
  if (d === 1) return rows;
  return [
    ...rows,
    m(`AdaptiveAvgPool${d}d`, [[null, ...last(2, 3, 4).slice(1)]], batch),
    m(`AdaptiveMaxPool${d}d`, [[...last(2, 3, 4).slice(1), null]], single),
    m(`FractionalMaxPool${d}d`, [2, last(2, 3, 4)], batch),
    m(`FractionalMaxPool${d}d`, [2], single, { kw: { outputRatio: float(0.5), returnIndices: true } }),
  ];
});

/** Normalisation: training, running statistics after several steps, evaluation with them. */
const norm = [
  ...[1, 2, 3].flatMap((d) => {
    const batch = t([2, 3, ...[2, 4, 3].slice(3 - d)]), single = t([3, ...[2, 4, 3].slice(3 - d)]);
    const name = `BatchNorm${d}d`, instance = `InstanceNorm${d}d`;
    return [
      m(name, [3], batch),
      m(name, [3], batch, { steps: 3 }),
      m(name, [3], batch, { steps: 2, evaluate: true }),
      m(name, [3, float(1e-3), null], batch, { steps: 3, evaluate: true }),
      m(name, [3], batch, { kw: { affine: false, momentum: float(0.3) }, steps: 1 }),
      m(name, [3], batch, { kw: { bias: false, trackRunningStats: false } }),
      m(name, [3], batch, { kw: { affine: false, trackRunningStats: false }, evaluate: true }),
      m(instance, [3], batch),
      m(instance, [3], single, { evaluate: true }),
      m(instance, [3, float(1e-2), float(0.3), true, true], batch, { steps: 2 }),
      m(instance, [3], batch, { kw: { affine: true, bias: false, trackRunningStats: true }, steps: 2, evaluate: true }),
    ];
  }),
  m('BatchNorm1d', [3], t([5, 3])),
  m('LayerNorm', [5], t([3, 5])),
  m('LayerNorm', [[3, 4], float(1e-3), true, false], t([2, 3, 4])),
  m('LayerNorm', [4], t([2, 3, 4]), { kw: { elementwiseAffine: false } }),
  m('GroupNorm', [2, 6], t([2, 6, 3])),
  m('GroupNorm', [3, 6, float(1e-2), false], t([2, 6])),
  m('GroupNorm', [1, 6], t([2, 6, 2, 2]), { kw: { bias: false } }),
  m('RMSNorm', [5], t([3, 5])),
  m('RMSNorm', [[3, 4], float(1e-3), false], t([2, 3, 4])),
  m('LocalResponseNorm', [2], t([2, 5, 3])),
  m('LocalResponseNorm', [3, float(0.5), float(0.6), float(1.5)], t([2, 5, 3, 2])),
].map((row) => ({ ...row, tol: 1e-5 }));

const dropout = [
  ...['Dropout', 'AlphaDropout'].map((name) => [name, [2, 5]] as const),
  ...[1, 2, 3].map((d) => [`Dropout${d}d`, [2, 5, 3, 2, 2].slice(0, 2 + d)] as const),
  ['FeatureAlphaDropout', [2, 5, 3]] as const,
].flatMap(([name, shape]) => [
  m(name, [], t([...shape])),
  m(name, [float(0.2)], t([...shape])),
  m(name, [], t([...shape]), { kw: { p: float(0.3) }, evaluate: true }),
]);

const shuffles = [
  m('PixelShuffle', [2], t([1, 8, 2, 3])),
  m('PixelUnshuffle', [3], t([1, 2, 3, 6])),
  m('ChannelShuffle', [2], t([1, 4, 2, 3])),
  m('ChannelShuffle', [], t([2, 6, 3]), { kw: { groups: 3 } }),
];

const wide = t([2, 3, 4], { range: [-5, 5] });
const inner = t([2, 3, 4], { range: [-5, 5], grad: false });
const activations = [
  ...['ReLU', 'ReLU6', 'SELU', 'SiLU', 'Mish', 'Hardswish', 'Hardsigmoid', 'GELU', 'Softsign', 'Tanhshrink', 'LogSigmoid', 'LeakyReLU',
    'ELU', 'CELU', 'Hardtanh', 'Softplus', 'Softshrink', 'Hardshrink', 'RReLU', 'PReLU', 'GLU'].map((name) => m(name, [], wide)),
  ...['ReLU', 'ReLU6', 'SELU', 'SiLU', 'Mish', 'Hardswish', 'Hardsigmoid', 'LeakyReLU', 'ELU', 'CELU', 'Hardtanh']
    .map((name) => m(name, [], inner, { kw: { inplace: true } })),
  m('LeakyReLU', [float(0.3)], wide),
  m('ELU', [float(1.7)], wide),
  m('CELU', [float(1.7)], wide),
  m('Hardtanh', [float(-2.5), float(0.5)], wide),
  m('GELU', ['tanh'], wide),
  m('Softplus', [float(2.5), float(4.5)], wide),
  m('Softshrink', [float(1.5)], wide),
  m('Hardshrink', [float(1.5)], wide),
  m('Threshold', [float(0.1), float(20.5)], wide),
  m('Threshold', [float(0.1), float(20.5), true], inner),
  m('RReLU', [float(0.1), float(0.7)], wide, { evaluate: true }),
  m('RReLU', [], inner, { kw: { inplace: true } }),
  m('PReLU', [3], wide),
  m('PReLU', [], wide, { kw: { numParameters: 3, init: float(0.5) } }),
  m('GLU', [0], wide),
  m('Softmin', [1], wide),
  m('Softmax', [], wide, { kw: { dim: 2 } }),
  m('LogSoftmax', [1], wide),
  m('Softmax2d', [], wide),
  m('Softmax2d', [], t([2, 3, 2, 2])),
];

const signs = t([3, 2], { distinct: true, range: [-1, 1], dtype: 'int64', grad: false });
const losses = [
  ...['MSELoss', 'L1Loss', 'SmoothL1Loss', 'HuberLoss', 'BCEWithLogitsLoss'].map((name) => m(name, [], [t([3, 4]), t([3, 4], { range: [0, 1] })])),
  m('BCELoss', [], [t([3, 4], { range: [0.1, 0.9] }), t([3, 4], { range: [0, 1] })], { kw: { reduction: 'sum' } }),
  m('KLDivLoss', [], [t([3, 4]), t([3, 4], { range: [0.1, 1] })], { kw: { reduction: 'batchmean' } }),
  m('KLDivLoss', [], [t([3, 4]), t([3, 4])], { kw: { reduction: 'sum', logTarget: true } }),
  m('PoissonNLLLoss', [], [t([3, 4]), t([3, 4], { range: [0.5, 5] })]),
  m('PoissonNLLLoss', [false, true], [t([3, 4], { range: [0.1, 2] }), t([3, 4], { range: [0.5, 5] })], { kw: { eps: float(1e-3) } }),
  m('GaussianNLLLoss', [], [t([3, 4]), t([3, 4]), t([3, 1], { range: [0.5, 2] })], { kw: { full: true } }),
  m('MarginRankingLoss', [float(0.5)], [t([3, 2]), t([3, 2]), signs]),
  m('HingeEmbeddingLoss', [], [t([3, 2]), signs], { kw: { margin: float(0.5), reduction: 'sum' } }),
  m('CosineEmbeddingLoss', [float(0.1)], [t([3, 4]), t([3, 4]), i64([1, -1, 1])]),
  m('SoftMarginLoss', [], [t([3, 2]), signs]),
  m('MultiLabelSoftMarginLoss', [], [t([3, 4]), t([3, 4], { range: [0, 1], grad: false })]),
  m('MultiLabelSoftMarginLoss', [t([4], { range: [0.2, 2], seed: 5 })], [t([3, 4]), t([3, 4], { range: [0, 1], grad: false })], { kw: { reduction: 'none' } }),
  m('TripletMarginLoss', [], [t([3, 4]), t([3, 4]), t([3, 4])]),
  m('TripletMarginLoss', [float(2.5), 1], [t([3, 4]), t([3, 4]), t([3, 4])], { kw: { swap: true, reduction: 'sum' } }),
  m('MultiMarginLoss', [], [t([3, 4]), i64([2, 0, 3])]),
  m('MultiMarginLoss', [2], [t([3, 4]), i64([2, 0, 3])], { kw: { margin: float(0.5), weight: t([4], { range: [0.2, 2], seed: 5 }) } }),
];

export const modules: ModuleCase[] = [
  ...padding,
  ...conv,
  ...fold,
  ...upsampling,
  ...pooling,
  ...norm,
  ...dropout,
  ...shuffles,
  ...activations,
  ...losses,
];
