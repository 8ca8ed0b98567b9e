import { REQUIRED, Signature } from '../options';
import { empty, zeros } from '../ops.generated';
import type { Tensor } from '../tensor';

export interface GumbelSoftmaxOptions {
  tau?: number;
  hard?: boolean;
  eps?: number;
  dim?: number;
}
const NAMES = new Signature('gumbelSoftmax', {
  logits: REQUIRED,
  tau: 1,
  hard: false,
  eps: 1e-10,
  dim: -1,
});

/**
 * softmax((logits + g) / tau) with g drawn from the Gumbel distribution: a sample of classes that has
 * gradients. `hard`: the result is one-hot, its gradient that of the soft sample. eps has no effect.
 *
 * PyTorch: torch.nn.functional.gumbel_softmax
 */
export function gumbelSoftmax(logits: Tensor, options?: GumbelSoftmaxOptions): Tensor;
export function gumbelSoftmax(
  logits: Tensor,
  tau?: number,
  hard?: boolean | Omit<GumbelSoftmaxOptions, 'tau'>,
  eps?: number | Pick<GumbelSoftmaxOptions, 'eps' | 'dim'>,
  dim?: number | Pick<GumbelSoftmaxOptions, 'dim'>,
): Tensor;
export function gumbelSoftmax(...args: unknown[]): Tensor {
  const p = NAMES.bind<{ logits: Tensor } & Required<GumbelSoftmaxOptions>>(args);
  const { logits, dim } = p;
  const noise = empty([...logits.shape], { dtype: logits.dtype }).exponential_().log().neg();
  const soft = logits.add(noise).div(p.tau).softmax(dim);
  if (!p.hard) return soft;
  const places = soft.detach().argmax(dim, true);
  const hard = zeros([...logits.shape], { dtype: logits.dtype }).scatter_(dim, places, 1);
  return hard.sub(soft.detach()).add(soft);
}
