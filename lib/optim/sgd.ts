import { Signature } from '../options';
import * as internal from '../internal.generated';
import * as ops from '../ops.generated';
import type { Tensor } from '../tensor';
import { Optimizer, requireNonNegative, withGradients } from './optimizer';
import type { ParamGroup, Params } from './optimizer';

/** Options that choose between implementations in PyTorch; accepted, without effect. */
export interface ImplementationOptions {
  foreach?: boolean | null;
  differentiable?: boolean;
  fused?: boolean | null;
}

export interface SGDOptions extends ImplementationOptions {
  lr?: number;
  momentum?: number;
  dampening?: number;
  weightDecay?: number;
  nesterov?: boolean;
  maximize?: boolean;
}

const OPTIONS = new Signature(
  'SGD',
  { lr: 1e-3, momentum: 0, dampening: 0, weightDecay: 0, nesterov: false },
  { maximize: false, foreach: null, differentiable: false, fused: null },
);

/**
 * g = grad + weightDecay * p;  b = momentum * b + (1 - dampening) * g (the first b is g);
 * p -= lr * b, or with nesterov lr * (g + momentum * b).
 *
 * PyTorch: torch.optim.SGD
 */
export class SGD extends Optimizer {
  constructor(params: Params, lr?: number | SGDOptions, ...rest: (number | boolean | SGDOptions)[]) {
    const p = OPTIONS.bind<Required<SGDOptions>>([lr, ...rest]);
    requireNonNegative('SGD', p.lr, 'learning rate');
    requireNonNegative('SGD', p.momentum, 'momentum value');
    requireNonNegative('SGD', p.weightDecay, 'weight_decay value');
    if (p.nesterov && (p.momentum <= 0 || p.dampening !== 0)) {
      throw new RangeError('SGD: Nesterov momentum requires a momentum and zero dampening');
    }
    super(params, { ...p });
  }

  protected update(group: ParamGroup): void {
    const { lr, momentum, dampening, weightDecay, nesterov, maximize } =
      group as unknown as Required<SGDOptions>;
    const params = withGradients(group);
    if (params.length === 0) return;
    const buffers: Tensor[] = [];
    const first: number[] = [];
    if (momentum !== 0) {
      for (const parameter of params) {
        const known = this.state.get(parameter)?.momentumBuffer;
        // A parameter's first buffer is its gradient, undamped: the op fills the new ones.
        buffers.push(known ?? this.addBuffer(parameter));
        first.push(known ? 0 : 1);
      }
    }
    internal.sgdStep_(
      params,
      buffers,
      first,
      lr,
      momentum,
      dampening,
      weightDecay,
      nesterov,
      maximize,
    );
  }

  private addBuffer(parameter: Tensor): Tensor {
    const momentumBuffer = ops.emptyLike(parameter.detach());
    this.state.set(parameter, { ...this.state.get(parameter), momentumBuffer });
    return momentumBuffer;
  }
}
