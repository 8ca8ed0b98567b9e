import type { DType } from '../../dtype';
import { REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import * as init from '../init';
import { Module } from '../module';
import { Parameter } from '../parameter';

/** Where and in which dtype a module makes its parameters. */
export interface FactoryOptions {
  device?: unknown;
  dtype?: DType | null;
}

export const FACTORY = { device: null, dtype: null };

/** An uninitialised tensor for a parameter. */
export function empty(shape: number[], dtype: DType | null | undefined): Tensor {
  return dtype ? ops.empty(shape, { dtype }) : ops.empty(shape);
}

/** Start values U(-1/sqrt(fanIn), 1/sqrt(fanIn)), written as PyTorch writes it to round alike. */
export function drawFromFan(weight: Parameter, bias: Parameter | null): void {
  init.kaimingUniform_(weight, { a: Math.sqrt(5) });
  if (!bias) return;
  const [fanIn] = init.calculateFanInAndFanOut(weight);
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  init.uniform_(bias, -bound, bound);
}

/** Returns its input; arguments of any kind are accepted and ignored. PyTorch: torch.nn.Identity */
export class Identity extends Module {
  constructor(..._ignored: unknown[]) {
    super();
  }

  forward(input: Tensor): Tensor {
    return input;
  }
}

const LINEAR = new Signature(
  'Linear',
  { inFeatures: REQUIRED, outFeatures: REQUIRED, bias: true, device: null, dtype: null },
);

export interface LinearOptions extends FactoryOptions {
  bias?: boolean;
}

/**
 * y = x W^T + b
 *
 * Shapes: input (*, inFeatures), output (*, outFeatures), weight (outFeatures, inFeatures), bias
 * (outFeatures). Both are drawn from U(-1/sqrt(inFeatures), 1/sqrt(inFeatures)).
 *
 * PyTorch: torch.nn.Linear
 */
export class Linear extends Module {
  readonly inFeatures: number;
  readonly outFeatures: number;
  declare weight: Parameter;
  declare bias: Parameter | null;

  constructor(
    inFeatures: number,
    outFeatures: number,
    bias?: boolean | LinearOptions,
    options?: FactoryOptions,
  );
  constructor(options: LinearOptions & { inFeatures: number; outFeatures: number });
  constructor(...args: unknown[]) {
    super();
    const p = LINEAR.bind<Required<LinearOptions> & { inFeatures: number; outFeatures: number }>(
      args,
    );
    this.inFeatures = p.inFeatures;
    this.outFeatures = p.outFeatures;
    this.registerParameter('weight', new Parameter(empty([p.outFeatures, p.inFeatures], p.dtype)));
    this.registerParameter('bias', p.bias ? new Parameter(empty([p.outFeatures], p.dtype)) : null);
    this.resetParameters();
  }

  resetParameters(): void {
    drawFromFan(this.weight, this.bias);
  }

  forward(input: Tensor): Tensor {
    return F.linear(input, this.weight, this.bias);
  }

  override extraRepr(): string {
    const bias = this.bias ? 'True' : 'False';
    return `in_features=${this.inFeatures}, out_features=${this.outFeatures}, bias=${bias}`;
  }
}
