import { REQUIRED, Signature } from '../../options';
import { floatOrDefault, pythonNumber } from '../../print';
import { full } from '../../ops.generated';
import type { DType } from '../../dtype';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';
import { Parameter } from '../parameter';

type Inplace = boolean | { inplace?: boolean };

/** The end of what a module with an `inplace` option prints. */
function tail(inplace: boolean): string {
  return inplace ? ', inplace=True' : '';
}

function boundInplace(owner: string, inplace: unknown): boolean {
  return new Signature(owner, { inplace: false }).bind<{ inplace: boolean }>([inplace]).inplace;
}

/** A function of the input alone with an `inplace` option. */
abstract class InplaceActivation extends Module {
  readonly inplace: boolean;

  constructor(owner: string, inplace: unknown) {
    super();
    this.inplace = boundInplace(owner, inplace);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

interface Slope {
  negativeSlope?: number;
  inplace?: boolean;
}
const LEAKY_RELU = new Signature('LeakyReLU', { negativeSlope: 0.01, inplace: false });

/** x where x > 0, else negativeSlope x. PyTorch: torch.nn.LeakyReLU */
export class LeakyReLU extends Module {
  readonly negativeSlope: number;
  readonly inplace: boolean;

  constructor(negativeSlope?: number | Slope, inplace?: Inplace) {
    super();
    const p = LEAKY_RELU.bind<Required<Slope>>([negativeSlope, inplace]);
    this.negativeSlope = p.negativeSlope;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.leakyRelu(input, this.negativeSlope, this.inplace);
  }

  override extraRepr(): string {
    return `negative_slope=${pythonNumber(this.negativeSlope)}${tail(this.inplace)}`;
  }
}

interface Alpha {
  alpha?: number;
  inplace?: boolean;
}
const ELU_NAMES = { alpha: 1, inplace: false };
const ELU_SIGNATURE = new Signature('ELU', ELU_NAMES);

/** x where x > 0, else alpha (e^x - 1). PyTorch: torch.nn.ELU */
export class ELU extends Module {
  readonly alpha: number;
  readonly inplace: boolean;

  constructor(alpha?: number | Alpha, inplace?: Inplace) {
    super();
    const p = ELU_SIGNATURE.bind<Required<Alpha>>([alpha, inplace]);
    this.alpha = p.alpha;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.elu(input, this.alpha, this.inplace);
  }

  override extraRepr(): string {
    return `alpha=${floatOrDefault(this.alpha, 1)}${tail(this.inplace)}`;
  }
}

const CELU_SIGNATURE = new Signature('CELU', ELU_NAMES);

/** x where x > 0, else alpha (e^(x / alpha) - 1). PyTorch: torch.nn.CELU */
export class CELU extends Module {
  readonly alpha: number;
  readonly inplace: boolean;

  constructor(alpha?: number | Alpha, inplace?: Inplace) {
    super();
    const p = CELU_SIGNATURE.bind<Required<Alpha>>([alpha, inplace]);
    this.alpha = p.alpha;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.celu(input, this.alpha, this.inplace);
  }

  override extraRepr(): string {
    return `alpha=${floatOrDefault(this.alpha, 1)}${tail(this.inplace)}`;
  }
}

/** elu scaled so that mean 0 and variance 1 are kept. PyTorch: torch.nn.SELU */
export class SELU extends InplaceActivation {
  constructor(inplace?: Inplace) {
    super('SELU', inplace);
  }

  forward(input: Tensor): Tensor {
    return F.selu(input, this.inplace);
  }
}

/** x sigmoid(x). PyTorch: torch.nn.SiLU */
export class SiLU extends InplaceActivation {
  constructor(inplace?: Inplace) {
    super('SiLU', inplace);
  }

  forward(input: Tensor): Tensor {
    return F.silu(input, this.inplace);
  }
}

/** x tanh(softplus(x)). PyTorch: torch.nn.Mish */
export class Mish extends InplaceActivation {
  constructor(inplace?: Inplace) {
    super('Mish', inplace);
  }

  forward(input: Tensor): Tensor {
    return F.mish(input, this.inplace);
  }
}

/** x min(max(x + 3, 0), 6) / 6. PyTorch: torch.nn.Hardswish */
export class Hardswish extends InplaceActivation {
  constructor(inplace?: Inplace) {
    super('Hardswish', inplace);
  }

  forward(input: Tensor): Tensor {
    return F.hardswish(input, this.inplace);
  }

  override extraRepr(): string {
    return '';
  }
}

/** min(max(x + 3, 0), 6) / 6. PyTorch: torch.nn.Hardsigmoid */
export class Hardsigmoid extends InplaceActivation {
  constructor(inplace?: Inplace) {
    super('Hardsigmoid', inplace);
  }

  forward(input: Tensor): Tensor {
    return F.hardsigmoid(input, this.inplace);
  }

  override extraRepr(): string {
    return '';
  }
}

interface ThresholdOptions {
  threshold: number;
  value: number;
  inplace?: boolean;
}
const THRESHOLD = new Signature('Threshold', {
  threshold: REQUIRED,
  value: REQUIRED,
  inplace: false,
});

/** x where x > threshold, else value. PyTorch: torch.nn.Threshold */
export class Threshold extends Module {
  readonly threshold: number;
  readonly value: number;
  readonly inplace: boolean;

  constructor(
    threshold: number | ThresholdOptions,
    value?: number | Omit<ThresholdOptions, 'threshold'>,
    inplace?: Inplace,
  ) {
    super();
    const p = THRESHOLD.bind<Required<ThresholdOptions>>([threshold, value, inplace]);
    this.threshold = p.threshold;
    this.value = p.value;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.threshold(input, this.threshold, this.value, this.inplace);
  }

  override extraRepr(): string {
    const numbers = `threshold=${pythonNumber(this.threshold)}, value=${pythonNumber(this.value)}`;
    return numbers + tail(this.inplace);
  }
}

interface RandomSlopes {
  lower?: number;
  upper?: number;
  inplace?: boolean;
}
const RRELU = new Signature('RReLU', { lower: 1 / 8, upper: 1 / 3, inplace: false });

/**
 * x where x > 0, else a x with a drawn from [lower, upper) in training, the middle of it in
 * evaluation.
 *
 * PyTorch: torch.nn.RReLU
 */
export class RReLU extends Module {
  readonly lower: number;
  readonly upper: number;
  readonly inplace: boolean;

  constructor(
    lower?: number | RandomSlopes,
    upper?: number | Omit<RandomSlopes, 'lower'>,
    inplace?: Inplace,
  ) {
    super();
    const p = RRELU.bind<Required<RandomSlopes>>([lower, upper, inplace]);
    this.lower = p.lower;
    this.upper = p.upper;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.rrelu(input, this.lower, this.upper, this.training, this.inplace);
  }

  override extraRepr(): string {
    return `lower=${pythonNumber(this.lower)}, upper=${pythonNumber(this.upper)}${tail(this.inplace)}`;
  }
}

export interface PReLUOptions {
  numParameters?: number;
  init?: number;
  device?: unknown;
  dtype?: DType | null;
}
const PRELU = new Signature('PReLU', { numParameters: 1, init: 0.25, device: null, dtype: null });

/**
 * x where x > 0, else weight x with a weight that is learned: one, or one a channel.
 *
 * PyTorch: torch.nn.PReLU
 */
export class PReLU extends Module {
  readonly numParameters: number;
  readonly init: number;
  weight: Parameter;

  constructor(
    numParameters?: number | PReLUOptions,
    init?: number | Omit<PReLUOptions, 'numParameters'>,
    options?: Pick<PReLUOptions, 'device' | 'dtype'>,
  ) {
    super();
    const p = PRELU.bind<Required<PReLUOptions>>([numParameters, init, options]);
    this.numParameters = p.numParameters;
    this.init = p.init;
    this.weight = new Parameter(full([p.numParameters], p.init, { dtype: p.dtype }));
  }

  forward(input: Tensor): Tensor {
    return F.prelu(input, this.weight);
  }

  override extraRepr(): string {
    return `num_parameters=${this.numParameters}`;
  }
}
