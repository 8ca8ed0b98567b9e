import type { Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { checkDims, RunningNorm, runningSignature, type BatchNormOptions } from './norm_base';

type Args = [
  numFeatures: number | (BatchNormOptions & { numFeatures: number }),
  eps?: number | BatchNormOptions,
  momentum?: number | null | BatchNormOptions,
  affine?: boolean | BatchNormOptions,
  trackRunningStats?: boolean | BatchNormOptions,
  options?: BatchNormOptions,
];

/** Batch normalisation of inputs with certain numbers of dimensions. */
abstract class BatchNorm extends RunningNorm {
  forward(input: Tensor): Tensor {
    this.checkInput(input);
    const tracks = this.training && this.trackRunningStats;
    let factor = this.momentum ?? 0;
    if (tracks && this.num_batches_tracked) {
      this.num_batches_tracked.add_(1);
      // Without a momentum the running statistics are the plain average of all batches.
      if (this.momentum === null) factor = 1 / (this.num_batches_tracked.item() as number);
    }
    const { running_mean: mean, running_var: variance } = this;
    const useBatch = this.training || (mean === null && variance === null);
    const given = !this.training || this.trackRunningStats;
    return F.batchNorm(
      input,
      given ? mean : null,
      given ? variance : null,
      this.weight,
      this.bias,
      useBatch,
      factor,
      this.eps,
    );
  }

  protected abstract checkInput(input: Tensor): void;
}

const BATCH_NORM_1D: Signature = runningSignature('BatchNorm1d', true);

/**
 * (x - mean) / sqrt(var + eps) * weight + bias for inputs (N, C) or (N, C, L), with mean and
 * variance of each channel: of the batch in training, the running ones in evaluation. momentum
 * null makes the running statistics the plain average of all batches.
 *
 * PyTorch: torch.nn.BatchNorm1d
 */
export class BatchNorm1d extends BatchNorm {
  constructor(...args: Args) {
    super(BATCH_NORM_1D, args);
  }

  protected checkInput(input: Tensor): void {
    checkDims(this, input, 2, 3);
  }
}

const BATCH_NORM_2D: Signature = runningSignature('BatchNorm2d', true);

/** As {@link BatchNorm1d} for inputs (N, C, H, W). PyTorch: torch.nn.BatchNorm2d */
export class BatchNorm2d extends BatchNorm {
  constructor(...args: Args) {
    super(BATCH_NORM_2D, args);
  }

  protected checkInput(input: Tensor): void {
    checkDims(this, input, 4);
  }
}

const BATCH_NORM_3D: Signature = runningSignature('BatchNorm3d', true);

/** As {@link BatchNorm1d} for inputs (N, C, D, H, W). PyTorch: torch.nn.BatchNorm3d */
export class BatchNorm3d extends BatchNorm {
  constructor(...args: Args) {
    super(BATCH_NORM_3D, args);
  }

  protected checkInput(input: Tensor): void {
    checkDims(this, input, 5);
  }
}
