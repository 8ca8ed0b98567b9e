import { Signature, REQUIRED, describe } from './options';
import * as ops from './ops.generated';
import { Tensor } from './tensor';

declare module './tensor' {
  interface Tensor {
    /** As `torch.equal`. */
    equal(other: Tensor): boolean;
    /** As `torch.allclose`. */
    allclose(other: Tensor, ...rest: readonly (number | boolean | CloseOptions)[]): boolean;
  }
}

/** How far two numbers may be apart: |input - other| <= atol + rtol * |other|. */
export interface CloseOptions {
  rtol?: number;
  atol?: number;
  equalNan?: boolean;
}

function checkTensors(name: string, ...values: readonly unknown[]): void {
  for (const value of values) {
    if (!(value instanceof Tensor)) throw new TypeError(`${name}: expected a Tensor, got ${describe(value)}`);
  }
}

/**
 * Whether both tensors have the same shape and elements; NaN equals nothing.
 *
 * PyTorch: torch.equal
 */
export function equal(input: Tensor, other: Tensor): boolean {
  checkTensors('equal', input, other);
  const { shape } = other;
  if (input.dim() !== other.dim() || input.shape.some((n, d) => n !== shape[d])) return false;
  return Boolean(ops.all(ops.eq(input, other)).item());
}

const ALLCLOSE = new Signature('allclose', { input: REQUIRED, other: REQUIRED, rtol: 1e-5, atol: 1e-8, equalNan: false });

/**
 * Whether all elements are close: |input - other| <= atol + rtol * |other|; equal infinities are close, NaN is
 * close to NaN with `equalNan` alone.
 *
 * PyTorch: torch.allclose
 */
export function allclose(
  input: Tensor,
  other: Tensor,
  ...rest: readonly (number | boolean | CloseOptions)[]
): boolean {
  const p = ALLCLOSE.bind<{ input: Tensor; other: Tensor } & Required<CloseOptions>>([input, other, ...rest]);
  checkTensors('allclose', p.input, p.other);
  const { rtol, atol, equalNan } = p;
  return Boolean(ops.all(ops.isclose(p.input, p.other, { rtol, atol, equalNan })).item());
}

Tensor.prototype.equal = function (other) {
  return equal(this, other);
};
Tensor.prototype.allclose = function (other, ...rest) {
  return allclose(this, other, ...rest);
};
