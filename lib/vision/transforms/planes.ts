import { float32, int64, uint8, type DType } from '../../dtype';
import { DType as DTypeClass } from '../../dtype';
import { describe, REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import {
  centerCrop,
  checkInterpolation,
  checkPadding,
  checkPaddingMode,
  checkSize,
  pad,
  resize,
  resizedSize,
  type Interpolation,
  type Padding,
  type PaddingMode,
  type Size,
} from './geometry';
import { isPixels, pixelsOf, type RawImage } from './image';
import { PlaneTransform, pythonValue } from './plane_transform';
import { Transform } from './transform';

/** Ways to resample. PyTorch: torchvision.transforms.InterpolationMode */
export const InterpolationMode = {
  NEAREST: 'nearest',
  NEAREST_EXACT: 'nearest-exact',
  BILINEAR: 'bilinear',
  BICUBIC: 'bicubic',
} as const;

const CENTER_CROP = new Signature('CenterCrop', { size: REQUIRED });

/**
 * The middle of an image; a smaller one is padded with 0. PyTorch: torchvision.transforms.CenterCrop
 */
export class CenterCrop extends PlaneTransform {
  readonly size: readonly [height: number, width: number];

  constructor(size: Size | { size: Size }) {
    super();
    this.size = checkSize('CenterCrop', CENTER_CROP.bind<{ size: Size }>([size]).size);
  }

  protected planes(planes: Tensor): Tensor {
    return centerCrop(planes, ...this.size);
  }

  override toString(): string {
    return `CenterCrop(size=(${this.size.join(', ')}))`;
  }
}

export interface PadOptions {
  /** The value of the new pixels with paddingMode 'constant'. */
  fill?: number;
  paddingMode?: PaddingMode;
}

const PAD = new Signature('Pad', { padding: REQUIRED, fill: 0, paddingMode: 'constant' });

/**
 * Adds borders: one number for all, two for left/right and top/bottom, or four for left, top, right,
 * bottom. PyTorch: torchvision.transforms.Pad
 */
export class Pad extends PlaneTransform {
  readonly padding: Padding;
  readonly fill: number;
  readonly paddingMode: PaddingMode;

  constructor(
    padding: Padding | (PadOptions & { padding: Padding }),
    fill?: number | PadOptions,
    paddingMode?: PaddingMode | Omit<PadOptions, 'fill'>,
  ) {
    super();
    const p = PAD.bind<Required<PadOptions> & { padding: Padding }>([padding, fill, paddingMode]);
    checkPadding('Pad', p.padding);
    checkPaddingMode('Pad', p.fill, p.paddingMode);
    this.padding = p.padding;
    this.fill = p.fill;
    this.paddingMode = p.paddingMode;
  }

  protected planes(planes: Tensor): Tensor {
    return pad('Pad', planes, this.padding, this.fill, this.paddingMode);
  }

  override toString(): string {
    return `Pad(padding=${pythonValue(this.padding)}, fill=${this.fill}, padding_mode=${this.paddingMode})`;
  }
}

export interface ResizeOptions {
  interpolation?: Interpolation;
  /** The longest that the longer side may become, where `size` is one number. */
  maxSize?: number | null;
  /** Averages over what a shrunk pixel covers, for bilinear and bicubic. */
  antialias?: boolean | null;
}

const RESIZE = new Signature('Resize', {
  size: REQUIRED,
  interpolation: 'bilinear',
  maxSize: null,
  antialias: true,
});

/**
 * Scales to a size; one number is the length of the shorter side. Bytes are rounded, in images with
 * channels last too. PyTorch: torchvision.transforms.Resize, on tensors
 */
export class Resize extends PlaneTransform {
  readonly size: Size;
  readonly interpolation: Interpolation;
  readonly maxSize: number | null;
  readonly antialias: boolean | null;

  constructor(
    size: Size | (ResizeOptions & { size: Size }),
    interpolation?: Interpolation | ResizeOptions,
    maxSize?: number | null | Omit<ResizeOptions, 'interpolation'>,
    antialias?: boolean | null | Pick<ResizeOptions, 'antialias'>,
  ) {
    super();
    const p = RESIZE.bind<Required<ResizeOptions> & { size: Size }>([
      size,
      interpolation,
      maxSize,
      antialias,
    ]);
    checkSize('Resize', p.size);
    checkInterpolation('Resize', p.interpolation);
    if (p.maxSize !== null && Array.isArray(p.size) && p.size.length === 2) {
      throw new RangeError('Resize: maxSize should only be passed if size is one number');
    }
    this.size = p.size;
    this.interpolation = p.interpolation;
    this.maxSize = p.maxSize;
    this.antialias = p.antialias;
  }

  protected planes(planes: Tensor): Tensor {
    const size = typeof this.size === 'number' ? [this.size] : this.size;
    const target = resizedSize('Resize', planes, size, this.maxSize);
    return resize(planes, target, this.interpolation, this.antialias);
  }

  override toString(): string {
    const [size, maxSize, antialias] = [this.size, this.maxSize, this.antialias].map(pythonValue);
    return (
      `Resize(size=${size}, interpolation=${this.interpolation}, ` +
      `max_size=${maxSize}, antialias=${antialias})`
    );
  }
}

/** 0.2989 R + 0.587 G + 0.114 B of tensors (..., 3, H, W). */
function grayOfPlanes(planes: Tensor): Tensor {
  const [r, g, b] = ops.unbind(planes, -3) as [Tensor, Tensor, Tensor];
  return r.mul(0.2989).add(g.mul(0.587)).add(b.mul(0.114)).to(planes.dtype).unsqueeze(-3);
}

/** PIL's integer weights, which torchvision applies to images. */
function grayOfPixels(image: Tensor): Tensor {
  const [r, g, b] = ops.unbind(image.to(int64), -1) as [Tensor, Tensor, Tensor];
  const sum = r.mul(19595).add(g.mul(38470)).add(b.mul(7471)).add(0x8000);
  return sum.div(65536, { roundingMode: 'floor' }).to(uint8).unsqueeze(-1);
}

/** Gray values of images in pixels, (..., H, W, C) or, without channels, (..., H, W). */
function grayPixels(owner: string, pixels: Tensor, channels: number): Tensor {
  const found = checkChannels(owner, pixels.size(-1));
  const gray = found === 3 ? grayOfPixels(pixels) : pixels;
  return channels === 1 ? gray : gray.expand([...gray.shape.slice(0, -1), channels]);
}

function grayPlanes(owner: string, planes: Tensor, channels: number): Tensor {
  if (planes.dim() < 3) {
    throw new TypeError(
      `${owner}: Input image tensor should have at least 3 dimensions, but found ${planes.dim()}`,
    );
  }
  const gray = checkChannels(owner, planes.size(-3)) === 3 ? grayOfPlanes(planes) : planes.clone();
  return channels === 3 ? gray.expand(planes.shape as number[]) : gray;
}

function checkChannels(owner: string, found: number): number {
  if (found === 1 || found === 3) return found;
  throw new TypeError(`${owner}: Input image tensor permitted channel values are [1, 3], but found ${found}`);
}

/** One gray channel, or three equal ones. Bytes (H, W) are an image of one channel. */
export function toGrayscale(owner: string, image: Tensor | RawImage, channels: number): Tensor {
  const source = image instanceof Tensor ? image : pixelsOf(owner, image);
  if (source.dtype === uint8 && source.dim() === 2) return grayPixels(owner, source.unsqueeze(-1), channels);
  const pixels = source !== image || isPixels(source);
  return pixels ? grayPixels(owner, source, channels) : grayPlanes(owner, source, channels);
}

const GRAYSCALE = new Signature('Grayscale', { numOutputChannels: 1 });

/** Takes the colours out. PyTorch: torchvision.transforms.Grayscale */
export class Grayscale extends Transform {
  readonly numOutputChannels: 1 | 3;

  constructor(numOutputChannels?: 1 | 3 | { numOutputChannels?: 1 | 3 }) {
    super();
    const p = GRAYSCALE.bind<{ numOutputChannels: 1 | 3 }>([numOutputChannels]);
    if (p.numOutputChannels !== 1 && p.numOutputChannels !== 3) {
      throw new RangeError(
        `Grayscale: numOutputChannels should be either 1 or 3, got ${describe(p.numOutputChannels)}`,
      );
    }
    this.numOutputChannels = p.numOutputChannels;
  }

  forward(image: Tensor | RawImage): Tensor {
    return toGrayscale('Grayscale', image, this.numOutputChannels);
  }

  override batch(images: Tensor): Tensor {
    const { numOutputChannels } = this;
    if (images.dtype === uint8 && images.dim() === 3) {
      return grayPixels('Grayscale', images.unsqueeze(-1), numOutputChannels);
    }
    const pixels = images.dim() === 4 && isPixels(images.select(0, 0));
    return (pixels ? grayPixels : grayPlanes)('Grayscale', images, numOutputChannels);
  }

  override toString(): string {
    return `Grayscale(num_output_channels=${this.numOutputChannels})`;
  }
}

const LARGEST: Readonly<Record<string, number>> = { uint8: 255, int8: 127, int16: 32767, int32: 2147483647 };
const CONVERT = new Signature('ConvertImageDtype', { dtype: REQUIRED });

/**
 * Another dtype with the values scaled to its range: floats lie in [0, 1], integers between 0 and
 * their largest value. PyTorch: torchvision.transforms.ConvertImageDtype
 */
export class ConvertImageDtype extends Transform {
  readonly dtype: DType;

  constructor(dtype: DType | { dtype: DType }) {
    super();
    const given = dtype instanceof DTypeClass ? dtype : CONVERT.bind<{ dtype: DType }>([dtype]).dtype;
    if (!(given instanceof DTypeClass)) {
      throw new TypeError(`ConvertImageDtype: expected a dtype, got ${describe(given)}`);
    }
    this.dtype = given;
  }

  forward(image: Tensor): Tensor {
    return this.batch(image);
  }

  override batch(image: Tensor): Tensor {
    const { dtype } = this;
    if (!(image instanceof Tensor)) {
      throw new TypeError(`ConvertImageDtype: Input img should be Tensor Image, got ${describe(image)}`);
    }
    const from = image.dtype;
    if (from === dtype) return image;
    const [source, target] = [from, dtype].map((d) => (d.isFloatingPoint ? 1 : LARGEST[d.name]));
    if (source === undefined || target === undefined) {
      throw new TypeError(`ConvertImageDtype: no scale between ${String(from)} and ${String(dtype)}`);
    }
    if (from.isFloatingPoint) {
      if (dtype.isFloatingPoint) return image.to(dtype);
      if (from === float32 && dtype.itemsize >= 4) {
        throw new Error(
          `ConvertImageDtype: The cast from ${String(from)} to ${String(dtype)} cannot be performed safely.`,
        );
      }
      return image.mul(target + 1 - 1e-3).to(dtype);
    }
    if (dtype.isFloatingPoint) return image.to(dtype).div_(source);
    if (source > target) {
      return image.div((source + 1) / (target + 1), { roundingMode: 'floor' }).to(dtype);
    }
    return image.to(dtype).mul((target + 1) / (source + 1));
  }

  override toString(): string {
    return 'ConvertImageDtype()';
  }
}
