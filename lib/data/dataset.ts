import type { Generator } from '../generator';
import { isPlainObject } from '../options';
import * as ops from '../ops.generated';
import { Tensor } from '../tensor';
import { toIndices } from './indices';
import { numbers } from './sampler';

/**
 * A collection of samples read by index: implement `get` and `length`.
 *
 * PyTorch: torch.utils.data.Dataset (`__getitem__`, `__len__`)
 */
export abstract class Dataset<T = unknown> {
  abstract get(index: number): T;
  abstract get length(): number;

  /**
   * Optional: the collated batch of these samples, equal to collating `get(i)` of each. A loader
   * that collates by default takes it, where it is not undefined, instead of single samples.
   */
  getBatch?(indices: readonly number[]): unknown;
}

/**
 * A stream of samples: implement `[Symbol.iterator]` or `[Symbol.asyncIterator]`.
 *
 * PyTorch: torch.utils.data.IterableDataset
 */
export abstract class IterableDataset<T = unknown> {
  [Symbol.iterator]?(): Iterator<T>;
  [Symbol.asyncIterator]?(): AsyncIterator<T>;
}

/** Sample i is the i-th slice of each tensor. PyTorch: torch.utils.data.TensorDataset */
export class TensorDataset extends Dataset<Tensor[]> {
  readonly tensors: readonly Tensor[];

  constructor(...tensors: (Tensor | readonly Tensor[])[]) {
    super();
    this.tensors = tensors.flat();
    for (const tensor of this.tensors) {
      if (!(tensor instanceof Tensor) || tensor.dim() === 0) {
        throw new TypeError('TensorDataset: expected tensors of at least one dimension');
      }
    }
    const sizes = this.tensors.map((tensor) => tensor.size(0));
    if (sizes.some((size) => size !== sizes[0])) {
      throw new RangeError(
        `TensorDataset: Size mismatch between tensors: first dimensions are ${sizes.join(', ')}`,
      );
    }
  }

  override get(index: number): Tensor[] {
    return this.tensors.map((tensor) => tensor.get(index));
  }

  override get length(): number {
    return this.tensors[0]?.size(0) ?? 0;
  }

  override getBatch(indices: readonly number[]): Tensor[] {
    const index = toIndices(indices, this.length);
    return this.tensors.map((tensor) => ops.indexSelect(tensor, 0, index));
  }
}

/** The samples of a dataset at given indices. PyTorch: torch.utils.data.Subset */
export class Subset<T = unknown> extends Dataset<T> {
  constructor(
    readonly dataset: Dataset<T>,
    readonly indices: ArrayLike<number>,
  ) {
    super();
  }

  override get(index: number): T {
    return this.dataset.get(this.at(index));
  }

  override get length(): number {
    return this.indices.length;
  }

  override getBatch(indices: readonly number[]): unknown {
    return this.dataset.getBatch?.(indices.map((index) => this.at(index)));
  }

  private at(index: number): number {
    const place = index < 0 ? index + this.indices.length : index;
    const found = this.indices[place];
    if (found === undefined) {
      throw new RangeError(`Subset: index ${index} is out of range for ${this.length} samples`);
    }
    return found;
  }
}

/** Several datasets one behind the other. PyTorch: torch.utils.data.ConcatDataset */
export class ConcatDataset<T = unknown> extends Dataset<T> {
  readonly datasets: readonly Dataset<T>[];
  readonly cumulativeSizes: readonly number[];

  constructor(datasets: Iterable<Dataset<T>>) {
    super();
    this.datasets = [...datasets];
    if (this.datasets.length === 0) {
      throw new Error('ConcatDataset: datasets should not be an empty iterable');
    }
    let total = 0;
    this.cumulativeSizes = this.datasets.map((dataset) => {
      if (dataset instanceof IterableDataset) {
        throw new TypeError('ConcatDataset does not support IterableDataset');
      }
      return (total += dataset.length);
    });
  }

  override get(index: number): T {
    const [dataset, place] = this.find(index);
    return dataset.get(place);
  }

  override getBatch(indices: readonly number[]): unknown {
    const parts: unknown[] = [];
    for (const index of indices) {
      const [dataset, place] = this.find(index);
      const part = dataset.getBatch?.([place]);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return joinBatches(parts);
  }

  /** The dataset that has sample `index`, and its number there. */
  private find(index: number): [Dataset<T>, number] {
    const place = index < 0 ? index + this.length : index;
    if (!(place >= 0 && place < this.length)) {
      throw new RangeError(`ConcatDataset: index ${index} is out of range`);
    }
    let low = 0;
    let high = this.cumulativeSizes.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.cumulativeSizes[middle] as number) > place) high = middle;
      else low = middle + 1;
    }
    const before = low === 0 ? 0 : (this.cumulativeSizes[low - 1] as number);
    return [this.datasets[low] as Dataset<T>, place - before];
  }

  override get length(): number {
    return this.cumulativeSizes[this.cumulativeSizes.length - 1] as number;
  }
}

/** One batch of batches of tensors and arrays; undefined where they hold anything else. */
function joinBatches(parts: readonly unknown[]): unknown {
  const [first] = parts;
  if (first instanceof Tensor) return ops.cat(parts as Tensor[], 0);
  if (!Array.isArray(first)) return undefined;
  const columns = first.map((_, i) => joinBatches(parts.map((part) => (part as unknown[])[i])));
  return columns.includes(undefined) ? undefined : columns;
}

/**
 * Splits a dataset at random into parts of given lengths, or of given fractions that sum to 1
 * (what is left over by rounding is dealt round-robin). Draws one `randperm`.
 *
 * PyTorch: torch.utils.data.random_split
 */
export function randomSplit<T>(
  dataset: Dataset<T>,
  lengths: readonly number[],
  generator?: Generator | null | { generator?: Generator | null },
): Subset<T>[] {
  const total = dataset.length;
  const sum = lengths.reduce((a, b) => a + b, 0);
  let sizes = [...lengths];
  if (Math.abs(sum - 1) <= 1e-9 && sum <= 1) {
    sizes = lengths.map((share, i) => {
      if (share < 0 || share > 1) {
        throw new RangeError(`randomSplit: Fraction at index ${i} is not between 0 and 1`);
      }
      return Math.floor(total * share);
    });
    const rest = total - sizes.reduce((a, b) => a + b, 0);
    for (let i = 0; i < rest; i++) sizes[i % sizes.length]! += 1;
    sizes.forEach((size, i) => {
      if (size === 0) {
        process.emitWarning(
          `Length of split at index ${i} is 0. This might result in an empty dataset.`,
        );
      }
    });
  }
  if (sizes.reduce((a, b) => a + b, 0) !== total) {
    throw new Error(
      'randomSplit: Sum of input lengths does not equal the length of the input dataset!',
    );
  }
  const source = isPlainObject(generator) ? generator.generator : generator;
  const drawn = source ? ops.randperm(total, { generator: source }) : ops.randperm(total);
  const order = numbers(drawn);
  let start = 0;
  return sizes.map((size) => new Subset(dataset, order.slice(start, (start += size))));
}
