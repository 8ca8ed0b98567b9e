import fs from 'node:fs';
import path from 'node:path';
import * as torch from 'nabla';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** A tensor as the golden files hold it. */
export interface GoldenTensor {
  dtype: string;
  shape: number[];
  data: unknown[];
}

/** A file of test/golden, which a script of scripts/golden wrote from PyTorch. */
export function golden(name: string): any {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '..', 'golden', name), 'utf8'));
}

/** Numbers that JSON cannot hold are strings. */
export function numeric(value: unknown): number | bigint | boolean {
  switch (value) {
    case 'nan':
      return NaN;
    case 'inf':
      return Infinity;
    case '-inf':
      return -Infinity;
    case '-0':
      return -0;
    default:
      return typeof value === 'string' ? BigInt(value) : (value as number | boolean);
  }
}

const DTYPES: Record<string, torch.DType> = Object.fromEntries(
  [
    torch.float32,
    torch.float64,
    torch.float16,
    torch.bfloat16,
    torch.int64,
    torch.int32,
    torch.int16,
    torch.int8,
    torch.uint8,
    torch.bool,
  ].map((dtype) => [String(dtype), dtype]),
);

export function toTensor(value: GoldenTensor): torch.Tensor {
  const dtype = DTYPES[value.dtype]!;
  const data = value.data.map(numeric);
  if (data.length === 0) return torch.empty(value.shape, { dtype });
  return torch.tensor(data as number[], { dtype }).reshape(value.shape);
}

/** The elements as float64, whatever the dtype. */
export function numbersOf(value: torch.Tensor): number[] {
  return Array.from(value.detach().to(torch.float64).toTypedArray() as Float64Array);
}

export function expectSame(actual: torch.Tensor, expected: GoldenTensor): void {
  expect(String(actual.dtype)).toBe(expected.dtype);
  expect([...actual.shape]).toEqual(expected.shape);
  expect(numbersOf(actual)).toEqual(expected.data.map((x) => Number(numeric(x))));
}

/** Equal within |a - b| <= atol + rtol |b|. */
export function expectClose(
  actual: readonly number[],
  expected: readonly unknown[],
  rtol = 1e-5,
  atol = 1e-7,
): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    const wanted = Number(numeric(expected[i]));
    if (Object.is(value, wanted) || Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted)) return;
    throw new Error(`element ${i}: ${value}, expected ${wanted}`);
  });
}
