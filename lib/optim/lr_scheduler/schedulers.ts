import { REQUIRED, Signature } from '../../options';
import type { Optimizer, ParamGroup } from '../optimizer';
import { LRScheduler } from './scheduler';

interface LastEpoch {
  lastEpoch?: number;
}

const LAMBDA = new Signature('LambdaLR', {
  optimizer: REQUIRED,
  lrLambda: REQUIRED,
  lastEpoch: -1,
});

type LrLambda = (epoch: number) => number;

/**
 * initial rate * lrLambda(epoch); one function, or one a group.
 *
 * PyTorch: torch.optim.lr_scheduler.LambdaLR
 */
export class LambdaLR extends LRScheduler {
  readonly lrLambdas: readonly LrLambda[];

  constructor(
    optimizer: Optimizer,
    lrLambda: LrLambda | readonly LrLambda[] | (LastEpoch & { lrLambda: LrLambda | LrLambda[] }),
    lastEpoch?: number | LastEpoch,
  ) {
    const p = LAMBDA.bind<{ lrLambda: LrLambda | LrLambda[]; lastEpoch: number }>([
      optimizer,
      lrLambda,
      lastEpoch,
    ]);
    super(optimizer, p.lastEpoch);
    const { lrLambda: given } = p;
    const groups = optimizer.paramGroups.length;
    this.lrLambdas = Array.isArray(given) ? given : new Array<LrLambda>(groups).fill(given);
    if (this.lrLambdas.length !== groups) {
      throw new Error(`Expected ${groups} lrLambdas, but got ${this.lrLambdas.length}`);
    }
    this.begin();
  }

  protected rate(_group: ParamGroup, baseLr: number, index: number): number {
    return baseLr * (this.lrLambdas[index] as LrLambda)(this.lastEpoch);
  }
}

const STEP = new Signature('StepLR', {
  optimizer: REQUIRED,
  stepSize: REQUIRED,
  gamma: 0.1,
  lastEpoch: -1,
});

interface StepOptions extends LastEpoch {
  gamma?: number;
}

/**
 * Multiplies the rate by gamma every stepSize epochs. PyTorch: torch.optim.lr_scheduler.StepLR
 */
export class StepLR extends LRScheduler {
  readonly stepSize: number;
  readonly gamma: number;

  constructor(
    optimizer: Optimizer,
    stepSize: number | (StepOptions & { stepSize: number }),
    gamma?: number | StepOptions,
    lastEpoch?: number | LastEpoch,
  ) {
    const p = STEP.bind<{ stepSize: number; gamma: number; lastEpoch: number }>([
      optimizer,
      stepSize,
      gamma,
      lastEpoch,
    ]);
    super(optimizer, p.lastEpoch);
    this.stepSize = p.stepSize;
    this.gamma = p.gamma;
    this.begin();
  }

  protected rate(group: ParamGroup): number {
    if (this.lastEpoch === 0 || this.lastEpoch % this.stepSize !== 0) return group.lr;
    return group.lr * this.gamma;
  }

  protected override closedForm(baseLr: number): number {
    return baseLr * this.gamma ** Math.floor(this.lastEpoch / this.stepSize);
  }

  protected override fields(): Readonly<Record<string, string>> {
    return { stepSize: 'step_size', gamma: 'gamma' };
  }
}

const MULTI_STEP = new Signature('MultiStepLR', {
  optimizer: REQUIRED,
  milestones: REQUIRED,
  gamma: 0.1,
  lastEpoch: -1,
});

/**
 * Multiplies the rate by gamma at each milestone, as often as it is named.
 *
 * PyTorch: torch.optim.lr_scheduler.MultiStepLR
 */
export class MultiStepLR extends LRScheduler {
  readonly milestones: readonly number[];
  readonly gamma: number;

  constructor(
    optimizer: Optimizer,
    milestones: readonly number[] | (StepOptions & { milestones: readonly number[] }),
    gamma?: number | StepOptions,
    lastEpoch?: number | LastEpoch,
  ) {
    const p = MULTI_STEP.bind<{ milestones: number[]; gamma: number; lastEpoch: number }>([
      optimizer,
      milestones,
      gamma,
      lastEpoch,
    ]);
    super(optimizer, p.lastEpoch);
    this.milestones = [...p.milestones];
    this.gamma = p.gamma;
    this.begin();
  }

  protected rate(group: ParamGroup): number {
    const times = this.milestones.filter((epoch) => epoch === this.lastEpoch).length;
    return times === 0 ? group.lr : group.lr * this.gamma ** times;
  }

  protected override closedForm(baseLr: number): number {
    return baseLr * this.gamma ** this.milestones.filter((at) => at <= this.lastEpoch).length;
  }

  protected override fields(): Readonly<Record<string, string>> {
    return { gamma: 'gamma' };
  }

  /** PyTorch keeps the milestones as a dict from epoch to count. */
  override stateDict(): Record<string, unknown> {
    const counts = new Map<number, number>();
    for (const epoch of this.milestones) counts.set(epoch, (counts.get(epoch) ?? 0) + 1);
    return Object.assign(super.stateDict(), { milestones: counts });
  }

  override loadStateDict(
    stateDict: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
  ): void {
    super.loadStateDict(stateDict);
    const given =
      stateDict instanceof Map
        ? (stateDict.get('milestones') as unknown)
        : (stateDict as Record<string, unknown>).milestones;
    if (given == null) return;
    const counts: Iterable<[unknown, unknown]> =
      given instanceof Map ? given : Object.entries(given as object);
    const milestones = [...counts].flatMap(([epoch, n]) =>
      new Array<number>(Number(n)).fill(Number(epoch)),
    );
    (this as { milestones: readonly number[] }).milestones = milestones;
  }
}

const EXPONENTIAL = new Signature('ExponentialLR', {
  optimizer: REQUIRED,
  gamma: REQUIRED,
  lastEpoch: -1,
});

/**
 * Multiplies the rate by gamma every epoch. PyTorch: torch.optim.lr_scheduler.ExponentialLR
 */
export class ExponentialLR extends LRScheduler {
  readonly gamma: number;

  constructor(
    optimizer: Optimizer,
    gamma: number | (LastEpoch & { gamma: number }),
    lastEpoch?: number | LastEpoch,
  ) {
    const p = EXPONENTIAL.bind<{ gamma: number; lastEpoch: number }>([
      optimizer,
      gamma,
      lastEpoch,
    ]);
    super(optimizer, p.lastEpoch);
    this.gamma = p.gamma;
    this.begin();
  }

  protected rate(group: ParamGroup): number {
    return this.isInitial ? group.lr : group.lr * this.gamma;
  }

  protected override closedForm(baseLr: number): number {
    return baseLr * this.gamma ** this.lastEpoch;
  }

  protected override fields(): Readonly<Record<string, string>> {
    return { gamma: 'gamma' };
  }
}

const COSINE = new Signature('CosineAnnealingLR', {
  optimizer: REQUIRED,
  TMax: REQUIRED,
  etaMin: 0,
  lastEpoch: -1,
});

interface CosineOptions extends LastEpoch {
  etaMin?: number;
}

/**
 * etaMin + (initial - etaMin) * (1 + cos(pi * epoch / TMax)) / 2, computed from the rate before, so
 * that edits of the rate survive; rises again after TMax.
 *
 * PyTorch: torch.optim.lr_scheduler.CosineAnnealingLR
 */
export class CosineAnnealingLR extends LRScheduler {
  readonly TMax: number;
  readonly etaMin: number;

  constructor(
    optimizer: Optimizer,
    TMax: number | (CosineOptions & { TMax: number }),
    etaMin?: number | CosineOptions,
    lastEpoch?: number | LastEpoch,
  ) {
    const p = COSINE.bind<{ TMax: number; etaMin: number; lastEpoch: number }>([
      optimizer,
      TMax,
      etaMin,
      lastEpoch,
    ]);
    super(optimizer, p.lastEpoch);
    this.TMax = p.TMax;
    this.etaMin = p.etaMin;
    this.begin();
  }

  protected rate(group: ParamGroup, baseLr: number): number {
    const { TMax, etaMin, lastEpoch: epoch } = this;
    if (this.isInitial) return group.lr;
    if (this.stepCount === 1 && epoch > 0) {
      return etaMin + ((baseLr - etaMin) * (1 + Math.cos((epoch * Math.PI) / TMax))) / 2;
    }
    if ((epoch - 1 - TMax) % (2 * TMax) === 0) {
      return group.lr + ((baseLr - etaMin) * (1 - Math.cos(Math.PI / TMax))) / 2;
    }
    const now = 1 + Math.cos((Math.PI * epoch) / TMax);
    const before = 1 + Math.cos((Math.PI * (epoch - 1)) / TMax);
    return (now / before) * (group.lr - etaMin) + etaMin;
  }

  protected override closedForm(baseLr: number): number {
    const cosine = Math.cos((Math.PI * this.lastEpoch) / this.TMax);
    return this.etaMin + ((baseLr - this.etaMin) * (1 + cosine)) / 2;
  }

  protected override fields(): Readonly<Record<string, string>> {
    return { TMax: 'T_max', etaMin: 'eta_min' };
  }
}
