import { pythonNumber } from '../../print';
import { REQUIRED, Signature, describe, isPlainObject } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

/** A number for all axes, or one for each. */
export type PoolSize = number | readonly number[];

/** As Python prints a number, a tuple or None. */
function python(size: number | null | readonly (number | null)[]): string {
  if (size === null) return 'None';
  if (typeof size === 'number') return pythonNumber(size);
  return `(${size.map(python).join(', ')}${size.length === 1 ? ',' : ''})`;
}

/** The parameters that the class of a module names in its `signature`. */
function bind<T>(target: unknown, given: readonly unknown[]): T {
  return (target as { signature: Signature }).signature.bind<T>(given);
}

/** As PyTorch's _single, _pair and _triple: a number becomes a tuple. */
function tuple<T>(size: T | readonly T[], count: number): readonly T[] {
  return Array.isArray(size) ? (size as readonly T[]) : Array<T>(count).fill(size as T);
}

export interface MaxPoolOptions {
  stride?: PoolSize | null;
  padding?: PoolSize;
  dilation?: PoolSize;
  returnIndices?: boolean;
  ceilMode?: boolean;
}

const MAX_POOL = {
  kernelSize: REQUIRED,
  stride: null,
  padding: 0,
  dilation: 1,
  returnIndices: false,
  ceilMode: false,
};

/** What max pooling gives: the largest elements, with `returnIndices` also their places. */
export type MaxPoolResult<Indices extends boolean> = Indices extends true
  ? [Tensor, Tensor]
  : Tensor;

type MaxPoolFunction = (
  input: Tensor,
  kernelSize: PoolSize,
  stride: PoolSize,
  padding: PoolSize,
  dilation: PoolSize,
  ceilMode: boolean,
  returnIndices: boolean,
) => Tensor | [Tensor, Tensor];

/** Max pooling of any number of dimensions. */
abstract class MaxPoolNd<Indices extends boolean> extends Module {
  readonly kernelSize: PoolSize;
  readonly stride: PoolSize;
  readonly padding: PoolSize;
  readonly dilation: PoolSize;
  readonly returnIndices: boolean;
  readonly ceilMode: boolean;

  constructor(
    kernelSize: PoolSize,
    stride?: PoolSize | null,
    padding?: PoolSize,
    dilation?: PoolSize,
    returnIndices?: Indices,
    ceilMode?: boolean,
  );
  constructor(kernelSize: PoolSize, options: MaxPoolOptions & { returnIndices?: Indices });
  constructor(
    kernelSize: PoolSize,
    stride: PoolSize | null,
    options: Omit<MaxPoolOptions, 'stride'> & { returnIndices?: Indices },
  );
  constructor(options: MaxPoolOptions & { kernelSize: PoolSize; returnIndices?: Indices });
  constructor(...args: unknown[]) {
    super();
    const p = bind<Required<MaxPoolOptions> & { kernelSize: PoolSize }>(new.target, args);
    this.kernelSize = p.kernelSize;
    this.stride = p.stride ?? p.kernelSize;
    this.padding = p.padding;
    this.dilation = p.dilation;
    this.returnIndices = p.returnIndices;
    this.ceilMode = p.ceilMode;
  }

  protected _pool(f: MaxPoolFunction, input: Tensor): MaxPoolResult<Indices> {
    const { kernelSize, stride, padding, dilation, ceilMode, returnIndices } = this;
    const out = f(input, kernelSize, stride, padding, dilation, ceilMode, returnIndices);
    return out as MaxPoolResult<Indices>;
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding, dilation, ceilMode } = this;
    return (
      `kernel_size=${python(kernelSize)}, stride=${python(stride)}, padding=${python(padding)}, ` +
      `dilation=${python(dilation)}, ceil_mode=${ceilMode ? 'True' : 'False'}`
    );
  }
}

/**
 * Largest element of each window of the input (N, C, L) or (C, L). The windows are `stride`
 * (kernelSize unless given) apart, their elements `dilation`; the padding never wins, NaN always does.
 *
 * Size of an axis: floor((n + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1); with ceilMode
 * rounded up, but the last window starts inside of the input or of its left padding. With
 * returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.MaxPool1d
 */
export class MaxPool1d<Indices extends boolean = false> extends MaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('MaxPool1d', MAX_POOL);

  forward(input: Tensor): MaxPoolResult<Indices> {
    return this._pool(F.maxPool1d, input);
  }
}

/**
 * Largest element of each window of the input (N, C, H, W) or (C, H, W). The windows are `stride`
 * (kernelSize unless given) apart, their elements `dilation`; the padding never wins, NaN always does.
 *
 * Size of an axis: floor((n + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1); with ceilMode
 * rounded up, but the last window starts inside of the input or of its left padding. With
 * returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.MaxPool2d
 */
export class MaxPool2d<Indices extends boolean = false> extends MaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('MaxPool2d', MAX_POOL);

  forward(input: Tensor): MaxPoolResult<Indices> {
    return this._pool(F.maxPool2d, input);
  }
}

/**
 * Largest element of each window of the input (N, C, D, H, W) or (C, D, H, W). The windows are `stride`
 * (kernelSize unless given) apart, their elements `dilation`; the padding never wins, NaN always does.
 *
 * Size of an axis: floor((n + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1); with ceilMode
 * rounded up, but the last window starts inside of the input or of its left padding. With
 * returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.MaxPool3d
 */
export class MaxPool3d<Indices extends boolean = false> extends MaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('MaxPool3d', MAX_POOL);

  forward(input: Tensor): MaxPoolResult<Indices> {
    return this._pool(F.maxPool3d, input);
  }
}

export interface AvgPoolOptions {
  stride?: PoolSize | null;
  padding?: PoolSize;
  ceilMode?: boolean;
  countIncludePad?: boolean;
}

const AVG_POOL = {
  kernelSize: REQUIRED,
  stride: null,
  padding: 0,
  ceilMode: false,
  countIncludePad: true,
};

/** Average pooling of any number of dimensions. */
abstract class AvgPoolNd<Options extends AvgPoolOptions> extends Module {
  readonly kernelSize: PoolSize;
  readonly stride: PoolSize;
  readonly padding: PoolSize;
  readonly ceilMode: boolean;
  readonly countIncludePad: boolean;
  readonly divisorOverride: number | null;

  constructor(
    kernelSize: PoolSize,
    stride?: PoolSize | null,
    padding?: PoolSize,
    ceilMode?: boolean,
    countIncludePad?: boolean,
    divisorOverride?: Options extends { divisorOverride?: number | null } ? number | null : never,
  );
  constructor(kernelSize: PoolSize, options: Options);
  constructor(kernelSize: PoolSize, stride: PoolSize | null, options: Omit<Options, 'stride'>);
  constructor(options: Options & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super();
    type Given = Required<AvgPoolOptions> & { kernelSize: PoolSize; divisorOverride?: number | null };
    const p = bind<Given>(new.target, args);
    // PyTorch makes tuples of them in one dimension alone.
    const size = (given: PoolSize): PoolSize => ('divisorOverride' in p ? given : tuple(given, 1));
    this.kernelSize = size(p.kernelSize);
    this.stride = size(p.stride ?? p.kernelSize);
    this.padding = size(p.padding);
    this.ceilMode = p.ceilMode;
    this.countIncludePad = p.countIncludePad;
    this.divisorOverride = p.divisorOverride ?? null;
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding } = this;
    return `kernel_size=${python(kernelSize)}, stride=${python(stride)}, padding=${python(padding)}`;
  }
}

/**
 * Mean of each window of the input (N, C, L) or (C, L). The windows are `stride` (kernelSize
 * unless given) apart; zeros of the padding count unless countIncludePad is false
 * Sizes as MaxPool1d without dilation.
 *
 * PyTorch: torch.nn.AvgPool1d
 */
export class AvgPool1d extends AvgPoolNd<AvgPoolOptions> {
  /** @internal */
  static readonly signature = new Signature('AvgPool1d', AVG_POOL);

  forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad } = this;
    return F.avgPool1d(input, kernelSize, stride, padding, ceilMode, countIncludePad);
  }
}

/**
 * Mean of each window of the input (N, C, H, W) or (C, H, W). The windows are `stride` (kernelSize
 * unless given) apart; zeros of the padding count unless countIncludePad is false; divisorOverride stands
 * for the number of elements. Sizes as MaxPool2d without dilation.
 *
 * PyTorch: torch.nn.AvgPool2d
 */
export class AvgPool2d extends AvgPoolNd<AvgPoolOptions & { divisorOverride?: number | null }> {
  /** @internal */
  static readonly signature = new Signature('AvgPool2d', { ...AVG_POOL, divisorOverride: null });

  forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    return F.avgPool2d(input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }
}

/**
 * Mean of each window of the input (N, C, D, H, W) or (C, D, H, W). The windows are `stride` (kernelSize
 * unless given) apart; zeros of the padding count unless countIncludePad is false; divisorOverride stands
 * for the number of elements. Sizes as MaxPool3d without dilation.
 *
 * PyTorch: torch.nn.AvgPool3d
 */
export class AvgPool3d extends AvgPoolNd<AvgPoolOptions & { divisorOverride?: number | null }> {
  /** @internal */
  static readonly signature = new Signature('AvgPool3d', { ...AVG_POOL, divisorOverride: null });

  forward(input: Tensor): Tensor {
    const { kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride } = this;
    return F.avgPool3d(input, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }
}

/** The sizes that adaptive pooling gives; null along an axis keeps its size. */
export type AdaptiveSize = number | readonly (number | null)[];

/** Adaptive pooling of any number of dimensions. */
abstract class AdaptivePoolNd extends Module {
  readonly outputSize: AdaptiveSize;

  constructor(outputSize: AdaptiveSize) {
    super();
    this.outputSize = outputSize;
  }

  override extraRepr(): string {
    return `output_size=${python(this.outputSize)}`;
  }
}

const ADAPTIVE_MAX = { outputSize: REQUIRED, returnIndices: false };
const ADAPTIVE_AVG = { outputSize: REQUIRED };

abstract class AdaptiveMaxPoolNd<Indices extends boolean> extends AdaptivePoolNd {
  readonly returnIndices: boolean;

  constructor(outputSize: AdaptiveSize, returnIndices?: Indices | { returnIndices?: Indices });
  constructor(options: { outputSize: AdaptiveSize; returnIndices?: Indices });
  constructor(...args: unknown[]) {
    const p = bind<{ outputSize: AdaptiveSize; returnIndices: boolean }>(new.target, args);
    super(p.outputSize);
    this.returnIndices = p.returnIndices;
  }
}

abstract class AdaptiveAvgPoolNd extends AdaptivePoolNd {
  constructor(outputSize: AdaptiveSize | { outputSize: AdaptiveSize }) {
    super(bind<{ outputSize: AdaptiveSize }>(new.target, [outputSize]).outputSize);
  }
}

/**
 * Largest elements of the input (N, C, L) or (C, L), divided as AdaptiveAvgPool1d divides it.
 * With returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.AdaptiveMaxPool1d
 */
export class AdaptiveMaxPool1d<Indices extends boolean = false> extends AdaptiveMaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('AdaptiveMaxPool1d', ADAPTIVE_MAX);

  forward(input: Tensor): MaxPoolResult<Indices> {
    const out = F.adaptiveMaxPool1d(input, this.outputSize as number, this.returnIndices);
    return out as MaxPoolResult<Indices>;
  }
}

/**
 * Means of an even division of the input (N, C, L) or (C, L): output i of n covers the inputs
 * floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis.
 *
 * PyTorch: torch.nn.AdaptiveAvgPool1d
 */
export class AdaptiveAvgPool1d extends AdaptiveAvgPoolNd {
  /** @internal */
  static readonly signature = new Signature('AdaptiveAvgPool1d', ADAPTIVE_AVG);

  forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool1d(input, this.outputSize as number);
  }
}

/**
 * Largest elements of the input (N, C, H, W) or (C, H, W), divided as AdaptiveAvgPool2d divides it.
 * With returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.AdaptiveMaxPool2d
 */
export class AdaptiveMaxPool2d<Indices extends boolean = false> extends AdaptiveMaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('AdaptiveMaxPool2d', ADAPTIVE_MAX);

  forward(input: Tensor): MaxPoolResult<Indices> {
    const out = F.adaptiveMaxPool2d(input, this.outputSize, this.returnIndices);
    return out as MaxPoolResult<Indices>;
  }
}

/**
 * Means of an even division of the input (N, C, H, W) or (C, H, W): output i of n covers the inputs
 * floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis; null along an
 * axis keeps its size.
 *
 * PyTorch: torch.nn.AdaptiveAvgPool2d
 */
export class AdaptiveAvgPool2d extends AdaptiveAvgPoolNd {
  /** @internal */
  static readonly signature = new Signature('AdaptiveAvgPool2d', ADAPTIVE_AVG);

  forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool2d(input, this.outputSize);
  }
}

/**
 * Largest elements of the input (N, C, D, H, W) or (C, D, H, W), divided as AdaptiveAvgPool3d divides it.
 * With returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.AdaptiveMaxPool3d
 */
export class AdaptiveMaxPool3d<Indices extends boolean = false> extends AdaptiveMaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('AdaptiveMaxPool3d', ADAPTIVE_MAX);

  forward(input: Tensor): MaxPoolResult<Indices> {
    const out = F.adaptiveMaxPool3d(input, this.outputSize, this.returnIndices);
    return out as MaxPoolResult<Indices>;
  }
}

/**
 * Means of an even division of the input (N, C, D, H, W) or (C, D, H, W): output i of n covers the inputs
 * floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis; null along an
 * axis keeps its size.
 *
 * PyTorch: torch.nn.AdaptiveAvgPool3d
 */
export class AdaptiveAvgPool3d extends AdaptiveAvgPoolNd {
  /** @internal */
  static readonly signature = new Signature('AdaptiveAvgPool3d', ADAPTIVE_AVG);

  forward(input: Tensor): Tensor {
    return F.adaptiveAvgPool3d(input, this.outputSize);
  }
}

export interface LPPoolOptions {
  stride?: PoolSize | null;
  ceilMode?: boolean;
}

const LP_POOL = { normType: REQUIRED, kernelSize: REQUIRED, stride: null, ceilMode: false };

/** Power-average pooling of any number of dimensions. */
abstract class LPPoolNd extends Module {
  readonly normType: number;
  readonly kernelSize: PoolSize;
  readonly stride: PoolSize | null;
  readonly ceilMode: boolean;

  constructor(normType: number, kernelSize: PoolSize, stride?: PoolSize | null, ceilMode?: boolean);
  constructor(normType: number, kernelSize: PoolSize, options: LPPoolOptions);
  constructor(options: LPPoolOptions & { normType: number; kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super();
    type Given = Required<LPPoolOptions> & { normType: number; kernelSize: PoolSize };
    const p = bind<Given>(new.target, args);
    this.normType = p.normType;
    this.kernelSize = p.kernelSize;
    this.stride = p.stride;
    this.ceilMode = p.ceilMode;
  }

  override extraRepr(): string {
    const { normType, kernelSize, stride, ceilMode } = this;
    return (
      `norm_type=${pythonNumber(normType)}, kernel_size=${python(kernelSize)}, ` +
      `stride=${python(stride)}, ceil_mode=${ceilMode ? 'True' : 'False'}`
    );
  }
}

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, L) or (C, L); normType
 * Infinity is max pooling of |x|. stride: kernelSize unless given.
 *
 * PyTorch: torch.nn.LPPool1d
 */
export class LPPool1d extends LPPoolNd {
  /** @internal */
  static readonly signature = new Signature('LPPool1d', LP_POOL);

  forward(input: Tensor): Tensor {
    return F.lpPool1d(input, this.normType, this.kernelSize, this.stride, this.ceilMode);
  }
}

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, H, W) or (C, H, W); normType
 * Infinity is max pooling of |x|. stride: kernelSize unless given.
 *
 * PyTorch: torch.nn.LPPool2d
 */
export class LPPool2d extends LPPoolNd {
  /** @internal */
  static readonly signature = new Signature('LPPool2d', LP_POOL);

  forward(input: Tensor): Tensor {
    return F.lpPool2d(input, this.normType, this.kernelSize, this.stride, this.ceilMode);
  }
}

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, D, H, W) or (C, D, H, W); normType
 * Infinity is max pooling of |x|. stride: kernelSize unless given.
 *
 * PyTorch: torch.nn.LPPool3d
 */
export class LPPool3d extends LPPoolNd {
  /** @internal */
  static readonly signature = new Signature('LPPool3d', LP_POOL);

  forward(input: Tensor): Tensor {
    return F.lpPool3d(input, this.normType, this.kernelSize, this.stride, this.ceilMode);
  }
}

export interface MaxUnpoolOptions {
  stride?: PoolSize | null;
  padding?: PoolSize;
}

const MAX_UNPOOL = { kernelSize: REQUIRED, stride: null, padding: 0 };

type UnpoolFunction = typeof F.maxUnpool2d;
type UnpooledSize = readonly number[] | null;

/** Max unpooling of any number of dimensions. */
abstract class MaxUnpoolNd extends Module {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];

  constructor(count: number, given: readonly unknown[], target: unknown) {
    super();
    const p = bind<Required<MaxUnpoolOptions> & { kernelSize: PoolSize }>(target, given);
    this.kernelSize = tuple(p.kernelSize, count);
    this.stride = tuple(p.stride ?? p.kernelSize, count);
    this.padding = tuple(p.padding, count);
  }

  protected _unpool(f: UnpoolFunction, input: Tensor, indices: Tensor, size: unknown): Tensor {
    const outputSize = isPlainObject(size) ? UNPOOL_CALL.bind<{ outputSize: UnpooledSize }>([size]).outputSize : size;
    const { kernelSize, stride, padding } = this;
    return f(input, indices, kernelSize, stride, padding, (outputSize ?? null) as UnpooledSize);
  }

  override extraRepr(): string {
    const { kernelSize, stride, padding } = this;
    return `kernel_size=${python(kernelSize)}, stride=${python(stride)}, padding=${python(padding)}`;
  }
}

const UNPOOL_CALL = new Signature('MaxUnpool', { outputSize: null });

/**
 * Puts the elements that MaxPool1d took back to the places that it gave (`indices`), zeros elsewhere.
 * outputSize of the call, (.., sizes) or the sizes alone, says what stride and padding leave open.
 *
 * PyTorch: torch.nn.MaxUnpool1d
 */
export class MaxUnpool1d extends MaxUnpoolNd {
  /** @internal */
  static readonly signature = new Signature('MaxUnpool1d', MAX_UNPOOL);

  constructor(kernelSize: PoolSize, stride?: PoolSize | null | MaxUnpoolOptions, padding?: PoolSize | Pick<MaxUnpoolOptions, 'padding'>);
  constructor(options: MaxUnpoolOptions & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super(1, args, new.target);
  }

  forward(
    input: Tensor,
    indices: Tensor,
    outputSize?: UnpooledSize | { outputSize?: UnpooledSize },
  ): Tensor {
    return this._unpool(F.maxUnpool1d, input, indices, outputSize);
  }
}

/**
 * Puts the elements that MaxPool2d took back to the places that it gave (`indices`), zeros elsewhere.
 * outputSize of the call, (.., sizes) or the sizes alone, says what stride and padding leave open.
 *
 * PyTorch: torch.nn.MaxUnpool2d
 */
export class MaxUnpool2d extends MaxUnpoolNd {
  /** @internal */
  static readonly signature = new Signature('MaxUnpool2d', MAX_UNPOOL);

  constructor(kernelSize: PoolSize, stride?: PoolSize | null | MaxUnpoolOptions, padding?: PoolSize | Pick<MaxUnpoolOptions, 'padding'>);
  constructor(options: MaxUnpoolOptions & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super(2, args, new.target);
  }

  forward(
    input: Tensor,
    indices: Tensor,
    outputSize?: UnpooledSize | { outputSize?: UnpooledSize },
  ): Tensor {
    return this._unpool(F.maxUnpool2d, input, indices, outputSize);
  }
}

/**
 * Puts the elements that MaxPool3d took back to the places that it gave (`indices`), zeros elsewhere.
 * outputSize of the call, (.., sizes) or the sizes alone, says what stride and padding leave open.
 *
 * PyTorch: torch.nn.MaxUnpool3d
 */
export class MaxUnpool3d extends MaxUnpoolNd {
  /** @internal */
  static readonly signature = new Signature('MaxUnpool3d', MAX_UNPOOL);

  constructor(kernelSize: PoolSize, stride?: PoolSize | null | MaxUnpoolOptions, padding?: PoolSize | Pick<MaxUnpoolOptions, 'padding'>);
  constructor(options: MaxUnpoolOptions & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super(3, args, new.target);
  }

  forward(
    input: Tensor,
    indices: Tensor,
    outputSize?: UnpooledSize | { outputSize?: UnpooledSize },
  ): Tensor {
    return this._unpool(F.maxUnpool3d, input, indices, outputSize);
  }
}

export interface FractionalMaxPoolOptions<Indices extends boolean = boolean> {
  outputSize?: PoolSize | null;
  outputRatio?: PoolSize | null;
  returnIndices?: Indices;
  _randomSamples?: Tensor | null;
}

const FRACTIONAL = {
  kernelSize: REQUIRED,
  outputSize: null,
  outputRatio: null,
  returnIndices: false,
  _randomSamples: null,
};

/** Fractional max pooling of two or three dimensions. */
abstract class FractionalMaxPoolNd<Indices extends boolean> extends Module {
  readonly kernelSize: readonly number[];
  readonly outputSize: readonly number[] | null;
  readonly outputRatio: readonly number[] | null;
  readonly returnIndices: boolean;
  declare _random_samples: Tensor | null;

  constructor(name: string, count: number, given: readonly unknown[], target: unknown) {
    super();
    type Given = Required<FractionalMaxPoolOptions> & { kernelSize: PoolSize };
    const p = bind<Given>(target, given);
    const sizes = (x: PoolSize | null): readonly number[] | null => (x === null ? null : tuple(x, count));
    this.kernelSize = tuple(p.kernelSize, count);
    this.outputSize = sizes(p.outputSize);
    this.outputRatio = sizes(p.outputRatio);
    this.returnIndices = p.returnIndices;
    this.registerBuffer('_random_samples', p._randomSamples);
    if (p.outputSize === null && p.outputRatio === null) {
      throw new TypeError(`${name}: requires specifying either an outputSize, or a pooling outputRatio`);
    }
    if (p.outputSize !== null && p.outputRatio !== null) {
      throw new TypeError(`${name}: only one of outputSize and outputRatio may be specified`);
    }
    if (!this.outputRatio?.every((r) => r > 0 && r < 1) && this.outputRatio) {
      throw new RangeError(`${name}: outputRatio must be between 0 and 1 (got ${describe(p.outputRatio)})`);
    }
    if (count === 3 && !this.kernelSize.every((k) => k > 0)) {
      throw new RangeError(`${name}: kernelSize must be greater than 0, but got ${describe(p.kernelSize)}`);
    }
  }

  protected _pool(f: typeof F.fractionalMaxPool2d, input: Tensor): MaxPoolResult<Indices> {
    const { kernelSize, outputSize, outputRatio, returnIndices, _random_samples } = this;
    const out = f(input, kernelSize, outputSize, outputRatio, returnIndices, _random_samples);
    return out as MaxPoolResult<Indices>;
  }
}

/**
 * Largest element of windows (kernelSize) at drawn places of the input (N, C, H, W) or (C, H, W), so
 * that the output has `outputSize`, or `outputRatio` (between 0 and 1) of the input's size. Without
 * _randomSamples (N, C, 2) each call draws anew. With returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.FractionalMaxPool2d
 */
export class FractionalMaxPool2d<Indices extends boolean = false> extends FractionalMaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('FractionalMaxPool2d', FRACTIONAL);

  constructor(
    kernelSize: PoolSize,
    outputSize?: PoolSize | null,
    outputRatio?: PoolSize | null,
    returnIndices?: Indices,
    _randomSamples?: Tensor | null,
  );
  constructor(kernelSize: PoolSize, options: FractionalMaxPoolOptions<Indices>);
  constructor(options: FractionalMaxPoolOptions<Indices> & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super('FractionalMaxPool2d', 2, args, new.target);
  }

  forward(input: Tensor): MaxPoolResult<Indices> {
    return this._pool(F.fractionalMaxPool2d, input);
  }
}

/**
 * Largest element of windows (kernelSize) at drawn places of the input (N, C, D, H, W) or (C, D, H, W), so
 * that the output has `outputSize`, or `outputRatio` (between 0 and 1) of the input's size. Without
 * _randomSamples (N, C, 3) each call draws anew. With returnIndices the result is [output, indices].
 *
 * PyTorch: torch.nn.FractionalMaxPool3d
 */
export class FractionalMaxPool3d<Indices extends boolean = false> extends FractionalMaxPoolNd<Indices> {
  /** @internal */
  static readonly signature = new Signature('FractionalMaxPool3d', FRACTIONAL);

  constructor(
    kernelSize: PoolSize,
    outputSize?: PoolSize | null,
    outputRatio?: PoolSize | null,
    returnIndices?: Indices,
    _randomSamples?: Tensor | null,
  );
  constructor(kernelSize: PoolSize, options: FractionalMaxPoolOptions<Indices>);
  constructor(options: FractionalMaxPoolOptions<Indices> & { kernelSize: PoolSize });
  constructor(...args: unknown[]) {
    super('FractionalMaxPool3d', 3, args, new.target);
  }

  forward(input: Tensor): MaxPoolResult<Indices> {
    return this._pool(F.fractionalMaxPool3d, input);
  }
}
