/**
 * Changing the colours of bytes with channels last, as Pillow does it: that is what torchvision calls
 * for images that are no tensors yet. Arithmetic is rounded to float32 where Pillow's is.
 */

/** Bytes of an image, `channels` (1 or 3) for each pixel. */
export interface Pixels {
  readonly bytes: Uint8Array;
  readonly channels: number;
}

const f32 = Math.fround;

/** from + factor (to - from), cut off to a byte. */
function blend(from: number, to: number, factor: number): number {
  const value = f32(from + f32(factor * (to - from)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

/** The gray value of the pixel that begins at `at`. */
function gray({ bytes, channels }: Pixels, at: number): number {
  if (channels === 1) return bytes[at] as number;
  const [r, g, b] = bytes.subarray(at, at + 3) as unknown as [number, number, number];
  return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
}

export function brightness({ bytes }: Pixels, factor: number): Uint8Array {
  return bytes.map((value) => blend(0, value, f32(factor)));
}

export function contrast(pixels: Pixels, factor: number): Uint8Array {
  const { bytes, channels } = pixels;
  let sum = 0;
  for (let at = 0; at < bytes.length; at += channels) sum += gray(pixels, at);
  const mean = Math.trunc(sum / (bytes.length / channels) + 0.5);
  return bytes.map((value) => blend(mean, value, f32(factor)));
}

export function saturation(pixels: Pixels, factor: number): Uint8Array {
  const { bytes, channels } = pixels;
  return bytes.map((value, i) => blend(gray(pixels, i - (i % channels)), value, f32(factor)));
}

/** Turns the colour circle by a share of it, in steps of a 255th. */
export function hue({ bytes, channels }: Pixels, factor: number): Uint8Array {
  const out = bytes.slice();
  if (channels === 1) return out;
  const turn = Math.trunc(factor * 255) & 255;
  for (let at = 0; at < out.length; at += 3) {
    const pixel = out.subarray(at, at + 3);
    const [h, s, v] = toHsv(pixel[0] as number, pixel[1] as number, pixel[2] as number);
    pixel.set(toRgb((h + turn) & 255, s, v));
  }
  return out;
}

function toHsv(r: number, g: number, b: number): [h: number, s: number, v: number] {
  const high = Math.max(r, g, b);
  const low = Math.min(r, g, b);
  if (high === low) return [0, 0, high];
  const range = high - low;
  const [rc, gc, bc] = [r, g, b].map((value) => f32((high - value) / range)) as [number, number, number];
  let h: number;
  if (r === high) h = f32(bc - gc);
  else if (g === high) h = f32(2 + rc - bc);
  else h = f32(4 + gc - rc);
  h = f32((h / 6 + 1) % 1);
  return [Math.trunc(h * 255), Math.trunc(f32(range / high) * 255), high];
}

function toRgb(h: number, s: number, v: number): [r: number, g: number, b: number] {
  if (s === 0) return [v, v, v];
  const sector = Math.floor((h * 6) / 255);
  const f = f32((h * 6) / 255 - sector);
  const share = f32(s / 255);
  const p = Math.round(v * (1 - share));
  const q = Math.round(v * (1 - share * f));
  const t = Math.round(v * (1 - share * (1 - f)));
  const sectors = [[v, t, p], [q, v, p], [p, v, t], [p, q, v], [t, p, v], [v, p, q]];
  return sectors[sector % 6] as [number, number, number];
}
