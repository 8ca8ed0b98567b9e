// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { functional } from '../call';
import type { Tensor } from '../tensor';

export {
  dropout,
  relu,
  sigmoid,
  tanh,
} from '../ops.generated';

/** y = x W^T + b: input (..., in), weight (out, in), bias (out) give (..., out). torch.nn.functional.linear */
export const linear = functional<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null }): Tensor;
}>('linear');
