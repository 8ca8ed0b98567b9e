/**
 * Affine maps of bytes with channels last, as Pillow does them: that is what torchvision calls for
 * images that are no tensors yet.
 */
import { mapPoint, type Affine, type Point } from './affine_matrix';

export interface PixelImage {
  readonly bytes: Uint8Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Writes the pixel of the result at byte `to` from the point (x, y) of the source. */
type Sampler = (out: Uint8Array, to: number, x: number, y: number) => void;

/** A result of the source's channels, `fill` where the source does not reach. */
export function affinePixels(
  source: PixelImage,
  matrix: Affine,
  [width, height]: Point,
  bilinear: boolean,
  fill: readonly number[],
): PixelImage {
  const { channels } = source;
  const bytes = new Uint8Array(width * height * channels);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.trunc(fill[i % channels] as number);
  const out = { bytes, height, width, channels };
  if (bilinear) smooth(source, matrix, out);
  else if (matrix[1] === 0 && matrix[3] === 0) scaled(source, matrix, out);
  else nearest(source, matrix, out);
  return out;
}

function copyPixel({ bytes, height, width, channels }: PixelImage): Sampler {
  return (out, to, x, y) => {
    if (x < 0 || x >= width || y < 0 || y >= height) return;
    const from = (y * width + x) * channels;
    for (let c = 0; c < channels; c++) out[to + c] = bytes[from + c] as number;
  };
}

/** Scaling alone: the coordinates add up, column by column and row by row. */
function scaled(source: PixelImage, [a, , c, , e, f]: Affine, out: PixelImage): void {
  const copy = copyPixel(source);
  const place = (v: number): number => (v < 0 ? -1 : Math.trunc(v));
  let y = f + e * 0.5;
  for (let row = 0, to = 0; row < out.height; row++, y += e) {
    let x = c + a * 0.5;
    for (let column = 0; column < out.width; column++, x += a, to += out.channels) {
      copy(out.bytes, to, place(x), place(y));
    }
  }
}

/** The nearest pixel, in fixed point with 16 bits behind the point. */
function nearest(source: PixelImage, matrix: Affine, out: PixelImage): void {
  const copy = copyPixel(source);
  const fix = (v: number): number => Math.floor(v * 65536 + 0.5);
  const [a, b, , d, e] = matrix.map(fix) as Affine;
  let [startX, startY] = mapPoint(matrix, 0.5, 0.5).map(fix) as [number, number];
  for (let row = 0, to = 0; row < out.height; row++, startX += b, startY += e) {
    let [x, y] = [startX, startY];
    for (let column = 0; column < out.width; column++, x += a, y += d, to += out.channels) {
      copy(out.bytes, to, x >> 16, y >> 16);
    }
  }
}

/** Between the four pixels around a point; beyond the edge they repeat. */
function smooth(source: PixelImage, matrix: Affine, out: PixelImage): void {
  const { bytes, height, width, channels } = source;
  const clip = (v: number, size: number): number => Math.min(Math.max(v, 0), size - 1);
  for (let row = 0, to = 0; row < out.height; row++) {
    for (let column = 0; column < out.width; column++, to += channels) {
      const [px, py] = mapPoint(matrix, column + 0.5, row + 0.5);
      if (px < 0 || px >= width || py < 0 || py >= height) continue;
      const [x, y] = [Math.floor(px - 0.5), Math.floor(py - 0.5)];
      const [dx, dy] = [px - 0.5 - x, py - 0.5 - y];
      const [left, right] = [clip(x, width), clip(x + 1, width)];
      const [top, bottom] = [clip(y, height), clip(y + 1, height)];
      for (let c = 0; c < channels; c++) {
        const at = (line: number, place: number): number => bytes[(line * width + place) * channels + c] as number;
        const upper = at(top, left) + (at(top, right) - at(top, left)) * dx;
        const lower = at(bottom, left) + (at(bottom, right) - at(bottom, left)) * dx;
        out.bytes[to + c] = Math.trunc(upper + (lower - upper) * dy);
      }
    }
  }
}

/** The map and the size of a result that is turned counter-clockwise about `center`. */
export function rotation(
  source: PixelImage,
  angle: number,
  expand: boolean,
  center: Point | null,
): { matrix: Affine; size: Point } {
  const { width, height } = source;
  const [cx, cy] = center ?? [width / 2, height / 2];
  const turn = -(((((angle % 360) + 360) % 360) * Math.PI) / 180);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)].map((v) => Number(v.toFixed(15))) as [number, number];
  const matrix: Affine = [cos, sin, 0, -sin, cos, 0];
  const [x, y] = mapPoint(matrix, -cx, -cy);
  matrix[2] = x + cx;
  matrix[5] = y + cy;
  if (!expand) return { matrix, size: [width, height] };
  const corners = [[0, 0], [width, 0], [width, height], [0, height]].map(([u, v]) =>
    mapPoint(matrix, u as number, v as number),
  );
  const extent = (axis: 0 | 1): number => {
    const values = corners.map((corner) => corner[axis]);
    return Math.ceil(Math.max(...values)) - Math.floor(Math.min(...values));
  };
  const size: Point = [extent(0), extent(1)];
  [matrix[2], matrix[5]] = mapPoint(matrix, -(size[0] - width) / 2, -(size[1] - height) / 2);
  return { matrix, size };
}
