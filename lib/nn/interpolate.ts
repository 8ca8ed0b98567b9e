import * as internal from '../internal.generated';
import { REQUIRED, Signature, describe } from '../options';
import type { Tensor } from '../tensor';

/** One number for all spatial axes, or one for each. */
type Each = number | readonly number[];

export interface UpsampleOptions {
  size?: Each | null;
  scaleFactor?: Each | null;
  mode?: string;
  alignCorners?: boolean | null;
}

export interface InterpolateOptions extends UpsampleOptions {
  recomputeScaleFactor?: boolean | null;
  antialias?: boolean;
}

const DEFAULTS = { size: null, scaleFactor: null, mode: 'nearest', alignCorners: null };
const INTERPOLATE = new Signature('interpolate', {
  input: REQUIRED,
  ...DEFAULTS,
  recomputeScaleFactor: null,
  antialias: false,
});

type Bound = { input: Tensor } & Required<InterpolateOptions>;

/** The scales of depth, height and width; null for the axes that the input does not have. */
function scales(input: Tensor, given: Each): [number | null, number | null, number | null] {
  const spatial = input.dim() - 2;
  const list = Array.isArray(given) ? (given as number[]) : Array<number>(Math.max(spatial, 0)).fill(given as number);
  if (!list.every((s) => typeof s === 'number')) {
    throw new TypeError(`interpolate: scaleFactor must be a number or an array of numbers, got ${describe(given)}`);
  }
  if (list.length !== spatial) {
    throw new RangeError(
      'interpolate: Input and scale_factor must have the same number of spatial dimensions, but got ' +
        `input with spatial dimensions of [${input.shape.slice(2).join(', ')}] and scaleFactor of ` +
        `length ${list.length}`,
    );
  }
  const at = (k: number): number | null => list[k + spatial - 3] ?? null;
  return [at(0), at(1), at(2)];
}

function run(p: Bound): Tensor {
  const { input, size, scaleFactor } = p;
  if (size !== null && scaleFactor !== null) {
    throw new TypeError('interpolate: only one of size or scaleFactor should be defined');
  }
  if (size === null && scaleFactor === null) {
    throw new TypeError('interpolate: either size or scaleFactor should be defined');
  }
  const sizes = typeof size === 'number' ? Array<number>(Math.max(input.dim() - 2, 0)).fill(size) : size;
  const [depth, height, width] = scaleFactor === null ? [null, null, null] : scales(input, scaleFactor);
  return internal.interpolate(
    input,
    sizes,
    depth,
    height,
    width,
    p.mode,
    p.alignCorners,
    p.recomputeScaleFactor ?? false,
    p.antialias,
  );
}

/**
 * The spatial axes of input (N, C, W), (N, C, H, W) or (N, C, D, H, W) resampled to `size`, or to
 * floor(length * scaleFactor).
 *
 * mode: 'nearest', 'nearest-exact' and 'area' for all ranks, 'linear' for 3-d, 'bilinear', 'bicubic'
 * and 'lanczos' for 4-d, 'trilinear' for 5-d input. alignCorners (linear, cubic): the corner
 * elements keep their places. recomputeScaleFactor: positions follow from the sizes in place of
 * scaleFactor. antialias (4-d, bilinear, bicubic, lanczos): shrinking averages over all that a result
 * covers.
 *
 * PyTorch: torch.nn.functional.interpolate
 */
export function interpolate(input: Tensor, options: InterpolateOptions): Tensor;
export function interpolate(
  input: Tensor,
  size?: Each | null,
  scaleFactor?: Each | null | Omit<InterpolateOptions, 'size'>,
  mode?: string | Omit<InterpolateOptions, 'size' | 'scaleFactor'>,
  alignCorners?: boolean | null | Pick<InterpolateOptions, 'alignCorners' | 'recomputeScaleFactor' | 'antialias'>,
  recomputeScaleFactor?: boolean | null | Pick<InterpolateOptions, 'recomputeScaleFactor' | 'antialias'>,
  antialias?: boolean | Pick<InterpolateOptions, 'antialias'>,
): Tensor;
export function interpolate(...args: unknown[]): Tensor {
  return run(INTERPOLATE.bind<Bound>(args));
}

const UPSAMPLE = new Signature('upsample', { input: REQUIRED, ...DEFAULTS });

/** As interpolate. PyTorch: torch.nn.functional.upsample */
export function upsample(input: Tensor, options: UpsampleOptions): Tensor;
export function upsample(
  input: Tensor,
  size?: Each | null,
  scaleFactor?: Each | null | Omit<UpsampleOptions, 'size'>,
  mode?: string | Omit<UpsampleOptions, 'size' | 'scaleFactor'>,
  alignCorners?: boolean | null | Pick<UpsampleOptions, 'alignCorners'>,
): Tensor;
export function upsample(...args: unknown[]): Tensor {
  const p = UPSAMPLE.bind<{ input: Tensor } & Required<UpsampleOptions>>(args);
  return run({ ...p, recomputeScaleFactor: null, antialias: false });
}

type SizeOptions = Pick<UpsampleOptions, 'size' | 'scaleFactor'>;
const SIZES = { input: REQUIRED, size: null, scaleFactor: null };
const NEAREST = new Signature('upsampleNearest', SIZES);
const BILINEAR = new Signature('upsampleBilinear', SIZES);

/** As interpolate with mode 'nearest'. PyTorch: torch.nn.functional.upsample_nearest */
export function upsampleNearest(input: Tensor, options: SizeOptions): Tensor;
export function upsampleNearest(
  input: Tensor,
  size?: Each | null,
  scaleFactor?: Each | null | Pick<SizeOptions, 'scaleFactor'>,
): Tensor;
export function upsampleNearest(...args: unknown[]): Tensor {
  const p = NEAREST.bind<{ input: Tensor } & Required<SizeOptions>>(args);
  return interpolate(p.input, { size: p.size, scaleFactor: p.scaleFactor, mode: 'nearest' });
}

/** As interpolate with mode 'bilinear' and alignCorners. PyTorch: torch.nn.functional.upsample_bilinear */
export function upsampleBilinear(input: Tensor, options: SizeOptions): Tensor;
export function upsampleBilinear(
  input: Tensor,
  size?: Each | null,
  scaleFactor?: Each | null | Pick<SizeOptions, 'scaleFactor'>,
): Tensor;
export function upsampleBilinear(...args: unknown[]): Tensor {
  const p = BILINEAR.bind<{ input: Tensor } & Required<SizeOptions>>(args);
  const { size, scaleFactor } = p;
  return interpolate(p.input, { size, scaleFactor, mode: 'bilinear', alignCorners: true });
}
