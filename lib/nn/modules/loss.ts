import { Signature } from '../../options';
import { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

/** What a loss does with the losses of the single elements. */
export type Reduction = 'none' | 'mean' | 'sum';

export interface ReductionOption {
  reduction?: Reduction;
}

function checkReduction(owner: string, reduction: unknown): Reduction {
  if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') {
    throw new TypeError(
      `${owner}: reduction must be 'none', 'mean' or 'sum', got ${JSON.stringify(reduction)}`,
    );
  }
  return reduction;
}

function checkWeight(owner: string, weight: unknown): Tensor | null {
  if (weight === null || weight instanceof Tensor) return weight;
  throw new TypeError(`${owner}: weight must be a tensor or null, got ${typeof weight}`);
}

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
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, {
      weight: this.weight,
      ignoreIndex: this.ignoreIndex,
      reduction: this.reduction,
      labelSmoothing: this.labelSmoothing,
    });
  }
}
