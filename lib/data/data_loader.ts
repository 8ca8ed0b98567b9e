import type { Generator } from '../generator';
import { describe, REQUIRED, Signature } from '../options';
import { defaultCollate, defaultConvert } from './collate';
import { IterableDataset, type Dataset } from './dataset';
import { BatchSampler, drawSeed, RandomSampler, SequentialSampler } from './sampler';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** What a loader reads: a dataset, a stream of samples, or a plain array of samples. */
export type Source<T> = Dataset<T> | IterableDataset<T> | readonly T[];

export interface DataLoaderOptions<T = any, B = any> {
  /** Samples in a batch; `null` yields single samples. */
  batchSize?: number | null;
  shuffle?: boolean | null;
  sampler?: Iterable<number> | null;
  batchSampler?: Iterable<readonly number[]> | null;
  /** Accepted; samples are read in this process. */
  numWorkers?: number;
  /** Makes a batch of an array of samples. */
  collateFn?: ((batch: T[]) => B) | null;
  /** Short for {@link collateFn}. */
  collate?: ((batch: T[]) => B) | null;
  pinMemory?: boolean;
  dropLast?: boolean;
  timeout?: number;
  workerInitFn?: ((worker: number) => void) | null;
  multiprocessingContext?: unknown;
  generator?: Generator | null;
  prefetchFactor?: number | null;
  persistentWorkers?: boolean;
  inOrder?: boolean;
}

const SIGNATURE = new Signature(
  'DataLoader',
  {
    dataset: REQUIRED,
    batchSize: 1,
    shuffle: null,
    sampler: null,
    batchSampler: null,
    numWorkers: 0,
    collateFn: null,
    pinMemory: false,
    dropLast: false,
    timeout: 0,
    workerInitFn: null,
    multiprocessingContext: null,
    generator: null,
  },
  { collate: null, prefetchFactor: null, persistentWorkers: false, inOrder: true },
  ['dataset'],
);

/**
 * Batches of a dataset, for one pass per `for` loop. Each pass draws a seed from the generator, as
 * PyTorch's does, and another one for the order if it shuffles.
 *
 * PyTorch: torch.utils.data.DataLoader
 */
export class DataLoader<B = any, T = any> {
  readonly dataset: Source<T>;
  readonly batchSize: number | null;
  readonly dropLast: boolean;
  readonly numWorkers: number;
  readonly sampler: Iterable<number> | null;
  readonly batchSampler: Iterable<readonly number[]> | null;
  readonly generator: Generator | null;
  readonly collateFn: (batch: T[]) => B;

  constructor(dataset: Source<T>, options?: DataLoaderOptions<T, B>);
  constructor(
    dataset: Source<T>,
    batchSize?: number | null,
    shuffle?: boolean | null | DataLoaderOptions<T, B>,
    ...rest: unknown[]
  );
  constructor(...args: unknown[]) {
    const p = SIGNATURE.bind<Required<DataLoaderOptions<T, B>> & { dataset: Source<T> }>(args);
    checkWorkers(p);
    const isStream = p.dataset instanceof IterableDataset;
    if (isStream) rejectOrder(p);
    if (p.sampler && p.shuffle) {
      throw new Error('DataLoader: sampler option is mutually exclusive with shuffle');
    }
    let { batchSize } = p;
    if (p.batchSampler) {
      if (batchSize !== 1 || p.shuffle || p.sampler || p.dropLast) {
        throw new Error(
          'DataLoader: batchSampler option is mutually exclusive with batchSize, shuffle, ' +
            'sampler, and dropLast',
        );
      }
      batchSize = null;
    } else if (batchSize === null && p.dropLast) {
      throw new Error(
        'DataLoader: batchSize=null option disables auto-batching and is mutually exclusive ' +
          'with dropLast',
      );
    }
    if (batchSize !== null && !(Number.isInteger(batchSize) && batchSize > 0)) {
      throw new RangeError(
        'DataLoader: batchSize should be a positive integer value, but got ' +
          `batchSize=${describe(batchSize)}`,
      );
    }
    this.dataset = p.dataset;
    this.batchSize = batchSize;
    this.dropLast = p.dropLast;
    this.numWorkers = p.numWorkers;
    this.generator = p.generator;
    this.sampler = p.sampler;
    if (!isStream && !p.sampler && !p.batchSampler) {
      const sized = p.dataset as Dataset<T>;
      this.sampler = p.shuffle
        ? new RandomSampler(sized, { generator: p.generator })
        : new SequentialSampler(sized);
    }
    this.batchSampler = p.batchSampler;
    if (!isStream && batchSize !== null) {
      this.batchSampler = new BatchSampler(this.sampler as never, batchSize, p.dropLast);
    }
    const fallback = this.batches ? defaultCollate : defaultConvert;
    this.collateFn = p.collateFn ?? p.collate ?? (fallback as unknown as (batch: T[]) => B);
  }

  /** Whether samples are joined into batches. */
  private get batches(): boolean {
    return this.batchSize !== null || this.batchSampler !== null;
  }

  /** Number of batches in a pass. */
  get length(): number {
    if (!(this.dataset instanceof IterableDataset)) {
      return (this.batchSampler ?? this.sampler ?? { length: 0 } as any).length as number;
    }
    const count = (this.dataset as { length?: number }).length;
    if (count === undefined) {
      throw new TypeError(`DataLoader: ${this.dataset.constructor.name} has no length`);
    }
    if (this.batchSize === null) return count;
    return this.dropLast ? Math.floor(count / this.batchSize) : Math.ceil(count / this.batchSize);
  }

  [Symbol.iterator](): IterableIterator<B> {
    const source = this.dataset;
    // Drawn when the pass begins, also where nothing is shuffled.
    drawSeed(this.generator);
    if (!(source instanceof IterableDataset)) return this.readByIndex();
    const stream = source[Symbol.iterator]?.bind(source);
    if (!stream) {
      throw new TypeError(
        `DataLoader: ${source.constructor.name} has no [Symbol.iterator]; use 'for await'`,
      );
    }
    return this.readStream(stream());
  }

  /** Same batches; lets the event loop run in between. */
  [Symbol.asyncIterator](): AsyncIterableIterator<B> {
    const source = this.dataset;
    if (source instanceof IterableDataset && source[Symbol.asyncIterator]) {
      drawSeed(this.generator);
      return this.readAsyncStream(source[Symbol.asyncIterator]!());
    }
    return yieldToEvents(this[Symbol.iterator]());
  }

  private *readByIndex(): IterableIterator<B> {
    const source = this.dataset as Dataset<T> | readonly T[];
    const get = Array.isArray(source)
      ? (index: number): T => source[index] as T
      : (index: number): T => (source as Dataset<T>).get(index);
    if (!this.batchSampler) {
      for (const index of this.sampler as Iterable<number>) {
        yield this.collateFn(get(index) as never);
      }
      return;
    }
    // A dataset that makes whole batches itself must make what collating by default would.
    const whole =
      (this.collateFn as unknown) === defaultCollate && !Array.isArray(source)
        ? (source as Dataset<T>)
        : null;
    for (const indices of this.batchSampler) {
      const batch = whole?.getBatch?.(indices);
      yield batch !== undefined ? (batch as B) : this.collateFn([...indices].map(get));
    }
  }

  private *readStream(stream: Iterator<T>): IterableIterator<B> {
    const samples = { [Symbol.iterator]: () => stream };
    if (this.batchSize === null) {
      for (const sample of samples) yield this.collateFn(sample as never);
      return;
    }
    let batch: T[] = [];
    for (const sample of samples) {
      batch.push(sample);
      if (batch.length < this.batchSize) continue;
      yield this.collateFn(batch);
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield this.collateFn(batch);
  }

  private async *readAsyncStream(stream: AsyncIterator<T>): AsyncIterableIterator<B> {
    const samples = { [Symbol.asyncIterator]: () => stream };
    if (this.batchSize === null) {
      for await (const sample of samples) yield this.collateFn(sample as never);
      return;
    }
    let batch: T[] = [];
    for await (const sample of samples) {
      batch.push(sample);
      if (batch.length < this.batchSize) continue;
      yield this.collateFn(batch);
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield this.collateFn(batch);
  }
}

async function* yieldToEvents<B>(batches: Iterable<B>): AsyncIterableIterator<B> {
  for (const batch of batches) {
    yield batch;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function checkWorkers(p: Required<DataLoaderOptions>): void {
  if (!(Number.isInteger(p.numWorkers) && p.numWorkers >= 0)) {
    throw new RangeError('DataLoader: numWorkers option should be non-negative');
  }
  if (!(p.timeout >= 0)) throw new RangeError('DataLoader: timeout option should be non-negative');
  if (p.numWorkers > 0) {
    process.emitWarning('DataLoader: numWorkers > 0 is accepted, but samples are read in this thread');
    return;
  }
  if (p.prefetchFactor !== null) {
    throw new Error('DataLoader: prefetchFactor option needs numWorkers > 0');
  }
  if (p.persistentWorkers) {
    throw new Error('DataLoader: persistentWorkers option needs numWorkers > 0');
  }
}

function rejectOrder(p: Required<DataLoaderOptions>): void {
  for (const option of ['shuffle', 'sampler', 'batchSampler'] as const) {
    if (p[option]) {
      throw new Error(
        `DataLoader with IterableDataset: expected unspecified ${option} option, ` +
          `but got ${option}=${describe(p[option])}`,
      );
    }
  }
}
