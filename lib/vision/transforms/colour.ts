import { fromTypedArray } from '../../creation';
import { uint8 } from '../../dtype';
import { describe, Signature } from '../../options';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import { isPixels, pixelsOf, type RawImage } from './image';
import * as ofPixels from './pixel_colour';
import * as ofPlanes from './plane_colour';
import { Transform } from './transform';

/** A number means between 1 - number and 1 + number (hue: -number and number); or low and high. */
export type Jitter = number | readonly [low: number, high: number];

export interface ColorJitterOptions {
  brightness?: Jitter;
  contrast?: Jitter;
  saturation?: Jitter;
  hue?: Jitter;
}

const KINDS = ['brightness', 'contrast', 'saturation', 'hue'] as const;
const SIGNATURE = new Signature('ColorJitter', { brightness: 0, contrast: 0, saturation: 0, hue: 0 });

type JitterRange = readonly [low: number, high: number];

/** The range of the factors; null for no change. */
function rangeOf(kind: (typeof KINDS)[number], value: unknown): JitterRange | null {
  const isHue = kind === 'hue';
  const center = isHue ? 0 : 1;
  const [lowest, highest] = isHue ? [-0.5, 0.5] : [0, Infinity];
  let range: JitterRange;
  if (typeof value === 'number') {
    if (value < 0) {
      throw new RangeError(`ColorJitter: If ${kind} is a single number, it must be non negative, got ${value}`);
    }
    range = [isHue ? -value : Math.max(center - value, 0), center + value];
  } else if (Array.isArray(value) && value.length === 2 && value.every((x) => typeof x === 'number')) {
    range = value as unknown as JitterRange;
  } else {
    throw new TypeError(`ColorJitter: ${kind} should be a number or an array of two, got ${describe(value)}`);
  }
  const [low, high] = range;
  if (!(lowest <= low && low <= high && high <= highest)) {
    throw new RangeError(
      `ColorJitter: ${kind} values should be between ${lowest} and ${highest}, but got [${low}, ${high}]`,
    );
  }
  return low === center && high === center ? null : range;
}

/**
 * Changes brightness, contrast, saturation and hue by random factors, in random order.
 *
 * PyTorch: torchvision.transforms.ColorJitter
 */
export class ColorJitter extends Transform {
  readonly brightness: JitterRange | null;
  readonly contrast: JitterRange | null;
  readonly saturation: JitterRange | null;
  readonly hue: JitterRange | null;

  constructor(brightness?: Jitter | ColorJitterOptions, ...rest: (Jitter | ColorJitterOptions | undefined)[]) {
    super();
    const p = SIGNATURE.bind<Required<ColorJitterOptions>>([brightness, ...rest]);
    this.brightness = rangeOf('brightness', p.brightness);
    this.contrast = rangeOf('contrast', p.contrast);
    this.saturation = rangeOf('saturation', p.saturation);
    this.hue = rangeOf('hue', p.hue);
  }

  forward(image: Tensor | RawImage): Tensor {
    let out = image instanceof Tensor ? image : pixelsOf('ColorJitter', image);
    const pixels = out !== image || isPixels(out) || (out.dtype === uint8 && out.dim() === 2);
    checkChannels(out, pixels);
    const order = ops.randperm(4).tolist() as number[];
    const factors = KINDS.map((kind) => {
      const range = this[kind];
      return range && ops.empty([1]).uniform_(range[0], range[1]).item();
    });
    for (const which of order) {
      const factor = factors[which];
      const kind = KINDS[which] as (typeof KINDS)[number];
      if (factor !== null && factor !== undefined) out = adjust(out, kind, factor, pixels);
    }
    return out;
  }

  override toString(): string {
    const text = (range: JitterRange | null): string => {
      if (range === null) return 'None';
      return `(${range.map((x) => (Number.isInteger(x) ? x.toFixed(1) : String(x))).join(', ')})`;
    };
    return `ColorJitter(${KINDS.map((kind) => `${kind}=${text(this[kind])}`).join(', ')})`;
  }
}

function checkChannels(image: Tensor, pixels: boolean): void {
  const channels = image.dim() === 2 ? 1 : image.dim() < 2 ? 0 : image.size(pixels ? -1 : -3);
  if (channels === 1 || channels === 3) return;
  throw new TypeError(
    `ColorJitter: Input image tensor permitted channel values are [1, 3], but found ${channels}`,
  );
}

function adjust(image: Tensor, kind: (typeof KINDS)[number], factor: number, pixels: boolean): Tensor {
  if (!pixels) return image.dim() === 2 ? adjust(image.unsqueeze(0), kind, factor, false).squeeze(0) : ofPlanes[kind](image, factor);
  const bytes = image.contiguous().toTypedArray() as Uint8Array;
  const channels = image.dim() === 2 ? 1 : image.size(-1);
  return fromTypedArray(ofPixels[kind]({ bytes, channels }, factor), [...image.shape], { dtype: uint8 });
}
