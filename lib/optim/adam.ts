import { describe, Signature } from '../options';
import * as internal from '../internal.generated';
import * as ops from '../ops.generated';
import type { Tensor } from '../tensor';
import { countStep, Optimizer, requireNonNegative, withGradients } from './optimizer';
import type { ParamGroup, Params, ParamState } from './optimizer';
import type { ImplementationOptions } from './sgd';

export interface AdamOptions extends ImplementationOptions {
  lr?: number;
  betas?: readonly [number, number];
  eps?: number;
  weightDecay?: number;
  amsgrad?: boolean;
  maximize?: boolean;
  capturable?: boolean;
  decoupledWeightDecay?: boolean;
}

const POSITIONAL = { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false };
const KEYWORDS = {
  maximize: false,
  foreach: null,
  capturable: false,
  differentiable: false,
  fused: null,
};
const ADAM = new Signature('Adam', POSITIONAL, { ...KEYWORDS, decoupledWeightDecay: false });
const ADAMW = new Signature('AdamW', { ...POSITIONAL, weightDecay: 1e-2 }, KEYWORDS);

function checked(
  owner: string,
  p: Required<AdamOptions>,
): Readonly<Record<string, unknown>> {
  requireNonNegative(owner, p.lr, 'learning rate');
  requireNonNegative(owner, p.eps, 'epsilon value');
  if (!Array.isArray(p.betas) || p.betas.length !== 2) {
    throw new TypeError(`${owner}: betas must be two numbers, got ${describe(p.betas)}`);
  }
  p.betas.forEach((beta: unknown, i: number) => {
    if (typeof beta !== 'number' || !(beta >= 0 && beta < 1)) {
      throw new RangeError(`${owner}: Invalid beta parameter at index ${i}: ${describe(beta)}`);
    }
  });
  requireNonNegative(owner, p.weightDecay, 'weight_decay value');
  return { ...p, betas: [...p.betas] };
}

/**
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2;
 * p -= lr / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + eps)
 *
 * weightDecay adds weightDecay * p to g; with amsgrad the largest v so far is used.
 *
 * PyTorch: torch.optim.Adam
 */
export class Adam extends Optimizer {
  constructor(params: Params, lr?: number | AdamOptions, ...rest: unknown[]);
  /** @internal */
  constructor(params: Params, defaults: Readonly<Record<string, unknown>>, checked: symbol);
  constructor(params: Params, first?: unknown, ...rest: unknown[]) {
    const isChecked = rest[0] === CHECKED;
    super(
      params,
      isChecked
        ? (first as Record<string, unknown>)
        : checked('Adam', ADAM.bind<Required<AdamOptions>>([first, ...rest])),
    );
  }

  protected update(group: ParamGroup): void {
    const { lr, betas, eps, weightDecay, amsgrad, maximize, decoupledWeightDecay } =
      group as unknown as Required<AdamOptions>;
    const params = withGradients(group);
    if (params.length === 0) return;
    const averages: Tensor[] = [];
    const squares: Tensor[] = [];
    const largest: Tensor[] = [];
    const steps: number[] = [];
    for (const parameter of params) {
      const state = this.stateOf(parameter, amsgrad);
      averages.push(state.expAvg as Tensor);
      squares.push(state.expAvgSq as Tensor);
      steps.push(countStep(state));
      if (amsgrad) largest.push(state.maxExpAvgSq as Tensor);
    }
    internal.adamStep_(
      params,
      averages,
      squares,
      largest,
      steps,
      lr,
      betas[0],
      betas[1],
      eps,
      weightDecay,
      decoupledWeightDecay,
      maximize,
    );
  }

  private stateOf(parameter: Tensor, amsgrad: boolean): ParamState {
    let state = this.state.get(parameter);
    if (!state) {
      const zeros = (): Tensor => ops.zerosLike(parameter.detach());
      state = { step: 0 as never, expAvg: zeros(), expAvgSq: zeros() };
      if (amsgrad) state.maxExpAvgSq = zeros();
      this.state.set(parameter, state);
    }
    return state;
  }
}

const CHECKED = Symbol('checked');

/**
 * Adam whose weight decay does not pass through the averages: p *= 1 - lr * weightDecay first.
 *
 * PyTorch: torch.optim.AdamW
 */
export class AdamW extends Adam {
  constructor(
    params: Params,
    lr?: number | Omit<AdamOptions, 'decoupledWeightDecay'>,
    ...rest: unknown[]
  ) {
    const p = ADAMW.bind<Required<AdamOptions>>([lr, ...rest]);
    super(params, checked('AdamW', { ...p, decoupledWeightDecay: true }), CHECKED);
  }
}
