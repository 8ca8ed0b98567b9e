/** Functions of modules without the module. PyTorch: torch.nn.functional */
import * as generated from './functional.generated';
import { Tensor } from '../tensor';

export * from './functional.generated';
export { fractionalMaxPool2d, fractionalMaxPool3d } from './fractional_pool';
export type { FractionalPoolOptions } from './fractional_pool';
export { interpolate, upsample, upsampleBilinear, upsampleNearest } from './interpolate';
export type { InterpolateOptions, UpsampleOptions } from './interpolate';
export { gumbelSoftmax } from './gumbel_softmax';
export type { GumbelSoftmaxOptions } from './gumbel_softmax';

const warned = new Set<string>();

/** Says once for each number of dimensions that a channel dropout is not meant for it. */
function warnOfDims(name: string, dims: number, meant: string): void {
  const key = `${name} ${dims}`;
  if (warned.has(key)) return;
  warned.add(key);
  process.emitWarning(`${name}: received a ${dims}-D input, ${meant}`);
}

/**
 * Dropout of whole channels of inputs (N, C, H, W); an input with three dimensions is taken as
 * (N, C, L), with a warning.
 *
 * PyTorch: torch.nn.functional.dropout2d
 */
export const dropout2d: typeof generated.dropout2d = (...args: unknown[]): Tensor => {
  const [input] = args;
  if (input instanceof Tensor && input.dim() === 3) {
    warnOfDims('dropout2d', 3, 'which is interpreted as (N, C, L); use dropout1d for that');
  } else if (input instanceof Tensor && input.dim() !== 4) {
    warnOfDims('dropout2d', input.dim(), 'but expects 4 dimensions; use dropout for others');
  }
  return (generated.dropout2d as (...all: unknown[]) => Tensor)(...args);
};

/**
 * Dropout of whole channels of inputs (N, C, D, H, W) or (C, D, H, W).
 *
 * PyTorch: torch.nn.functional.dropout3d
 */
export const dropout3d: typeof generated.dropout3d = (...args: unknown[]): Tensor => {
  const [input] = args;
  if (input instanceof Tensor && input.dim() !== 4 && input.dim() !== 5) {
    warnOfDims('dropout3d', input.dim(), 'but expects 4 or 5 dimensions; use dropout for others');
  }
  return (generated.dropout3d as (...all: unknown[]) => Tensor)(...args);
};
