/** Cutting, padding and resizing planes (..., H, W). PyTorch: torchvision.transforms.functional */
import { tensor } from '../../creation';
import { float32, float64, int64, uint8 } from '../../dtype';
import { describe } from '../../options';
import * as F from '../../nn/functional';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { roundHalfEven, sizeOf } from './image';

/** One number for both sides, or height and width. */
export type Size = number | readonly number[];
/** One number for all borders; left/right and top/bottom; or left, top, right, bottom. */
export type Padding = number | readonly number[];
export type PaddingMode = 'constant' | 'edge' | 'reflect' | 'symmetric';
export type Interpolation = 'nearest' | 'nearest-exact' | 'bilinear' | 'bicubic';

const MODES = ['constant', 'edge', 'reflect', 'symmetric'];
const INTERPOLATIONS = ['nearest', 'nearest-exact', 'bilinear', 'bicubic'];

function isCount(value: unknown, low: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= low;
}

export function checkSize(owner: string, size: unknown): [height: number, width: number] {
  const list = typeof size === 'number' ? [size] : size;
  if (!Array.isArray(list) || !list.every((n) => isCount(n, 1))) {
    throw new TypeError(`${owner}: size must be one or two positive integers, got ${describe(size)}`);
  }
  if (list.length !== 1 && list.length !== 2) {
    throw new RangeError(`${owner}: Please provide only two dimensions (h, w) for size, got ${describe(size)}`);
  }
  return [list[0] as number, (list[1] ?? list[0]) as number];
}

export function checkPadding(owner: string, padding: unknown): void {
  const list = typeof padding === 'number' ? [padding] : padding;
  if (!Array.isArray(list) || !list.every((n) => Number.isSafeInteger(n))) {
    throw new TypeError(`${owner}: padding must be integers, got ${describe(padding)}`);
  }
  if (![1, 2, 4].includes(list.length)) {
    throw new RangeError(
      `${owner}: Padding must be an int or a 1, 2, or 4 element array, not a ${list.length} element array`,
    );
  }
}

export function checkPaddingMode(owner: string, fill: unknown, mode: unknown): void {
  if (typeof fill !== 'number') {
    throw new TypeError(`${owner}: fill must be a number, got ${describe(fill)}`);
  }
  if (!MODES.includes(mode as string)) {
    throw new RangeError(
      `${owner}: paddingMode should be either constant, edge, reflect or symmetric, got ${describe(mode)}`,
    );
  }
}

export function checkInterpolation(owner: string, interpolation: unknown): void {
  if (INTERPOLATIONS.includes(interpolation as string)) return;
  throw new RangeError(
    `${owner}: interpolation must be one of ${INTERPOLATIONS.join(', ')}, got ${describe(interpolation)}`,
  );
}

/** The part that starts at (top, left); what lies outside of the planes is 0. */
export function crop(
  planes: Tensor,
  top: number,
  left: number,
  height: number,
  width: number,
): Tensor {
  const [h, w] = sizeOf(planes);
  const [y, x] = [Math.max(top, 0), Math.max(left, 0)];
  const [bottom, right] = [Math.min(top + height, h), Math.min(left + width, w)];
  const inside = planes.narrow(-2, y, Math.max(bottom - y, 0)).narrow(-1, x, Math.max(right - x, 0));
  if (y === top && x === left && bottom === top + height && right === left + width) return inside;
  return F.pad(inside, [x - left, left + width - Math.max(right, x), y - top, top + height - Math.max(bottom, y)]);
}

/** Where the elements of a padded line come from. */
function sources(owner: string, size: number, before: number, after: number, mode: PaddingMode): number[] {
  const limit = mode === 'reflect' ? size - 1 : mode === 'symmetric' ? size : Infinity;
  if (size === 0 || Math.max(before, after) > limit) {
    throw new RangeError(
      `${owner}: padding [${before}, ${after}] does not fit a side of ${size} with paddingMode '${mode}'`,
    );
  }
  const mirrored = mode === 'symmetric' ? 1 : 0;
  const place = (i: number): number => {
    if (i >= 0 && i < size) return i;
    if (mode === 'edge') return i < 0 ? 0 : size - 1;
    return i < 0 ? -i - mirrored : 2 * size - 2 - i + mirrored;
  };
  return Array.from({ length: before + size + after }, (_, i) => place(i - before));
}

export function pad(
  owner: string,
  planes: Tensor,
  padding: Padding,
  fill: number,
  mode: PaddingMode,
): Tensor {
  const list = typeof padding === 'number' ? [padding] : padding;
  const [left, top = left, right = left, bottom = top] = list as [number, number?, number?, number?];
  if (mode === 'constant') return F.pad(planes, [left, right, top, bottom], { value: fill });
  const [h, w] = sizeOf(planes);
  const inner = crop(
    planes,
    Math.max(-top, 0),
    Math.max(-left, 0),
    Math.max(h + Math.min(top, 0) + Math.min(bottom, 0), 0),
    Math.max(w + Math.min(left, 0) + Math.min(right, 0), 0),
  );
  const rows = sources(owner, inner.size(-2), Math.max(top, 0), Math.max(bottom, 0), mode);
  const columns = sources(owner, inner.size(-1), Math.max(left, 0), Math.max(right, 0), mode);
  const chosen = ops.indexSelect(inner, -2, tensor(rows, { dtype: int64 }));
  return ops.indexSelect(chosen, -1, tensor(columns, { dtype: int64 }));
}

export function centerCrop(planes: Tensor, height: number, width: number): Tensor {
  const [h, w] = sizeOf(planes);
  const down = Math.max(height - h, 0);
  const across = Math.max(width - w, 0);
  // Python's floor division puts the odd row or column of a padding behind.
  const top = down > 0 ? -Math.floor(down / 2) : roundHalfEven((h - height) / 2);
  const left = across > 0 ? -Math.floor(across / 2) : roundHalfEven((w - width) / 2);
  return crop(planes, top, left, height, width);
}

/** Height and width after resizing to `size`: one number is the length of the shorter side. */
export function resizedSize(
  owner: string,
  planes: Tensor,
  size: readonly number[],
  maxSize: number | null,
): [height: number, width: number] {
  if (size.length === 2) return [size[0] as number, size[1] as number];
  const [h, w] = sizeOf(planes);
  const [short, long] = w <= h ? [w, h] : [h, w];
  let newShort = size[0] as number;
  let newLong = Math.trunc((newShort * long) / short);
  if (maxSize !== null) {
    if (maxSize <= newShort) {
      throw new RangeError(
        `${owner}: maxSize = ${maxSize} must be strictly greater than the requested size for the ` +
          `smaller edge size = ${newShort}`,
      );
    }
    if (newLong > maxSize) [newShort, newLong] = [Math.trunc((maxSize * newShort) / newLong), maxSize];
  }
  return w <= h ? [newLong, newShort] : [newShort, newLong];
}

export function resize(
  planes: Tensor,
  size: readonly [height: number, width: number],
  mode: Interpolation,
  antialias: boolean | null,
): Tensor {
  const [h, w] = sizeOf(planes);
  if (h === size[0] && w === size[1]) return planes;
  const { dtype } = planes;
  const smooth = mode === 'bilinear' || mode === 'bicubic';
  let out = planes.dtype === float32 || dtype === float64 ? planes : planes.to(float32);
  const leading = planes.shape.slice(0, -2);
  if (leading.length < 2) out = out.reshape([1, leading[0] ?? 1, h, w]);
  out = F.interpolate(out, {
    size: [...size],
    mode,
    alignCorners: smooth ? false : null,
    antialias: smooth && antialias === true,
  });
  if (mode === 'bicubic' && dtype === uint8) out = out.clamp(0, 255);
  out = out.reshape([...leading, ...size]);
  if (out.dtype === dtype) return out;
  return (dtype.isFloatingPoint ? out : out.round()).to(dtype);
}
