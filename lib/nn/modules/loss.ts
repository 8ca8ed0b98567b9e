import { Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';
import { checkReduction, checkWeight, type Reduction, type ReductionOption } from './loss_options';

const L1 = new Signature('L1Loss', {}, { reduction: 'mean' });

/** |x - y|. PyTorch: torch.nn.L1Loss */
export class L1Loss extends Module {
  readonly reduction: Reduction;

  constructor(options?: ReductionOption) {
    super();
    this.reduction = checkReduction('L1Loss', L1.bind<ReductionOption>([options]).reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, { reduction: this.reduction });
  }
}

const MSE = new Signature('MSELoss', {}, { reduction: 'mean' });

/** (x - y)^2. PyTorch: torch.nn.MSELoss */
export class MSELoss extends Module {
  readonly reduction: Reduction;

  constructor(options?: ReductionOption) {
    super();
    this.reduction = checkReduction('MSELoss', MSE.bind<ReductionOption>([options]).reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, { reduction: this.reduction });
  }
}

export interface NLLLossOptions extends ReductionOption {
  weight?: Tensor | null;
  ignoreIndex?: number;
}

const NLL = new Signature('NLLLoss', { weight: null }, { ignoreIndex: -100, reduction: 'mean' });

/**
 * -weight[y] * x[y] for log-probabilities x and class indices y; 'mean' divides by the summed
 * weights of the targets.
 *
 * PyTorch: torch.nn.NLLLoss
 */
export class NLLLoss extends Module {
  declare weight: Tensor | null;
  readonly ignoreIndex: number;
  readonly reduction: Reduction;

  constructor(weight?: Tensor | null | NLLLossOptions, options?: Omit<NLLLossOptions, 'weight'>) {
    super();
    const p = NLL.bind<Required<NLLLossOptions>>([weight, options]);
    this.registerBuffer('weight', checkWeight('NLLLoss', p.weight));
    this.ignoreIndex = p.ignoreIndex;
    this.reduction = checkReduction('NLLLoss', p.reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.nllLoss(input, target, {
      weight: this.weight,
      ignoreIndex: this.ignoreIndex,
      reduction: this.reduction,
    });
  }
}

export interface CrossEntropyLossOptions extends NLLLossOptions {
  labelSmoothing?: number;
}

const CROSS_ENTROPY = new Signature(
  'CrossEntropyLoss',
  { weight: null },
  { ignoreIndex: -100, reduction: 'mean', labelSmoothing: 0 },
);

/**
 * -log softmax(x)[y] for logits x and class indices y, or -sum_c y_c log softmax(x)_c for
 * probabilities y of the shape of x. Shapes: input (N, C, ...) or (C), target (N, ...) or ().
 *
 * PyTorch: torch.nn.CrossEntropyLoss
 */
export class CrossEntropyLoss extends Module {
  declare weight: Tensor | null;
  readonly ignoreIndex: number;
  readonly reduction: Reduction;
  readonly labelSmoothing: number;
  /** What differs from the defaults: a call resolves no more options than it has to. */
  private readonly given: { ignoreIndex?: number; reduction?: Reduction; labelSmoothing?: number };

  constructor(
    weight?: Tensor | null | CrossEntropyLossOptions,
    options?: Omit<CrossEntropyLossOptions, 'weight'>,
  ) {
    super();
    const p = CROSS_ENTROPY.bind<Required<CrossEntropyLossOptions>>([weight, options]);
    this.registerBuffer('weight', checkWeight('CrossEntropyLoss', p.weight));
    this.ignoreIndex = p.ignoreIndex;
    this.reduction = checkReduction('CrossEntropyLoss', p.reduction);
    this.labelSmoothing = p.labelSmoothing;
    this.given = {};
    if (p.ignoreIndex !== -100) this.given.ignoreIndex = p.ignoreIndex;
    if (p.reduction !== 'mean') this.given.reduction = p.reduction;
    if (p.labelSmoothing !== 0) this.given.labelSmoothing = p.labelSmoothing;
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, this.weight, this.given);
  }
}

const SMOOTH_L1 = new Signature('SmoothL1Loss', {}, { reduction: 'mean', beta: 1 });

/**
 * d^2 / (2 beta) where d = |x - y| < beta, else d - beta / 2. PyTorch: torch.nn.SmoothL1Loss
 */
export class SmoothL1Loss extends Module {
  readonly reduction: Reduction;
  readonly beta: number;

  constructor(options?: ReductionOption & { beta?: number }) {
    super();
    const p = SMOOTH_L1.bind<Required<ReductionOption> & { beta: number }>([options]);
    this.reduction = checkReduction('SmoothL1Loss', p.reduction);
    this.beta = p.beta;
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.smoothL1Loss(input, target, { reduction: this.reduction, beta: this.beta });
  }
}

const HUBER = new Signature('HuberLoss', { reduction: 'mean', delta: 1 });

/**
 * d^2 / 2 where d = |x - y| <= delta, else delta * (d - delta / 2). PyTorch: torch.nn.HuberLoss
 */
export class HuberLoss extends Module {
  readonly reduction: Reduction;
  readonly delta: number;

  constructor(reduction?: Reduction | (ReductionOption & { delta?: number }), delta?: number) {
    super();
    const p = HUBER.bind<Required<ReductionOption> & { delta: number }>([reduction, delta]);
    this.reduction = checkReduction('HuberLoss', p.reduction);
    this.delta = p.delta;
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.huberLoss(input, target, { reduction: this.reduction, delta: this.delta });
  }
}

export interface BCELossOptions extends ReductionOption {
  weight?: Tensor | null;
}

const BCE = new Signature('BCELoss', { weight: null }, { reduction: 'mean' });

/**
 * -(y log x + (1 - y) log(1 - x)) for probabilities x, logarithms not below -100.
 *
 * PyTorch: torch.nn.BCELoss
 */
export class BCELoss extends Module {
  declare weight: Tensor | null;
  readonly reduction: Reduction;

  constructor(weight?: Tensor | null | BCELossOptions, options?: ReductionOption) {
    super();
    const p = BCE.bind<Required<BCELossOptions>>([weight, options]);
    this.registerBuffer('weight', checkWeight('BCELoss', p.weight));
    this.reduction = checkReduction('BCELoss', p.reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropy(input, target, { weight: this.weight, reduction: this.reduction });
  }
}

export interface BCEWithLogitsLossOptions extends BCELossOptions {
  posWeight?: Tensor | null;
}

const BCE_LOGITS = new Signature(
  'BCEWithLogitsLoss',
  { weight: null },
  { reduction: 'mean', posWeight: null },
);

/**
 * Binary cross entropy of sigmoid(x), computed without overflow; `posWeight` weighs positives.
 *
 * PyTorch: torch.nn.BCEWithLogitsLoss
 */
export class BCEWithLogitsLoss extends Module {
  declare weight: Tensor | null;
  declare pos_weight: Tensor | null;
  readonly reduction: Reduction;

  constructor(
    weight?: Tensor | null | BCEWithLogitsLossOptions,
    options?: Omit<BCEWithLogitsLossOptions, 'weight'>,
  ) {
    super();
    const p = BCE_LOGITS.bind<Required<BCEWithLogitsLossOptions>>([weight, options]);
    this.registerBuffer('weight', checkWeight('BCEWithLogitsLoss', p.weight));
    // Named as in the state dict.
    this.registerBuffer('pos_weight', checkWeight('BCEWithLogitsLoss', p.posWeight));
    this.reduction = checkReduction('BCEWithLogitsLoss', p.reduction);
  }

  get posWeight(): Tensor | null {
    return this.pos_weight;
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropyWithLogits(input, target, {
      weight: this.weight,
      posWeight: this.pos_weight,
      reduction: this.reduction,
    });
  }
}
