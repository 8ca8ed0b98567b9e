import { Tensor } from '../../tensor';

/** What a loss does with the losses of the single elements. */
export type Reduction = 'none' | 'mean' | 'sum';

export interface ReductionOption {
  reduction?: Reduction;
}

/** The reduction, checked. */
export function checkReduction(owner: string, reduction: unknown): Reduction {
  if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') {
    throw new TypeError(
      `${owner}: reduction must be 'none', 'mean' or 'sum', got ${JSON.stringify(reduction)}`,
    );
  }
  return reduction;
}

/** A tensor of weights or none, checked. */
export function checkWeight(owner: string, weight: unknown): Tensor | null {
  if (weight === null || weight instanceof Tensor) return weight;
  throw new TypeError(`${owner}: weight must be a tensor or null, got ${typeof weight}`);
}
