import { pythonNumber } from '../../print';
import { REQUIRED, Signature } from '../../options';
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

  protected pool(f: MaxPoolFunction, input: Tensor): MaxPoolResult<Indices> {
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
    return this.pool(F.maxPool1d, input);
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
    return this.pool(F.maxPool2d, input);
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
    return this.pool(F.maxPool3d, input);
  }
}
