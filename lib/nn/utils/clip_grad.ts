import { noGrad } from '../../autograd/grad_mode';
import { tensor } from '../../creation';
import { REQUIRED, Signature } from '../../options';
import * as internal from '../../internal.generated';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';

export type Tensors = Tensor | Iterable<Tensor>;

export interface NormOptions {
  /** Any number, Infinity or -Infinity. */
  normType?: number;
  errorIfNonfinite?: boolean;
  /** Accepted, without effect. */
  foreach?: boolean | null;
}

function listOf(tensors: Tensors): Tensor[] {
  return tensors instanceof Tensor ? [tensors] : [...tensors];
}

function gradsOf(parameters: Tensors): Tensor[] {
  return listOf(parameters)
    .map((parameter) => parameter.grad)
    .filter((grad): grad is Tensor => grad !== null);
}

const TOTAL_NORM = new Signature('getTotalNorm', {
  tensors: REQUIRED,
  normType: 2,
  errorIfNonfinite: false,
  foreach: null,
});

/**
 * The norm of all tensors as if they were one vector; 0 for none.
 *
 * PyTorch: torch.nn.utils.get_total_norm
 */
export function getTotalNorm(
  tensors: Tensors,
  normType?: number | NormOptions,
  errorIfNonfinite?: boolean | NormOptions,
  foreach?: boolean | null | NormOptions,
): Tensor {
  const p = TOTAL_NORM.bind<Required<NormOptions>>([tensors, normType, errorIfNonfinite, foreach]);
  const list = listOf(tensors);
  if (list.length === 0) return tensor(0);
  return noGrad(() => {
    const total = internal.totalNorm(list, p.normType);
    if (p.errorIfNonfinite && !Number.isFinite(total.item())) {
      throw new Error(
        `The total norm of order ${p.normType} for gradients from \`parameters\` is non-finite, so ` +
          'it cannot be clipped. To disable this error and scale the gradients by the non-finite ' +
          'norm anyway, set `errorIfNonfinite: false`',
      );
    }
    return total;
  });
}

/**
 * Scales all gradients by min(1, maxNorm / (totalNorm + 1e-6)).
 *
 * PyTorch: torch.nn.utils.clip_grads_with_norm_
 */
export function clipGradsWithNorm_(parameters: Tensors, maxNorm: number, totalNorm: Tensor): void {
  const grads = gradsOf(parameters);
  if (grads.length === 0) return;
  noGrad(() => {
    const factor = ops.clamp(ops.div(Number(maxNorm), totalNorm.add(1e-6)), { max: 1 });
    for (const grad of grads) grad.mul_(factor);
  });
}

const CLIP_NORM = new Signature('clipGradNorm_', {
  parameters: REQUIRED,
  maxNorm: REQUIRED,
  normType: 2,
  errorIfNonfinite: false,
  foreach: null,
});

/**
 * Clips the norm of all gradients together, in place; returns the norm before.
 *
 * PyTorch: torch.nn.utils.clip_grad_norm_
 */
export function clipGradNorm_(
  parameters: Tensors,
  maxNorm: number | (NormOptions & { maxNorm: number }),
  normType?: number | NormOptions,
  errorIfNonfinite?: boolean | NormOptions,
  foreach?: boolean | null | NormOptions,
): Tensor {
  const list = listOf(parameters);
  const p = CLIP_NORM.bind<Required<NormOptions> & { maxNorm: number }>([
    list,
    maxNorm,
    normType,
    errorIfNonfinite,
    foreach,
  ]);
  const grads = gradsOf(list);
  if (p.errorIfNonfinite) getTotalNorm(grads, { normType: p.normType, errorIfNonfinite: true });
  return grads.length === 0
    ? tensor(0)
    : noGrad(() => internal.clipGradNorm_(grads, p.maxNorm, p.normType));
}

/**
 * Clamps all gradients to [-clipValue, clipValue], in place.
 *
 * PyTorch: torch.nn.utils.clip_grad_value_
 */
export function clipGradValue_(parameters: Tensors, clipValue: number): void {
  noGrad(() => {
    for (const grad of gradsOf(parameters)) grad.clamp_(-clipValue, clipValue);
  });
}
