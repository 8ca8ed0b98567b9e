import { Signature } from '../options';
import * as internal from '../internal.generated';
import * as ops from '../ops.generated';
import type { Tensor } from '../tensor';
import { countStep, Optimizer, requireNonNegative, withGradients } from './optimizer';
import type { ParamGroup, Params, ParamState } from './optimizer';

export interface RMSpropOptions {
  lr?: number;
  alpha?: number;
  eps?: number;
  weightDecay?: number;
  momentum?: number;
  centered?: boolean;
  capturable?: boolean;
  foreach?: boolean | null;
  maximize?: boolean;
  differentiable?: boolean;
}

const OPTIONS = new Signature('RMSprop', {
  lr: 1e-2,
  alpha: 0.99,
  eps: 1e-8,
  weightDecay: 0,
  momentum: 0,
  centered: false,
  capturable: false,
  foreach: null,
  maximize: false,
  differentiable: false,
});

/**
 * v = alpha v + (1 - alpha) g^2;  p -= lr * g / (sqrt(v) + eps)
 *
 * centered subtracts the squared mean of g from v; with momentum b = momentum * b + g / (...) and
 * p -= lr * b.
 *
 * PyTorch: torch.optim.RMSprop
 */
export class RMSprop extends Optimizer {
  constructor(params: Params, lr?: number | RMSpropOptions, ...rest: unknown[]) {
    const p = OPTIONS.bind<Required<RMSpropOptions>>([lr, ...rest]);
    requireNonNegative('RMSprop', p.lr, 'learning rate');
    requireNonNegative('RMSprop', p.eps, 'epsilon value');
    requireNonNegative('RMSprop', p.momentum, 'momentum value');
    requireNonNegative('RMSprop', p.weightDecay, 'weight_decay value');
    requireNonNegative('RMSprop', p.alpha, 'alpha value');
    super(params, { ...p });
  }

  protected update(group: ParamGroup): void {
    const { lr, alpha, eps, weightDecay, momentum, centered, maximize } =
      group as unknown as Required<RMSpropOptions>;
    const params = withGradients(group);
    if (params.length === 0) return;
    const squares: Tensor[] = [];
    const means: Tensor[] = [];
    const buffers: Tensor[] = [];
    for (const parameter of params) {
      const state = this.stateOf(parameter, momentum > 0, centered);
      squares.push(state.squareAvg as Tensor);
      countStep(state);
      if (centered) means.push(state.gradAvg as Tensor);
      if (momentum > 0) buffers.push(state.momentumBuffer as Tensor);
    }
    internal.rmspropStep_(
      params,
      squares,
      means,
      buffers,
      lr,
      alpha,
      eps,
      weightDecay,
      momentum,
      maximize,
    );
  }

  private stateOf(parameter: Tensor, hasMomentum: boolean, centered: boolean): ParamState {
    let state = this.state.get(parameter);
    if (!state) {
      const zeros = (): Tensor => ops.zerosLike(parameter.detach());
      state = { step: 0 as never, squareAvg: zeros() };
      if (hasMomentum) state.momentumBuffer = zeros();
      if (centered) state.gradAvg = zeros();
      this.state.set(parameter, state);
    }
    return state;
  }
}
