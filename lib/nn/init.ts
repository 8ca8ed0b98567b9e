/**
 * Filling parameters with start values: the same draws as PyTorch's, so that a seed gives the same
 * weights. All functions work in place, without grad, and return their tensor.
 *
 * PyTorch: torch.nn.init
 */
import { noGrad } from '../autograd/grad_mode';
import type { Generator } from '../generator';
import { REQUIRED, Signature } from '../options';
import * as ops from '../ops.generated';
import type { Tensor } from '../tensor';

export type NonlinearityType =
  | 'linear'
  | 'conv1d'
  | 'conv2d'
  | 'conv3d'
  | 'conv_transpose1d'
  | 'conv_transpose2d'
  | 'conv_transpose3d'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'selu';

export type FanMode = 'fan_in' | 'fan_out';

export interface GeneratorOption {
  generator?: Generator | null;
}

const LINEAR = /^(linear|conv(_transpose)?[123]d|sigmoid)$/;

/** The recommended gain of a nonlinearity; `param` is the slope of `leaky_relu`. */
export function calculateGain(nonlinearity: NonlinearityType, param?: number | null): number {
  if (LINEAR.test(nonlinearity)) return 1;
  switch (nonlinearity) {
    case 'tanh':
      return 5 / 3;
    case 'relu':
      return Math.sqrt(2);
    case 'selu':
      return 3 / 4;
    case 'leaky_relu': {
      const slope = param ?? 0.01;
      if (typeof slope !== 'number') {
        throw new Error(`calculateGain: negative_slope ${String(param)} not a valid number`);
      }
      return Math.sqrt(2 / (1 + slope ** 2));
    }
    default:
      throw new Error(`calculateGain: Unsupported nonlinearity ${String(nonlinearity)}`);
  }
}

const UNIFORM = new Signature('uniform_', { tensor: REQUIRED, a: 0, b: 1, generator: null });

/** Draws from U(a, b). */
export function uniform_(
  tensor: Tensor,
  a?: number | ({ a?: number; b?: number } & GeneratorOption),
  b?: number | ({ b?: number } & GeneratorOption),
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = UNIFORM.bind<{ a: number; b: number } & GeneratorOption>([tensor, a, b, generator]);
  return drawUniform(tensor, p.a, p.b, p.generator);
}

const NORMAL = new Signature('normal_', { tensor: REQUIRED, mean: 0, std: 1, generator: null });

/** Draws from N(mean, std^2). */
export function normal_(
  tensor: Tensor,
  mean?: number | ({ mean?: number; std?: number } & GeneratorOption),
  std?: number | ({ std?: number } & GeneratorOption),
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = NORMAL.bind<{ mean: number; std: number } & GeneratorOption>([
    tensor,
    mean,
    std,
    generator,
  ]);
  return drawNormal(tensor, p.mean, p.std, p.generator);
}

const CONSTANT = new Signature('constant_', { tensor: REQUIRED, val: REQUIRED });

/** Fills with one value. */
export function constant_(tensor: Tensor, val: number | { val: number }): Tensor {
  const p = CONSTANT.bind<{ val: number }>([tensor, val]);
  return noGrad(() => tensor.fill_(p.val));
}

export function ones_(tensor: Tensor): Tensor {
  return noGrad(() => tensor.fill_(1));
}

export function zeros_(tensor: Tensor): Tensor {
  return noGrad(() => tensor.zero_());
}

/** The identity matrix, cut or padded with zeros to the tensor's shape. */
export function eye_(tensor: Tensor): Tensor {
  if (tensor.dim() !== 2) throw new RangeError('eye_: Only tensors with 2 dimensions are supported');
  return noGrad(() => tensor.copy_(ops.eye(tensor.size(0), tensor.size(1), { dtype: tensor.dtype })));
}

interface GainOptions extends GeneratorOption {
  gain?: number;
}

const XAVIER = new Signature('xavier', { tensor: REQUIRED, gain: 1, generator: null });

/** U(-a, a) with a = gain * sqrt(6 / (fanIn + fanOut)). */
export function xavierUniform_(
  tensor: Tensor,
  gain?: number | GainOptions,
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = XAVIER.bind<Required<GainOptions>>([tensor, gain, generator]);
  const [fanIn, fanOut] = fans('xavierUniform_', tensor);
  const std = p.gain * Math.sqrt(2 / (fanIn + fanOut));
  const bound = Math.sqrt(3) * std;
  return drawUniform(tensor, -bound, bound, p.generator);
}

/** N(0, std^2) with std = gain * sqrt(2 / (fanIn + fanOut)). */
export function xavierNormal_(
  tensor: Tensor,
  gain?: number | GainOptions,
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = XAVIER.bind<Required<GainOptions>>([tensor, gain, generator]);
  const [fanIn, fanOut] = fans('xavierNormal_', tensor);
  return drawNormal(tensor, 0, p.gain * Math.sqrt(2 / (fanIn + fanOut)), p.generator);
}

export interface KaimingOptions extends GeneratorOption {
  a?: number;
  mode?: FanMode;
  nonlinearity?: NonlinearityType;
}

const KAIMING = new Signature('kaiming', {
  tensor: REQUIRED,
  a: 0,
  mode: 'fan_in',
  nonlinearity: 'leaky_relu',
  generator: null,
});

/** U(-bound, bound) with bound = gain * sqrt(3 / fan). */
export function kaimingUniform_(
  tensor: Tensor,
  a?: number | KaimingOptions,
  mode?: FanMode | KaimingOptions,
  nonlinearity?: NonlinearityType | KaimingOptions,
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = KAIMING.bind<Required<KaimingOptions>>([tensor, a, mode, nonlinearity, generator]);
  if (tensor.numel() === 0) return emptyNoOp(tensor);
  const bound = Math.sqrt(3) * kaimingStd('kaimingUniform_', tensor, p);
  return drawUniform(tensor, -bound, bound, p.generator);
}

/** N(0, std^2) with std = gain / sqrt(fan). */
export function kaimingNormal_(
  tensor: Tensor,
  a?: number | KaimingOptions,
  mode?: FanMode | KaimingOptions,
  nonlinearity?: NonlinearityType | KaimingOptions,
  generator?: Generator | null | GeneratorOption,
): Tensor {
  const p = KAIMING.bind<Required<KaimingOptions>>([tensor, a, mode, nonlinearity, generator]);
  if (tensor.numel() === 0) return emptyNoOp(tensor);
  return drawNormal(tensor, 0, kaimingStd('kaimingNormal_', tensor, p), p.generator);
}

interface TruncOptions extends GeneratorOption {
  mean?: number;
  std?: number;
  a?: number;
  b?: number;
}

const TRUNC_NORMAL = new Signature('truncNormal_', {
  tensor: REQUIRED,
  mean: 0,
  std: 1,
  a: -2,
  b: 2,
  generator: null,
});

/** Draws from N(mean, std^2) within the absolute bounds [a, b]. */
export function truncNormal_(tensor: Tensor, ...rest: (number | TruncOptions | undefined)[]): Tensor {
  const { mean, std, a, b, generator } = TRUNC_NORMAL.bind<Required<TruncOptions>>([
    tensor,
    ...rest,
  ]);
  if (mean < a - 2 * std || mean > b + 2 * std) {
    process.emitWarning(
      'mean is more than 2 std from [a, b] in nn.init.truncNormal_. ' +
        'The distribution of values may be incorrect.',
    );
  }
  const inside = normalCdf((b - mean) / std) - normalCdf((a - mean) / std);
  return noGrad(() =>
    inside > 0.3
      ? redrawOutside(tensor, mean, std, a, b, generator)
      : acceptOrReject(tensor, mean, std, a, b, generator),
  );
}

/** Most of the density lies inside: draw normally, draw anew what fell outside. */
function redrawOutside(
  tensor: Tensor,
  mean: number,
  std: number,
  a: number,
  b: number,
  generator: Generator | null,
): Tensor {
  const low = ops.full([], a, { dtype: tensor.dtype }).item() as number;
  const high = ops.full([], b, { dtype: tensor.dtype }).item() as number;
  let result: Tensor = tensor.normal_(mean, std, { generator });
  for (;;) {
    const outside = ops.where(result.lt(low), true, result.gt(high));
    if (outside.sum().item() === 0) break;
    const again = ops.emptyLike(result).normal_(mean, std, { generator });
    result = ops.where(outside, again, result);
  }
  return result === tensor ? tensor : tensor.copy_(result);
}

/** The bounds lie in a tail: draw uniformly, accept with the density relative to its peak. */
function acceptOrReject(
  tensor: Tensor,
  mean: number,
  std: number,
  a: number,
  b: number,
  generator: Generator | null,
): Tensor {
  const peak = -0.5 * ((Math.max(a, Math.min(mean, b)) - mean) / std) ** 2;
  const candidates = ops.emptyLike(tensor);
  const accept = ops.emptyLike(tensor);
  const rejected = (): Tensor => {
    candidates.sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(peak);
    return accept.uniform_(0, 1, { generator }).log_().gt(candidates);
  };
  tensor.uniform_(a, b, { generator });
  candidates.copy_(tensor);
  let pending = rejected();
  let result = tensor;
  while (pending.sum().item() !== 0) {
    candidates.uniform_(a, b, { generator });
    result = ops.where(pending, candidates, result);
    pending = ops.where(pending, rejected(), pending);
  }
  return result === tensor ? tensor : tensor.copy_(result);
}

/** @internal */
export function calculateFanInAndFanOut(tensor: Tensor): [fanIn: number, fanOut: number] {
  return fans('calculateFanInAndFanOut', tensor);
}

function fans(name: string, tensor: Tensor): [fanIn: number, fanOut: number] {
  if (tensor.dim() < 2) {
    throw new RangeError(
      `${name}: Fan in and fan out can not be computed for tensor with fewer than 2 dimensions`,
    );
  }
  const [out, input, ...field] = tensor.shape as [number, number, ...number[]];
  const receptive = field.reduce((product, size) => product * size, 1);
  return [input * receptive, out * receptive];
}

function kaimingStd(name: string, tensor: Tensor, p: Required<KaimingOptions>): number {
  const mode = p.mode.toLowerCase();
  if (mode !== 'fan_in' && mode !== 'fan_out') {
    throw new Error(`${name}: Mode ${mode} not supported, please use one of 'fan_in', 'fan_out'`);
  }
  const [fanIn, fanOut] = fans(name, tensor);
  return calculateGain(p.nonlinearity, p.a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut);
}

function drawUniform(t: Tensor, a: number, b: number, generator?: Generator | null): Tensor {
  return noGrad(() => (generator ? t.uniform_(a, b, { generator }) : t.uniform_(a, b)));
}

function drawNormal(t: Tensor, mean: number, std: number, generator?: Generator | null): Tensor {
  return noGrad(() => (generator ? t.normal_(mean, std, { generator }) : t.normal_(mean, std)));
}

function emptyNoOp(tensor: Tensor): Tensor {
  process.emitWarning('Initializing zero-element tensors is a no-op');
  return tensor;
}

/** Standard normal distribution function to about 1e-5, enough to choose between two ways. */
function normalCdf(x: number): number {
  const z = x / Math.SQRT2;
  if (Math.abs(z) > 5) return z < 0 ? 0 : 1;
  let term = z;
  let erf = z;
  for (let n = 1; Math.abs(term) > 1e-9; n++) {
    term *= (-z * z) / n;
    erf += term / (2 * n + 1);
  }
  return 0.5 + erf / Math.sqrt(Math.PI);
}
