import { fromTypedArray } from '../../creation';
import { uint8 } from '../../dtype';
import { describe } from '../../options';
import { Tensor } from '../../tensor';

/** A single image that is no tensor: pixel bytes row by row, channels last. */
export interface RawImage {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels?: number;
}

/** The pixels of an image that is no tensor, uint8 (H, W, C). */
export function pixelsOf(owner: string, image: RawImage): Tensor {
  const { data, width, height } = image ?? {};
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    throw new TypeError(
      `${owner}: expected a tensor or { data, width, height, channels }, got ${describe(image)}`,
    );
  }
  const channels = image.channels ?? data.length / (width * height);
  if (data.length !== width * height * channels) {
    throw new RangeError(
      `${owner}: expected ${width} x ${height} x ${channels} bytes, got ${data.length}`,
    );
  }
  return fromTypedArray(data, [height, width, channels], { dtype: uint8 });
}

/**
 * Whether a tensor is what torchvision has as PIL image: bytes with channels last, as data sets give
 * them and ToTensor takes them. Told by the shape alone: no image has planes of 1, 3 or 4 columns.
 */
export function isPixels(image: Tensor): boolean {
  if (image.dtype !== uint8 || image.dim() !== 3) return false;
  const [rows, , channels] = image.shape as [number, number, number];
  return rows > 4 && (channels === 1 || channels === 3 || channels === 4);
}

/**
 * Applies `fn`, which works on planes (..., H, W), to an image in any of its forms; pixels stay
 * pixels.
 */
export function onPlanes(
  owner: string,
  image: Tensor | RawImage,
  fn: (planes: Tensor) => Tensor,
): Tensor {
  const tensor = image instanceof Tensor ? image : pixelsOf(owner, image);
  if (isPixels(tensor) || tensor !== image) {
    return fn(tensor.permute(2, 0, 1)).permute(1, 2, 0);
  }
  if (tensor.dim() < 2) {
    throw new TypeError(`${owner}: Tensor is not a torch image: its shape is [${tensor.shape.join(', ')}]`);
  }
  return fn(tensor);
}

/** Height and width of planes (..., H, W). */
export function sizeOf(planes: Tensor): [height: number, width: number] {
  return [planes.size(-2), planes.size(-1)];
}

/** Python's round: halves go to the even neighbour. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
