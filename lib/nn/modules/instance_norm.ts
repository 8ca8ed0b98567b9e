import type { Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { checkDims, RunningNorm, runningSignature, type BatchNormOptions } from './norm_base';

type Args = [
  numFeatures: number | (BatchNormOptions & { numFeatures: number }),
  eps?: number | BatchNormOptions,
  momentum?: number | BatchNormOptions,
  affine?: boolean | BatchNormOptions,
  trackRunningStats?: boolean | BatchNormOptions,
  options?: BatchNormOptions,
];

/** Instance normalisation of (C, ...) or (N, C, ...) with a number of further dimensions. */
abstract class InstanceNorm extends RunningNorm {
  protected normalized(input: Tensor, spatial: number): Tensor {
    checkDims(this, input, spatial + 1, spatial + 2);
    const batched = input.dim() === spatial + 2;
    const dim = batched ? 1 : 0;
    const channels = input.size(dim);
    if (channels !== this.numFeatures) {
      if (this.affine) {
        throw new RangeError(
          `${this._getName()}: expected input's size at dim=${dim} to match num_features ` +
            `(${this.numFeatures}), but got: ${channels}.`,
        );
      }
      process.emitWarning(
        `${this._getName()}: input's size at dim=${dim} does not match num_features`,
      );
    }
    const out = F.instanceNorm(
      batched ? input : input.unsqueeze(0),
      this.running_mean,
      this.running_var,
      this.weight,
      this.bias,
      this.training || !this.trackRunningStats,
      this.momentum ?? 0,
      this.eps,
    );
    return batched ? out : out.squeeze(0);
  }
}

const INSTANCE_NORM_1D: Signature = runningSignature('InstanceNorm1d', false);

/**
 * (x - mean) / sqrt(var + eps) * weight + bias for inputs (N, C, L) or (C, L), with mean and
 * variance of each channel of each sample; with trackRunningStats the running ones in evaluation.
 *
 * PyTorch: torch.nn.InstanceNorm1d
 */
export class InstanceNorm1d extends InstanceNorm {
  constructor(...args: Args) {
    super(INSTANCE_NORM_1D, args);
  }

  forward(input: Tensor): Tensor {
    return this.normalized(input, 1);
  }
}

const INSTANCE_NORM_2D: Signature = runningSignature('InstanceNorm2d', false);

/** As {@link InstanceNorm1d} for (N, C, H, W) or (C, H, W). PyTorch: torch.nn.InstanceNorm2d */
export class InstanceNorm2d extends InstanceNorm {
  constructor(...args: Args) {
    super(INSTANCE_NORM_2D, args);
  }

  forward(input: Tensor): Tensor {
    return this.normalized(input, 2);
  }
}

const INSTANCE_NORM_3D: Signature = runningSignature('InstanceNorm3d', false);

/** As {@link InstanceNorm1d} for (N, C, D, H, W) or (C, D, H, W). PyTorch: torch.nn.InstanceNorm3d */
export class InstanceNorm3d extends InstanceNorm {
  constructor(...args: Args) {
    super(INSTANCE_NORM_3D, args);
  }

  forward(input: Tensor): Tensor {
    return this.normalized(input, 3);
  }
}
