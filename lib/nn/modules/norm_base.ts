import { tensor } from '../../creation';
import { REQUIRED, Signature } from '../../options';
import { pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as init from '../init';
import { Module } from '../module';
import { Parameter } from '../parameter';
import { empty, type FactoryOptions } from './linear';

/** What batch and instance normalisation are made from. */
export interface BatchNormOptions extends FactoryOptions {
  eps?: number;
  momentum?: number | null;
  affine?: boolean;
  trackRunningStats?: boolean;
  bias?: boolean;
}

/** The call forms of a layer with running statistics. */
export function runningSignature(owner: string, byDefault: boolean): Signature {
  return new Signature(
    owner,
    {
      numFeatures: REQUIRED,
      eps: 1e-5,
      momentum: 0.1,
      affine: byDefault,
      trackRunningStats: byDefault,
      device: null,
      dtype: null,
    },
    { bias: true },
  );
}

type Given = Required<BatchNormOptions> & { numFeatures: number };

/** `True` or `False`. */
export function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}

/** Layers with a weight per channel and running statistics. PyTorch: _NormBase */
export abstract class RunningNorm extends Module {
  readonly numFeatures: number;
  eps: number;
  momentum: number | null;
  readonly affine: boolean;
  trackRunningStats: boolean;
  declare weight: Parameter | null;
  declare bias: Parameter | null;
  declare running_mean: Tensor | null;
  declare running_var: Tensor | null;
  declare num_batches_tracked: Tensor | null;

  constructor(signature: Signature, args: readonly unknown[]) {
    super();
    const p = signature.bind<Given>(args);
    const size = [p.numFeatures];
    this.numFeatures = p.numFeatures;
    this.eps = p.eps;
    this.momentum = p.momentum;
    this.affine = p.affine;
    this.trackRunningStats = p.trackRunningStats;
    const parameter = (wanted: boolean): Parameter | null =>
      wanted ? new Parameter(empty(size, p.dtype)) : null;
    this.registerParameter('weight', parameter(p.affine));
    this.registerParameter('bias', parameter(p.affine && p.bias));
    const tracked = p.trackRunningStats;
    this.registerBuffer('running_mean', tracked ? empty(size, p.dtype) : null);
    this.registerBuffer('running_var', tracked ? empty(size, p.dtype) : null);
    this.registerBuffer('num_batches_tracked', tracked ? tensor(0n) : null);
    this.resetParameters();
  }

  /** Mean of the batches seen, of shape (numFeatures); in state dicts `running_mean`. */
  get runningMean(): Tensor | null {
    return this.running_mean;
  }
  set runningMean(value: Tensor | null) {
    this.running_mean = value;
  }

  /** Unbiased variance of the batches seen; in state dicts `running_var`. */
  get runningVar(): Tensor | null {
    return this.running_var;
  }
  set runningVar(value: Tensor | null) {
    this.running_var = value;
  }

  /** Number of batches seen, an int64 tensor; in state dicts `num_batches_tracked`. */
  get numBatchesTracked(): Tensor | null {
    return this.num_batches_tracked;
  }
  set numBatchesTracked(value: Tensor | null) {
    this.num_batches_tracked = value;
  }

  resetRunningStats(): void {
    if (!this.trackRunningStats) return;
    this.running_mean?.zero_();
    this.running_var?.fill_(1);
    this.num_batches_tracked?.zero_();
  }

  resetParameters(): void {
    this.resetRunningStats();
    if (this.weight) init.ones_(this.weight);
    if (this.bias) init.zeros_(this.bias);
  }

  /** State dicts from before the counter existed load all the same. @internal */
  override _isOptional(name: string): boolean {
    return name === 'num_batches_tracked';
  }

  override extraRepr(): string {
    const momentum = this.momentum === null ? 'None' : pythonNumber(this.momentum);
    return (
      `${this.numFeatures}, eps=${pythonNumber(this.eps)}, momentum=${momentum}, ` +
      `affine=${pythonBoolean(this.affine)}, bias=${pythonBoolean(this.bias !== null)}, ` +
      `track_running_stats=${pythonBoolean(this.trackRunningStats)}`
    );
  }
}

/** Throws unless `input` has one of the numbers of dimensions. */
export function checkDims(owner: Module, input: Tensor, ...allowed: number[]): void {
  if (allowed.includes(input.dim())) return;
  const text = allowed.map((n) => `${n}D`).join(' or ');
  throw new RangeError(
    `${owner._getName()}: expected ${text} input (got ${input.dim()}D input of shape ` +
      `[${input.shape.join(', ')}])`,
  );
}
