import { REQUIRED, Signature } from '../../options';
import { pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import * as init from '../init';
import { Module } from '../module';
import { Parameter } from '../parameter';
import { empty, FACTORY, type FactoryOptions } from './linear';
import { pythonBoolean } from './norm_base';

/** A Python tuple of numbers. */
function tuple(sizes: readonly number[]): string {
  return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(', ')})`;
}

/** The sizes of normalizedShape, which may be one number. */
function sizesOf(owner: string, shape: unknown): number[] {
  const sizes = Array.isArray(shape) ? (shape as number[]) : [shape as number];
  if (sizes.every((n) => Number.isInteger(n))) return [...sizes];
  throw new TypeError(
    `${owner}: normalizedShape should be an integer or an array of integers, got ${String(shape)}`,
  );
}

const LAYER_NORM = new Signature('LayerNorm', {
  normalizedShape: REQUIRED,
  eps: 1e-5,
  elementwiseAffine: true,
  bias: true,
  ...FACTORY,
});

export interface LayerNormOptions extends FactoryOptions {
  eps?: number;
  elementwiseAffine?: boolean;
  bias?: boolean;
}

/**
 * (x - mean) / sqrt(var + eps) * weight + bias, with mean and biased variance over the last
 * dimensions, whose sizes are normalizedShape; weight (ones) and bias (zeros) have that shape.
 *
 * PyTorch: torch.nn.LayerNorm
 */
export class LayerNorm extends Module {
  readonly normalizedShape: readonly number[];
  eps: number;
  readonly elementwiseAffine: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;

  constructor(
    normalizedShape:
      | number
      | readonly number[]
      | (LayerNormOptions & { normalizedShape: number | readonly number[] }),
    eps?: number | LayerNormOptions,
    elementwiseAffine?: boolean | LayerNormOptions,
    bias?: boolean | LayerNormOptions,
    options?: FactoryOptions,
  ) {
    super();
    const p = LAYER_NORM.bind<Required<LayerNormOptions> & { normalizedShape: unknown }>([
      normalizedShape,
      eps,
      elementwiseAffine,
      bias,
      options,
    ]);
    const sizes = sizesOf('LayerNorm', p.normalizedShape);
    this.normalizedShape = sizes;
    this.eps = p.eps;
    this.elementwiseAffine = p.elementwiseAffine;
    const parameter = (wanted: boolean): Parameter | null =>
      wanted ? new Parameter(empty(sizes, p.dtype)) : null;
    this.registerParameter('weight', parameter(p.elementwiseAffine));
    this.registerParameter('bias', parameter(p.elementwiseAffine && p.bias));
    this.resetParameters();
  }

  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return F.layerNorm(input, this.normalizedShape as number[], this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    return (
      `${tuple(this.normalizedShape)}, eps=${pythonNumber(this.eps)}, ` +
      `elementwise_affine=${pythonBoolean(this.elementwiseAffine)}, ` +
      `bias=${pythonBoolean(this.bias !== null)}`
    );
  }
}

const RMS_NORM = new Signature('RMSNorm', {
  normalizedShape: REQUIRED,
  eps: null,
  elementwiseAffine: true,
  ...FACTORY,
});

export interface RMSNormOptions extends FactoryOptions {
  eps?: number | null;
  elementwiseAffine?: boolean;
}

/**
 * x / sqrt(mean(x^2) + eps) * weight, the mean over the last dimensions, whose sizes are
 * normalizedShape; eps null is the machine epsilon.
 *
 * PyTorch: torch.nn.RMSNorm
 */
export class RMSNorm extends Module {
  readonly normalizedShape: readonly number[];
  eps: number | null;
  readonly elementwiseAffine: boolean;
  declare weight: Parameter | null;

  constructor(
    normalizedShape:
      | number
      | readonly number[]
      | (RMSNormOptions & { normalizedShape: number | readonly number[] }),
    eps?: number | null | RMSNormOptions,
    elementwiseAffine?: boolean | RMSNormOptions,
    options?: FactoryOptions,
  ) {
    super();
    const p = RMS_NORM.bind<Required<RMSNormOptions> & { normalizedShape: unknown }>([
      normalizedShape,
      eps,
      elementwiseAffine,
      options,
    ]);
    const sizes = sizesOf('RMSNorm', p.normalizedShape);
    this.normalizedShape = sizes;
    this.eps = p.eps;
    this.elementwiseAffine = p.elementwiseAffine;
    const weight = p.elementwiseAffine ? new Parameter(empty(sizes, p.dtype)) : null;
    this.registerParameter('weight', weight);
    this.resetParameters();
  }

  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
  }

  forward(input: Tensor): Tensor {
    return F.rmsNorm(input, this.normalizedShape as number[], this.weight, this.eps);
  }

  override extraRepr(): string {
    const eps = this.eps === null ? 'None' : pythonNumber(this.eps);
    return (
      `${tuple(this.normalizedShape)}, eps=${eps}, ` +
      `elementwise_affine=${pythonBoolean(this.elementwiseAffine)}`
    );
  }
}

const GROUP_NORM = new Signature(
  'GroupNorm',
  { numGroups: REQUIRED, numChannels: REQUIRED, eps: 1e-5, affine: true, ...FACTORY },
  { bias: true },
);

export interface GroupNormOptions extends FactoryOptions {
  eps?: number;
  affine?: boolean;
  bias?: boolean;
}

type GroupNormSizes = { numGroups: number; numChannels: number };

/**
 * (x - mean) / sqrt(var + eps) * weight + bias for inputs (N, C, ...), with mean and biased
 * variance over each of numGroups groups of channels of each sample.
 *
 * PyTorch: torch.nn.GroupNorm
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  eps: number;
  readonly affine: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;

  constructor(
    numGroups: number | (GroupNormOptions & GroupNormSizes),
    numChannels?: number,
    eps?: number | GroupNormOptions,
    affine?: boolean | GroupNormOptions,
    options?: GroupNormOptions,
  ) {
    super();
    const p = GROUP_NORM.bind<Required<GroupNormOptions> & GroupNormSizes>([
      numGroups,
      numChannels,
      eps,
      affine,
      options,
    ]);
    if (p.numChannels % p.numGroups !== 0) {
      throw new RangeError(
        `GroupNorm: num_channels (${p.numChannels}) must be divisible by num_groups (${p.numGroups})`,
      );
    }
    this.numGroups = p.numGroups;
    this.numChannels = p.numChannels;
    this.eps = p.eps;
    this.affine = p.affine;
    const parameter = (wanted: boolean): Parameter | null =>
      wanted ? new Parameter(empty([p.numChannels], p.dtype)) : null;
    this.registerParameter('weight', parameter(p.affine));
    this.registerParameter('bias', parameter(p.affine && p.bias));
    this.resetParameters();
  }

  resetParameters(): void {
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  forward(input: Tensor): Tensor {
    return F.groupNorm(input, this.numGroups, this.weight, this.bias, this.eps);
  }

  override extraRepr(): string {
    return (
      `${this.numGroups}, ${this.numChannels}, eps=${pythonNumber(this.eps)}, ` +
      `affine=${pythonBoolean(this.affine)}, bias=${pythonBoolean(this.bias !== null)}`
    );
  }
}

const LOCAL_RESPONSE = new Signature('LocalResponseNorm', {
  size: REQUIRED,
  alpha: 1e-4,
  beta: 0.75,
  k: 1,
});

export interface LocalResponseNormOptions {
  alpha?: number;
  beta?: number;
  k?: number;
}

/**
 * x / (k + alpha * mean of x^2 over `size` neighbouring channels)^beta for inputs (N, C, ...).
 *
 * PyTorch: torch.nn.LocalResponseNorm
 */
export class LocalResponseNorm extends Module {
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;

  constructor(
    size: number | (LocalResponseNormOptions & { size: number }),
    alpha?: number | LocalResponseNormOptions,
    beta?: number | LocalResponseNormOptions,
    k?: number | LocalResponseNormOptions,
  ) {
    super();
    const p = LOCAL_RESPONSE.bind<Required<LocalResponseNormOptions> & { size: number }>([
      size,
      alpha,
      beta,
      k,
    ]);
    this.size = p.size;
    this.alpha = p.alpha;
    this.beta = p.beta;
    this.k = p.k;
  }

  forward(input: Tensor): Tensor {
    return F.localResponseNorm(input, this.size, this.alpha, this.beta, this.k);
  }

  override extraRepr(): string {
    // PyTorch's default is the float 1.0.
    const k = Number.isInteger(this.k) ? `${this.k}.0` : pythonNumber(this.k);
    return `${this.size}, alpha=${pythonNumber(this.alpha)}, beta=${pythonNumber(this.beta)}, k=${k}`;
  }
}
