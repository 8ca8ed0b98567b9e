import { Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';
import { checkReduction, checkWeight, type Reduction, type ReductionOption } from './loss_options';

export interface KLDivLossOptions {
  reduction?: Reduction | 'batchmean';
  logTarget?: boolean;
}
const KL_DIV = new Signature('KLDivLoss', {}, { reduction: 'mean', logTarget: false });

/**
 * y (log y - x) for log-probabilities x and probabilities y (or their logarithms with logTarget).
 * 'batchmean' divides the sum by the batch, as the divergence asks; 'mean' by all elements.
 *
 * PyTorch: torch.nn.KLDivLoss
 */
export class KLDivLoss extends Module {
  readonly reduction: Reduction | 'batchmean';
  readonly logTarget: boolean;

  constructor(options?: KLDivLossOptions) {
    super();
    const p = KL_DIV.bind<Required<KLDivLossOptions>>([options]);
    this.reduction =
      p.reduction === 'batchmean' ? p.reduction : checkReduction('KLDivLoss', p.reduction);
    this.logTarget = p.logTarget;
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.klDiv(input, target, { reduction: this.reduction, logTarget: this.logTarget });
  }
}

export interface PoissonNLLLossOptions extends ReductionOption {
  logInput?: boolean;
  full?: boolean;
  eps?: number;
}
const POISSON = new Signature(
  'PoissonNLLLoss',
  { logInput: true, full: false },
  { eps: 1e-8, reduction: 'mean' },
);

/**
 * e^x - y x, or x - y log(x + eps) without logInput; `full` adds Stirling's log(y!).
 *
 * PyTorch: torch.nn.PoissonNLLLoss
 */
export class PoissonNLLLoss extends Module {
  readonly logInput: boolean;
  readonly full: boolean;
  readonly eps: number;
  readonly reduction: Reduction;

  constructor(
    logInput?: boolean | PoissonNLLLossOptions,
    full?: boolean | Omit<PoissonNLLLossOptions, 'logInput'>,
    options?: Pick<PoissonNLLLossOptions, 'eps' | 'reduction'>,
  ) {
    super();
    const p = POISSON.bind<Required<PoissonNLLLossOptions>>([logInput, full, options]);
    this.logInput = p.logInput;
    this.full = p.full;
    this.eps = p.eps;
    this.reduction = checkReduction('PoissonNLLLoss', p.reduction);
  }

  forward(logInput: Tensor, target: Tensor): Tensor {
    const { full, eps, reduction } = this;
    return F.poissonNllLoss(logInput, target, { logInput: this.logInput, full, eps, reduction });
  }
}

export interface GaussianNLLLossOptions extends ReductionOption {
  full?: boolean;
  eps?: number;
}
const GAUSSIAN = new Signature(
  'GaussianNLLLoss',
  {},
  { full: false, eps: 1e-6, reduction: 'mean' },
);

/**
 * (log v + (x - y)^2 / v) / 2 with variances v of at least eps; `full` adds log(2 pi) / 2.
 *
 * PyTorch: torch.nn.GaussianNLLLoss
 */
export class GaussianNLLLoss extends Module {
  readonly full: boolean;
  readonly eps: number;
  readonly reduction: Reduction;

  constructor(options?: GaussianNLLLossOptions) {
    super();
    const p = GAUSSIAN.bind<Required<GaussianNLLLossOptions>>([options]);
    this.full = p.full;
    this.eps = p.eps;
    this.reduction = checkReduction('GaussianNLLLoss', p.reduction);
  }

  forward(input: Tensor, target: Tensor, variance: Tensor | number): Tensor {
    const { full, eps, reduction } = this;
    return F.gaussianNllLoss(input, target, variance, { full, eps, reduction });
  }
}

export interface MarginOptions extends ReductionOption {
  margin?: number;
}

/** A loss with a margin and a reduction. */
abstract class MarginLoss extends Module {
  readonly margin: number;
  readonly reduction: Reduction;

  constructor(owner: string, margin: number, given: readonly unknown[]) {
    super();
    const names = new Signature(owner, { margin }, { reduction: 'mean' });
    const p = names.bind<Required<MarginOptions>>(given);
    this.margin = p.margin;
    this.reduction = checkReduction(owner, p.reduction);
  }

  protected get options(): Required<MarginOptions> {
    return { margin: this.margin, reduction: this.reduction };
  }
}

/** max(0, -y (a - b) + margin). PyTorch: torch.nn.MarginRankingLoss */
export class MarginRankingLoss extends MarginLoss {
  constructor(margin?: number | MarginOptions, options?: ReductionOption) {
    super('MarginRankingLoss', 0, [margin, options]);
  }

  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.marginRankingLoss(input1, input2, target, this.options);
  }
}

/** x where y is 1, max(0, margin - x) where it is -1. PyTorch: torch.nn.HingeEmbeddingLoss */
export class HingeEmbeddingLoss extends MarginLoss {
  constructor(margin?: number | MarginOptions, options?: ReductionOption) {
    super('HingeEmbeddingLoss', 1, [margin, options]);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.hingeEmbeddingLoss(input, target, this.options);
  }
}

/**
 * 1 - cos(a, b) where y is 1, max(0, cos(a, b) - margin) where it is -1.
 *
 * PyTorch: torch.nn.CosineEmbeddingLoss
 */
export class CosineEmbeddingLoss extends MarginLoss {
  constructor(margin?: number | MarginOptions, options?: ReductionOption) {
    super('CosineEmbeddingLoss', 0, [margin, options]);
  }

  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.cosineEmbeddingLoss(input1, input2, target, this.options);
  }
}

const SOFT_MARGIN = new Signature('SoftMarginLoss', {}, { reduction: 'mean' });

/** log(1 + exp(-y x)) for y of 1 and -1. PyTorch: torch.nn.SoftMarginLoss */
export class SoftMarginLoss extends Module {
  readonly reduction: Reduction;

  constructor(options?: ReductionOption) {
    super();
    const p = SOFT_MARGIN.bind<ReductionOption>([options]);
    this.reduction = checkReduction('SoftMarginLoss', p.reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    return F.softMarginLoss(input, target, { reduction: this.reduction });
  }
}

export interface MultiLabelSoftMarginLossOptions extends ReductionOption {
  weight?: Tensor | null;
}
const MULTI_LABEL = new Signature(
  'MultiLabelSoftMarginLoss',
  { weight: null },
  { reduction: 'mean' },
);

/**
 * The mean over classes of the binary cross entropy of sigmoid(x).
 *
 * PyTorch: torch.nn.MultiLabelSoftMarginLoss
 */
export class MultiLabelSoftMarginLoss extends Module {
  declare weight: Tensor | null;
  readonly reduction: Reduction;

  constructor(
    weight?: Tensor | null | MultiLabelSoftMarginLossOptions,
    options?: ReductionOption,
  ) {
    super();
    const p = MULTI_LABEL.bind<Required<MultiLabelSoftMarginLossOptions>>([weight, options]);
    this.registerBuffer('weight', checkWeight('MultiLabelSoftMarginLoss', p.weight));
    this.reduction = checkReduction('MultiLabelSoftMarginLoss', p.reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    const { weight, reduction } = this;
    return F.multilabelSoftMarginLoss(input, target, { weight, reduction });
  }
}

export interface TripletMarginLossOptions extends MarginOptions {
  p?: number;
  eps?: number;
  swap?: boolean;
}
const TRIPLET = new Signature(
  'TripletMarginLoss',
  { margin: 1, p: 2, eps: 1e-6, swap: false },
  { reduction: 'mean' },
);

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin) with the p-norm as distance; `swap`
 * takes d(positive, negative) where it is smaller.
 *
 * PyTorch: torch.nn.TripletMarginLoss
 */
export class TripletMarginLoss extends Module {
  readonly margin: number;
  readonly p: number;
  readonly eps: number;
  readonly swap: boolean;
  readonly reduction: Reduction;

  constructor(
    margin?: number | TripletMarginLossOptions,
    p?: number | Omit<TripletMarginLossOptions, 'margin'>,
    eps?: number | Pick<TripletMarginLossOptions, 'eps' | 'swap' | 'reduction'>,
    swap?: boolean | Pick<TripletMarginLossOptions, 'swap' | 'reduction'>,
    options?: ReductionOption,
  ) {
    super();
    const given = TRIPLET.bind<Required<TripletMarginLossOptions>>([margin, p, eps, swap, options]);
    if (!(given.margin > 0)) {
      throw new RangeError(
        `TripletMarginLoss: expected margin to be greater than 0, got ${String(given.margin)} instead`,
      );
    }
    this.margin = given.margin;
    this.p = given.p;
    this.eps = given.eps;
    this.swap = given.swap;
    this.reduction = checkReduction('TripletMarginLoss', given.reduction);
  }

  forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    const { margin, p, eps, swap, reduction } = this;
    return F.tripletMarginLoss(anchor, positive, negative, { margin, p, eps, swap, reduction });
  }
}

export interface MultiMarginLossOptions extends MarginOptions {
  p?: number;
  weight?: Tensor | null;
}
const MULTI_MARGIN = new Signature(
  'MultiMarginLoss',
  { p: 1, margin: 1, weight: null },
  { reduction: 'mean' },
);

/**
 * The mean over the other classes of max(0, margin - x_y + x_i)^p, times weight[y].
 *
 * PyTorch: torch.nn.MultiMarginLoss
 */
export class MultiMarginLoss extends Module {
  readonly p: number;
  readonly margin: number;
  declare weight: Tensor | null;
  readonly reduction: Reduction;

  constructor(
    p?: number | MultiMarginLossOptions,
    margin?: number | Omit<MultiMarginLossOptions, 'p'>,
    weight?: Tensor | null | Pick<MultiMarginLossOptions, 'weight' | 'reduction'>,
    options?: ReductionOption,
  ) {
    super();
    const given = MULTI_MARGIN.bind<Required<MultiMarginLossOptions>>([p, margin, weight, options]);
    if (given.p !== 1 && given.p !== 2) {
      throw new RangeError(`MultiMarginLoss: only p == 1 and p == 2 supported, got ${String(given.p)}`);
    }
    this.registerBuffer('weight', checkWeight('MultiMarginLoss', given.weight));
    this.p = given.p;
    this.margin = given.margin;
    this.reduction = checkReduction('MultiMarginLoss', given.reduction);
  }

  forward(input: Tensor, target: Tensor): Tensor {
    const { p, margin, weight, reduction } = this;
    return F.multiMarginLoss(input, target, { p, margin, weight, reduction });
  }
}
