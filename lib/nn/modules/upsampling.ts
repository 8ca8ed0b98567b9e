import { Signature } from '../../options';
import { pythonFloat } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

type Each = number | readonly number[];

export interface UpsampleSettings extends F.UpsampleOptions {
  recomputeScaleFactor?: boolean | null;
}

const SIZES = { size: null, scaleFactor: null };
const UPSAMPLE = new Signature('Upsample', {
  ...SIZES,
  mode: 'nearest',
  alignCorners: null,
  recomputeScaleFactor: null,
});

/** `repr` of a Python float, or of a tuple of them. */
function floats(value: Each): string {
  return typeof value === 'number' ? pythonFloat(value) : tuple(value.map(pythonFloat));
}

function tuple(parts: readonly (number | string)[]): string {
  return `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`;
}

/**
 * The spatial axes of (N, C, ...) resampled to `size` or by `scaleFactor`; see
 * nn.functional.interpolate.
 *
 * PyTorch: torch.nn.Upsample
 */
export class Upsample extends Module {
  readonly size: Each | null;
  readonly scaleFactor: Each | null;
  readonly mode: string;
  readonly alignCorners: boolean | null;
  readonly recomputeScaleFactor: boolean | null;

  constructor(
    size?: Each | null | UpsampleSettings,
    scaleFactor?: Each | null | Omit<UpsampleSettings, 'size'>,
    mode?: string | Omit<UpsampleSettings, 'size' | 'scaleFactor'>,
    alignCorners?: boolean | null | Pick<UpsampleSettings, 'alignCorners' | 'recomputeScaleFactor'>,
    recomputeScaleFactor?: boolean | null | Pick<UpsampleSettings, 'recomputeScaleFactor'>,
  ) {
    super();
    const given = [size, scaleFactor, mode, alignCorners, recomputeScaleFactor];
    const p = UPSAMPLE.bind<Required<UpsampleSettings>>(given);
    this.size = p.size;
    this.scaleFactor = p.scaleFactor;
    this.mode = p.mode;
    this.alignCorners = p.alignCorners;
    this.recomputeScaleFactor = p.recomputeScaleFactor;
  }

  forward(input: Tensor): Tensor {
    return F.interpolate(input, {
      size: this.size,
      scaleFactor: this.scaleFactor,
      mode: this.mode,
      alignCorners: this.alignCorners,
      recomputeScaleFactor: this.recomputeScaleFactor,
    });
  }

  override extraRepr(): string {
    const { size, scaleFactor } = this;
    const mode = `mode='${this.mode}'`;
    if (scaleFactor !== null) return `scale_factor=${floats(scaleFactor)}, ${mode}`;
    const text = size === null ? 'None' : typeof size === 'number' ? String(size) : tuple(size);
    return `size=${text}, ${mode}`;
  }
}

type Sizes = Pick<UpsampleSettings, 'size' | 'scaleFactor'>;

/** (N, C, H, W) with its nearest elements repeated. PyTorch: torch.nn.UpsamplingNearest2d */
export class UpsamplingNearest2d extends Upsample {
  constructor(
    size?: Each | null | Sizes,
    scaleFactor?: Each | null | Pick<Sizes, 'scaleFactor'>,
  ) {
    super(new Signature('UpsamplingNearest2d', SIZES).bind<Sizes>([size, scaleFactor]));
  }
}

/**
 * (N, C, H, W) interpolated linearly in both axes with the corner elements in their places.
 *
 * PyTorch: torch.nn.UpsamplingBilinear2d
 */
export class UpsamplingBilinear2d extends Upsample {
  constructor(
    size?: Each | null | Sizes,
    scaleFactor?: Each | null | Pick<Sizes, 'scaleFactor'>,
  ) {
    const sizes = new Signature('UpsamplingBilinear2d', SIZES).bind<Sizes>([size, scaleFactor]);
    super({ ...sizes, mode: 'bilinear', alignCorners: true });
  }
}
