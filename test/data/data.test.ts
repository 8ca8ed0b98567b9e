import * as torch from 'nabla';
import { data } from 'nabla';
import { expectSame, golden, toTensor } from '../support/golden';

/* eslint-disable @typescript-eslint/no-explicit-any */

const g = golden('loaders.json');
const generator = (seed: number) => new torch.Generator().manualSeed(seed);
const firsts = (loader: data.DataLoader) => [...loader].map(([x]: torch.Tensor[]) => x!.tolist());
const expected = (pass: any[]) => pass.map((batch) => toTensor(batch).tolist());

describe('a seed gives the order of PyTorch', () => {
  test('shuffled batches', () => {
    for (const c of g.shuffled) {
      torch.manualSeed(c.seed);
      const set = new data.TensorDataset(torch.arange(c.n));
      const loader = new data.DataLoader(set, { batchSize: c.batch, shuffle: true, dropLast: c.dropLast });
      expect(loader.length).toBe(c.length);
      for (const pass of c.passes) expect(firsts(loader)).toEqual(expected(pass));
      expectSame(torch.rand(2), c.after);
    }
  });

  test('a generator of its own', () => {
    torch.manualSeed(9);
    const set = new data.TensorDataset(torch.arange(9));
    const loader = new data.DataLoader(set, { batchSize: 4, shuffle: true, generator: generator(3) });
    for (const pass of g.withGenerator.passes) expect(firsts(loader)).toEqual(expected(pass));
    expectSame(torch.rand(2), g.withGenerator.after);
  });

  test('a pass in order draws its base seed too', () => {
    torch.manualSeed(9);
    firsts(new data.DataLoader(new data.TensorDataset(torch.arange(9)), { batchSize: 4 }));
    expectSame(torch.rand(2), g.sequentialDraws);
  });

  const src = { length: 10 };
  const samplers: Record<string, () => data.Sampler<unknown>> = {
    random: () => new data.RandomSampler(src),
    randomGenerator: () => new data.RandomSampler(src, { generator: generator(2) }),
    replacement: () => new data.RandomSampler(src, true),
    replacement70: () => new data.RandomSampler(src, { replacement: true, numSamples: 70 }),
    numSamples: () => new data.RandomSampler(src, false, 25),
    subset: () => new data.SubsetRandomSampler([3, 1, 8, 5]),
    weighted: () => new data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8),
    weightedOnce: () =>
      new data.WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, { replacement: false }),
    batch: () => new data.BatchSampler(new data.SequentialSampler(src), 4, false),
    batchDrop: () => new data.BatchSampler(new data.RandomSampler(src), { batchSize: 4, dropLast: true }),
  };
  test.each(Object.keys(g.samplers))('sampler %s', (name) => {
    torch.manualSeed(11);
    const sampler = samplers[name]!();
    expect([...sampler]).toEqual(g.samplers[name].order[0]);
    expect([...sampler]).toEqual(g.samplers[name].order[1]);
    expect(sampler.length).toBe(g.samplers[name].length);
    expectSame(torch.rand(1), g.samplers[name].after);
  });

  test('random splits', () => {
    for (const c of g.splits) {
      torch.manualSeed(21);
      const parts = data.randomSplit(new data.TensorDataset(torch.arange(c.n)), c.lengths);
      expect(parts.map((p) => [...(p.indices as number[])])).toEqual(c.indices);
    }
    const set = new data.TensorDataset(torch.arange(5));
    expect(() => data.randomSplit(set, [2, 2])).toThrow('Sum of input lengths');
    expect(data.randomSplit(set, [2, 3], { generator: generator(1) })[1]!.length).toBe(3);
  });
});

describe('datasets', () => {
  class Squares extends data.Dataset<{ x: number; name: string }> {
    get(index: number) {
      return { x: index * index, name: `n${index}` };
    }
    get length() {
      return 5;
    }
  }

  test('a dataset of one own collates by key', () => {
    const [first, last] = [...new data.DataLoader(new Squares(), { batchSize: 3 })];
    expect(first.x.tolist()).toEqual([0, 1, 4]);
    expect(first.x.dtype).toBe(torch.float32);
    expect(last.name).toEqual(['n3', 'n4']);
  });

  test('whole batches equal collated samples', () => {
    const set = new data.TensorDataset(torch.randn(10, 3), torch.arange(10));
    const fast = [...new data.DataLoader(set, { batchSize: 4 })];
    const slow = [...new data.DataLoader(set, { batchSize: 4, collate: (b) => data.defaultCollate(b) })];
    expect(fast.map((b) => b.map(String))).toEqual((slow as any[]).map((b) => b.map(String)));
    const part = new data.Subset(set, [7, 0, 2]);
    expect(part.get(-1)[1]!.item()).toBe(2);
    const batch = [...new data.DataLoader(part, { batchSize: 2 })][0];
    expect(batch[1].tolist()).toEqual([7, 0]);
  });

  test('ConcatDataset finds the sample', () => {
    const set = new data.ConcatDataset<torch.Tensor[]>([
      new data.TensorDataset(torch.arange(3)),
      new data.TensorDataset(torch.arange(10, 14)),
    ]);
    expect(set.length).toBe(7);
    expect([0, 2, 3, 6, -1].map((i) => set.get(i)[0]!.item())).toEqual([0, 2, 10, 13, 13]);
    expect(() => set.get(7)).toThrow(RangeError);
    expect(() => new data.ConcatDataset([])).toThrow('should not be an empty iterable');
    expect(firsts(new data.DataLoader(set, { batchSize: 4 }))).toEqual([
      [0, 1, 2, 10],
      [11, 12, 13],
    ]);
  });

  test('TensorDataset checks its tensors', () => {
    expect(() => new data.TensorDataset(torch.zeros(2), torch.zeros(3))).toThrow('Size mismatch');
    expect(() => new data.TensorDataset(5 as never)).toThrow(TypeError);
  });

  test('streams, in order and asynchronous', async () => {
    class Stream extends data.IterableDataset<number> {
      override *[Symbol.iterator]() {
        yield* [1, 2, 3, 4, 5];
      }
    }
    class Later extends data.IterableDataset<number> {
      override async *[Symbol.asyncIterator]() {
        for (let i = 0; i < 3; i++) yield i;
      }
    }
    const loader = new data.DataLoader(new Stream(), { batchSize: 2 });
    expect([...loader].map((b) => b.tolist())).toEqual([[1, 2], [3, 4], [5]]);
    const dropped = new data.DataLoader(new Stream(), { batchSize: 2, dropLast: true });
    expect([...dropped].length).toBe(2);
    expect(() => loader.length).toThrow('Stream has no length');
    expect(() => new data.DataLoader(new Stream(), { shuffle: true })).toThrow('expected unspecified shuffle');
    const got: unknown[] = [];
    for await (const batch of new data.DataLoader(new Later(), { batchSize: 2 })) got.push(batch.tolist());
    expect(got).toEqual([[0, 1], [2]]);
    expect(() => [...new data.DataLoader(new Later())]).toThrow("use 'for await'");
  });

  test('for await gives the same batches', async () => {
    const loader = new data.DataLoader(new data.TensorDataset(torch.arange(5)), { batchSize: 2 });
    const got: unknown[] = [];
    for await (const [x] of loader) got.push(x.tolist());
    expect(got).toEqual([[0, 1], [2, 3], [4]]);
  });
});

describe('collating', () => {
  test('kinds', () => {
    expect(String(data.defaultCollate([1, 2]))).toBe('tensor([1., 2.])');
    expect(String(data.defaultCollate([1n, 2n]))).toBe('tensor([1, 2])');
    expect(String(data.defaultCollate([true, false]))).toBe('tensor([ True, False])');
    expect(data.defaultCollate(['a', 'b'])).toEqual(['a', 'b']);
    expect(String(data.defaultCollate([[1, 'x'], [2, 'y']]))).toBe('tensor([1., 2.]),x,y');
    expect(String(data.defaultCollate([new Float64Array([1, 2]), new Float64Array([3, 4])]))).toContain('float64');
    const map = data.defaultCollate([new Map([['k', 1]]), new Map([['k', 2]])]) as Map<string, torch.Tensor>;
    expect(map.get('k')!.tolist()).toEqual([1, 2]);
    expect(() => data.defaultCollate([[1], [1, 2]])).toThrow('equal size');
    expect(() => data.defaultCollate([null, 1])).toThrow('found null');
    expect(() => data.defaultCollate([1, 'a'])).toThrow('mixes number and string');
    expect(() => data.defaultCollate([{ a: 1 }, { b: 1 }])).toThrow("no key 'a'");
  });

  test('a function of one own', () => {
    const loader = new data.DataLoader([1, 2, 3], { batchSize: 2, collateFn: (b: number[]) => b.length });
    expect([...loader]).toEqual([2, 1]);
  });

  test('without batches samples come converted', () => {
    const out = [...new data.DataLoader([[1, 'a'], [2, 'b']], { batchSize: null })];
    expect(out).toEqual([[1, 'a'], [2, 'b']]);
  });
});

test('options that exclude each other', () => {
  const set = new data.TensorDataset(torch.arange(4));
  const sampler = new data.SequentialSampler(set);
  const batchSampler = new data.BatchSampler(sampler, 2, false);
  expect(firsts(new data.DataLoader(set, { batchSampler }))).toEqual([[0, 1], [2, 3]]);
  expect(firsts(new data.DataLoader(set, { sampler: [3, 1] }))).toEqual([[3], [1]]);
  const wrong: [object, string][] = [
    [{ sampler, shuffle: true }, 'mutually exclusive with shuffle'],
    [{ batchSampler, batchSize: 2 }, 'batchSampler option is mutually exclusive'],
    [{ batchSize: null, dropLast: true }, 'mutually exclusive with dropLast'],
    [{ batchSize: 0 }, 'positive integer'],
    [{ batchSize: 2.5 }, 'positive integer'],
    [{ numWorkers: -1 }, 'non-negative'],
    [{ prefetchFactor: 2 }, 'needs numWorkers > 0'],
    [{ batch_size: 2 }, "write 'batchSize'"],
  ];
  for (const [options, text] of wrong) expect(() => new data.DataLoader(set, options)).toThrow(text);
  expect(() => new data.DataLoader(new data.TensorDataset(torch.empty(0)), { shuffle: true })).toThrow(
    'positive integer',
  );
});
