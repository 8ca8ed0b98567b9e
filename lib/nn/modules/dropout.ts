import { Signature } from '../../options';
import { pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

interface DropoutOptions {
  p?: number;
  inplace?: boolean;
}

/** What all forms of dropout are made from. */
abstract class DropoutBase extends Module {
  p: number;
  inplace: boolean;

  constructor(p?: number | DropoutOptions, inplace?: boolean | DropoutOptions) {
    super();
    const owner = this._getName();
    const signature = new Signature(owner, { p: 0.5, inplace: false });
    const given = signature.bind<Required<DropoutOptions>>([p, inplace]);
    if (!(given.p >= 0 && given.p <= 1)) {
      throw new RangeError(
        `${owner}: dropout probability has to be between 0 and 1, but got ${String(given.p)}`,
      );
    }
    this.p = given.p;
    this.inplace = given.inplace;
  }

  abstract override forward(input: Tensor): Tensor;

  override extraRepr(): string {
    return `p=${pythonNumber(this.p)}, inplace=${this.inplace ? 'True' : 'False'}`;
  }
}

/**
 * In training, zeroes each element with probability p and scales the others by 1 / (1 - p); in
 * evaluation the identity.
 *
 * PyTorch: torch.nn.Dropout
 */
export class Dropout extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training, this.inplace);
  }
}

/** Zeroes whole channels of (C, L) or (N, C, L). PyTorch: torch.nn.Dropout1d */
export class Dropout1d extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.dropout1d(input, this.p, this.training, this.inplace);
  }
}

/**
 * Zeroes whole channels of (N, C, H, W); an input with three dimensions is (N, C, L), with a
 * warning.
 *
 * PyTorch: torch.nn.Dropout2d
 */
export class Dropout2d extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.dropout2d(input, this.p, this.training, this.inplace);
  }
}

/** Zeroes whole channels of (C, D, H, W) or (N, C, D, H, W). PyTorch: torch.nn.Dropout3d */
export class Dropout3d extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.dropout3d(input, this.p, this.training, this.inplace);
  }
}

/**
 * Dropout that keeps mean 0 and variance 1 of what SELU gives: dropped elements become its negative
 * saturation.
 *
 * PyTorch: torch.nn.AlphaDropout
 */
export class AlphaDropout extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.alphaDropout(input, this.p, this.training, this.inplace);
  }
}

/** As {@link AlphaDropout}, of whole channels. PyTorch: torch.nn.FeatureAlphaDropout */
export class FeatureAlphaDropout extends DropoutBase {
  forward(input: Tensor): Tensor {
    return F.featureAlphaDropout(input, this.p, this.training, this.inplace);
  }
}
