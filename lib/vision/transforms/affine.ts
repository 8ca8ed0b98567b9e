import { fromTypedArray } from '../../creation';
import { uint8 } from '../../dtype';
import { describe, REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import { inverseAffine, type Affine, type AffineParts, type Point } from './affine_matrix';
import { affinePixels, rotation, type PixelImage } from './affine_pixels';
import { affinePlanes, expandedSize } from './affine_planes';
import { isPixels, pixelsOf, roundHalfEven, sizeOf, type RawImage } from './image';
import { pythonValue } from './plane_transform';
import { Transform } from './transform';

/** How pixels are read between pixels. */
export type AffineInterpolation = 'nearest' | 'bilinear';

function uniform(low: number, high: number): number {
  return ops.empty([1]).uniform_(low, high).item();
}

/** Numbers, or one number that stands for [-number, number]. */
function angles(owner: string, name: string, value: unknown, lengths: readonly number[]): number[] {
  if (typeof value === 'number') {
    if (value >= 0) return [-value, value];
    throw new RangeError(`${owner}: If ${name} is a single number, it must be positive, got ${value}`);
  }
  return numbers(owner, name, value, lengths);
}

function numbers(owner: string, name: string, value: unknown, lengths: readonly number[]): number[] {
  const fits = Array.isArray(value) && lengths.includes(value.length) && value.every((x) => typeof x === 'number');
  if (fits) return [...(value as number[])];
  throw new TypeError(
    `${owner}: ${name} should be an array of ${lengths.join(' or ')} numbers, got ${describe(value)}`,
  );
}

/** What both transforms have: how to read, and what to put where the image does not reach. */
abstract class AffineTransform extends Transform {
  readonly interpolation: AffineInterpolation;
  readonly fill: number | readonly number[];
  readonly center: Point | null;

  constructor(owner: string, options: { interpolation: AffineInterpolation; fill: unknown; center: unknown }) {
    super();
    const { interpolation, fill, center } = options;
    if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
      throw new RangeError(
        `${owner}: interpolation must be 'nearest' or 'bilinear', got ${describe(interpolation)}`,
      );
    }
    this.interpolation = interpolation;
    this.fill = typeof fill === 'number' || fill === null ? (fill ?? 0) : numbers(owner, 'fill', fill, [1, 3]);
    this.center = center === null ? null : (numbers(owner, 'center', center, [2]) as unknown as Point);
  }

  protected fillOf(channels: number): readonly number[] {
    const { fill } = this;
    if (typeof fill === 'number' || fill.length === 1) {
      return Array.from({ length: channels }, () => (typeof fill === 'number' ? fill : (fill[0] as number)));
    }
    if (fill.length === channels) return fill;
    throw new RangeError(
      `${this._getName()}: the number of elements in fill (${fill.length}) is not that of the channels (${channels})`,
    );
  }

  forward(image: Tensor | RawImage): Tensor {
    const source = image instanceof Tensor ? image : pixelsOf(this._getName(), image);
    const pixels = source !== image || isPixels(source) || (source.dtype === uint8 && source.dim() === 2);
    if (!pixels) return this.ofPlanes(source, this.fillOf(source.dim() < 3 ? 1 : source.size(-3)));
    const channels = source.dim() === 2 ? 1 : source.size(2);
    const bytes = source.contiguous().toTypedArray() as Uint8Array;
    const given = { bytes, height: source.size(0), width: source.size(1), channels };
    const out = this.ofPixels(given, this.fillOf(channels));
    const shape = source.dim() === 2 ? [out.height, out.width] : [out.height, out.width, channels];
    return fromTypedArray(out.bytes, shape, { dtype: uint8 });
  }

  protected abstract ofPixels(image: PixelImage, fill: readonly number[]): PixelImage;
  protected abstract ofPlanes(planes: Tensor, fill: readonly number[]): Tensor;

  /** The centre as planes have it, seen from their middle. */
  protected centerOfPlanes([h, w]: readonly [number, number]): Point {
    return this.center ? [this.center[0] - w * 0.5, this.center[1] - h * 0.5] : [0, 0];
  }
}

export interface RandomRotationOptions {
  interpolation?: AffineInterpolation;
  /** Makes the result large enough for the whole image. */
  expand?: boolean;
  /** x and y of the point to turn about; by default the middle. */
  center?: readonly number[] | null;
  /** The value of the pixels where the image does not reach, one number or one a channel. */
  fill?: number | readonly number[];
}

const ROTATION = new Signature('RandomRotation', {
  degrees: REQUIRED,
  interpolation: 'nearest',
  expand: false,
  center: null,
  fill: 0,
});

/**
 * Turns by a random angle: `degrees` is a number, for between -degrees and degrees, or low and high.
 *
 * PyTorch: torchvision.transforms.RandomRotation
 */
export class RandomRotation extends AffineTransform {
  readonly degrees: readonly number[];
  readonly expand: boolean;

  constructor(
    degrees: number | readonly number[] | (RandomRotationOptions & { degrees: number | readonly number[] }),
    interpolation?: AffineInterpolation | RandomRotationOptions,
    ...rest: unknown[]
  ) {
    const p = ROTATION.bind<Required<RandomRotationOptions> & { degrees: unknown }>([degrees, interpolation, ...rest]);
    super('RandomRotation', p);
    this.degrees = angles('RandomRotation', 'degrees', p.degrees, [2]);
    this.expand = p.expand;
  }

  private angle(): number {
    return uniform(this.degrees[0] as number, this.degrees[1] as number);
  }

  protected ofPixels(image: PixelImage, fill: readonly number[]): PixelImage {
    const { matrix, size } = rotation(image, this.angle(), this.expand, this.center);
    return affinePixels(image, matrix, size, this.interpolation === 'bilinear', fill);
  }

  protected ofPlanes(planes: Tensor, fill: readonly number[]): Tensor {
    const [h, w] = sizeOf(planes);
    const parts = { angle: -this.angle(), translate: [0, 0], scale: 1, shear: [0, 0] } as const;
    const matrix = inverseAffine(this.centerOfPlanes([h, w]), parts);
    const size = this.expand ? expandedSize(matrix, [w, h]) : ([w, h] as const);
    return affinePlanes(planes, matrix, size, this.interpolation === 'bilinear', fill);
  }

  override toString(): string {
    const degrees = this.degrees.map((d) => (Number.isInteger(d) ? d.toFixed(1) : String(d)));
    const center = this.center ? `, center=${pythonValue(this.center)}` : '';
    return (
      `RandomRotation(degrees=[${degrees.join(', ')}], interpolation=${this.interpolation}, ` +
      `expand=${pythonValue(this.expand)}${center}, fill=${pythonValue(this.fill)})`
    );
  }
}

export interface RandomAffineOptions {
  /** The largest moves, as shares of width and height. */
  translate?: readonly number[] | null;
  /** Smallest and largest factor. */
  scale?: readonly number[] | null;
  /** A number or two for shear along x, four for x and y, in degrees. */
  shear?: number | readonly number[] | null;
  interpolation?: AffineInterpolation;
  fill?: number | readonly number[];
  center?: readonly number[] | null;
}

const AFFINE = new Signature('RandomAffine', {
  degrees: REQUIRED,
  translate: null,
  scale: null,
  shear: null,
  interpolation: 'nearest',
  fill: 0,
  center: null,
});

/**
 * Turns, moves, scales and shears at random. PyTorch: torchvision.transforms.RandomAffine
 */
export class RandomAffine extends AffineTransform {
  readonly degrees: readonly number[];
  readonly translate: readonly number[] | null;
  readonly scale: readonly number[] | null;
  readonly shear: readonly number[] | null;

  constructor(
    degrees: number | readonly number[] | (RandomAffineOptions & { degrees: number | readonly number[] }),
    translate?: readonly number[] | null | RandomAffineOptions,
    ...rest: unknown[]
  ) {
    const p = AFFINE.bind<Required<RandomAffineOptions> & { degrees: unknown }>([degrees, translate, ...rest]);
    super('RandomAffine', p);
    this.degrees = angles('RandomAffine', 'degrees', p.degrees, [2]);
    this.translate = p.translate === null ? null : numbers('RandomAffine', 'translate', p.translate, [2]);
    this.scale = p.scale === null ? null : numbers('RandomAffine', 'scale', p.scale, [2]);
    this.shear = p.shear === null ? null : angles('RandomAffine', 'shear', p.shear, [2, 4]);
    if (this.translate?.some((t) => !(t >= 0 && t <= 1))) {
      throw new RangeError('RandomAffine: translation values should be between 0 and 1');
    }
    if (this.scale?.some((s) => !(s > 0))) throw new RangeError('RandomAffine: scale values should be positive');
  }

  private draw([h, w]: readonly [number, number]): AffineParts {
    const between = (range: readonly number[], at = 0): number => uniform(range[at] as number, range[at + 1] as number);
    const angle = between(this.degrees);
    let translate: Point = [0, 0];
    if (this.translate) {
      const [dx, dy] = [(this.translate[0] as number) * w, (this.translate[1] as number) * h];
      const x = roundHalfEven(uniform(-dx, dx));
      translate = [x, roundHalfEven(uniform(-dy, dy))];
    }
    const scale = this.scale ? between(this.scale) : 1;
    const shearX = this.shear ? between(this.shear) : 0;
    const shearY = this.shear?.length === 4 ? between(this.shear, 2) : 0;
    return { angle, translate, scale, shear: [shearX, shearY] };
  }

  protected ofPixels(image: PixelImage, fill: readonly number[]): PixelImage {
    const { width, height } = image;
    const matrix: Affine = inverseAffine(this.center ?? [width * 0.5, height * 0.5], this.draw([height, width]));
    return affinePixels(image, matrix, [width, height], this.interpolation === 'bilinear', fill);
  }

  protected ofPlanes(planes: Tensor, fill: readonly number[]): Tensor {
    const [h, w] = sizeOf(planes);
    const matrix = inverseAffine(this.centerOfPlanes([h, w]), this.draw([h, w]));
    return affinePlanes(planes, matrix, [w, h], this.interpolation === 'bilinear', fill);
  }

  override toString(): string {
    const floats = (list: readonly number[]): string =>
      `[${list.map((x) => (Number.isInteger(x) ? x.toFixed(1) : String(x))).join(', ')}]`;
    const optional = (name: string, text: string | null): string => (text === null ? '' : `, ${name}=${text}`);
    return (
      `RandomAffine(degrees=${floats(this.degrees)}` +
      optional('translate', this.translate && pythonValue(this.translate)) +
      optional('scale', this.scale && pythonValue(this.scale)) +
      optional('shear', this.shear && floats(this.shear)) +
      optional('interpolation', this.interpolation === 'nearest' ? null : this.interpolation) +
      optional('fill', this.fill === 0 ? null : pythonValue(this.fill)) +
      optional('center', this.center && pythonValue(this.center)) +
      ')'
    );
  }
}
