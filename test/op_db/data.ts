/**
 * Values of the table's tensors, drawn by mulberry32: the same numbers here and in `scripts/golden/data.py`.
 * r_k = mulberry32(seed, k);  float: lo + (hi - lo) * (r >>> 8) / 2^24;  integer: lo + r mod (hi - lo + 1);  bool: bit 8 of r.
 */
import type { DTypeName, TensorSpec, Value } from './types';

/** The k-th 32-bit output for a seed. */
export function mulberry32(seed: number, k: number): number {
  const state = (Math.imul(seed, 0x9e3779b1) + Math.imul(k + 1, 0x6d2b79f5)) | 0;
  let z = Math.imul(state ^ (state >>> 15), state | 1);
  z = (z + Math.imul(z ^ (z >>> 7), z | 61)) ^ z;
  return (z ^ (z >>> 14)) >>> 0;
}

export function isFloating(dtype: DTypeName): boolean {
  return dtype.startsWith('float') || dtype === 'bfloat16';
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value === 'nan') return NaN;
  if (value === 'inf') return Infinity;
  if (value === '-inf') return -Infinity;
  if (value === '-0') return -0;
  return Number(value.slice(0, -1));
}

/** Bounds of drawn values of a dtype. */
function bounds(dtype: DTypeName, range?: [number, number]): [number, number] {
  if (isFloating(dtype)) return range ?? [-2, 2];
  const [lo, hi] = range ? [Math.ceil(range[0]), Math.floor(range[1])] : [-6, 6];
  return dtype === 'uint8' ? [Math.max(lo, 0), Math.max(hi, 0)] : [lo, hi];
}

/** Row-major values of a spec as numbers, as its (or the sample's) dtype is to be filled with. */
export function drawValues(spec: TensorSpec, dtype: DTypeName): number[] {
  if (spec.values) return spec.values.map(toNumber);
  const n = spec.shape.reduce((a, b) => a * b, 1);
  const [lo, hi] = bounds(dtype, spec.range);
  const out = new Array<number>(n);
  if (spec.distinct) {
    const places = Array.from({ length: n }, (_, k) => k);
    for (let k = n - 1; k > 0; k--) {
      const j = mulberry32(spec.seed, k) % (k + 1);
      [places[k], places[j]] = [places[j], places[k]];
    }
    const wide = isFloating(dtype);
    for (let k = 0; k < n; k++) out[k] = wide ? lo + ((hi - lo) * (places[k] + 0.5)) / n : lo + places[k];
    return out;
  }
  for (let k = 0; k < n; k++) {
    const r = mulberry32(spec.seed, k);
    if (dtype === 'bool') out[k] = (r >>> 8) & 1;
    else if (isFloating(dtype)) out[k] = lo + ((hi - lo) * (r >>> 8)) / 16777216;
    else out[k] = lo + (r % (hi - lo + 1));
  }
  return out;
}

/**
 * The key under which a golden file keeps a sample's values: FNV-1a of what the values depend on, so that a changed sample
 * finds no values instead of old ones.
 */
export function keyOf(sample: object): string {
  const { args, kw, seed, ...rest } = sample as { args?: unknown; kw?: unknown; seed?: unknown };
  const plain = args && !('module' in rest);
  const text = JSON.stringify(plain ? [args, kw ?? null, seed ?? null] : { args, kw, ...rest });
  let h = 0x811c9dc5;
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193) >>> 0;
  return h.toString(16).padStart(8, '0');
}
