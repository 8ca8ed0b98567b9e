import { describe } from './options';
import * as internal from './internal.generated';

/** Switches of how results are computed. PyTorch: torch.backends */
export const backends = {
  /**
   * Whether float32 convolutions with 3x3 kernels and stride 1 may use Winograd's algorithm, which needs a
   * quarter of the multiplications; true at first, and one switch for the whole process with all its
   * workers. It is taken from 16 channels on. Its rounding error is about twice that of the definition: 1e-6
   * of the root mean square of the result. A NaN or an infinity in the input reaches every pixel of the 4x4
   * tiles that read it. Set it to false where that matters.
   */
  get winograd(): boolean {
    return internal.winogradEnabled();
  },
  set winograd(enabled: boolean) {
    if (typeof enabled !== 'boolean') throw new TypeError(`backends.winograd: expected a boolean, got ${describe(enabled)}`);
    internal.setWinogradEnabled(enabled);
  },
};
