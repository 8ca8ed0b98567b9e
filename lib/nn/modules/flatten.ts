import { REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { Module } from '../module';

const FLATTEN = new Signature('Flatten', { startDim: 1, endDim: -1 });

/**
 * Joins the dimensions startDim to endDim into one; by default all but the batch.
 *
 * PyTorch: torch.nn.Flatten
 */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor(startDim?: number | { startDim?: number; endDim?: number }, endDim?: number) {
    super();
    const p = FLATTEN.bind<{ startDim: number; endDim: number }>([startDim, endDim]);
    this.startDim = p.startDim;
    this.endDim = p.endDim;
  }

  forward(input: Tensor): Tensor {
    return ops.flatten(input, this.startDim, this.endDim);
  }

  override extraRepr(): string {
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}

const UNFLATTEN = new Signature('Unflatten', { dim: REQUIRED, unflattenedSize: REQUIRED });

/**
 * Splits one dimension into several: (N, C * H) with `new Unflatten(1, [C, H])` is (N, C, H).
 * One size may be -1.
 *
 * PyTorch: torch.nn.Unflatten
 */
export class Unflatten extends Module {
  readonly dim: number;
  readonly unflattenedSize: readonly number[];

  constructor(
    dim: number | { dim: number; unflattenedSize: readonly number[] },
    unflattenedSize?: readonly number[] | { unflattenedSize: readonly number[] },
  ) {
    super();
    const p = UNFLATTEN.bind<{ dim: number; unflattenedSize: readonly number[] }>([
      dim,
      unflattenedSize,
    ]);
    if (!Number.isInteger(p.dim)) {
      throw new TypeError(`Unflatten: dim should be an integer, got ${String(p.dim)}`);
    }
    if (!Array.isArray(p.unflattenedSize) || !p.unflattenedSize.every(Number.isInteger)) {
      throw new TypeError(
        `Unflatten: unflattenedSize should be an array of integers, got ${String(p.unflattenedSize)}`,
      );
    }
    this.dim = p.dim;
    this.unflattenedSize = p.unflattenedSize;
  }

  forward(input: Tensor): Tensor {
    const dim = this.dim < 0 ? this.dim + input.dim() : this.dim;
    const shape = input.shape;
    if (dim < 0 || dim >= shape.length) {
      throw new RangeError(
        `Unflatten: dim ${this.dim} is out of range for a tensor of ${shape.length} dimensions`,
      );
    }
    const sizes = this.resolveSizes(shape[dim] as number);
    return input.reshape([...shape.slice(0, dim), ...sizes, ...shape.slice(dim + 1)]);
  }

  private resolveSizes(total: number): number[] {
    const known = this.unflattenedSize.reduce((p, size) => (size === -1 ? p : p * size), 1);
    const open = this.unflattenedSize.filter((size) => size === -1).length;
    if (open > 1) throw new RangeError('Unflatten: only one dimension can be inferred');
    const inferred = open === 1 && known !== 0 ? total / known : 1;
    if (!Number.isInteger(inferred) || known * inferred !== total) {
      throw new RangeError(
        `Unflatten: Provided sizes [${this.unflattenedSize.join(', ')}] don't multiply up to the ` +
          `size of dim ${this.dim} (${total}) in the input tensor`,
      );
    }
    return this.unflattenedSize.map((size) => (size === -1 ? inferred : size));
  }

  override extraRepr(): string {
    const tail = this.unflattenedSize.length === 1 ? ',' : '';
    return `dim=${this.dim}, unflattened_size=(${this.unflattenedSize.join(', ')}${tail})`;
  }
}
