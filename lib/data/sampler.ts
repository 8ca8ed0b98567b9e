/**
 * In which order a loader visits the samples. The random ones draw as PyTorch's do, so that a seed
 * gives the same order.
 *
 * PyTorch: torch.utils.data.sampler
 */
import { asTensor } from '../creation';
import { float64, int64 } from '../dtype';
import { Generator } from '../generator';
import { describe, REQUIRED, Signature } from '../options';
import * as ops from '../ops.generated';
import type { Tensor } from '../tensor';

/** Yields sample numbers, or batches of them. */
export abstract class Sampler<T = number> {
  abstract [Symbol.iterator](): Iterator<T>;
  get length(): number {
    throw new TypeError(`${this.constructor.name} has no length`);
  }
}

/** Something with a length: a dataset. */
export interface Sized {
  readonly length: number;
}

/** 0, 1, 2, ... PyTorch: torch.utils.data.SequentialSampler */
export class SequentialSampler extends Sampler {
  constructor(readonly dataSource: Sized) {
    super();
  }

  *[Symbol.iterator](): Iterator<number> {
    const { length } = this.dataSource;
    for (let i = 0; i < length; i++) yield i;
  }

  override get length(): number {
    return this.dataSource.length;
  }
}

/** An int64 drawn from the given or the default generator: the seed of a pass over the data. */
export function drawSeed(generator?: Generator | null): bigint {
  const drawn = ops.empty([], { dtype: int64 });
  if (generator) drawn.random_({ generator });
  else drawn.random_();
  return drawn.itemBigInt();
}

/** The values of an int64 tensor as numbers. */
export function numbers(drawn: Tensor): number[] {
  const { buffer, byteOffset, length } = drawn.toTypedArray() as BigInt64Array;
  // Sample numbers fit 32 bits: reading half words avoids a bigint for each.
  const words = new Int32Array(buffer, byteOffset, 2 * length);
  const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;
  const out = new Array<number>(length);
  for (let i = 0; i < length; i++) out[i] = words[2 * i + low] as number;
  return out;
}

export interface RandomSamplerOptions {
  replacement?: boolean;
  numSamples?: number | null;
  generator?: Generator | null;
}

const RANDOM = new Signature(
  'RandomSampler',
  { dataSource: REQUIRED, replacement: false, numSamples: null, generator: null },
  {},
  ['dataSource'],
);

function requireCount(owner: string, what: string, value: unknown): number {
  if (!Number.isInteger(value) || (value as number) <= 0) {
    throw new RangeError(
      `${owner}: ${what} should be a positive integer value, but got ${what}=${describe(value)}`,
    );
  }
  return value as number;
}

/**
 * The samples in random order, or drawn with replacement.
 *
 * PyTorch: torch.utils.data.RandomSampler
 */
export class RandomSampler extends Sampler {
  readonly dataSource: Sized;
  readonly replacement: boolean;
  readonly generator: Generator | null;
  private readonly given: number | null;

  constructor(
    dataSource: Sized,
    replacement?: boolean | RandomSamplerOptions,
    numSamples?: number | null | RandomSamplerOptions,
    generator?: Generator | null | RandomSamplerOptions,
  ) {
    super();
    const p = RANDOM.bind<Required<RandomSamplerOptions> & { dataSource: Sized }>([
      dataSource,
      replacement,
      numSamples,
      generator,
    ]);
    if (typeof p.replacement !== 'boolean') {
      throw new TypeError(
        `replacement should be a boolean value, but got replacement=${describe(p.replacement)}`,
      );
    }
    this.dataSource = p.dataSource;
    this.replacement = p.replacement;
    this.generator = p.generator;
    this.given = p.numSamples;
    requireCount('RandomSampler', 'numSamples', this.numSamples);
  }

  get numSamples(): number {
    return this.given ?? this.dataSource.length;
  }

  *[Symbol.iterator](): Iterator<number> {
    const n = this.dataSource.length;
    const count = this.numSamples;
    // The order comes from a generator of its own, so that draws in between do not change it.
    const generator = this.generator ?? new Generator().manualSeed(drawSeed());
    if (this.replacement) {
      for (let done = 0; done + 32 <= count; done += 32) {
        yield* numbers(ops.randint(0, n, [32], { generator }));
      }
      yield* numbers(ops.randint(0, n, [count % 32], { generator }));
    } else {
      for (let done = 0; done + n <= count; done += n) {
        yield* numbers(ops.randperm(n, { generator }));
      }
      yield* numbers(ops.randperm(n, { generator })).slice(0, count % n);
    }
  }

  override get length(): number {
    return this.numSamples;
  }
}

/** Given indices in random order. PyTorch: torch.utils.data.SubsetRandomSampler */
export class SubsetRandomSampler extends Sampler {
  private readonly generator: Generator | null;

  constructor(
    readonly indices: ArrayLike<number>,
    generator?: Generator | null | { generator?: Generator | null },
  ) {
    super();
    const p = SUBSET.bind<{ generator: Generator | null }>([indices, generator]);
    this.generator = p.generator;
  }

  *[Symbol.iterator](): Iterator<number> {
    const { generator } = this;
    const n = this.indices.length;
    const order = generator ? ops.randperm(n, { generator }) : ops.randperm(n);
    for (const i of numbers(order)) yield this.indices[i] as number;
  }

  override get length(): number {
    return this.indices.length;
  }
}

const SUBSET = new Signature('SubsetRandomSampler', { indices: REQUIRED, generator: null });

export interface WeightedRandomSamplerOptions {
  replacement?: boolean;
  generator?: Generator | null;
}

const WEIGHTED = new Signature('WeightedRandomSampler', {
  weights: REQUIRED,
  numSamples: REQUIRED,
  replacement: true,
  generator: null,
});

/**
 * Sample i with a probability in proportion to weights[i].
 *
 * PyTorch: torch.utils.data.WeightedRandomSampler
 */
export class WeightedRandomSampler extends Sampler {
  readonly weights: Tensor;
  readonly numSamples: number;
  readonly replacement: boolean;
  private readonly generator: Generator | null;

  constructor(
    weights: Tensor | readonly number[],
    numSamples: number,
    replacement?: boolean | WeightedRandomSamplerOptions,
    generator?: Generator | null | WeightedRandomSamplerOptions,
  ) {
    super();
    const p = WEIGHTED.bind<Required<WeightedRandomSamplerOptions>>([
      weights,
      numSamples,
      replacement,
      generator,
    ]);
    this.numSamples = requireCount('WeightedRandomSampler', 'numSamples', numSamples);
    if (typeof p.replacement !== 'boolean') {
      throw new TypeError(
        `replacement should be a boolean value, but got replacement=${describe(p.replacement)}`,
      );
    }
    this.weights = asTensor(weights, { dtype: float64 });
    if (this.weights.dim() !== 1) {
      throw new RangeError(
        'WeightedRandomSampler: weights should be a 1d sequence but given weights have shape ' +
          `[${this.weights.shape.join(', ')}]`,
      );
    }
    this.replacement = p.replacement;
    this.generator = p.generator;
  }

  *[Symbol.iterator](): Iterator<number> {
    const { weights, numSamples, replacement, generator } = this;
    const options = generator ? { generator } : {};
    yield* numbers(ops.multinomial(weights, numSamples, replacement, options));
  }

  override get length(): number {
    return this.numSamples;
  }
}

/** Groups what another sampler yields. PyTorch: torch.utils.data.BatchSampler */
export class BatchSampler extends Sampler<number[]> {
  readonly sampler: Iterable<number>;
  readonly batchSize: number;
  readonly dropLast: boolean;

  constructor(
    sampler: Iterable<number> | { sampler: Iterable<number>; batchSize: number; dropLast: boolean },
    batchSize?: number | { batchSize: number; dropLast: boolean },
    dropLast?: boolean | { dropLast: boolean },
  ) {
    super();
    const p = BATCH.bind<{ sampler: Iterable<number>; batchSize: number; dropLast: boolean }>([
      sampler,
      batchSize,
      dropLast,
    ]);
    this.sampler = p.sampler;
    this.batchSize = requireCount('BatchSampler', 'batchSize', p.batchSize);
    if (typeof p.dropLast !== 'boolean') {
      throw new TypeError(
        `dropLast should be a boolean value, but got dropLast=${describe(p.dropLast)}`,
      );
    }
    this.dropLast = p.dropLast;
  }

  *[Symbol.iterator](): Iterator<number[]> {
    let batch: number[] = [];
    for (const index of this.sampler) {
      batch.push(index);
      if (batch.length === this.batchSize) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0 && !this.dropLast) yield batch;
  }

  override get length(): number {
    const count = (this.sampler as unknown as Sized).length / this.batchSize;
    return this.dropLast ? Math.floor(count) : Math.ceil(count);
  }
}

const BATCH = new Signature('BatchSampler', {
  sampler: REQUIRED,
  batchSize: REQUIRED,
  dropLast: REQUIRED,
});
