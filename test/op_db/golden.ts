/** Reads test/golden and compares with it. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as torch from 'nabla';
import { keyOf, toNumber } from './data';
import type { DTypeName, OpRow, Sample, Tolerance, Value } from './types';

export interface Packed { dtype: DTypeName; shape: number[]; strides: number[]; values?: Value[] }
export interface Golden { out: Packed[]; grads?: (Value[] | null)[] }

const files = new Map<string, Record<string, unknown>>();

export function goldenFile<T>(name: string): Record<string, T> {
  let file = files.get(name);
  if (!file) {
    file = JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'golden', `${name}.json`), 'utf8')).samples as Record<string, unknown>;
    files.set(name, file);
  }
  return file as Record<string, T>;
}

/** PyTorch's values of a sample. */
export function goldenOf(row: OpRow, sample: Sample, dtype: DTypeName): Golden {
  const found = goldenFile<Golden>(row.family)[`${row.forms[0]}.${row.name} ${keyOf(sample)} ${dtype}`];
  if (!found) throw new Error(`no golden values for ${row.name}: run scripts/golden/generate.py ${row.family}`);
  return found;
}

const DEFAULT: Record<string, Tolerance> = {
  float64: { rtol: 1e-13, atol: 1e-14 },
  float32: { rtol: 2e-6, atol: 1e-7 },
  float16: { rtol: 1e-3, atol: 1e-5 },
  bfloat16: { rtol: 8e-3, atol: 1e-5 },
};

/** The tolerance of a result of this dtype; integers and bools must be equal. */
export function toleranceOf(dtype: DTypeName, row: OpRow, sample: Sample, of: 'tol' | 'gradTol' = 'tol'): Tolerance {
  const exact = { rtol: 0, atol: 0 };
  if (!(dtype in DEFAULT)) return exact;
  const given = sample.tol?.[dtype] ?? row[of][dtype];
  if (given) return given;
  return row.exact && of === 'tol' ? exact : DEFAULT[dtype];
}

export function dtypeName(x: torch.Tensor): DTypeName {
  return String(x.dtype).replace('torch.', '') as DTypeName;
}

/** Values of a tensor in row-major order. */
export function valuesOf(x: torch.Tensor): (number | bigint)[] {
  const name = dtypeName(x);
  const wide = name === 'float16' || name === 'bfloat16' ? x.detach().float() : x.detach();
  return Array.from(wide.toTypedArray() as ArrayLike<number | bigint>);
}

/** The first place where values differ by more than the tolerance, in words; null when they agree. */
export function difference(got: (number | bigint)[], want: Value[], { rtol, atol }: Tolerance): string | null {
  if (got.length !== want.length) return `${got.length} values, expected ${want.length}`;
  for (let k = 0; k < got.length; k++) {
    const g = got[k];
    const w = want[k];
    let same: boolean;
    if (typeof g === 'bigint') {
      same = g === (typeof w === 'string' ? BigInt(w.slice(0, -1)) : BigInt(w));
    } else {
      const n = toNumber(w);
      // Golden float32 values are the shortest decimals that read back as them.
      if (rtol === 0 && atol === 0) same = Object.is(g, n) || Object.is(g, Math.fround(n));
      else same = Object.is(g, n) || Object.is(g, Math.fround(n)) || Math.abs(g - n) <= atol + rtol * Math.abs(n) || (g === n) || (g !== g && n !== n);
    }
    if (!same) return `[${k}]: got ${g}, expected ${String(w)} (rtol ${rtol}, atol ${atol})`;
  }
  return null;
}

/** Bit for bit equality of two tensors' values, dtypes and shapes. */
export function sameBits(a: torch.Tensor, b: torch.Tensor): string | null {
  if (a.dtype !== b.dtype) return `dtype ${String(a.dtype)}, expected ${String(b.dtype)}`;
  if (String(a.shape) !== String(b.shape)) return `shape [${a.shape}], expected [${b.shape}]`;
  const x = a.detach().toTypedArray() as ArrayLike<number | bigint>;
  const y = b.detach().toTypedArray() as ArrayLike<number | bigint>;
  for (let k = 0; k < x.length; k++) if (!Object.is(x[k], y[k])) return `[${k}]: ${x[k]}, expected ${y[k]}`;
  return null;
}
