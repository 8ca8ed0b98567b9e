import { Tensor } from '../tensor';

/**
 * A tensor that is a module's parameter: found in the module's fields, listed by `parameters()`,
 * and requiring grad unless told otherwise. Shares the memory of `data`.
 *
 * PyTorch: torch.nn.Parameter
 */
export class Parameter extends Tensor {
  constructor(data: Tensor, requiresGrad: boolean | { requiresGrad?: boolean } = true) {
    super(data.detach());
    this.requiresGrad =
      typeof requiresGrad === 'boolean' ? requiresGrad : (requiresGrad.requiresGrad ?? true);
  }

  override toString(): string {
    return 'Parameter containing:\n' + super.toString();
  }
}
