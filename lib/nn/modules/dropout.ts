import { Signature } from '../../options';
import { pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

const DROPOUT = new Signature('Dropout', { p: 0.5, inplace: false });

/**
 * In training, zeroes each element with probability p and scales the others by 1 / (1 - p); in
 * evaluation the identity.
 *
 * PyTorch: torch.nn.Dropout
 */
export class Dropout extends Module {
  p: number;
  inplace: boolean;

  constructor(
    p?: number | { p?: number; inplace?: boolean },
    inplace?: boolean | { inplace?: boolean },
  ) {
    super();
    const given = DROPOUT.bind<{ p: number; inplace: boolean }>([p, inplace]);
    if (!(given.p >= 0 && given.p <= 1)) {
      throw new RangeError(
        `Dropout: dropout probability has to be between 0 and 1, but got ${String(given.p)}`,
      );
    }
    this.p = given.p;
    this.inplace = given.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.dropout(input, this.p, this.training, this.inplace);
  }

  override extraRepr(): string {
    return `p=${pythonNumber(this.p)}, inplace=${this.inplace ? 'True' : 'False'}`;
  }
}
