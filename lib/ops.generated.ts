// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { torchFunction } from './call';
import type { FactoryOptions, Operand, Scalar } from './call';
import type { DType } from './dtype';
import type { Generator } from './generator';
import type { IndexItem } from './indexing';
import type { Tensor } from './tensor';

/** A tensor of uninitialised values. torch.empty */
export const empty = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('empty');

/** Zeros. torch.zeros */
export const zeros = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('zeros');

/** Ones. torch.ones */
export const ones = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('ones');

/**
 * fillValue everywhere: a number gives the default floating dtype (also a whole one), a boolean
 * bool. torch.full
 */
export const full = torchFunction<{
  (size: readonly number[] | number, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (size: readonly number[] | number, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('full');

/** A 0-d tensor. torch.scalar_tensor */
export const scalarTensor = torchFunction<{
  (s: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { s: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('scalarTensor');

/** Shape, dtype and memory order of `self`, uninitialised. torch.empty_like */
export const emptyLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('emptyLike');

/** Zeros with the shape and dtype of `self`. torch.zeros_like */
export const zerosLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('zerosLike');

/** Ones with the shape and dtype of `self`. torch.ones_like */
export const onesLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('onesLike');

/** fillValue with the shape and dtype of `self`. torch.full_like */
export const fullLike = torchFunction<{
  (input: Tensor, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('fullLike');

/**
 * start, start + step, ... below end (above it for step < 0), ceil((end - start) / step) values:
 * int64 where all three are whole numbers, else the default dtype. torch.arange
 */
export const arange = torchFunction<{
  (end: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { end: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, step?: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options: { step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, options: { end: Scalar; step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { start: Scalar; end: Scalar; step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('arange');

/** `steps` evenly spaced values from start to end, both included. torch.linspace */
export const linspace = torchFunction<{
  (start: Scalar, end: Scalar, steps: number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options: { steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, options: { end: Scalar; steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { start: Scalar; end: Scalar; steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
}>('linspace');

/** Ones on the main diagonal of n rows and m columns (m = n unless given). torch.eye */
export const eye = torchFunction<{
  (n: number, m?: number | null, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (n: number, options: { m?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { n: number; m?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
}>('eye');

/** Uniform in [0, 1). torch.rand */
export const rand = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions]): Tensor;
}>('rand');

/** Normal with mean 0 and standard deviation 1. torch.randn */
export const randn = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions]): Tensor;
}>('randn');

/** Uniform integers in [low, high), low 0 unless given; int64 unless a dtype is given. torch.randint */
export const randint = torchFunction<{
  (high: number, size: readonly number[] | number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (high: number, options: { size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { high: number; size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (low: number, high: number, size: readonly number[] | number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (low: number, high: number, options: { size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (low: number, options: { high: number; size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { low: number; high: number; size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('randint');

/** A random order of 0 .. n - 1, int64 unless a dtype is given. torch.randperm */
export const randperm = torchFunction<{
  (n: number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { n: number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('randperm');

/** rand with the shape, dtype and memory order of self. torch.rand_like */
export const randLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('randLike');

/** randn with the shape, dtype and memory order of self. torch.randn_like */
export const randnLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('randnLike');

/** randint with the shape, dtype and memory order of self. torch.randint_like */
export const randintLike = torchFunction<{
  (input: Tensor, high: number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { high: number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (input: Tensor, low: number, high: number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (input: Tensor, low: number, options: { high: number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { low: number; high: number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('randintLike');

/** Normal numbers of shape size. torch.normal */
export const normal = torchFunction<{
  (mean: number, std: number, size: readonly number[] | number, options?: { dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (mean: number, std: number, options: { size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (mean: number, options: { std: number; size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
  (options: { mean: number; std: number; size: readonly number[] | number; dtype?: DType | null; generator?: Generator | null } & FactoryOptions): Tensor;
}>('normal');

/**
 * 1 with the probability that stands in self, else 0; with p, self gives shape and dtype alone.
 * torch.bernoulli
 */
export const bernoulli = torchFunction<{
  (input: Tensor, options?: { generator?: Generator | null }): Tensor;
  (input: Tensor, p: number, options?: { generator?: Generator | null }): Tensor;
  (input: Tensor, options: { p: number; generator?: Generator | null }): Tensor;
}>('bernoulli');

/**
 * Categories drawn with probabilities proportional to self (a vector, or one distribution a row).
 * torch.multinomial
 */
export const multinomial = torchFunction<{
  (input: Tensor, numSamples: number, replacement?: boolean, options?: { generator?: Generator | null }): Tensor;
  (input: Tensor, numSamples: number, options: { replacement?: boolean; generator?: Generator | null }): Tensor;
  (input: Tensor, options: { numSamples: number; replacement?: boolean; generator?: Generator | null }): Tensor;
}>('multinomial');

/**
 * Each element is zero with probability p while training, else divided by 1 - p.
 * torch.nn.functional.dropout
 */
export const dropout = torchFunction<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('dropout');

/** As torch.nn.functional.dropout, in place. torch.dropout_ */
export const dropout_ = torchFunction<{
  (input: Tensor, p: number, train: boolean): Tensor;
  (input: Tensor, p: number, options: { train: boolean }): Tensor;
  (input: Tensor, options: { p: number; train: boolean }): Tensor;
}>('dropout_');

/**
 * Dropout of whole channels: while training, each of (N, C) is zero with probability p, else divided
 * by 1 - p. At least two dimensions. torch.feature_dropout
 */
export const featureDropout = torchFunction<{
  (input: Tensor, p: number, train: boolean): Tensor;
  (input: Tensor, p: number, options: { train: boolean }): Tensor;
  (input: Tensor, options: { p: number; train: boolean }): Tensor;
}>('featureDropout');

export const featureDropout_ = torchFunction<{
  (input: Tensor, p: number, train: boolean): Tensor;
  (input: Tensor, p: number, options: { train: boolean }): Tensor;
  (input: Tensor, options: { p: number; train: boolean }): Tensor;
}>('featureDropout_');

/**
 * Dropout that keeps mean 0 and variance 1 of what selu gives: dropped elements become -1.7581, and
 * all are scaled and shifted. torch.nn.functional.alpha_dropout
 */
export const alphaDropout = torchFunction<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('alphaDropout');

export const alphaDropout_ = torchFunction<{
  (input: Tensor, p: number, train: boolean): Tensor;
  (input: Tensor, p: number, options: { train: boolean }): Tensor;
  (input: Tensor, options: { p: number; train: boolean }): Tensor;
}>('alphaDropout_');

/** As alphaDropout, of whole channels. torch.nn.functional.feature_alpha_dropout */
export const featureAlphaDropout = torchFunction<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('featureAlphaDropout');

export const featureAlphaDropout_ = torchFunction<{
  (input: Tensor, p: number, train: boolean): Tensor;
  (input: Tensor, p: number, options: { train: boolean }): Tensor;
  (input: Tensor, options: { p: number; train: boolean }): Tensor;
}>('featureAlphaDropout_');

/** -x. torch.neg */
export const neg = torchFunction<{
  (input: Tensor): Tensor;
}>('neg');

/** -x, as neg. torch.negative */
export const negative = torchFunction<{
  (input: Tensor): Tensor;
}>('negative');

/** x itself; an error for bool. torch.positive */
export const positive = torchFunction<{
  (input: Tensor): Tensor;
}>('positive');

/** |x|; dx = dy sign(x), 0 at 0. torch.abs */
export const abs = torchFunction<{
  (input: Tensor): Tensor;
}>('abs');

/** |x|, as abs. torch.absolute */
export const absolute = torchFunction<{
  (input: Tensor): Tensor;
}>('absolute');

/** -1, 0 or 1; 0 for NaN. No gradient passes. torch.sign */
export const sign = torchFunction<{
  (input: Tensor): Tensor;
}>('sign');

/** x^2. torch.square */
export const square = torchFunction<{
  (input: Tensor): Tensor;
}>('square');

/** 1 / x. torch.reciprocal */
export const reciprocal = torchFunction<{
  (input: Tensor): Tensor;
}>('reciprocal');

/** The square root; NaN for negative x. torch.sqrt */
export const sqrt = torchFunction<{
  (input: Tensor): Tensor;
}>('sqrt');

/** 1 / sqrt(x). torch.rsqrt */
export const rsqrt = torchFunction<{
  (input: Tensor): Tensor;
}>('rsqrt');

/** The largest whole number that is at most x. torch.floor */
export const floor = torchFunction<{
  (input: Tensor): Tensor;
}>('floor');

/** The smallest whole number that is at least x. torch.ceil */
export const ceil = torchFunction<{
  (input: Tensor): Tensor;
}>('ceil');

/** Rounded to `decimals` places, halves to even. torch.round */
export const round = torchFunction<{
  (input: Tensor, options?: { decimals?: number }): Tensor;
}>('round');

/** Rounded towards zero. torch.trunc */
export const trunc = torchFunction<{
  (input: Tensor): Tensor;
}>('trunc');

/** Rounded towards zero, as trunc. torch.fix */
export const fix = torchFunction<{
  (input: Tensor): Tensor;
}>('fix');

/** max(x, 0), NaN stays; the gradient is 0 at 0. torch.relu */
export const relu = torchFunction<{
  (input: Tensor): Tensor;
}>('relu');

/** e^x. torch.exp */
export const exp = torchFunction<{
  (input: Tensor): Tensor;
}>('exp');

/** 2^x. torch.exp2 */
export const exp2 = torchFunction<{
  (input: Tensor): Tensor;
}>('exp2');

/** e^x - 1, exact for small x. torch.expm1 */
export const expm1 = torchFunction<{
  (input: Tensor): Tensor;
}>('expm1');

/** The natural logarithm; -inf at 0, NaN below. torch.log */
export const log = torchFunction<{
  (input: Tensor): Tensor;
}>('log');

/** The logarithm to base 2. torch.log2 */
export const log2 = torchFunction<{
  (input: Tensor): Tensor;
}>('log2');

/** The logarithm to base 10. torch.log10 */
export const log10 = torchFunction<{
  (input: Tensor): Tensor;
}>('log10');

/** log(1 + x), exact for small x. torch.log1p */
export const log1p = torchFunction<{
  (input: Tensor): Tensor;
}>('log1p');

/** 1 / (1 + e^-x). torch.sigmoid */
export const sigmoid = torchFunction<{
  (input: Tensor): Tensor;
}>('sigmoid');

/** The hyperbolic tangent. torch.tanh */
export const tanh = torchFunction<{
  (input: Tensor): Tensor;
}>('tanh');

/** The sine of x in radians. torch.sin */
export const sin = torchFunction<{
  (input: Tensor): Tensor;
}>('sin');

/** The cosine of x in radians. torch.cos */
export const cos = torchFunction<{
  (input: Tensor): Tensor;
}>('cos');

/** 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. torch.erf */
export const erf = torchFunction<{
  (input: Tensor): Tensor;
}>('erf');

/** True where x is 0. torch.logical_not */
export const logicalNot = torchFunction<{
  (input: Tensor): Tensor;
}>('logicalNot');

/** The bits of an integer inverted; not x for bool. torch.bitwise_not */
export const bitwiseNot = torchFunction<{
  (input: Tensor): Tensor;
}>('bitwiseNot');

/** True where x is NaN. torch.isnan */
export const isnan = torchFunction<{
  (input: Tensor): Tensor;
}>('isnan');

/** True where x is an infinity. torch.isinf */
export const isinf = torchFunction<{
  (input: Tensor): Tensor;
}>('isinf');

/** True where x is neither NaN nor an infinity. torch.isfinite */
export const isfinite = torchFunction<{
  (input: Tensor): Tensor;
}>('isfinite');

/**
 * min(max(x, min), max), either bound may be absent. Bounds are numbers or tensors. NaN stays. The
 * gradient passes where min <= x <= max. torch.clamp
 */
export const clamp = torchFunction<{
  (input: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
  (input: Tensor, min: Scalar | null, options: { max?: Scalar | null }): Tensor;
  (input: Tensor, options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  (input: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  (input: Tensor, min: Tensor | null, options: { max?: Tensor | null }): Tensor;
  (input: Tensor, options: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  (input: Tensor, min: Operand, max: Operand): Tensor;
  (input: Tensor, min: Operand, options: { max: Operand }): Tensor;
  (input: Tensor, options: { min: Operand; max: Operand }): Tensor;
}>('clamp');

/** As clamp. torch.clip */
export const clip = torchFunction<{
  (input: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
  (input: Tensor, min: Scalar | null, options: { max?: Scalar | null }): Tensor;
  (input: Tensor, options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
}>('clip');

/** max(x, min). torch.clamp_min */
export const clampMin = torchFunction<{
  (input: Tensor, min: Operand): Tensor;
  (input: Tensor, options: { min: Operand }): Tensor;
}>('clampMin');

/** min(x, max). torch.clamp_max */
export const clampMax = torchFunction<{
  (input: Tensor, max: Operand): Tensor;
  (input: Tensor, options: { max: Operand }): Tensor;
}>('clampMax');

/** scale elu(x, alpha) with the constants that keep mean 0 and variance 1. PyTorch: torch.selu */
export const selu = torchFunction<{
  (input: Tensor): Tensor;
}>('selu');

/** As selu, in place. PyTorch: torch.selu_ */
export const selu_ = torchFunction<{
  (input: Tensor): Tensor;
}>('selu_');

/** x where x > 0, else alpha (e^(x / alpha) - 1). PyTorch: torch.celu */
export const celu = torchFunction<{
  (input: Tensor, alpha?: number): Tensor;
  (input: Tensor, options: { alpha?: number }): Tensor;
}>('celu');

/** As celu, in place. PyTorch: torch.celu_ */
export const celu_ = torchFunction<{
  (input: Tensor, alpha?: number): Tensor;
  (input: Tensor, options: { alpha?: number }): Tensor;
}>('celu_');

/** x, and 0 where |x| <= lambd. PyTorch: torch.nn.functional.hardshrink */
export const hardshrink = torchFunction<{
  (input: Tensor, lambd?: number): Tensor;
  (input: Tensor, options: { lambd?: number }): Tensor;
}>('hardshrink');

/** x where x > threshold, else value. PyTorch: torch.threshold */
export const threshold = torchFunction<{
  (input: Tensor, threshold: number, value: number): Tensor;
  (input: Tensor, threshold: number, options: { value: number }): Tensor;
  (input: Tensor, options: { threshold: number; value: number }): Tensor;
}>('threshold');

/** As threshold, in place. PyTorch: torch.threshold_ */
export const threshold_ = torchFunction<{
  (input: Tensor, threshold: number, value: number): Tensor;
  (input: Tensor, threshold: number, options: { value: number }): Tensor;
  (input: Tensor, options: { threshold: number; value: number }): Tensor;
}>('threshold_');

/**
 * x where x > 0, else weight x; weight holds one number, or one a channel (dimension 1 of the input).
 *
 * PyTorch: torch.nn.functional.prelu
 */
export const prelu = torchFunction<{
  (input: Tensor, weight: Tensor): Tensor;
  (input: Tensor, options: { weight: Tensor }): Tensor;
}>('prelu');

/**
 * x where x > 0, else a x with a drawn from [lower, upper) in training, the middle of it otherwise.
 *
 * PyTorch: torch.rrelu
 */
export const rrelu = torchFunction<{
  (input: Tensor, lower?: number, upper?: number, training?: boolean, options?: { generator?: Generator | null }): Tensor;
  (input: Tensor, lower: number, upper: number, options: { training?: boolean; generator?: Generator | null }): Tensor;
  (input: Tensor, lower: number, options: { upper?: number; training?: boolean; generator?: Generator | null }): Tensor;
  (input: Tensor, options: { lower?: number; upper?: number; training?: boolean; generator?: Generator | null }): Tensor;
}>('rrelu');

/** As rrelu, in place. PyTorch: torch.rrelu_ */
export const rrelu_ = torchFunction<{
  (input: Tensor, lower?: number, upper?: number, training?: boolean, options?: { generator?: Generator | null }): Tensor;
  (input: Tensor, lower: number, upper: number, options: { training?: boolean; generator?: Generator | null }): Tensor;
  (input: Tensor, lower: number, options: { upper?: number; training?: boolean; generator?: Generator | null }): Tensor;
  (input: Tensor, options: { lower?: number; upper?: number; training?: boolean; generator?: Generator | null }): Tensor;
}>('rrelu_');

/** a + alpha b. torch.add */
export const add = torchFunction<{
  (input: Operand, other: Operand, options?: { alpha?: Scalar }): Tensor;
  (input: Operand, options: { other: Operand; alpha?: Scalar }): Tensor;
}>('add');

/** a - alpha b; an error for bool. torch.sub */
export const sub = torchFunction<{
  (input: Operand, other: Operand, options?: { alpha?: Scalar }): Tensor;
  (input: Operand, options: { other: Operand; alpha?: Scalar }): Tensor;
}>('sub');

/** other - alpha self. torch.rsub */
export const rsub = torchFunction<{
  (input: Operand, other: Operand, options?: { alpha?: Scalar }): Tensor;
  (input: Operand, options: { other: Operand; alpha?: Scalar }): Tensor;
}>('rsub');

/** a b; and for bool. torch.mul */
export const mul = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('mul');

/** a / b, floating unless roundingMode is "floor" or "trunc" (whole quotients, no gradient). torch.div */
export const div = torchFunction<{
  (input: Operand, other: Operand, options?: { roundingMode?: string }): Tensor;
  (input: Operand, options: { other: Operand; roundingMode?: string }): Tensor;
}>('div');

/** a / b, always floating. torch.true_divide */
export const trueDivide = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('trueDivide');

/** The quotient rounded towards minus infinity. torch.floor_divide */
export const floorDivide = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('floorDivide');

/** a - b floor(a / b): the remainder with the sign of b, as in Python. torch.remainder */
export const remainder = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('remainder');

/** a - b trunc(a / b): the remainder with the sign of a, as in C. torch.fmod */
export const fmod = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('fmod');

/** a^b; an integer to a negative integer number is an error. torch.pow */
export const pow = torchFunction<{
  (input: Operand, exponent: Operand): Tensor;
  (input: Operand, options: { exponent: Operand }): Tensor;
}>('pow');

/** a^b in float64. torch.float_power */
export const floatPower = torchFunction<{
  (input: Operand, exponent: Operand): Tensor;
  (input: Operand, options: { exponent: Operand }): Tensor;
}>('floatPower');

/** The larger one, NaN wins; equal ones share the gradient. torch.maximum */
export const maximum = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('maximum');

/** The smaller one, NaN wins; equal ones share the gradient. torch.minimum */
export const minimum = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('minimum');

/** The bits of both, of integers or bool. torch.bitwise_and */
export const bitwiseAnd = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('bitwiseAnd');

/** The bits of either, of integers or bool. torch.bitwise_or */
export const bitwiseOr = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('bitwiseOr');

/** The bits of one alone, of integers or bool. torch.bitwise_xor */
export const bitwiseXor = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('bitwiseXor');

/** self + weight (end - self); all of one floating dtype. torch.lerp */
export const lerp = torchFunction<{
  (input: Tensor, end: Tensor, weight: Operand): Tensor;
  (input: Tensor, end: Tensor, options: { weight: Operand }): Tensor;
  (input: Tensor, options: { end: Tensor; weight: Operand }): Tensor;
}>('lerp');

/** self + value tensor1 tensor2. torch.addcmul */
export const addcmul = torchFunction<{
  (input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  (input: Tensor, tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): Tensor;
  (input: Tensor, options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): Tensor;
}>('addcmul');

/** self + value tensor1 / tensor2. torch.addcdiv */
export const addcdiv = torchFunction<{
  (input: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  (input: Tensor, tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): Tensor;
  (input: Tensor, options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): Tensor;
}>('addcdiv');

/** a == b. torch.eq */
export const eq = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('eq');

/** a != b. torch.ne */
export const ne = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('ne');

/** a < b. torch.lt */
export const lt = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('lt');

/** a <= b. torch.le */
export const le = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('le');

/** a > b. torch.gt */
export const gt = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('gt');

/** a >= b. torch.ge */
export const ge = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('ge');

/** As ne. torch.not_equal */
export const notEqual = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('notEqual');

/** As lt. torch.less */
export const less = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('less');

/** As le. torch.less_equal */
export const lessEqual = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('lessEqual');

/** As gt. torch.greater */
export const greater = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('greater');

/** As ge. torch.greater_equal */
export const greaterEqual = torchFunction<{
  (input: Operand, other: Operand): Tensor;
  (input: Operand, options: { other: Operand }): Tensor;
}>('greaterEqual');

/** True where both are not 0. torch.logical_and */
export const logicalAnd = torchFunction<{
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('logicalAnd');

/** True where one is not 0. torch.logical_or */
export const logicalOr = torchFunction<{
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('logicalOr');

/** True where exactly one is not 0. torch.logical_xor */
export const logicalXor = torchFunction<{
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('logicalXor');

/** True where |self - other| <= atol + rtol |other|. torch.isclose */
export const isclose = torchFunction<{
  (input: Tensor, other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
  (input: Tensor, other: Tensor, rtol: number, atol: number, options: { equalNan?: boolean }): Tensor;
  (input: Tensor, other: Tensor, rtol: number, options: { atol?: number; equalNan?: boolean }): Tensor;
  (input: Tensor, other: Tensor, options: { rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  (input: Tensor, options: { other: Tensor; rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
}>('isclose');

/**
 * The elements of self where the condition (bool) holds, of other elsewhere; either may be a number.
 * torch.where
 */
export const where = torchFunction<{
  (condition: Tensor, input: Operand, other: Operand): Tensor;
  (condition: Tensor, input: Operand, options: { other: Operand }): Tensor;
  (condition: Tensor, options: { input: Operand; other: Operand }): Tensor;
  (options: { condition: Tensor; input: Operand; other: Operand }): Tensor;
}>('where');

/** self with the value (a number or a 0-d tensor) where the mask (bool) holds. torch.Tensor.masked_fill */
export const maskedFill = torchFunction<{
  (input: Tensor, mask: Tensor, value: Operand): Tensor;
  (input: Tensor, mask: Tensor, options: { value: Operand }): Tensor;
  (input: Tensor, options: { mask: Tensor; value: Operand }): Tensor;
}>('maskedFill');

/** A copy that takes part in the graph; keeps the memory order of a dense tensor. torch.clone */
export const clone = torchFunction<{
  (input: Tensor, options?: { memoryFormat?: string }): Tensor;
}>('clone');

/** Sum of the elements over `dim`; integers and booleans add up in int64. dtype: convert first. */
export const sum = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
}>('sum');

/** Mean over `dim`; the input (or dtype) must be floating. */
export const mean = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
}>('mean');

/** Product of the elements, over all dimensions or over `dim`; integers multiply in int64. */
export const prod = torchFunction<{
  (input: Tensor, dim?: number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, dim: number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim?: number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
}>('prod');

/** Largest element. NaN wins; equal elements share the gradient. */
export const max = torchFunction<{
  (input: Tensor): Tensor;
  /** Largest element of each slice along `dim` and its index (the first of equal ones; NaN wins). */
  (input: Tensor, dim: number, keepdim?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, dim: number, options: { keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, options: { dim: number; keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /** Elementwise maximum of two tensors, as `maximum`. */
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('max');

/** Smallest element. NaN wins; equal elements share the gradient. */
export const min = torchFunction<{
  (input: Tensor): Tensor;
  /** Smallest element of each slice along `dim` and its index (the first of equal ones; NaN wins). */
  (input: Tensor, dim: number, keepdim?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, dim: number, options: { keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, options: { dim: number; keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /** Elementwise minimum of two tensors, as `minimum`. */
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('min');

/** Largest element over `dim`; equal elements share the gradient. */
export const amax = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
}>('amax');

/** Smallest element over `dim`; equal elements share the gradient. */
export const amin = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
}>('amin');

/**
 * Index (int64) of the largest element along `dim`, or in the flattened tensor; the first of equal
 * ones, NaN wins.
 */
export const argmax = torchFunction<{
  (input: Tensor, dim?: number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: number | null; keepdim?: boolean }): Tensor;
}>('argmax');

/**
 * Index (int64) of the smallest element along `dim`, or in the flattened tensor; the first of
 * equal ones, NaN wins.
 */
export const argmin = torchFunction<{
  (input: Tensor, dim?: number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: number | null; keepdim?: boolean }): Tensor;
}>('argmin');

/** Whether all elements over `dim` are true (not 0). */
export const all = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
}>('all');

/** Whether any element over `dim` is true (not 0). */
export const any = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
}>('any');

/** Number of elements that are not 0, over `dim`. */
export const countNonzero = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null }): Tensor;
  (input: Tensor, ...dim: number[]): Tensor;
}>('countNonzero');

/** Variance over `dim`: sum (x - mean)^2 / max(0, n - correction), correction 1 unless given. */
const var_ = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (input: Tensor, ...dim: number[]): Tensor;
  (...args: [input: Tensor, ...dim: number[], options: { correction?: Scalar | null; keepdim?: boolean }]): Tensor;
  /** Variance of all elements; unbiased: divided by n - 1 instead of n. */
  (input: Tensor, unbiased: boolean): Tensor;
  (input: Tensor, options: { unbiased: boolean }): Tensor;
  /** Variance over `dim`; unbiased: divided by n - 1 instead of n. */
  (input: Tensor, dim: readonly number[] | number | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, unbiased: boolean, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim: readonly number[] | number | null; unbiased?: boolean; keepdim?: boolean }): Tensor;
}>('var');
export { var_ as var };

/** Standard deviation over `dim`, the root of `var`. */
export const std = torchFunction<{
  (input: Tensor, dim?: readonly number[] | number | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim?: readonly number[] | number | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  (input: Tensor, ...dim: number[]): Tensor;
  (...args: [input: Tensor, ...dim: number[], options: { correction?: Scalar | null; keepdim?: boolean }]): Tensor;
  /** Standard deviation of all elements; unbiased: divided by n - 1 instead of n. */
  (input: Tensor, unbiased: boolean): Tensor;
  (input: Tensor, options: { unbiased: boolean }): Tensor;
  /** Standard deviation over `dim`; unbiased: divided by n - 1 instead of n. */
  (input: Tensor, dim: readonly number[] | number | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, unbiased: boolean, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim: readonly number[] | number | null; unbiased?: boolean; keepdim?: boolean }): Tensor;
}>('std');

/**
 * Vector norm (sum |x|^p)^(1/p) over `dim`, p = 2 unless given; also p = 0 (count of nonzeros),
 * Infinity and -Infinity.
 */
export const norm = torchFunction<{
  (input: Tensor, p?: Scalar | null, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, p: Scalar | null, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, p: Scalar | null, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, options: { p?: Scalar | null; dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Frobenius norm ('fro'): the 2-norm of the elements over `dim`. */
  (input: Tensor, p: string, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, p: string, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, p: string, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  (input: Tensor, options: { p: string; dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
}>('norm');

/** log(sum exp(x)) over `dim`, without overflow. */
export const logsumexp = torchFunction<{
  (input: Tensor, dim: readonly number[] | number | null, keepdim?: boolean): Tensor;
  (input: Tensor, dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  (input: Tensor, options: { dim: readonly number[] | number | null; keepdim?: boolean }): Tensor;
}>('logsumexp');

/** Cumulative sum along `dim`; integers and booleans add up in int64. */
export const cumsum = torchFunction<{
  (input: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim: number; dtype?: DType | null }): Tensor;
}>('cumsum');

/** The k largest (or smallest) elements along `dim` with their indices, in order when sorted. */
export const topk = torchFunction<{
  (input: Tensor, k: number, dim?: number, largest?: boolean, sorted?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, k: number, dim: number, largest: boolean, options: { sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, k: number, dim: number, options: { largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, k: number, options: { dim?: number; largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, options: { k: number; dim?: number; largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
}>('topk');

/**
 * Elements along `dim` in rising (or falling) order with their indices; equal ones keep their
 * order, NaN counts as the largest.
 */
export const sort = torchFunction<{
  (input: Tensor, dim?: number, descending?: boolean, stable?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, dim: number, descending: boolean, options: { stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, dim: number, options: { descending?: boolean; stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  (input: Tensor, options: { dim?: number; descending?: boolean; stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
}>('sort');

/** Indices that sort x along `dim`. */
export const argsort = torchFunction<{
  (input: Tensor, dim?: number, descending?: boolean, stable?: boolean): Tensor;
  (input: Tensor, dim: number, descending: boolean, options: { stable?: boolean }): Tensor;
  (input: Tensor, dim: number, options: { descending?: boolean; stable?: boolean }): Tensor;
  (input: Tensor, options: { dim?: number; descending?: boolean; stable?: boolean }): Tensor;
}>('argsort');

/** Matrix product of two matrices: (n, k) and (k, m) give (n, m). torch.mm */
export const mm = torchFunction<{
  (input: Tensor, mat2: Tensor): Tensor;
  (input: Tensor, options: { mat2: Tensor }): Tensor;
}>('mm');

/** Matrix product of two batches of matrices: (b, n, k) and (b, k, m) give (b, n, m). torch.bmm */
export const bmm = torchFunction<{
  (input: Tensor, mat2: Tensor): Tensor;
  (input: Tensor, options: { mat2: Tensor }): Tensor;
}>('bmm');

/** Product of a matrix (n, k) and a vector (k). torch.mv */
export const mv = torchFunction<{
  (input: Tensor, vec: Tensor): Tensor;
  (input: Tensor, options: { vec: Tensor }): Tensor;
}>('mv');

/** Sum of the products of two vectors, a 0-d tensor. torch.dot */
export const dot = torchFunction<{
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('dot');

/** Every product of two elements of two vectors: (n) and (m) give (n, m). torch.outer */
export const outer = torchFunction<{
  (input: Tensor, vec2: Tensor): Tensor;
  (input: Tensor, options: { vec2: Tensor }): Tensor;
}>('outer');

/**
 * Product of vectors, matrices and batches of them: vector x vector is dot, matrix x vector is mv, matrix x matrix is mm;
 * a vector on the left counts as a row, on the right as a column; dimensions in front of the last two broadcast. torch.matmul
 */
export const matmul = torchFunction<{
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, options: { other: Tensor }): Tensor;
}>('matmul');

/** beta * self + alpha * (mat1 x mat2); self broadcasts to the shape of the product and is not read when beta is 0. torch.addmm */
export const addmm = torchFunction<{
  (input: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  (input: Tensor, mat1: Tensor, options: { mat2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  (input: Tensor, options: { mat1: Tensor; mat2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
}>('addmm');

/** beta * self + alpha * (batch1 x batch2), batch by batch; self broadcasts and is not read when beta is 0. torch.baddbmm */
export const baddbmm = torchFunction<{
  (input: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  (input: Tensor, batch1: Tensor, options: { batch2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  (input: Tensor, options: { batch1: Tensor; batch2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
}>('baddbmm');

/** As view, but copies where a view is impossible. torch.reshape */
export const reshape = torchFunction<{
  (input: Tensor, shape: readonly number[] | number): Tensor;
  (input: Tensor, options: { shape: readonly number[] | number }): Tensor;
  (input: Tensor, ...shape: number[]): Tensor;
}>('reshape');

/** Dimensions startDim .. endDim as one; a 0-d tensor becomes [1]. torch.flatten */
export const flatten = torchFunction<{
  (input: Tensor, startDim?: number, endDim?: number): Tensor;
  (input: Tensor, startDim: number, options: { endDim?: number }): Tensor;
  (input: Tensor, options: { startDim?: number; endDim?: number }): Tensor;
}>('flatten');

/** One dimension, row-major. torch.ravel */
export const ravel = torchFunction<{
  (input: Tensor): Tensor;
}>('ravel');

/** Dimension `dim` split into `sizes`, whose product is its size; one may be -1. torch.unflatten */
export const unflatten = torchFunction<{
  (input: Tensor, dim: number, sizes: readonly number[] | number): Tensor;
  (input: Tensor, dim: number, options: { sizes: readonly number[] | number }): Tensor;
  (input: Tensor, options: { dim: number; sizes: readonly number[] | number }): Tensor;
}>('unflatten');

/** dim0 and dim1 swapped. torch.transpose */
export const transpose = torchFunction<{
  (input: Tensor, dim0: number, dim1: number): Tensor;
  (input: Tensor, dim0: number, options: { dim1: number }): Tensor;
  (input: Tensor, options: { dim0: number; dim1: number }): Tensor;
}>('transpose');

/** As transpose. torch.swapaxes */
export const swapaxes = torchFunction<{
  (input: Tensor, axis0: number, axis1: number): Tensor;
  (input: Tensor, axis0: number, options: { axis1: number }): Tensor;
  (input: Tensor, options: { axis0: number; axis1: number }): Tensor;
}>('swapaxes');

/** As transpose. torch.swapdims */
export const swapdims = torchFunction<{
  (input: Tensor, dim0: number, dim1: number): Tensor;
  (input: Tensor, dim0: number, options: { dim1: number }): Tensor;
  (input: Tensor, options: { dim0: number; dim1: number }): Tensor;
}>('swapdims');

/** A matrix transposed; vectors and 0-d tensors stay. torch.t */
export const t = torchFunction<{
  (input: Tensor): Tensor;
}>('t');

/** Dimension i of the result is dimension dims[i]. torch.permute */
export const permute = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('permute');

/** Dimension `source` moved to `destination`, the others keep their order. torch.movedim */
export const movedim = torchFunction<{
  (input: Tensor, source: number, destination: number): Tensor;
  (input: Tensor, source: number, options: { destination: number }): Tensor;
  (input: Tensor, options: { source: number; destination: number }): Tensor;
  (input: Tensor, source: readonly number[] | number, destination: readonly number[] | number): Tensor;
  (input: Tensor, source: readonly number[] | number, options: { destination: readonly number[] | number }): Tensor;
  (input: Tensor, options: { source: readonly number[] | number; destination: readonly number[] | number }): Tensor;
}>('movedim');

/** All dimensions of size 1 dropped. torch.squeeze */
export const squeeze = torchFunction<{
  (input: Tensor): Tensor;
  /** Those of the given dimensions dropped that have size 1. torch.squeeze */
  (input: Tensor, dim: readonly number[] | number): Tensor;
  (input: Tensor, options: { dim: readonly number[] | number }): Tensor;
  (input: Tensor, ...dim: number[]): Tensor;
}>('squeeze');

/** A dimension of size 1 inserted before dimension `dim`. torch.unsqueeze */
export const unsqueeze = torchFunction<{
  (input: Tensor, dim: number): Tensor;
  (input: Tensor, options: { dim: number }): Tensor;
}>('unsqueeze');

/** As expand. torch.broadcast_to */
export const broadcastTo = torchFunction<{
  (input: Tensor, size: readonly number[] | number): Tensor;
  (input: Tensor, options: { size: readonly number[] | number }): Tensor;
  (input: Tensor, ...size: number[]): Tensor;
}>('broadcastTo');

/** Elements start .. start + length - 1 of dimension `dim`. torch.narrow */
export const narrow = torchFunction<{
  (input: Tensor, dim: number, start: number, length: number): Tensor;
  (input: Tensor, dim: number, start: number, options: { length: number }): Tensor;
  (input: Tensor, dim: number, options: { start: number; length: number }): Tensor;
  (input: Tensor, options: { dim: number; start: number; length: number }): Tensor;
}>('narrow');

/** Element `index` of dimension `dim`, which goes away. torch.select */
export const select = torchFunction<{
  (input: Tensor, dim: number, index: number): Tensor;
  (input: Tensor, dim: number, options: { index: number }): Tensor;
  (input: Tensor, options: { dim: number; index: number }): Tensor;
}>('select');

/**
 * The diagonal of dimensions dim1 and dim2 as the last dimension; offset > 0 lies above the main
 * one. torch.diagonal
 */
export const diagonal = torchFunction<{
  (input: Tensor, offset?: number, dim1?: number, dim2?: number): Tensor;
  (input: Tensor, offset: number, dim1: number, options: { dim2?: number }): Tensor;
  (input: Tensor, offset: number, options: { dim1?: number; dim2?: number }): Tensor;
  (input: Tensor, options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
}>('diagonal');

/**
 * Any geometry over the tensor's memory; the offset counts from the start of the memory. The
 * gradient of an element that is reached several times is the sum. torch.as_strided
 */
export const asStrided = torchFunction<{
  (input: Tensor, size: readonly number[] | number, stride: readonly number[] | number, storageOffset?: number | null): Tensor;
  (input: Tensor, size: readonly number[] | number, stride: readonly number[] | number, options: { storageOffset?: number | null }): Tensor;
  (input: Tensor, size: readonly number[] | number, options: { stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  (input: Tensor, options: { size: readonly number[] | number; stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
}>('asStrided');

/** The elements along dimension `dim`, each without it. torch.unbind */
export const unbind = torchFunction<{
  (input: Tensor, dim?: number): Tensor[];
  (input: Tensor, options: { dim?: number }): Tensor[];
}>('unbind');

/** Pieces of `splitSize` elements of dimension `dim`, the last may be smaller. torch.split */
export const split = torchFunction<{
  (input: Tensor, splitSize: number, dim?: number): Tensor[];
  (input: Tensor, splitSize: number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { splitSize: number; dim?: number }): Tensor[];
  /** Pieces of the given sizes, which must add up to the size of dimension `dim`. torch.split */
  (input: Tensor, splitSize: readonly number[] | number, dim?: number): Tensor[];
  (input: Tensor, splitSize: readonly number[] | number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { splitSize: readonly number[] | number; dim?: number }): Tensor[];
}>('split');

/** At most `chunks` pieces of equal size, the last may be smaller. torch.chunk */
export const chunk = torchFunction<{
  (input: Tensor, chunks: number, dim?: number): Tensor[];
  (input: Tensor, chunks: number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { chunks: number; dim?: number }): Tensor[];
}>('chunk');

/** The same data without history. torch.Tensor.detach */
export const detach = torchFunction<{
  (input: Tensor): Tensor;
}>('detach');

/** Tensors joined along an existing dimension; their other sizes are equal. torch.cat */
export const cat = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('cat');

/** As cat. torch.concat */
export const concat = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('concat');

/** Tensors of one shape joined along a new dimension. torch.stack */
export const stack = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('stack');

/** y[i][j] = x[index[i][j]][j] for dim 0, and so on. torch.gather */
export const gather = torchFunction<{
  (input: Tensor, dim: number, index: Tensor): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor }): Tensor;
}>('gather');

/**
 * A copy of self with self[index[i][j]][j] = src[i][j] for dim 0, and so on; where an index repeats
 * the last one stays. torch.scatter
 */
export const scatter = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, src: Operand): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { src: Operand }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; src: Operand }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; src: Operand }): Tensor;
}>('scatter');

/** As scatter, but adds; repeated indices add up. torch.scatter_add */
export const scatterAdd = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { src: Tensor }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; src: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; src: Tensor }): Tensor;
}>('scatterAdd');

/** Slices index[0], index[1], ... of dimension dim, as a copy. torch.index_select */
export const indexSelect = torchFunction<{
  (input: Tensor, dim: number, index: Tensor): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor }): Tensor;
}>('indexSelect');

/** A copy of self with self.select(dim, index[i]) += alpha source.select(dim, i). torch.index_add */
export const indexAdd = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
}>('indexAdd');

/** Elements at row-major positions, in the shape of index. torch.take */
export const take = torchFunction<{
  (input: Tensor, index: Tensor): Tensor;
  (input: Tensor, options: { index: Tensor }): Tensor;
}>('take');

/** The elements where mask (bool, broadcast) is true, as one dimension. torch.masked_select */
export const maskedSelect = torchFunction<{
  (input: Tensor, mask: Tensor): Tensor;
  (input: Tensor, options: { mask: Tensor }): Tensor;
}>('maskedSelect');

/** The index tuples of all elements that are not zero, as rows in row-major order. torch.nonzero */
export const nonzero = torchFunction<{
  (input: Tensor): Tensor;
}>('nonzero');

/** The order of elements reversed along the given dimensions, as a copy. torch.flip */
export const flip = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('flip');

/**
 * Elements shifted along dims, what leaves at the end enters at the start; without dims over the
 * flattened tensor. torch.roll
 */
export const roll = torchFunction<{
  (input: Tensor, shifts: readonly number[] | number, dims?: readonly number[] | number): Tensor;
  (input: Tensor, shifts: readonly number[] | number, options: { dims?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { shifts: readonly number[] | number; dims?: readonly number[] | number }): Tensor;
}>('roll');

/** As repeat; missing repetitions are 1. torch.tile */
export const tile = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('tile');

/** Each element repeated along dim (of the flattened tensor without dim). torch.repeat_interleave */
export const repeatInterleave = torchFunction<{
  (input: Tensor, repeats: number, dim?: number | null): Tensor;
  (input: Tensor, repeats: number, options: { dim?: number | null }): Tensor;
  (input: Tensor, options: { repeats: number; dim?: number | null }): Tensor;
  (input: Tensor, repeats: Tensor, dim?: number | null): Tensor;
  (input: Tensor, repeats: Tensor, options: { dim?: number | null }): Tensor;
  (input: Tensor, options: { repeats: Tensor; dim?: number | null }): Tensor;
}>('repeatInterleave');

/** The elements on and below diagonal `diagonal` of each matrix, zeros elsewhere. torch.tril */
export const tril = torchFunction<{
  (input: Tensor, diagonal?: number): Tensor;
  (input: Tensor, options: { diagonal?: number }): Tensor;
}>('tril');

/** The elements on and above diagonal `diagonal` of each matrix, zeros elsewhere. torch.triu */
export const triu = torchFunction<{
  (input: Tensor, diagonal?: number): Tensor;
  (input: Tensor, options: { diagonal?: number }): Tensor;
}>('triu');

/** exp(x_i) / sum_j exp(x_j) along `dim`, without overflow. dtype: convert first. */
export const softmax = torchFunction<{
  (input: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim: number; dtype?: DType | null }): Tensor;
}>('softmax');

/** log(softmax(x)) along `dim`, computed as x - max - log(sum exp(x - max)). dtype: convert first. */
export const logSoftmax = torchFunction<{
  (input: Tensor, dim: number, options?: { dtype?: DType | null }): Tensor;
  (input: Tensor, options: { dim: number; dtype?: DType | null }): Tensor;
}>('logSoftmax');

/**
 * Cross-correlation in 1 dimension, plus bias: output[n, o] = bias[o] + the sum over the channels c of o's group of
 * input[n, c] correlated with weight[o, c].
 *
 * Shapes: input (N, C, L) or (C, L), weight (O, C / groups, k), bias (O), output (N, O, L') with
 * size' = floor((size + 2 padding - dilation (k - 1) - 1) / stride) + 1. stride (default 1), padding (0) and dilation (1) are
 * a number. An input smaller than the kernel, channels that do not fit and negative values are a RangeError.
 *
 * PyTorch: torch.nn.functional.conv1d
 */
export const conv1d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  /**
   * The same with padding 'valid', which is none, or 'same', which keeps the size: stride must be 1, and what an even kernel
   * leaves over is padded at the end.
   */
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: string, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
}>('conv1d');

/**
 * Cross-correlation in 2 dimensions, plus bias: output[n, o] = bias[o] + the sum over the channels c of o's group of
 * input[n, c] correlated with weight[o, c].
 *
 * Shapes: input (N, C, H, W) or (C, H, W), weight (O, C / groups, kh, kw), bias (O), output (N, O, H', W') with
 * size' = floor((size + 2 padding - dilation (k - 1) - 1) / stride) + 1. stride (default 1), padding (0) and dilation (1) are
 * a number or one for each dimension. An input smaller than the kernel, channels that do not fit and negative values are a RangeError.
 *
 * PyTorch: torch.nn.functional.conv2d
 */
export const conv2d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  /**
   * The same with padding 'valid', which is none, or 'same', which keeps the size: stride must be 1, and what an even kernel
   * leaves over is padded at the end.
   */
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: string, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
}>('conv2d');

/**
 * Cross-correlation in 3 dimensions, plus bias: output[n, o] = bias[o] + the sum over the channels c of o's group of
 * input[n, c] correlated with weight[o, c].
 *
 * Shapes: input (N, C, D, H, W) or (C, D, H, W), weight (O, C / groups, kd, kh, kw), bias (O), output (N, O, D', H', W') with
 * size' = floor((size + 2 padding - dilation (k - 1) - 1) / stride) + 1. stride (default 1), padding (0) and dilation (1) are
 * a number or one for each dimension. An input smaller than the kernel, channels that do not fit and negative values are a RangeError.
 *
 * PyTorch: torch.nn.functional.conv3d
 */
export const conv3d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; dilation?: readonly number[] | number; groups?: number }): Tensor;
  /**
   * The same with padding 'valid', which is none, or 'same', which keeps the size: stride must be 1, and what an even kernel
   * leaves over is padded at the end.
   */
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: string, dilation?: readonly number[] | number, groups?: number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, dilation: readonly number[] | number, options: { groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: string, options: { dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: string; dilation?: readonly number[] | number; groups?: number }): Tensor;
}>('conv3d');

/**
 * The transpose of conv1d (the gradient with respect to its input), plus bias: each input element adds its multiple of the
 * kernel to the output.
 *
 * Shapes: input (N, C, L) or (C, L), weight (C, O / groups, k), bias (O), output (N, O, L') with
 * size' = (size - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1. outputPadding (default 0) must be smaller than
 * stride or dilation.
 *
 * PyTorch: torch.nn.functional.conv_transpose1d
 */
export const convTranspose1d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, outputPadding?: readonly number[] | number, groups?: number, dilation?: readonly number[] | number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, groups: number, options: { dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, options: { groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
}>('convTranspose1d');

/**
 * The transpose of conv2d (the gradient with respect to its input), plus bias: each input element adds its multiple of the
 * kernel to the output.
 *
 * Shapes: input (N, C, H, W) or (C, H, W), weight (C, O / groups, kh, kw), bias (O), output (N, O, H', W') with
 * size' = (size - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1. outputPadding (default 0) must be smaller than
 * stride or dilation.
 *
 * PyTorch: torch.nn.functional.conv_transpose2d
 */
export const convTranspose2d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, outputPadding?: readonly number[] | number, groups?: number, dilation?: readonly number[] | number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, groups: number, options: { dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, options: { groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
}>('convTranspose2d');

/**
 * The transpose of conv3d (the gradient with respect to its input), plus bias: each input element adds its multiple of the
 * kernel to the output.
 *
 * Shapes: input (N, C, D, H, W) or (C, D, H, W), weight (C, O / groups, kd, kh, kw), bias (O), output (N, O, D', H', W') with
 * size' = (size - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1. outputPadding (default 0) must be smaller than
 * stride or dilation.
 *
 * PyTorch: torch.nn.functional.conv_transpose3d
 */
export const convTranspose3d = torchFunction<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: readonly number[] | number, padding?: readonly number[] | number, outputPadding?: readonly number[] | number, groups?: number, dilation?: readonly number[] | number): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, groups: number, options: { dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, outputPadding: readonly number[] | number, options: { groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, padding: readonly number[] | number, options: { outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[] | number, options: { padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, bias: Tensor | null, options: { stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null; stride?: readonly number[] | number; padding?: readonly number[] | number; outputPadding?: readonly number[] | number; groups?: number; dilation?: readonly number[] | number }): Tensor;
}>('convTranspose3d');

/**
 * Largest element of each window of the input (N, C, L) or (C, L); the padding never wins, NaN
 * always does. stride: kernelSize unless given; padding 0: at most half of kernelSize; dilation 1:
 * between the elements of a window; ceilMode: a last window may hang over, unless it starts in the
 * padding.
 *
 * PyTorch: torch.max_pool1d
 */
export const maxPool1d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
}>('maxPool1d');

/** As `torch.maxPool1d`, with the place of each of these elements in its row (int64). */
export const maxPool1dWithIndices = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): [Tensor, Tensor];
}>('maxPool1dWithIndices');

/**
 * Largest element of each window of the input (N, C, H, W) or (C, H, W); the padding never wins,
 * NaN always does. stride: kernelSize unless given; padding 0: at most half of kernelSize; dilation
 * 1: between the elements of a window; ceilMode: a last window may hang over, unless it starts in
 * the padding.
 *
 * PyTorch: torch.max_pool2d
 */
export const maxPool2d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
}>('maxPool2d');

/**
 * Largest element of each window of the input (N, C, D, H, W) or (C, D, H, W); the padding never
 * wins, NaN always does. stride: kernelSize unless given; padding 0: at most half of kernelSize;
 * dilation 1: between the elements of a window; ceilMode: a last window may hang over, unless it
 * starts in the padding.
 *
 * PyTorch: torch.max_pool3d
 */
export const maxPool3d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean }): Tensor;
}>('maxPool3d');

/**
 * Mean of each window of the input (N, C, L) or (C, L). stride: kernelSize unless given; padding 0:
 * zeros, at most half of kernelSize; ceilMode: a last window may hang over, unless it starts in the
 * padding; countIncludePad: zeros of the padding count too.
 *
 * PyTorch: torch.nn.functional.avg_pool1d
 */
export const avgPool1d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, ceilMode?: boolean, countIncludePad?: boolean): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, ceilMode: boolean, options: { countIncludePad?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean }): Tensor;
}>('avgPool1d');

/**
 * Means of an even division of the input (N, C, L) or (C, L): output i of n covers the inputs
 * floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis. outputSize: a number or one for each
 * axis.
 *
 * PyTorch: torch.nn.functional.adaptive_avg_pool1d
 */
export const adaptiveAvgPool1d = torchFunction<{
  (input: Tensor, outputSize: readonly number[] | number): Tensor;
  (input: Tensor, options: { outputSize: readonly number[] | number }): Tensor;
  (input: Tensor, ...outputSize: number[]): Tensor;
}>('adaptiveAvgPool1d');

/**
 * Largest elements of an even division of the input (N, C, L) or (C, L), and their places (int64).
 *
 * PyTorch: torch.adaptive_max_pool1d
 */
export const adaptiveMaxPool1d = torchFunction<{
  (input: Tensor, outputSize: readonly number[] | number): [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly number[] | number }): [Tensor, Tensor];
  (input: Tensor, ...outputSize: number[]): [Tensor, Tensor];
}>('adaptiveMaxPool1d');

/**
 * (x - mean) / sqrt(var + eps) * weight + bias for x (N, C, ...), with mean and variance over each
 * of numGroups groups of channels of each sample; weight and bias of length C.
 *
 * PyTorch: torch.nn.functional.group_norm
 */
export const groupNorm = torchFunction<{
  (input: Tensor, numGroups: number, weight?: Tensor | null, bias?: Tensor | null, eps?: number): Tensor;
  (input: Tensor, numGroups: number, weight: Tensor | null, bias: Tensor | null, options: { eps?: number }): Tensor;
  (input: Tensor, numGroups: number, weight: Tensor | null, options: { bias?: Tensor | null; eps?: number }): Tensor;
  (input: Tensor, numGroups: number, options: { weight?: Tensor | null; bias?: Tensor | null; eps?: number }): Tensor;
  (input: Tensor, options: { numGroups: number; weight?: Tensor | null; bias?: Tensor | null; eps?: number }): Tensor;
}>('groupNorm');

/**
 * (x - mean) / sqrt(var + eps) * weight + bias, with mean and variance over the last dimensions,
 * whose sizes normalizedShape gives; weight and bias have that shape.
 *
 * PyTorch: torch.nn.functional.layer_norm
 */
export const layerNorm = torchFunction<{
  (input: Tensor, normalizedShape: readonly number[] | number, weight?: Tensor | null, bias?: Tensor | null, eps?: number): Tensor;
  (input: Tensor, normalizedShape: readonly number[] | number, weight: Tensor | null, bias: Tensor | null, options: { eps?: number }): Tensor;
  (input: Tensor, normalizedShape: readonly number[] | number, weight: Tensor | null, options: { bias?: Tensor | null; eps?: number }): Tensor;
  (input: Tensor, normalizedShape: readonly number[] | number, options: { weight?: Tensor | null; bias?: Tensor | null; eps?: number }): Tensor;
  (input: Tensor, options: { normalizedShape: readonly number[] | number; weight?: Tensor | null; bias?: Tensor | null; eps?: number }): Tensor;
}>('layerNorm');

/**
 * x / sqrt(mean(x^2) + eps) * weight, the mean over the last dimensions, whose sizes
 * normalizedShape gives; eps is the machine epsilon (of float32 for float16 and bfloat16) unless
 * given.
 *
 * PyTorch: torch.nn.functional.rms_norm
 */
export const rmsNorm = torchFunction<{
  (input: Tensor, normalizedShape: readonly number[] | number, weight?: Tensor | null, eps?: number | null): Tensor;
  (input: Tensor, normalizedShape: readonly number[] | number, weight: Tensor | null, options: { eps?: number | null }): Tensor;
  (input: Tensor, normalizedShape: readonly number[] | number, options: { weight?: Tensor | null; eps?: number | null }): Tensor;
  (input: Tensor, options: { normalizedShape: readonly number[] | number; weight?: Tensor | null; eps?: number | null }): Tensor;
}>('rmsNorm');

/** `self` with the number `value` around its last axes. PyTorch: torch.constant_pad_nd */
export const constantPadNd = torchFunction<{
  (input: Tensor, pad: readonly number[] | number, value?: Scalar): Tensor;
  (input: Tensor, pad: readonly number[] | number, options: { value?: Scalar }): Tensor;
  (input: Tensor, options: { pad: readonly number[] | number; value?: Scalar }): Tensor;
}>('constantPadNd');

/**
 * (..., C r^2, H, W) with its channels laid out as pixels: (..., C, H r, W r), r = upscaleFactor.
 *
 * PyTorch: torch.nn.functional.pixel_shuffle
 */
export const pixelShuffle = torchFunction<{
  (input: Tensor, upscaleFactor: number): Tensor;
  (input: Tensor, options: { upscaleFactor: number }): Tensor;
}>('pixelShuffle');

/**
 * The inverse of pixelShuffle: (..., C, H r, W r) to (..., C r^2, H, W), r = downscaleFactor.
 *
 * PyTorch: torch.nn.functional.pixel_unshuffle
 */
export const pixelUnshuffle = torchFunction<{
  (input: Tensor, downscaleFactor: number): Tensor;
  (input: Tensor, options: { downscaleFactor: number }): Tensor;
}>('pixelUnshuffle');

/**
 * The channels of (N, C, ...) in another order: as a [groups, C / groups] matrix, transposed.
 *
 * PyTorch: torch.nn.functional.channel_shuffle
 */
export const channelShuffle = torchFunction<{
  (input: Tensor, groups: number): Tensor;
  (input: Tensor, options: { groups: number }): Tensor;
}>('channelShuffle');

/** The methods of the op list, as class Tensor has them. */
export interface TensorMethods {
  /** Uninitialised, with the dtype of `self`. torch.Tensor.new_empty */
  newEmpty(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newEmpty(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newEmpty(...size: number[]): Tensor;
  newEmpty(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** Zeros with the dtype of `self`. torch.Tensor.new_zeros */
  newZeros(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newZeros(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newZeros(...size: number[]): Tensor;
  newZeros(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** Ones with the dtype of `self`. torch.Tensor.new_ones */
  newOnes(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newOnes(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newOnes(...size: number[]): Tensor;
  newOnes(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** fillValue with the dtype of `self`. torch.Tensor.new_full */
  newFull(size: readonly number[] | number, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newFull(size: readonly number[] | number, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  newFull(options: { size: readonly number[] | number; fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  /** Fills self with uniform numbers of [from, to). torch.Tensor.uniform_ */
  uniform_(from?: number, to?: number, options?: { generator?: Generator | null }): this;
  uniform_(from: number, options: { to?: number; generator?: Generator | null }): this;
  uniform_(options: { from?: number; to?: number; generator?: Generator | null }): this;
  /** Fills self with normal numbers. torch.Tensor.normal_ */
  normal_(mean?: number, std?: number, options?: { generator?: Generator | null }): this;
  normal_(mean: number, options: { std?: number; generator?: Generator | null }): this;
  normal_(options: { mean?: number; std?: number; generator?: Generator | null }): this;
  /**
   * Fills self with exponential numbers of rate lambd: density lambd exp(-lambd x).
   * torch.Tensor.exponential_
   */
  exponential_(lambd?: number, options?: { generator?: Generator | null }): this;
  exponential_(options: { lambd?: number; generator?: Generator | null }): this;
  /**
   * Fills self with integers of [from, to), or from 0 on with what the dtype represents.
   * torch.Tensor.random_
   */
  random_(options?: { generator?: Generator | null }): this;
  random_(to: number, options?: { generator?: Generator | null }): this;
  random_(options: { to: number; generator?: Generator | null }): this;
  random_(from: number, to: number | null, options?: { generator?: Generator | null }): this;
  random_(from: number, options: { to: number | null; generator?: Generator | null }): this;
  random_(options: { from: number; to: number | null; generator?: Generator | null }): this;
  /** 1 with probability p, else 0, one p for all or one per element. torch.Tensor.bernoulli_ */
  bernoulli_(p?: number, options?: { generator?: Generator | null }): this;
  bernoulli_(options: { p?: number; generator?: Generator | null }): this;
  bernoulli_(p: Tensor, options?: { generator?: Generator | null }): this;
  bernoulli_(options: { p: Tensor; generator?: Generator | null }): this;
  /**
   * 1 with the probability that stands in self, else 0; with p, self gives shape and dtype alone.
   * torch.bernoulli
   */
  bernoulli(options?: { generator?: Generator | null }): Tensor;
  bernoulli(p: number, options?: { generator?: Generator | null }): Tensor;
  bernoulli(options: { p: number; generator?: Generator | null }): Tensor;
  /**
   * Categories drawn with probabilities proportional to self (a vector, or one distribution a row).
   * torch.multinomial
   */
  multinomial(numSamples: number, replacement?: boolean, options?: { generator?: Generator | null }): Tensor;
  multinomial(numSamples: number, options: { replacement?: boolean; generator?: Generator | null }): Tensor;
  multinomial(options: { numSamples: number; replacement?: boolean; generator?: Generator | null }): Tensor;
  /** -x. torch.neg */
  neg(): Tensor;
  /** As neg, in place. torch.Tensor.neg_ */
  neg_(): this;
  /** -x, as neg. torch.negative */
  negative(): Tensor;
  /** As negative, in place. torch.Tensor.negative_ */
  negative_(): this;
  /** x itself; an error for bool. torch.positive */
  positive(): Tensor;
  /** |x|; dx = dy sign(x), 0 at 0. torch.abs */
  abs(): Tensor;
  /** As abs, in place. torch.Tensor.abs_ */
  abs_(): this;
  /** |x|, as abs. torch.absolute */
  absolute(): Tensor;
  /** As absolute, in place. torch.Tensor.absolute_ */
  absolute_(): this;
  /** -1, 0 or 1; 0 for NaN. No gradient passes. torch.sign */
  sign(): Tensor;
  /** As sign, in place. torch.Tensor.sign_ */
  sign_(): this;
  /** x^2. torch.square */
  square(): Tensor;
  /** As square, in place. torch.Tensor.square_ */
  square_(): this;
  /** 1 / x. torch.reciprocal */
  reciprocal(): Tensor;
  /** As reciprocal, in place. torch.Tensor.reciprocal_ */
  reciprocal_(): this;
  /** The square root; NaN for negative x. torch.sqrt */
  sqrt(): Tensor;
  /** As sqrt, in place. torch.Tensor.sqrt_ */
  sqrt_(): this;
  /** 1 / sqrt(x). torch.rsqrt */
  rsqrt(): Tensor;
  /** As rsqrt, in place. torch.Tensor.rsqrt_ */
  rsqrt_(): this;
  /** The largest whole number that is at most x. torch.floor */
  floor(): Tensor;
  /** As floor, in place. torch.Tensor.floor_ */
  floor_(): this;
  /** The smallest whole number that is at least x. torch.ceil */
  ceil(): Tensor;
  /** As ceil, in place. torch.Tensor.ceil_ */
  ceil_(): this;
  /** Rounded to `decimals` places, halves to even. torch.round */
  round(options?: { decimals?: number }): Tensor;
  /** As round, in place. torch.Tensor.round_ */
  round_(options?: { decimals?: number }): this;
  /** Rounded towards zero. torch.trunc */
  trunc(): Tensor;
  /** As trunc, in place. torch.Tensor.trunc_ */
  trunc_(): this;
  /** Rounded towards zero, as trunc. torch.fix */
  fix(): Tensor;
  /** As fix, in place. torch.Tensor.fix_ */
  fix_(): this;
  /** max(x, 0), NaN stays; the gradient is 0 at 0. torch.relu */
  relu(): Tensor;
  /** As relu, in place. torch.Tensor.relu_ */
  relu_(): this;
  /** e^x. torch.exp */
  exp(): Tensor;
  /** As exp, in place. torch.Tensor.exp_ */
  exp_(): this;
  /** 2^x. torch.exp2 */
  exp2(): Tensor;
  /** As exp2, in place. torch.Tensor.exp2_ */
  exp2_(): this;
  /** e^x - 1, exact for small x. torch.expm1 */
  expm1(): Tensor;
  /** As expm1, in place. torch.Tensor.expm1_ */
  expm1_(): this;
  /** The natural logarithm; -inf at 0, NaN below. torch.log */
  log(): Tensor;
  /** As log, in place. torch.Tensor.log_ */
  log_(): this;
  /** The logarithm to base 2. torch.log2 */
  log2(): Tensor;
  /** As log2, in place. torch.Tensor.log2_ */
  log2_(): this;
  /** The logarithm to base 10. torch.log10 */
  log10(): Tensor;
  /** As log10, in place. torch.Tensor.log10_ */
  log10_(): this;
  /** log(1 + x), exact for small x. torch.log1p */
  log1p(): Tensor;
  /** As log1p, in place. torch.Tensor.log1p_ */
  log1p_(): this;
  /** 1 / (1 + e^-x). torch.sigmoid */
  sigmoid(): Tensor;
  /** As sigmoid, in place. torch.Tensor.sigmoid_ */
  sigmoid_(): this;
  /** The hyperbolic tangent. torch.tanh */
  tanh(): Tensor;
  /** As tanh, in place. torch.Tensor.tanh_ */
  tanh_(): this;
  /** The sine of x in radians. torch.sin */
  sin(): Tensor;
  /** As sin, in place. torch.Tensor.sin_ */
  sin_(): this;
  /** The cosine of x in radians. torch.cos */
  cos(): Tensor;
  /** As cos, in place. torch.Tensor.cos_ */
  cos_(): this;
  /** 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x. torch.erf */
  erf(): Tensor;
  /** As erf, in place. torch.Tensor.erf_ */
  erf_(): this;
  /** True where x is 0. torch.logical_not */
  logicalNot(): Tensor;
  /** As logicalNot, in place. torch.Tensor.logical_not_ */
  logicalNot_(): this;
  /** The bits of an integer inverted; not x for bool. torch.bitwise_not */
  bitwiseNot(): Tensor;
  /** As bitwiseNot, in place. torch.Tensor.bitwise_not_ */
  bitwiseNot_(): this;
  /** True where x is NaN. torch.isnan */
  isnan(): Tensor;
  /** True where x is an infinity. torch.isinf */
  isinf(): Tensor;
  /** True where x is neither NaN nor an infinity. torch.isfinite */
  isfinite(): Tensor;
  /**
   * min(max(x, min), max), either bound may be absent. Bounds are numbers or tensors. NaN stays. The
   * gradient passes where min <= x <= max. torch.clamp
   */
  clamp(min?: Scalar | null, max?: Scalar | null): Tensor;
  clamp(min: Scalar | null, options: { max?: Scalar | null }): Tensor;
  clamp(options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  clamp(min?: Tensor | null, max?: Tensor | null): Tensor;
  clamp(min: Tensor | null, options: { max?: Tensor | null }): Tensor;
  clamp(options: { min?: Tensor | null; max?: Tensor | null }): Tensor;
  clamp(min: Operand, max: Operand): Tensor;
  clamp(min: Operand, options: { max: Operand }): Tensor;
  clamp(options: { min: Operand; max: Operand }): Tensor;
  /** As clamp, in place. torch.Tensor.clamp_ */
  clamp_(min?: Scalar | null, max?: Scalar | null): this;
  clamp_(min: Scalar | null, options: { max?: Scalar | null }): this;
  clamp_(options: { min?: Scalar | null; max?: Scalar | null }): this;
  clamp_(min?: Tensor | null, max?: Tensor | null): this;
  clamp_(min: Tensor | null, options: { max?: Tensor | null }): this;
  clamp_(options: { min?: Tensor | null; max?: Tensor | null }): this;
  /** As clamp. torch.clip */
  clip(min?: Scalar | null, max?: Scalar | null): Tensor;
  clip(min: Scalar | null, options: { max?: Scalar | null }): Tensor;
  clip(options: { min?: Scalar | null; max?: Scalar | null }): Tensor;
  /** max(x, min). torch.clamp_min */
  clampMin(min: Operand): Tensor;
  clampMin(options: { min: Operand }): Tensor;
  /** As clampMin, in place. torch.Tensor.clamp_min_ */
  clampMin_(min: Operand): this;
  clampMin_(options: { min: Operand }): this;
  /** min(x, max). torch.clamp_max */
  clampMax(max: Operand): Tensor;
  clampMax(options: { max: Operand }): Tensor;
  /** As clampMax, in place. torch.Tensor.clamp_max_ */
  clampMax_(max: Operand): this;
  clampMax_(options: { max: Operand }): this;
  /** x, and 0 where |x| <= lambd. PyTorch: torch.nn.functional.hardshrink */
  hardshrink(lambd?: number): Tensor;
  hardshrink(options: { lambd?: number }): Tensor;
  /**
   * x where x > 0, else weight x; weight holds one number, or one a channel (dimension 1 of the input).
   *
   * PyTorch: torch.nn.functional.prelu
   */
  prelu(weight: Tensor): Tensor;
  prelu(options: { weight: Tensor }): Tensor;
  /** a + alpha b. torch.add */
  add(other: Operand, options?: { alpha?: Scalar }): Tensor;
  add(options: { other: Operand; alpha?: Scalar }): Tensor;
  /** As add, in place. torch.Tensor.add_ */
  add_(other: Operand, options?: { alpha?: Scalar }): this;
  add_(options: { other: Operand; alpha?: Scalar }): this;
  /** a - alpha b; an error for bool. torch.sub */
  sub(other: Operand, options?: { alpha?: Scalar }): Tensor;
  sub(options: { other: Operand; alpha?: Scalar }): Tensor;
  /** As sub, in place. torch.Tensor.sub_ */
  sub_(other: Operand, options?: { alpha?: Scalar }): this;
  sub_(options: { other: Operand; alpha?: Scalar }): this;
  /** a b; and for bool. torch.mul */
  mul(other: Operand): Tensor;
  mul(options: { other: Operand }): Tensor;
  /** As mul, in place. torch.Tensor.mul_ */
  mul_(other: Operand): this;
  mul_(options: { other: Operand }): this;
  /** a / b, floating unless roundingMode is "floor" or "trunc" (whole quotients, no gradient). torch.div */
  div(other: Operand, options?: { roundingMode?: string }): Tensor;
  div(options: { other: Operand; roundingMode?: string }): Tensor;
  /** As div, in place. torch.Tensor.div_ */
  div_(other: Operand, options?: { roundingMode?: string }): this;
  div_(options: { other: Operand; roundingMode?: string }): this;
  /** a / b, always floating. torch.true_divide */
  trueDivide(other: Operand): Tensor;
  trueDivide(options: { other: Operand }): Tensor;
  /** The quotient rounded towards minus infinity. torch.floor_divide */
  floorDivide(other: Operand): Tensor;
  floorDivide(options: { other: Operand }): Tensor;
  /** As floorDivide, in place. torch.Tensor.floor_divide_ */
  floorDivide_(other: Operand): this;
  floorDivide_(options: { other: Operand }): this;
  /** a - b floor(a / b): the remainder with the sign of b, as in Python. torch.remainder */
  remainder(other: Operand): Tensor;
  remainder(options: { other: Operand }): Tensor;
  /** As remainder, in place. torch.Tensor.remainder_ */
  remainder_(other: Operand): this;
  remainder_(options: { other: Operand }): this;
  /** a - b trunc(a / b): the remainder with the sign of a, as in C. torch.fmod */
  fmod(other: Operand): Tensor;
  fmod(options: { other: Operand }): Tensor;
  /** As fmod, in place. torch.Tensor.fmod_ */
  fmod_(other: Operand): this;
  fmod_(options: { other: Operand }): this;
  /** a^b; an integer to a negative integer number is an error. torch.pow */
  pow(exponent: Operand): Tensor;
  pow(options: { exponent: Operand }): Tensor;
  /** As pow, in place. torch.Tensor.pow_ */
  pow_(exponent: Operand): this;
  pow_(options: { exponent: Operand }): this;
  /** a^b in float64. torch.float_power */
  floatPower(exponent: Operand): Tensor;
  floatPower(options: { exponent: Operand }): Tensor;
  /** The larger one, NaN wins; equal ones share the gradient. torch.maximum */
  maximum(other: Operand): Tensor;
  maximum(options: { other: Operand }): Tensor;
  /** The smaller one, NaN wins; equal ones share the gradient. torch.minimum */
  minimum(other: Operand): Tensor;
  minimum(options: { other: Operand }): Tensor;
  /** The bits of both, of integers or bool. torch.bitwise_and */
  bitwiseAnd(other: Operand): Tensor;
  bitwiseAnd(options: { other: Operand }): Tensor;
  /** As bitwiseAnd, in place. torch.Tensor.bitwise_and_ */
  bitwiseAnd_(other: Operand): this;
  bitwiseAnd_(options: { other: Operand }): this;
  /** The bits of either, of integers or bool. torch.bitwise_or */
  bitwiseOr(other: Operand): Tensor;
  bitwiseOr(options: { other: Operand }): Tensor;
  /** As bitwiseOr, in place. torch.Tensor.bitwise_or_ */
  bitwiseOr_(other: Operand): this;
  bitwiseOr_(options: { other: Operand }): this;
  /** The bits of one alone, of integers or bool. torch.bitwise_xor */
  bitwiseXor(other: Operand): Tensor;
  bitwiseXor(options: { other: Operand }): Tensor;
  /** As bitwiseXor, in place. torch.Tensor.bitwise_xor_ */
  bitwiseXor_(other: Operand): this;
  bitwiseXor_(options: { other: Operand }): this;
  /** self + weight (end - self); all of one floating dtype. torch.lerp */
  lerp(end: Tensor, weight: Operand): Tensor;
  lerp(end: Tensor, options: { weight: Operand }): Tensor;
  lerp(options: { end: Tensor; weight: Operand }): Tensor;
  /** As lerp, in place. torch.Tensor.lerp_ */
  lerp_(end: Tensor, weight: Operand): this;
  lerp_(end: Tensor, options: { weight: Operand }): this;
  lerp_(options: { end: Tensor; weight: Operand }): this;
  /** self + value tensor1 tensor2. torch.addcmul */
  addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  addcmul(tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): Tensor;
  addcmul(options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): Tensor;
  /** As addcmul, in place. torch.Tensor.addcmul_ */
  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): this;
  addcmul_(tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): this;
  addcmul_(options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): this;
  /** self + value tensor1 / tensor2. torch.addcdiv */
  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  addcdiv(tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): Tensor;
  addcdiv(options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): Tensor;
  /** As addcdiv, in place. torch.Tensor.addcdiv_ */
  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): this;
  addcdiv_(tensor1: Tensor, options: { tensor2: Tensor; value?: Scalar }): this;
  addcdiv_(options: { tensor1: Tensor; tensor2: Tensor; value?: Scalar }): this;
  /** a == b. torch.eq */
  eq(other: Operand): Tensor;
  eq(options: { other: Operand }): Tensor;
  /** As eq, in place. torch.Tensor.eq_ */
  eq_(other: Operand): this;
  eq_(options: { other: Operand }): this;
  /** a != b. torch.ne */
  ne(other: Operand): Tensor;
  ne(options: { other: Operand }): Tensor;
  /** As ne, in place. torch.Tensor.ne_ */
  ne_(other: Operand): this;
  ne_(options: { other: Operand }): this;
  /** a < b. torch.lt */
  lt(other: Operand): Tensor;
  lt(options: { other: Operand }): Tensor;
  /** As lt, in place. torch.Tensor.lt_ */
  lt_(other: Operand): this;
  lt_(options: { other: Operand }): this;
  /** a <= b. torch.le */
  le(other: Operand): Tensor;
  le(options: { other: Operand }): Tensor;
  /** As le, in place. torch.Tensor.le_ */
  le_(other: Operand): this;
  le_(options: { other: Operand }): this;
  /** a > b. torch.gt */
  gt(other: Operand): Tensor;
  gt(options: { other: Operand }): Tensor;
  /** As gt, in place. torch.Tensor.gt_ */
  gt_(other: Operand): this;
  gt_(options: { other: Operand }): this;
  /** a >= b. torch.ge */
  ge(other: Operand): Tensor;
  ge(options: { other: Operand }): Tensor;
  /** As ge, in place. torch.Tensor.ge_ */
  ge_(other: Operand): this;
  ge_(options: { other: Operand }): this;
  /** As ne. torch.not_equal */
  notEqual(other: Operand): Tensor;
  notEqual(options: { other: Operand }): Tensor;
  /** As notEqual, in place. torch.Tensor.not_equal_ */
  notEqual_(other: Operand): this;
  notEqual_(options: { other: Operand }): this;
  /** As lt. torch.less */
  less(other: Operand): Tensor;
  less(options: { other: Operand }): Tensor;
  /** As less, in place. torch.Tensor.less_ */
  less_(other: Operand): this;
  less_(options: { other: Operand }): this;
  /** As le. torch.less_equal */
  lessEqual(other: Operand): Tensor;
  lessEqual(options: { other: Operand }): Tensor;
  /** As lessEqual, in place. torch.Tensor.less_equal_ */
  lessEqual_(other: Operand): this;
  lessEqual_(options: { other: Operand }): this;
  /** As gt. torch.greater */
  greater(other: Operand): Tensor;
  greater(options: { other: Operand }): Tensor;
  /** As greater, in place. torch.Tensor.greater_ */
  greater_(other: Operand): this;
  greater_(options: { other: Operand }): this;
  /** As ge. torch.greater_equal */
  greaterEqual(other: Operand): Tensor;
  greaterEqual(options: { other: Operand }): Tensor;
  /** As greaterEqual, in place. torch.Tensor.greater_equal_ */
  greaterEqual_(other: Operand): this;
  greaterEqual_(options: { other: Operand }): this;
  /** True where both are not 0. torch.logical_and */
  logicalAnd(other: Tensor): Tensor;
  logicalAnd(options: { other: Tensor }): Tensor;
  /** As logicalAnd, in place. torch.Tensor.logical_and_ */
  logicalAnd_(other: Tensor): this;
  logicalAnd_(options: { other: Tensor }): this;
  /** True where one is not 0. torch.logical_or */
  logicalOr(other: Tensor): Tensor;
  logicalOr(options: { other: Tensor }): Tensor;
  /** As logicalOr, in place. torch.Tensor.logical_or_ */
  logicalOr_(other: Tensor): this;
  logicalOr_(options: { other: Tensor }): this;
  /** True where exactly one is not 0. torch.logical_xor */
  logicalXor(other: Tensor): Tensor;
  logicalXor(options: { other: Tensor }): Tensor;
  /** As logicalXor, in place. torch.Tensor.logical_xor_ */
  logicalXor_(other: Tensor): this;
  logicalXor_(options: { other: Tensor }): this;
  /** True where |self - other| <= atol + rtol |other|. torch.isclose */
  isclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
  isclose(other: Tensor, rtol: number, atol: number, options: { equalNan?: boolean }): Tensor;
  isclose(other: Tensor, rtol: number, options: { atol?: number; equalNan?: boolean }): Tensor;
  isclose(other: Tensor, options: { rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  isclose(options: { other: Tensor; rtol?: number; atol?: number; equalNan?: boolean }): Tensor;
  where(condition: Tensor, other: Operand): Tensor;
  where(condition: Tensor, options: { other: Operand }): Tensor;
  where(options: { condition: Tensor; other: Operand }): Tensor;
  /** self with the value (a number or a 0-d tensor) where the mask (bool) holds. torch.Tensor.masked_fill */
  maskedFill(mask: Tensor, value: Operand): Tensor;
  maskedFill(mask: Tensor, options: { value: Operand }): Tensor;
  maskedFill(options: { mask: Tensor; value: Operand }): Tensor;
  /** As maskedFill, in place. torch.Tensor.masked_fill_ */
  maskedFill_(mask: Tensor, value: Operand): this;
  maskedFill_(mask: Tensor, options: { value: Operand }): this;
  maskedFill_(options: { mask: Tensor; value: Operand }): this;
  /**
   * Copies the elements of source into self, converted to its dtype and broadcast to its shape, and
   * returns self. torch.Tensor.copy_
   */
  copy_(source: Tensor, nonBlocking?: boolean): this;
  copy_(source: Tensor, options: { nonBlocking?: boolean }): this;
  copy_(options: { source: Tensor; nonBlocking?: boolean }): this;
  /** A copy that takes part in the graph; keeps the memory order of a dense tensor. torch.clone */
  clone(options?: { memoryFormat?: string }): Tensor;
  /**
   * The tensor itself if its elements lie in row-major order without gaps, else such a copy.
   * torch.Tensor.contiguous
   */
  contiguous(): Tensor;
  /**
   * The tensor converted to a dtype; the tensor itself if it has it already and `copy` is false.
   * Floating numbers become integers by truncation. torch.Tensor.to
   */
  to(dtype: DType, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(dtype: DType, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(dtype: DType, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { dtype: DType; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(device: string, dtype?: DType | null, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(device: string, dtype: DType | null, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(device: string, dtype: DType | null, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(device: string, options: { dtype?: DType | null; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { device: string; dtype?: DType | null; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(other: Tensor, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(other: Tensor, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(other: Tensor, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { other: Tensor; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options?: { dtype?: DType | null; device?: string; nonBlocking?: boolean; copy?: boolean }): Tensor;
  /** The tensor in the dtype of another. torch.Tensor.type_as */
  typeAs(other: Tensor): Tensor;
  typeAs(options: { other: Tensor }): Tensor;
  /** The tensor itself: there is no other device. torch.Tensor.cpu */
  cpu(): Tensor;
  /** self.to(torch.float32). torch.Tensor.float */
  float(): Tensor;
  /** self.to(torch.float64). torch.Tensor.double */
  double(): Tensor;
  /** self.to(torch.float16). torch.Tensor.half */
  half(): Tensor;
  /** self.to(torch.bfloat16). torch.Tensor.bfloat16 */
  bfloat16(): Tensor;
  /** self.to(torch.int64). torch.Tensor.long */
  long(): Tensor;
  /** self.to(torch.int32). torch.Tensor.int */
  int(): Tensor;
  /** self.to(torch.int16). torch.Tensor.short */
  short(): Tensor;
  /** self.to(torch.int8). torch.Tensor.char */
  char(): Tensor;
  /** self.to(torch.uint8). torch.Tensor.byte */
  byte(): Tensor;
  /** self.to(torch.bool). torch.Tensor.bool */
  bool(): Tensor;
  /** Sets every element to a number or to the value of a 0-d tensor. torch.Tensor.fill_ */
  fill_(value: Operand): this;
  fill_(options: { value: Operand }): this;
  /** Sets every element to 0. torch.Tensor.zero_ */
  zero_(): this;
  /** Sum of the elements over `dim`; integers and booleans add up in int64. dtype: convert first. */
  sum(dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  sum(dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  sum(options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Sums x over its broadcast dimensions so that the result has shape `size`. */
  sumToSize(size: readonly number[] | number): Tensor;
  sumToSize(options: { size: readonly number[] | number }): Tensor;
  sumToSize(...size: number[]): Tensor;
  /** Mean over `dim`; the input (or dtype) must be floating. */
  mean(dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  mean(dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  mean(options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Product of the elements, over all dimensions or over `dim`; integers multiply in int64. */
  prod(dim?: number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  prod(dim: number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  prod(options: { dim?: number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Largest element. NaN wins; equal elements share the gradient. */
  max(): Tensor;
  /** Largest element of each slice along `dim` and its index (the first of equal ones; NaN wins). */
  max(dim: number, keepdim?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  max(dim: number, options: { keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  max(options: { dim: number; keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /** Elementwise maximum of two tensors, as `maximum`. */
  max(other: Tensor): Tensor;
  max(options: { other: Tensor }): Tensor;
  /** Smallest element. NaN wins; equal elements share the gradient. */
  min(): Tensor;
  /** Smallest element of each slice along `dim` and its index (the first of equal ones; NaN wins). */
  min(dim: number, keepdim?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  min(dim: number, options: { keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  min(options: { dim: number; keepdim?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /** Elementwise minimum of two tensors, as `minimum`. */
  min(other: Tensor): Tensor;
  min(options: { other: Tensor }): Tensor;
  /** Largest element over `dim`; equal elements share the gradient. */
  amax(dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  amax(dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  amax(options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
  /** Smallest element over `dim`; equal elements share the gradient. */
  amin(dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  amin(dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  amin(options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
  /**
   * Index (int64) of the largest element along `dim`, or in the flattened tensor; the first of equal
   * ones, NaN wins.
   */
  argmax(dim?: number | null, keepdim?: boolean): Tensor;
  argmax(dim: number | null, options: { keepdim?: boolean }): Tensor;
  argmax(options: { dim?: number | null; keepdim?: boolean }): Tensor;
  /**
   * Index (int64) of the smallest element along `dim`, or in the flattened tensor; the first of
   * equal ones, NaN wins.
   */
  argmin(dim?: number | null, keepdim?: boolean): Tensor;
  argmin(dim: number | null, options: { keepdim?: boolean }): Tensor;
  argmin(options: { dim?: number | null; keepdim?: boolean }): Tensor;
  /** Whether all elements over `dim` are true (not 0). */
  all(dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  all(dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  all(options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
  /** Whether any element over `dim` is true (not 0). */
  any(dim?: readonly number[] | number | null, keepdim?: boolean): Tensor;
  any(dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  any(options: { dim?: readonly number[] | number | null; keepdim?: boolean }): Tensor;
  /** Number of elements that are not 0, over `dim`. */
  countNonzero(dim?: readonly number[] | number | null): Tensor;
  countNonzero(options: { dim?: readonly number[] | number | null }): Tensor;
  countNonzero(...dim: number[]): Tensor;
  /** Variance over `dim`: sum (x - mean)^2 / max(0, n - correction), correction 1 unless given. */
  var(dim?: readonly number[] | number | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  var(options: { dim?: readonly number[] | number | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  var(...dim: number[]): Tensor;
  var(...args: [...dim: number[], options: { correction?: Scalar | null; keepdim?: boolean }]): Tensor;
  /** Variance of all elements; unbiased: divided by n - 1 instead of n. */
  var(unbiased: boolean): Tensor;
  var(options: { unbiased: boolean }): Tensor;
  /** Variance over `dim`; unbiased: divided by n - 1 instead of n. */
  var(dim: readonly number[] | number | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  var(dim: readonly number[] | number | null, unbiased: boolean, options: { keepdim?: boolean }): Tensor;
  var(dim: readonly number[] | number | null, options: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  var(options: { dim: readonly number[] | number | null; unbiased?: boolean; keepdim?: boolean }): Tensor;
  /** Standard deviation over `dim`, the root of `var`. */
  std(dim?: readonly number[] | number | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  std(options: { dim?: readonly number[] | number | null; correction?: Scalar | null; keepdim?: boolean }): Tensor;
  std(...dim: number[]): Tensor;
  std(...args: [...dim: number[], options: { correction?: Scalar | null; keepdim?: boolean }]): Tensor;
  /** Standard deviation of all elements; unbiased: divided by n - 1 instead of n. */
  std(unbiased: boolean): Tensor;
  std(options: { unbiased: boolean }): Tensor;
  /** Standard deviation over `dim`; unbiased: divided by n - 1 instead of n. */
  std(dim: readonly number[] | number | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  std(dim: readonly number[] | number | null, unbiased: boolean, options: { keepdim?: boolean }): Tensor;
  std(dim: readonly number[] | number | null, options: { unbiased?: boolean; keepdim?: boolean }): Tensor;
  std(options: { dim: readonly number[] | number | null; unbiased?: boolean; keepdim?: boolean }): Tensor;
  /**
   * Vector norm (sum |x|^p)^(1/p) over `dim`, p = 2 unless given; also p = 0 (count of nonzeros),
   * Infinity and -Infinity.
   */
  norm(p?: Scalar | null, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  norm(p: Scalar | null, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  norm(p: Scalar | null, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  norm(options: { p?: Scalar | null; dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** Frobenius norm ('fro'): the 2-norm of the elements over `dim`. */
  norm(p: string, dim?: readonly number[] | number | null, keepdim?: boolean, options?: { dtype?: DType | null }): Tensor;
  norm(p: string, dim: readonly number[] | number | null, options: { keepdim?: boolean; dtype?: DType | null }): Tensor;
  norm(p: string, options: { dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  norm(options: { p: string; dim?: readonly number[] | number | null; keepdim?: boolean; dtype?: DType | null }): Tensor;
  /** log(sum exp(x)) over `dim`, without overflow. */
  logsumexp(dim: readonly number[] | number | null, keepdim?: boolean): Tensor;
  logsumexp(dim: readonly number[] | number | null, options: { keepdim?: boolean }): Tensor;
  logsumexp(options: { dim: readonly number[] | number | null; keepdim?: boolean }): Tensor;
  /** Cumulative sum along `dim`; integers and booleans add up in int64. */
  cumsum(dim: number, options?: { dtype?: DType | null }): Tensor;
  cumsum(options: { dim: number; dtype?: DType | null }): Tensor;
  /** The k largest (or smallest) elements along `dim` with their indices, in order when sorted. */
  topk(k: number, dim?: number, largest?: boolean, sorted?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  topk(k: number, dim: number, largest: boolean, options: { sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  topk(k: number, dim: number, options: { largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  topk(k: number, options: { dim?: number; largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  topk(options: { k: number; dim?: number; largest?: boolean; sorted?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /**
   * Elements along `dim` in rising (or falling) order with their indices; equal ones keep their
   * order, NaN counts as the largest.
   */
  sort(dim?: number, descending?: boolean, stable?: boolean): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  sort(dim: number, descending: boolean, options: { stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  sort(dim: number, options: { descending?: boolean; stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  sort(options: { dim?: number; descending?: boolean; stable?: boolean }): [Tensor, Tensor] & { values: Tensor; indices: Tensor };
  /** Indices that sort x along `dim`. */
  argsort(dim?: number, descending?: boolean, stable?: boolean): Tensor;
  argsort(dim: number, descending: boolean, options: { stable?: boolean }): Tensor;
  argsort(dim: number, options: { descending?: boolean; stable?: boolean }): Tensor;
  argsort(options: { dim?: number; descending?: boolean; stable?: boolean }): Tensor;
  /** Matrix product of two matrices: (n, k) and (k, m) give (n, m). torch.mm */
  mm(mat2: Tensor): Tensor;
  mm(options: { mat2: Tensor }): Tensor;
  /** Matrix product of two batches of matrices: (b, n, k) and (b, k, m) give (b, n, m). torch.bmm */
  bmm(mat2: Tensor): Tensor;
  bmm(options: { mat2: Tensor }): Tensor;
  /** Product of a matrix (n, k) and a vector (k). torch.mv */
  mv(vec: Tensor): Tensor;
  mv(options: { vec: Tensor }): Tensor;
  /** Sum of the products of two vectors, a 0-d tensor. torch.dot */
  dot(other: Tensor): Tensor;
  dot(options: { other: Tensor }): Tensor;
  /** Every product of two elements of two vectors: (n) and (m) give (n, m). torch.outer */
  outer(vec2: Tensor): Tensor;
  outer(options: { vec2: Tensor }): Tensor;
  /**
   * Product of vectors, matrices and batches of them: vector x vector is dot, matrix x vector is mv, matrix x matrix is mm;
   * a vector on the left counts as a row, on the right as a column; dimensions in front of the last two broadcast. torch.matmul
   */
  matmul(other: Tensor): Tensor;
  matmul(options: { other: Tensor }): Tensor;
  /** beta * self + alpha * (mat1 x mat2); self broadcasts to the shape of the product and is not read when beta is 0. torch.addmm */
  addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  addmm(mat1: Tensor, options: { mat2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  addmm(options: { mat1: Tensor; mat2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  /** beta * self + alpha * (batch1 x batch2), batch by batch; self broadcasts and is not read when beta is 0. torch.baddbmm */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  baddbmm(batch1: Tensor, options: { batch2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  baddbmm(options: { batch1: Tensor; batch2: Tensor; beta?: Scalar; alpha?: Scalar }): Tensor;
  /**
   * The same elements in row-major order with another shape; one size may be -1 and is inferred. An
   * error where the strides do not allow it without a copy (see reshape). torch.Tensor.view
   */
  view(size: readonly number[] | number): Tensor;
  view(options: { size: readonly number[] | number }): Tensor;
  view(...size: number[]): Tensor;
  /** A view of the same shape as `other`. torch.Tensor.view_as */
  viewAs(other: Tensor): Tensor;
  viewAs(options: { other: Tensor }): Tensor;
  /** As view, but copies where a view is impossible. torch.reshape */
  reshape(shape: readonly number[] | number): Tensor;
  reshape(options: { shape: readonly number[] | number }): Tensor;
  reshape(...shape: number[]): Tensor;
  /** Reshaped to the shape of `other`. torch.Tensor.reshape_as */
  reshapeAs(other: Tensor): Tensor;
  reshapeAs(options: { other: Tensor }): Tensor;
  /** Dimensions startDim .. endDim as one; a 0-d tensor becomes [1]. torch.flatten */
  flatten(startDim?: number, endDim?: number): Tensor;
  flatten(startDim: number, options: { endDim?: number }): Tensor;
  flatten(options: { startDim?: number; endDim?: number }): Tensor;
  /** One dimension, row-major. torch.ravel */
  ravel(): Tensor;
  /** Dimension `dim` split into `sizes`, whose product is its size; one may be -1. torch.unflatten */
  unflatten(dim: number, sizes: readonly number[] | number): Tensor;
  unflatten(dim: number, options: { sizes: readonly number[] | number }): Tensor;
  unflatten(options: { dim: number; sizes: readonly number[] | number }): Tensor;
  /** dim0 and dim1 swapped. torch.transpose */
  transpose(dim0: number, dim1: number): Tensor;
  transpose(dim0: number, options: { dim1: number }): Tensor;
  transpose(options: { dim0: number; dim1: number }): Tensor;
  /** As transpose. torch.swapaxes */
  swapaxes(axis0: number, axis1: number): Tensor;
  swapaxes(axis0: number, options: { axis1: number }): Tensor;
  swapaxes(options: { axis0: number; axis1: number }): Tensor;
  /** As transpose. torch.swapdims */
  swapdims(dim0: number, dim1: number): Tensor;
  swapdims(dim0: number, options: { dim1: number }): Tensor;
  swapdims(options: { dim0: number; dim1: number }): Tensor;
  /** A matrix transposed; vectors and 0-d tensors stay. torch.t */
  t(): Tensor;
  /** Dimension i of the result is dimension dims[i]. torch.permute */
  permute(dims: readonly number[] | number): Tensor;
  permute(options: { dims: readonly number[] | number }): Tensor;
  permute(...dims: number[]): Tensor;
  /** Dimension `source` moved to `destination`, the others keep their order. torch.movedim */
  movedim(source: number, destination: number): Tensor;
  movedim(source: number, options: { destination: number }): Tensor;
  movedim(options: { source: number; destination: number }): Tensor;
  movedim(source: readonly number[] | number, destination: readonly number[] | number): Tensor;
  movedim(source: readonly number[] | number, options: { destination: readonly number[] | number }): Tensor;
  movedim(options: { source: readonly number[] | number; destination: readonly number[] | number }): Tensor;
  /** All dimensions of size 1 dropped. torch.squeeze */
  squeeze(): Tensor;
  /** Those of the given dimensions dropped that have size 1. torch.squeeze */
  squeeze(dim: readonly number[] | number): Tensor;
  squeeze(options: { dim: readonly number[] | number }): Tensor;
  squeeze(...dim: number[]): Tensor;
  /** A dimension of size 1 inserted before dimension `dim`. torch.unsqueeze */
  unsqueeze(dim: number): Tensor;
  unsqueeze(options: { dim: number }): Tensor;
  /**
   * Dimensions of size 1 repeated without a copy, new ones in front; -1 keeps a size. The gradient is
   * the sum over what was repeated. torch.Tensor.expand
   */
  expand(size: readonly number[] | number): Tensor;
  expand(options: { size: readonly number[] | number }): Tensor;
  expand(...size: number[]): Tensor;
  /** Expanded to the shape of `other`. torch.Tensor.expand_as */
  expandAs(other: Tensor): Tensor;
  expandAs(options: { other: Tensor }): Tensor;
  /** As expand. torch.broadcast_to */
  broadcastTo(size: readonly number[] | number): Tensor;
  broadcastTo(options: { size: readonly number[] | number }): Tensor;
  broadcastTo(...size: number[]): Tensor;
  /** Elements start .. start + length - 1 of dimension `dim`. torch.narrow */
  narrow(dim: number, start: number, length: number): Tensor;
  narrow(dim: number, start: number, options: { length: number }): Tensor;
  narrow(dim: number, options: { start: number; length: number }): Tensor;
  narrow(options: { dim: number; start: number; length: number }): Tensor;
  /** Element `index` of dimension `dim`, which goes away. torch.select */
  select(dim: number, index: number): Tensor;
  select(dim: number, options: { index: number }): Tensor;
  select(options: { dim: number; index: number }): Tensor;
  /** x[start:end:step] in dimension `dim`; bounds are clamped, negative ones count from the end. */
  slice(dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  slice(dim: number, start: number | null, end: number | null, options: { step?: number }): Tensor;
  slice(dim: number, start: number | null, options: { end?: number | null; step?: number }): Tensor;
  slice(dim: number, options: { start?: number | null; end?: number | null; step?: number }): Tensor;
  slice(options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /**
   * The diagonal of dimensions dim1 and dim2 as the last dimension; offset > 0 lies above the main
   * one. torch.diagonal
   */
  diagonal(offset?: number, dim1?: number, dim2?: number): Tensor;
  diagonal(offset: number, dim1: number, options: { dim2?: number }): Tensor;
  diagonal(offset: number, options: { dim1?: number; dim2?: number }): Tensor;
  diagonal(options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
  /**
   * Any geometry over the tensor's memory; the offset counts from the start of the memory. The
   * gradient of an element that is reached several times is the sum. torch.as_strided
   */
  asStrided(size: readonly number[] | number, stride: readonly number[] | number, storageOffset?: number | null): Tensor;
  asStrided(size: readonly number[] | number, stride: readonly number[] | number, options: { storageOffset?: number | null }): Tensor;
  asStrided(size: readonly number[] | number, options: { stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  asStrided(options: { size: readonly number[] | number; stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  /** The elements along dimension `dim`, each without it. torch.unbind */
  unbind(dim?: number): Tensor[];
  unbind(options: { dim?: number }): Tensor[];
  /** Pieces of `splitSize` elements of dimension `dim`, the last may be smaller. torch.split */
  split(splitSize: number, dim?: number): Tensor[];
  split(splitSize: number, options: { dim?: number }): Tensor[];
  split(options: { splitSize: number; dim?: number }): Tensor[];
  /** Pieces of the given sizes, which must add up to the size of dimension `dim`. torch.split */
  split(splitSize: readonly number[] | number, dim?: number): Tensor[];
  split(splitSize: readonly number[] | number, options: { dim?: number }): Tensor[];
  split(options: { splitSize: readonly number[] | number; dim?: number }): Tensor[];
  /** At most `chunks` pieces of equal size, the last may be smaller. torch.chunk */
  chunk(chunks: number, dim?: number): Tensor[];
  chunk(chunks: number, options: { dim?: number }): Tensor[];
  chunk(options: { chunks: number; dim?: number }): Tensor[];
  /** The same data without history. torch.Tensor.detach */
  detach(): Tensor;
  /** squeeze in place: the tensor itself changes its shape. torch.Tensor.squeeze_ */
  squeeze_(): this;
  squeeze_(dim: readonly number[] | number): this;
  squeeze_(options: { dim: readonly number[] | number }): this;
  squeeze_(...dim: number[]): this;
  /** unsqueeze in place. torch.Tensor.unsqueeze_ */
  unsqueeze_(dim: number): this;
  unsqueeze_(options: { dim: number }): this;
  /** transpose in place. torch.Tensor.transpose_ */
  transpose_(dim0: number, dim1: number): this;
  transpose_(dim0: number, options: { dim1: number }): this;
  transpose_(options: { dim0: number; dim1: number }): this;
  /** t in place. torch.Tensor.t_ */
  t_(): this;
  /**
   * x[items]: integers, slices, '...', null (new axis), booleans, integer tensors and masks, as in
   * NumPy and PyTorch. Without tensors a view, else a copy: index tensors broadcast against each
   * other, their shape stands where they stood, or first if they were apart. torch.Tensor.index
   */
  index(items: readonly IndexItem[]): Tensor;
  index(options: { items: readonly IndexItem[] }): Tensor;
  index(...items: IndexItem[]): Tensor;
  /** x[i]: an integer selects, a tensor gathers. */
  get(items: readonly IndexItem[]): Tensor;
  get(options: { items: readonly IndexItem[] }): Tensor;
  get(...items: IndexItem[]): Tensor;
  /**
   * x[items] = value in place; with accumulate x[items] += value, each index as often as it occurs.
   * torch.Tensor.index_put_
   */
  indexPut_(items: readonly IndexItem[], value: Operand, accumulate?: boolean): this;
  indexPut_(items: readonly IndexItem[], value: Operand, options: { accumulate?: boolean }): this;
  indexPut_(items: readonly IndexItem[], options: { value: Operand; accumulate?: boolean }): this;
  indexPut_(options: { items: readonly IndexItem[]; value: Operand; accumulate?: boolean }): this;
  /** As indexPut_, on a copy. torch.Tensor.index_put */
  indexPut(items: readonly IndexItem[], value: Operand, accumulate?: boolean): Tensor;
  indexPut(items: readonly IndexItem[], value: Operand, options: { accumulate?: boolean }): Tensor;
  indexPut(items: readonly IndexItem[], options: { value: Operand; accumulate?: boolean }): Tensor;
  indexPut(options: { items: readonly IndexItem[]; value: Operand; accumulate?: boolean }): Tensor;
  /** y[i][j] = x[index[i][j]][j] for dim 0, and so on. torch.gather */
  gather(dim: number, index: Tensor): Tensor;
  gather(dim: number, options: { index: Tensor }): Tensor;
  gather(options: { dim: number; index: Tensor }): Tensor;
  /**
   * A copy of self with self[index[i][j]][j] = src[i][j] for dim 0, and so on; where an index repeats
   * the last one stays. torch.scatter
   */
  scatter(dim: number, index: Tensor, src: Operand): Tensor;
  scatter(dim: number, index: Tensor, options: { src: Operand }): Tensor;
  scatter(dim: number, options: { index: Tensor; src: Operand }): Tensor;
  scatter(options: { dim: number; index: Tensor; src: Operand }): Tensor;
  /** scatter in place. torch.Tensor.scatter_ */
  scatter_(dim: number, index: Tensor, src: Operand): this;
  scatter_(dim: number, index: Tensor, options: { src: Operand }): this;
  scatter_(dim: number, options: { index: Tensor; src: Operand }): this;
  scatter_(options: { dim: number; index: Tensor; src: Operand }): this;
  /** As scatter, but adds; repeated indices add up. torch.scatter_add */
  scatterAdd(dim: number, index: Tensor, src: Tensor): Tensor;
  scatterAdd(dim: number, index: Tensor, options: { src: Tensor }): Tensor;
  scatterAdd(dim: number, options: { index: Tensor; src: Tensor }): Tensor;
  scatterAdd(options: { dim: number; index: Tensor; src: Tensor }): Tensor;
  /** scatterAdd in place. torch.Tensor.scatter_add_ */
  scatterAdd_(dim: number, index: Tensor, src: Tensor): this;
  scatterAdd_(dim: number, index: Tensor, options: { src: Tensor }): this;
  scatterAdd_(dim: number, options: { index: Tensor; src: Tensor }): this;
  scatterAdd_(options: { dim: number; index: Tensor; src: Tensor }): this;
  /** Slices index[0], index[1], ... of dimension dim, as a copy. torch.index_select */
  indexSelect(dim: number, index: Tensor): Tensor;
  indexSelect(dim: number, options: { index: Tensor }): Tensor;
  indexSelect(options: { dim: number; index: Tensor }): Tensor;
  /** A copy of self with self.select(dim, index[i]) += alpha source.select(dim, i). torch.index_add */
  indexAdd(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  indexAdd(dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): Tensor;
  indexAdd(dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  indexAdd(options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  /** indexAdd in place. torch.Tensor.index_add_ */
  indexAdd_(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): this;
  indexAdd_(dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): this;
  indexAdd_(dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): this;
  indexAdd_(options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): this;
  /** Elements at row-major positions, in the shape of index. torch.take */
  take(index: Tensor): Tensor;
  take(options: { index: Tensor }): Tensor;
  /** The elements where mask (bool, broadcast) is true, as one dimension. torch.masked_select */
  maskedSelect(mask: Tensor): Tensor;
  maskedSelect(options: { mask: Tensor }): Tensor;
  /** The index tuples of all elements that are not zero, as rows in row-major order. torch.nonzero */
  nonzero(): Tensor;
  /** The order of elements reversed along the given dimensions, as a copy. torch.flip */
  flip(dims: readonly number[] | number): Tensor;
  flip(options: { dims: readonly number[] | number }): Tensor;
  flip(...dims: number[]): Tensor;
  /**
   * Elements shifted along dims, what leaves at the end enters at the start; without dims over the
   * flattened tensor. torch.roll
   */
  roll(shifts: readonly number[] | number, dims?: readonly number[] | number): Tensor;
  roll(shifts: readonly number[] | number, options: { dims?: readonly number[] | number }): Tensor;
  roll(options: { shifts: readonly number[] | number; dims?: readonly number[] | number }): Tensor;
  /**
   * The tensor repeated `repeats[d]` times along dimension d, new dimensions in front.
   * torch.Tensor.repeat
   */
  repeat(repeats: readonly number[] | number): Tensor;
  repeat(options: { repeats: readonly number[] | number }): Tensor;
  repeat(...repeats: number[]): Tensor;
  /** As repeat; missing repetitions are 1. torch.tile */
  tile(dims: readonly number[] | number): Tensor;
  tile(options: { dims: readonly number[] | number }): Tensor;
  tile(...dims: number[]): Tensor;
  /** Each element repeated along dim (of the flattened tensor without dim). torch.repeat_interleave */
  repeatInterleave(repeats: number, dim?: number | null): Tensor;
  repeatInterleave(repeats: number, options: { dim?: number | null }): Tensor;
  repeatInterleave(options: { repeats: number; dim?: number | null }): Tensor;
  repeatInterleave(repeats: Tensor, dim?: number | null): Tensor;
  repeatInterleave(repeats: Tensor, options: { dim?: number | null }): Tensor;
  repeatInterleave(options: { repeats: Tensor; dim?: number | null }): Tensor;
  /** The elements on and below diagonal `diagonal` of each matrix, zeros elsewhere. torch.tril */
  tril(diagonal?: number): Tensor;
  tril(options: { diagonal?: number }): Tensor;
  /** The elements on and above diagonal `diagonal` of each matrix, zeros elsewhere. torch.triu */
  triu(diagonal?: number): Tensor;
  triu(options: { diagonal?: number }): Tensor;
  /** exp(x_i) / sum_j exp(x_j) along `dim`, without overflow. dtype: convert first. */
  softmax(dim: number, options?: { dtype?: DType | null }): Tensor;
  softmax(options: { dim: number; dtype?: DType | null }): Tensor;
  /** log(softmax(x)) along `dim`, computed as x - max - log(sum exp(x - max)). dtype: convert first. */
  logSoftmax(dim: number, options?: { dtype?: DType | null }): Tensor;
  logSoftmax(options: { dim: number; dtype?: DType | null }): Tensor;
}
