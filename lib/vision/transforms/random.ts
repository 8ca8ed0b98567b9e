/** Transforms that draw from the default generator, as many numbers and in the order as torchvision. */
import { tensor } from '../../creation';
import { describe, REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import {
  checkInterpolation,
  checkPadding,
  checkPaddingMode,
  checkSize,
  crop,
  pad,
  resize,
  type Interpolation,
  type Padding,
  type PaddingMode,
  type Size,
} from './geometry';
import { isPixels, roundHalfEven, sizeOf, type RawImage } from './image';
import { pythonValue, RandomPlaneTransform } from './plane_transform';
import { toGrayscale } from './planes';
import { Transform, type TransformLike } from './transform';

/* eslint-disable @typescript-eslint/no-explicit-any */

function happens(p: number): boolean {
  return ops.rand(1).item() < p;
}

function integerBelow(high: number): number {
  return ops.randint(0, high, [1]).item();
}

function uniform(low: number, high: number): Tensor {
  return ops.empty([1]).uniform_(low, high);
}

export interface ProbabilityOption {
  p?: number;
}

function probability(owner: string, p: unknown): number {
  const given = new Signature(owner, { p: 0.5 }).bind<{ p: number }>([p]);
  if (typeof given.p !== 'number') {
    throw new TypeError(`${owner}: p must be a number, got ${describe(given.p)}`);
  }
  return given.p;
}

/** Mirrors left and right with probability p. PyTorch: torchvision.transforms.RandomHorizontalFlip */
export class RandomHorizontalFlip extends RandomPlaneTransform {
  readonly p: number;

  constructor(p?: number | ProbabilityOption) {
    super();
    this.p = probability('RandomHorizontalFlip', p);
  }

  protected planes(planes: Tensor): Tensor {
    return happens(this.p) ? ops.flip(planes, [-1]) : planes;
  }

  override toString(): string {
    return `RandomHorizontalFlip(p=${this.p})`;
  }
}

/** Mirrors top and bottom with probability p. PyTorch: torchvision.transforms.RandomVerticalFlip */
export class RandomVerticalFlip extends RandomPlaneTransform {
  readonly p: number;

  constructor(p?: number | ProbabilityOption) {
    super();
    this.p = probability('RandomVerticalFlip', p);
  }

  protected planes(planes: Tensor): Tensor {
    return happens(this.p) ? ops.flip(planes, [-2]) : planes;
  }

  override toString(): string {
    return `RandomVerticalFlip(p=${this.p})`;
  }
}

export interface RandomCropOptions {
  padding?: Padding | null;
  /** Pads an image that is smaller than the crop. */
  padIfNeeded?: boolean;
  fill?: number;
  paddingMode?: PaddingMode;
}

const RANDOM_CROP = new Signature('RandomCrop', {
  size: REQUIRED,
  padding: null,
  padIfNeeded: false,
  fill: 0,
  paddingMode: 'constant',
});

/** A part of the padded image at a random place. PyTorch: torchvision.transforms.RandomCrop */
export class RandomCrop extends RandomPlaneTransform {
  readonly size: readonly [height: number, width: number];
  readonly padding: Padding | null;
  readonly padIfNeeded: boolean;
  readonly fill: number;
  readonly paddingMode: PaddingMode;

  constructor(
    size: Size | (RandomCropOptions & { size: Size }),
    padding?: Padding | null | RandomCropOptions,
    padIfNeeded?: boolean | Omit<RandomCropOptions, 'padding'>,
    fill?: number | Pick<RandomCropOptions, 'fill' | 'paddingMode'>,
    paddingMode?: PaddingMode | Pick<RandomCropOptions, 'paddingMode'>,
  ) {
    super();
    const p = RANDOM_CROP.bind<Required<RandomCropOptions> & { size: Size }>([
      size,
      padding,
      padIfNeeded,
      fill,
      paddingMode,
    ]);
    this.size = checkSize('RandomCrop', p.size);
    if (p.padding !== null) checkPadding('RandomCrop', p.padding);
    checkPaddingMode('RandomCrop', p.fill, p.paddingMode);
    this.padding = p.padding;
    this.padIfNeeded = p.padIfNeeded;
    this.fill = p.fill;
    this.paddingMode = p.paddingMode;
  }

  protected planes(planes: Tensor): Tensor {
    const [height, width] = this.size;
    if (this.padding !== null) planes = this.padded(planes, this.padding);
    const [h, w] = sizeOf(planes);
    if (this.padIfNeeded && w < width) planes = this.padded(planes, [width - w, 0]);
    if (this.padIfNeeded && h < height) planes = this.padded(planes, [0, height - h]);
    return this.cut(planes);
  }

  private padded(planes: Tensor, padding: Padding): Tensor {
    return pad('RandomCrop', planes, padding, this.fill, this.paddingMode);
  }

  private cut(planes: Tensor): Tensor {
    const [height, width] = this.size;
    const [h, w] = sizeOf(planes);
    if (h < height || w < width) {
      throw new RangeError(
        `RandomCrop: Required crop size (${height}, ${width}) is larger than input image size (${h}, ${w})`,
      );
    }
    if (h === height && w === width) return planes;
    const top = integerBelow(h - height + 1);
    const left = integerBelow(w - width + 1);
    return crop(planes, top, left, height, width);
  }

  override toString(): string {
    return `RandomCrop(size=(${this.size.join(', ')}), padding=${pythonValue(this.padding)})`;
  }
}

/** A range, [low, high]. */
export type Range = readonly [low: number, high: number];

function checkRange(owner: string, name: string, range: unknown): void {
  if (Array.isArray(range) && range.length === 2 && range.every((x) => typeof x === 'number')) {
    if (range[0] > range[1]) process.emitWarning('Scale and ratio should be of kind (min, max)');
    return;
  }
  throw new TypeError(`${owner}: ${name} should be a pair of numbers, got ${describe(range)}`);
}

/** A random area in pixels and a random ratio of width to height. */
function drawShape(area: number, scale: Range, ratio: Range): [area: number, aspect: number] {
  const [low, high] = tensor([...ratio]).log().tolist() as [number, number];
  const target = area * uniform(scale[0], scale[1]).item();
  return [target, uniform(low, high).exp().item()];
}

export interface RandomResizedCropOptions {
  /** Share of the image's area. */
  scale?: Range;
  /** Width by height. */
  ratio?: Range;
  interpolation?: Interpolation;
  antialias?: boolean | null;
}

const RANDOM_RESIZED_CROP = new Signature('RandomResizedCrop', {
  size: REQUIRED,
  scale: [0.08, 1],
  ratio: [3 / 4, 4 / 3],
  interpolation: 'bilinear',
  antialias: true,
});

/**
 * A part of random area and shape, resized. PyTorch: torchvision.transforms.RandomResizedCrop
 */
export class RandomResizedCrop extends RandomPlaneTransform {
  readonly size: readonly [height: number, width: number];
  readonly scale: Range;
  readonly ratio: Range;
  readonly interpolation: Interpolation;
  readonly antialias: boolean | null;

  constructor(
    size: Size | (RandomResizedCropOptions & { size: Size }),
    scale?: Range | RandomResizedCropOptions,
    ratio?: Range | Omit<RandomResizedCropOptions, 'scale'>,
    interpolation?: Interpolation | Pick<RandomResizedCropOptions, 'interpolation' | 'antialias'>,
    antialias?: boolean | null | Pick<RandomResizedCropOptions, 'antialias'>,
  ) {
    super();
    const p = RANDOM_RESIZED_CROP.bind<Required<RandomResizedCropOptions> & { size: Size }>([
      size,
      scale,
      ratio,
      interpolation,
      antialias,
    ]);
    this.size = checkSize('RandomResizedCrop', p.size);
    checkRange('RandomResizedCrop', 'scale', p.scale);
    checkRange('RandomResizedCrop', 'ratio', p.ratio);
    checkInterpolation('RandomResizedCrop', p.interpolation);
    this.scale = p.scale;
    this.ratio = p.ratio;
    this.interpolation = p.interpolation;
    this.antialias = p.antialias;
  }

  protected planes(planes: Tensor): Tensor {
    return resize(crop(planes, ...this.draw(planes)), this.size, this.interpolation, this.antialias);
  }

  /** Top, left, height and width of a part. */
  private draw(planes: Tensor): [number, number, number, number] {
    const [height, width] = sizeOf(planes);
    for (let attempt = 0; attempt < 10; attempt++) {
      const [area, aspect] = drawShape(height * width, this.scale, this.ratio);
      const w = roundHalfEven(Math.sqrt(area * aspect));
      const h = roundHalfEven(Math.sqrt(area / aspect));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        const top = integerBelow(height - h + 1);
        return [top, integerBelow(width - w + 1), h, w];
      }
    }
    const [low, high] = this.ratio;
    let [h, w] = [height, width];
    if (width / height < Math.min(low, high)) h = roundHalfEven(w / Math.min(low, high));
    else if (width / height > Math.max(low, high)) w = roundHalfEven(h * Math.max(low, high));
    return [Math.floor((height - h) / 2), Math.floor((width - w) / 2), h, w];
  }

  override toString(): string {
    const tuple = (range: Range): string =>
      `(${range.map((x) => (Number.isInteger(x) ? x.toFixed(1) : String(Number(x.toFixed(4))))).join(', ')})`;
    return (
      `RandomResizedCrop(size=(${this.size.join(', ')}), scale=${tuple(this.scale)}, ` +
      `ratio=${tuple(this.ratio)}, interpolation=${this.interpolation}, ` +
      `antialias=${pythonValue(this.antialias)})`
    );
  }
}

const RANDOM_GRAYSCALE = new Signature('RandomGrayscale', { p: 0.1 });

/** Takes the colours out with probability p. PyTorch: torchvision.transforms.RandomGrayscale */
export class RandomGrayscale extends Transform {
  readonly p: number;

  constructor(p?: number | ProbabilityOption) {
    super();
    this.p = RANDOM_GRAYSCALE.bind<{ p: number }>([p]).p;
  }

  forward(image: Tensor | RawImage): Tensor | RawImage {
    if (!happens(this.p)) return image;
    const pixels = !(image instanceof Tensor) || isPixels(image);
    const channels = image instanceof Tensor ? image.size(pixels ? -1 : -3) : (image.channels ?? 3);
    return toGrayscale('RandomGrayscale', image, channels);
  }

  override toString(): string {
    return `RandomGrayscale(p=${this.p})`;
  }
}

const RANDOM_APPLY = new Signature('RandomApply', { transforms: REQUIRED, p: 0.5 });

/**
 * All of the transforms with probability p, else none. PyTorch: torchvision.transforms.RandomApply
 */
export class RandomApply extends Transform {
  readonly transforms: readonly TransformLike[];
  readonly p: number;

  constructor(transforms: Iterable<TransformLike>, p?: number | ProbabilityOption) {
    super();
    const given = RANDOM_APPLY.bind<{ transforms: Iterable<TransformLike>; p: number }>([transforms, p]);
    this.transforms = [...given.transforms];
    this.p = given.p;
  }

  forward(image: any): any {
    if (!happens(this.p)) return image;
    for (const transform of this.transforms) image = (transform as (image: any) => any)(image);
    return image;
  }

  override toString(): string {
    const steps = this.transforms.map((step) => `\n    ${String(step)}`).join('');
    return `RandomApply(\n    p=${this.p}${steps}\n)`;
  }
}

export interface RandomErasingOptions {
  p?: number;
  /** Share of the image's area. */
  scale?: Range;
  /** Height by width. */
  ratio?: Range;
  /** One number, one for each channel, or 'random' for normal noise. */
  value?: number | readonly number[] | 'random';
  inplace?: boolean;
}

const RANDOM_ERASING = new Signature('RandomErasing', {
  p: 0.5,
  scale: [0.02, 0.33],
  ratio: [0.3, 3.3],
  value: 0,
  inplace: false,
});

/**
 * Overwrites a random part of a float image (C, H, W). PyTorch: torchvision.transforms.RandomErasing
 */
export class RandomErasing extends Transform {
  readonly p: number;
  readonly scale: Range;
  readonly ratio: Range;
  readonly value: number | readonly number[] | 'random';
  readonly inplace: boolean;

  constructor(p?: number | RandomErasingOptions, ...rest: unknown[]) {
    super();
    const given = RANDOM_ERASING.bind<Required<RandomErasingOptions>>([p, ...rest]);
    checkRange('RandomErasing', 'scale', given.scale);
    checkRange('RandomErasing', 'ratio', given.ratio);
    if (given.scale[0] < 0 || given.scale[1] > 1) {
      throw new RangeError('RandomErasing: Scale should be between 0 and 1');
    }
    if (!(given.p >= 0 && given.p <= 1)) {
      throw new RangeError('RandomErasing: Random erasing probability should be between 0 and 1');
    }
    const { value } = given;
    if (value !== 'random' && typeof value !== 'number' && !Array.isArray(value)) {
      throw new TypeError(
        `RandomErasing: value should be a number, an array or 'random', got ${describe(value)}`,
      );
    }
    this.p = given.p;
    this.scale = given.scale;
    this.ratio = given.ratio;
    this.value = value;
    this.inplace = given.inplace;
  }

  forward(image: Tensor): Tensor {
    if (!happens(this.p)) return image;
    const [channels, height, width] = image.shape.slice(-3) as [number, number, number];
    const values = typeof this.value === 'number' ? [this.value] : this.value;
    if (values !== 'random' && values.length !== 1 && values.length !== channels) {
      throw new RangeError(
        'RandomErasing: If value is a sequence, it should have either a single value or ' +
          `${channels} (number of input channels)`,
      );
    }
    for (let attempt = 0; attempt < 10; attempt++) {
      const [area, aspect] = drawShape(height * width, this.scale, this.ratio);
      const h = roundHalfEven(Math.sqrt(area * aspect));
      const w = roundHalfEven(Math.sqrt(area / aspect));
      if (!(h < height && w < width)) continue;
      const fill =
        values === 'random'
          ? ops.empty([channels, h, w]).normal_()
          : tensor([...values]).view(-1, 1, 1);
      const top = integerBelow(height - h + 1);
      const left = integerBelow(width - w + 1);
      const out = this.inplace ? image : image.clone();
      out.narrow(-2, top, h).narrow(-1, left, w).copy_(fill);
      return out;
    }
    return this.inplace ? image : image.clone();
  }

  override toString(): string {
    const value = this.value === 'random' ? 'random' : pythonValue(this.value);
    return (
      `RandomErasing(p=${this.p}, scale=(${this.scale.join(', ')}), ratio=(${this.ratio.join(', ')}), ` +
      `value=${value}, inplace=${pythonValue(this.inplace)})`
    );
  }
}
