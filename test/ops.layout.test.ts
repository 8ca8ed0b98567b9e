/**
 * Where the elements of an input lie, whether the result has a place already, and how many threads work must not change a bit
 * of the result.
 */
import * as torch from 'nabla';
import { build, call, gradsOf, label, lay } from './op_db/build';
import { collect } from './op_db/collect';
import { difference, dtypeName, sameBits, toleranceOf, valuesOf } from './op_db/golden';
import { families } from './op_db/table';
import type { DTypeName, Layout, OpRow, Sample } from './op_db/types';

type Tensor = torch.Tensor;
const LAYOUTS: Layout[] = ['transposed', 'step', 'offset'];

/** These promise an error, not a copy, for most layouts; asStrided reads the memory itself. */
const OF_ONE_LAYOUT = new Set(['view', 'viewAs', 'asStrided']);

function takesAnyLayout(row: OpRow): boolean {
  return !row.random && !OF_ONE_LAYOUT.has(row.name);
}

/** The order in which long sums are taken may follow the memory: a last bit may differ. */
const SUMS = new Set(['reduce', 'matmul', 'loss', 'norm']);

function everyLayout(row: OpRow): void {
  collect((fail) => {
    for (const sample of row.samples) {
      for (const dtype of sample.dtypes!) {
        fail.at(label(sample, dtype), () => {
          const flat = build(sample, dtype, { change: (x) => x.contiguous() });
          const want = call(row, sample, flat);
          for (const layout of LAYOUTS) {
            const got = call(row, sample, build(sample, dtype, { change: (x) => lay(x.contiguous(), layout) }));
            got.forEach((x, k) => {
              const loose = SUMS.has(row.family) && !row.exact;
              const apart = loose
                ? difference(valuesOf(x), valuesOf(want[k]) as number[], toleranceOf(dtypeName(x), row, sample))
                : sameBits(x, want[k]);
              expect([layout, apart]).toEqual([layout, null]);
            });
          }
        });
      }
    }
  });
}

/** `x.op_(...)` leaves in x what `x.op(...)` returns, and returns x. */
function inPlace(row: OpRow): void {
  collect((fail) => {
    for (const sample of row.samples) {
      const first = sample.args[0];
      if (typeof first !== 'object' || first === null || Array.isArray(first) || first.kind !== 'tensor' || first.expand) continue;
      for (const dtype of sample.dtypes!) {
        fail.at(label(sample, dtype), () => {
          const want = call(row, sample, build(sample, dtype), 'Tensor')[0];
          const { args, kw } = build(sample, dtype);
          const self = args[0] as Tensor;
          if (self.dtype !== want.dtype || String(self.shape) !== String(want.shape)) return;
          const method = (self as unknown as Record<string, (...a: unknown[]) => Tensor>)[`${row.name}_`];
          const out = method.call(self, ...args.slice(1), ...(kw ? [kw] : []));
          expect(out).toBe(self);
          expect(sameBits(self, want)).toBeNull();
        });
      }
    }
  });
}

/** Values and gradients with one thread and with two. */
function anyThreads(row: OpRow): void {
  const before = torch.getNumThreads();
  const run = (sample: Sample, dtype: DTypeName, threads: number): (Tensor | null)[] => {
    torch.setNumThreads(threads);
    const wantGrad = row.grad && sample.grad !== false && (dtype === 'float32' || dtype === 'float64');
    const built = build(sample, dtype, { wantGrad });
    const outs = call(row, sample, built);
    return built.leaves.length > 0 ? [...outs, ...gradsOf(outs, built.leaves)] : outs;
  };
  try {
    collect((fail) => {
      for (const sample of row.samples) {
        for (const dtype of sample.dtypes!) {
          fail.at(label(sample, dtype), () => {
            const one = run(sample, dtype, 1);
            const two = run(sample, dtype, 2);
            one.forEach((x, k) => {
              const y = two[k];
              if (x === null || y === null) expect(y).toBe(x);
              else expect(sameBits(y, x)).toBeNull();
            });
          });
        }
      }
    });
  } finally {
    torch.setNumThreads(before);
  }
}

for (const family of families) {
  describe(family.name, () => {
    for (const row of family.ops) {
      if (takesAnyLayout(row)) test(`${row.name}: every layout`, () => everyLayout(row));
      if (row.inplace) test(`${row.name}_: in place`, () => inPlace(row));
      if (!/empty/i.test(row.name)) test(`${row.name}: any number of threads`, () => anyThreads(row));
    }
  });
}

/** Sizes at which work is split: the table's small samples never are. */
describe('threads at sizes that split', () => {
  const big = (seed: number, ...shape: number[]): Tensor => {
    torch.manualSeed(seed);
    return torch.randn(shape);
  };
  const gradOf = (fn: (x: Tensor) => Tensor, x: Tensor): Tensor => {
    const leaf = x.requiresGrad_();
    return torch.autograd.grad(fn(leaf).square().sum(), [leaf])[0]!;
  };
  const cases: [string, () => Tensor][] = [
    ['add', () => big(1, 700, 513).add(big(2, 513))],
    ['exp', () => big(1, 300007).exp()],
    ['sum', () => big(1, 1000003).sum()],
    ['sum 0', () => big(1, 1031, 517).sum(0)],
    ['sum 1', () => big(1, 517, 1031).sum(1)],
    ['mean of a transposed', () => big(1, 517, 1031).t().mean(1)],
    ['softmax', () => torch.softmax(big(1, 517, 1031), 1)],
    ['logSoftmax 0', () => torch.logSoftmax(big(1, 517, 131), 0)],
    ['mm', () => big(1, 257, 391).mm(big(2, 391, 263))],
    ['mm of transposed', () => big(1, 391, 257).t().mm(big(2, 263, 391).t())],
    ['mm tall', () => big(1, 3001, 17).mm(big(2, 17, 5))],
    ['mm deep', () => big(1, 7, 5003).mm(big(2, 5003, 9))],
    ['bmm', () => big(1, 16, 67, 71).bmm(big(2, 16, 71, 33))],
    ['linear', () => torch.nn.functional.linear(big(1, 256, 784), big(2, 128, 784), big(3, 128))],
    ['crossEntropy', () => torch.nn.functional.crossEntropy(big(1, 2048, 257), torch.arange(2048).remainder(257))],
    ['index', () => big(1, 5003, 67).indexSelect(0, torch.arange(5002, -1, -1))],
    ['cat', () => torch.cat([big(1, 2001, 67), big(2, 2001, 131)], 1)],
    ['copy of a transposed', () => big(1, 1001, 517).t().contiguous()],
    ['argmax', () => big(1, 1001, 517).argmax(0)],
    ['randn', () => big(1, 500009)],
    ['pad', () => torch.nn.functional.pad(big(1, 40, 67, 61), [3, 2, 1, -2])],
    ['pad reflect, gradient', () => gradOf((x) => torch.nn.functional.pad(x, [3, 2, 1, 4], 'reflect'), big(1, 3, 20, 37, 51))],
    ['interpolate one large plane', () => torch.nn.functional.interpolate(big(1, 1, 1, 301, 203), { size: [517, 409], mode: 'bicubic' })],
    ['interpolate, gradient', () => gradOf((x) => torch.nn.functional.interpolate(x, { scaleFactor: 1.7, mode: 'trilinear' }), big(1, 2, 5, 17, 23, 31))],
    ['interpolate nearest', () => torch.nn.functional.interpolate(big(1, 3, 40, 37, 41), { size: [71, 67] })],
    ['gridSample, gradient', () => gradOf((x) => torch.nn.functional.gridSample(x, big(2, 3, 40, 31, 2), 'bilinear', 'border', true), big(1, 3, 37, 29, 31))],
    ['gelu', () => torch.nn.functional.gelu(big(1, 300007))],
    ['silu, gradient', () => gradOf((x) => torch.nn.functional.silu(x), big(1, 300007))],
  ];
  test.each(cases)('%s', (_name, run) => {
    const before = torch.getNumThreads();
    try {
      torch.setNumThreads(1);
      const one = run();
      for (const n of [2, 3, 7]) {
        torch.setNumThreads(n);
        expect(sameBits(run(), one)).toBeNull();
      }
    } finally {
      torch.setNumThreads(before);
    }
  });
});
