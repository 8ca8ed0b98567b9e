/** What a user can get wrong outside of a single op: each a clear error that names the call and what it got. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as torch from 'nabla';

const { nn, optim, vision } = torch;
type Thunk = () => unknown;
type Kind = 'TypeError' | 'RangeError' | 'Error';

function thrownBy(run: Thunk): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** Anything from JS at all; what is wrong with it is not what the type checker should say. */
const any = <T>(x: unknown): T => x as T;
const leaf = (...shape: number[]): torch.Tensor => torch.ones(shape).requiresGrad_();

const cases: [string, Thunk, Kind, RegExp][] = [
  ['two numbers', () => torch.add(any(2), 3), 'TypeError', /^add: .*tensor/i],
  ['a string for a tensor', () => torch.add(any('a'), torch.ones(2)), 'TypeError', /^add: /],
  ['null for a tensor', () => torch.relu(any(null)), 'TypeError', /^relu: /],
  ['an object for a tensor', () => torch.relu(any({})), 'TypeError', /^relu: /],
  ['no argument', () => (torch.relu as Thunk)(), 'TypeError', /^relu: /],
  ['too many arguments', () => torch.ones(2).relu(...(any<[]>([1, 2]))), 'TypeError', /^relu: /],
  ['an unknown option', () => torch.ones(2).sum(any({ keepDim: true })), 'TypeError', /^sum: .*keepDim/],
  ["PyTorch's spelling of an option", () => nn.functional.crossEntropy(torch.ones(1, 2), torch.tensor([0]), any({ ignore_index: 3 })), 'TypeError', /^crossEntropy: .*ignore_index/],
  ['an argument given twice', () => torch.ones(2).sum(0, any({ dim: 0 })), 'TypeError', /^sum: .*dim/],
  ['a fraction for a dim', () => torch.ones(2).sum(0.5), 'TypeError', /^sum: /],
  ['NaN for a size', () => torch.zeros([NaN]), 'TypeError', /^zeros: /],
  ['Infinity for a size', () => torch.zeros([Infinity]), 'TypeError', /^zeros: /],
  ['a negative size', () => torch.zeros([-1]), 'RangeError', /^zeros: .*-1/],
  ['a product of sizes that overflows', () => torch.zeros([2 ** 40, 2 ** 40]), 'RangeError', /^zeros: /],
  ['more memory than there is', () => torch.zeros([2 ** 46]), 'RangeError', /^zeros: .*memory/],
  ['more memory than there is, by broadcasting', () => torch.zeros([2 ** 23, 1]).add(torch.zeros([1, 2 ** 23])), 'RangeError', /^add: .*memory/],
  ['ragged arrays', () => torch.tensor([[1, 2], [3]]), 'RangeError', /^tensor: .*ragged/],
  ['a string in an array', () => torch.tensor(any([1, 'a'])), 'TypeError', /^tensor: /],
  ['an index out of range', () => torch.ones(3).index(3), 'RangeError', /^index: .*3/],
  ['item of several elements', () => torch.ones(2).item(), 'Error', /^item: .*2/],
  ['an int64 beyond 2^53', () => torch.tensor([2n ** 60n]).item(), 'RangeError', /^item: .*itemBigInt/],
  ['a + b', () => any<number>(torch.ones(2)) + 1, 'TypeError', /add/],
  ['a * 2', () => any<number>(torch.ones(2)) * 2, 'TypeError', /mul/],
  ['a < b', () => any<number>(torch.ones(2)) < 3, 'TypeError', /lt/],
  ['an unknown dtype', () => torch.zeros([2], any({ dtype: 'float32' })), 'TypeError', /^zeros: .*dtype/],
  ['mixed dtypes', () => torch.ones(2, 2).mm(torch.ones([2, 2], { dtype: torch.float64 })), 'TypeError', /^mm: .*(float64|double)/],
  ['an in-place result that does not fit', () => torch.ones([2], { dtype: torch.int64 }).add_(1.5), 'TypeError', /^add_: .*(int64|Long)/],
  ['an in-place result of another shape', () => torch.ones(2).add_(torch.ones(3, 2)), 'RangeError', /^add_: /],
  ['an in-place op on an expanded tensor', () => torch.ones(1).expand(3).add_(1), 'Error', /^add_: /],
  ['requiresGrad of integers', () => torch.ones([2], { dtype: torch.int64 }).requiresGrad_(), 'TypeError', /float/],
  ['backward of several elements', () => leaf(2).mul(2).backward(), 'Error', /^backward: .*scalar/],
  ['backward without a graph', () => torch.ones(1).backward(), 'Error', /^backward: .*grad/],
  ['backward twice', () => { const y = leaf(2).pow(2).sum(); y.backward(); y.backward(); }, 'Error', /^backward: .*second time|retainGraph/],
  ['an edit of a saved tensor', () => { const x = leaf(2); const y = x.mul(1); const z = y.pow(2).sum(); y.add_(1); z.backward(); }, 'Error', /^backward: .*(in-place|version)/],
  ['an in-place op on a leaf', () => leaf(2).add_(1), 'Error', /^add_: .*leaf/],
  ['an unused input of grad', () => torch.autograd.grad(leaf(2).sum(), [leaf(2)]), 'Error', /^(autograd\.)?grad: .*(unused|not .*used|allowUnused)/],
  ['a gradient of another shape', () => leaf(2).mul(2).backward(torch.ones(3)), 'RangeError', /^backward: .*3/],
  ['an async function in noGrad', () => torch.noGrad(any(async () => 1)), 'TypeError', /^noGrad: /],
  ['an optimizer without parameters', () => new optim.SGD([], { lr: 0.1 }), 'RangeError', /optimizer.*empty/],
  ['a negative learning rate', () => new optim.SGD([leaf(2)], { lr: -1 }), 'RangeError', /learning rate: -1/],
  ["PyTorch's spelling in an optimizer", () => new optim.SGD([leaf(2)], any({ lr: 0.1, weight_decay: 0.1 })), 'TypeError', /^SGD: .*weight_decay/],
  ['a parameter that is no leaf', () => new optim.SGD([leaf(2).mul(2)], { lr: 0.1 }), 'Error', /optimize.*leaf/],
  ['a Linear of a wrong width', () => new nn.Linear(3, 2)(torch.ones(1, 4)), 'RangeError', /^linear: .*4/],
  ['a state dict with missing keys', () => new nn.Linear(3, 2).loadStateDict({}), 'Error', /loading state_dict for Linear.*weight/s],
  ['a plain tensor for a parameter', () => { const m = new nn.Linear(2, 2); m.weight = any(torch.ones(2, 2)); m(torch.ones(1, 2)); }, 'TypeError', /weight/],
  ['a wrong thread count', () => torch.setNumThreads(any('2')), 'TypeError', /^setNumThreads: /],
  ['a wrong seed', () => torch.manualSeed(any('x')), 'TypeError', /^manualSeed: /],
];

test.each(cases)('%s', (_name, run, kind, text) => {
  const error = thrownBy(run);
  expect(error.constructor.name).toMatch(new RegExp(`^(${kind})$`));
  expect(error.message).toMatch(text);
  expect(error.message).not.toMatch(/Cannot read|is not a function|not iterable/);
});

describe('MNIST files', () => {
  let folder: string;
  beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-idx-')); });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const images = (n: number): Buffer => Buffer.from([0, 0, 8, 3, 0, 0, 0, n, 0, 0, 0, 28, 0, 0, 0, 28, ...new Array<number>(n * 784).fill(1)]);
  const labels = (n: number): Buffer => Buffer.from([0, 0, 8, 1, 0, 0, 0, n, ...new Array<number>(n).fill(3)]);
  const write = (a: Buffer, b: Buffer): void => {
    fs.writeFileSync(path.join(folder, 'train-images-idx3-ubyte'), a);
    fs.writeFileSync(path.join(folder, 'train-labels-idx1-ubyte'), b);
  };
  const open = (): torch.vision.datasets.MNIST => new vision.datasets.MNIST(folder, { train: true });

  test('a good pair opens', () => {
    write(images(2), labels(2));
    expect(open().length).toBe(2);
  });
  test.each<[string, () => void, RegExp]>([
    ['no files', () => {}, /train-images-idx3-ubyte/],
    ['an empty file', () => write(Buffer.alloc(0), labels(2)), /train-images-idx3-ubyte/],
    ['a truncated file', () => write(images(2).subarray(0, 900), labels(2)), /train-images-idx3-ubyte.*(900|884|1584|1568)/],
    ['bytes too many', () => write(Buffer.concat([images(2), Buffer.from([1])]), labels(2)), /train-images-idx3-ubyte/],
    ['a wrong magic number', () => write(Buffer.concat([Buffer.from([9]), images(2).subarray(1)]), labels(2)), /train-images-idx3-ubyte/],
    ['labels for images', () => write(labels(2), labels(2)), /train-images-idx3-ubyte/],
    ['fewer labels than images', () => write(images(2), labels(1)), /2.*1|1.*2/],
    ['broken gzip', () => {
      fs.writeFileSync(path.join(folder, 'train-images-idx3-ubyte.gz'), Buffer.from([31, 139, 8, 0, 1, 2]));
      fs.writeFileSync(path.join(folder, 'train-labels-idx1-ubyte'), labels(2));
    }, /train-images-idx3-ubyte/],
  ])('%s', (_name, prepare, text) => {
    prepare();
    const { message } = thrownBy(open);
    expect(message).toMatch(/^MNIST: /);
    expect(message).toMatch(text);
  });
});
