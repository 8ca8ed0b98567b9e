// Call forms: what lib/call.ts makes of positional arguments, options, sizes and overloads.
import * as torch from 'nabla';

/* eslint-disable @typescript-eslint/no-explicit-any */
const any = torch as any;
const x = torch.tensor([[1, 2, 3], [4, 5, 6]]) as any;

describe('options', () => {
  test('positional and named arguments are the same', () => {
    expect(x.sum(1).tolist()).toEqual([6, 15]);
    expect(x.sum({ dim: 1 }).tolist()).toEqual([6, 15]);
    expect(x.sum(1, true).shape).toEqual([2, 1]);
    expect(x.sum(1, { keepdim: true }).shape).toEqual([2, 1]);
    expect(x.sum({ dim: 1, keepdim: true }).shape).toEqual([2, 1]);
    expect(torch.sum(x, { dim: 0 }).tolist()).toEqual([5, 7, 9]);
    expect(any.sum({ input: x, dim: 0 }).tolist()).toEqual([5, 7, 9]);
  });

  test('keyword-only in PyTorch is options only here', () => {
    expect(x.add(1, { alpha: 3 }).tolist()).toEqual([[4, 5, 6], [7, 8, 9]]);
    expect(() => x.add(1, 3)).toThrow(TypeError);
  });

  test('undefined counts as not given, null as none', () => {
    expect(x.sum(undefined).item()).toBe(21);
    expect(x.sum(null).item()).toBe(21);
    expect(x.sum({ dim: undefined }).item()).toBe(21);
    expect(x.sum({ dim: null }).item()).toBe(21);
  });

  test('an object without prototype is an options object', () => {
    expect(x.sum(Object.assign(Object.create(null), { dim: 1 })).tolist()).toEqual([6, 15]);
  });

  test('unknown keys are named, with the spelling that was meant', () => {
    expect(() => x.sum({ dims: 1 })).toThrow(/^sum: unknown option 'dims'/);
    expect(() => x.sum(1, { keep_dim: true })).toThrow(/unknown option 'keep_dim', write 'keepdim' \(known: input, dim, keepdim, dtype\)/);
    expect(() => any.nn.functional.crossEntropy(x, [0], { label_smoothing: 0.1 })).toThrow(TypeError);
  });

  test('duplicates and missing arguments are named', () => {
    expect(() => x.sum(1, { dim: 1 })).toThrow(/^sum: got multiple values for argument 'dim'/);
    expect(() => x.narrow(0)).toThrow(/^narrow: missing argument 'start'/);
    expect(() => x.narrow(0, 1, 1, 1)).toThrow(/^narrow: expected at most 4 positional arguments, got 5/);
  });

  test('a getter that throws in the options ends the call', () => {
    const options = {
      get dim(): number {
        throw new Error('mine');
      },
    };
    expect(() => x.sum(options)).toThrow('mine');
  });
});

describe('lists of integers', () => {
  test('one by one, as an array, as a number', () => {
    expect(x.view(-1, 2).shape).toEqual([3, 2]);
    expect(x.view([-1, 2]).shape).toEqual([3, 2]);
    expect(x.view({ size: [3, 2] }).shape).toEqual([3, 2]);
    expect(x.reshape(6).shape).toEqual([6]);
    expect(x.permute(1, 0).shape).toEqual([3, 2]);
    expect(x.permute([1, 0]).shape).toEqual([3, 2]);
    expect(torch.zeros(2, 3).shape).toEqual([2, 3]);
    expect(torch.zeros(2, 3, { dtype: torch.int64 }).dtype).toBe(torch.int64);
    expect(torch.zeros([2, 3]).shape).toEqual([2, 3]);
    expect(torch.zeros([]).shape).toEqual([]);
    expect(x.sum([0, 1]).item()).toBe(21);
    expect(torch.zeros(new Int32Array([2, 2]) as any).shape).toEqual([2, 2]);
    expect(x.view(6n as any).shape).toEqual([6]);
  });

  test('what is no integer is an error', () => {
    expect(() => torch.zeros(NaN)).toThrow(/^zeros: argument 'size' must be an array of integers/);
    expect(() => torch.zeros(1.5)).toThrow(TypeError);
    expect(() => torch.zeros([2, '3' as any])).toThrow(/item 1 is '3'/);
    expect(() => torch.zeros(Infinity)).toThrow(TypeError);
    expect(() => torch.zeros(2 ** 60)).toThrow(TypeError);
    expect(() => x.view([[6]])).toThrow(TypeError);
  });
});

describe('overloads', () => {
  test('a number is a dim where PyTorch has such an overload', () => {
    expect(torch.max(x).item()).toBe(6);
    const [values, indices] = torch.max(x, 1);
    expect(values.tolist()).toEqual([3, 6]);
    expect(indices.tolist()).toEqual([2, 2]);
    expect(any.max(x, x).tolist()).toEqual(x.tolist());
    expect(x.max(1, { keepdim: true }).values.shape).toEqual([2, 1]);
    expect(x.max({ dim: 0 }).indices.tolist()).toEqual([1, 1, 1]);
  });

  test('no overload fits: the forms are listed', () => {
    expect(() => torch.max(x, 'one' as any)).toThrow(/Forms: max\(input\), max\(input, dim, keepdim\?\)/);
  });

  test('two numbers and no tensor', () => {
    expect(() => torch.add(2 as any, 3)).toThrow(TypeError);
    expect(() => torch.mul(2 as any, 3)).toThrow(TypeError);
  });

  test('numbers for a tensor operand that has a tensor beside it', () => {
    expect(torch.sub(2, torch.tensor([1, 2])).tolist()).toEqual([1, 0]);
    expect(torch.div(2, torch.tensor([1, 4])).tolist()).toEqual([2, 0.5]);
    expect(torch.pow(2, torch.tensor([1, 3])).tolist()).toEqual([2, 8]);
    expect(torch.where(x.gt(3), 1, 0).dtype).toBe(torch.float32);
    expect(torch.where(x.gt(3), 1, 0).tolist()).toEqual([[0, 0, 0], [1, 1, 1]]);
  });
});

describe('scalars', () => {
  const i = torch.tensor([1, 2], { dtype: torch.int64 });
  test('beside an integer tensor whole numbers are integers, others floats', () => {
    expect(i.add(1).dtype).toBe(torch.int64);
    expect(i.add(1.5).dtype).toBe(torch.float32);
    expect(i.add(1n).dtype).toBe(torch.int64);
    expect(i.add(-0).dtype).toBe(torch.int64);
    expect(i.mul(true).dtype).toBe(torch.int64);
    expect(i.gt(1).tolist()).toEqual([false, true]);
  });

  test('beside a float tensor any number is a float', () => {
    const f = torch.tensor([1, 2], { dtype: torch.float16 });
    expect(f.add(1).dtype).toBe(torch.float16);
    expect(f.add(1e-3).dtype).toBe(torch.float16);
    expect(Object.is(torch.tensor([0]).mul(-0).item(), -0)).toBe(true);
  });

  test('factories', () => {
    expect(torch.full([2], 1).dtype).toBe(torch.float32);
    expect(torch.full([2], true).dtype).toBe(torch.bool);
    expect(torch.arange(3).dtype).toBe(torch.int64);
    expect(torch.arange(0, 3, 0.5).dtype).toBe(torch.float32);
    expect(torch.zeros(2, { requiresGrad: true }).requiresGrad).toBe(true);
    expect(torch.zeros(2, { device: 'cpu' }).device).toBe('cpu');
    expect(() => torch.zeros(2, { device: 'cuda' })).toThrow(/^zeros: device 'cuda' is not available/);
    expect(() => torch.zeros(2, { requiresGrad: 1 as any })).toThrow(TypeError);
  });
});

describe('results', () => {
  test('in-place methods return this', () => {
    const a = torch.zeros(2);
    expect(a.add_(1)).toBe(a);
    expect(a.tolist()).toEqual([1, 1]);
  });

  test('what has nothing to do returns its argument', () => {
    const a = torch.zeros(2);
    expect(a.contiguous()).toBe(a);
    expect(a.to(torch.float32)).toBe(a);
    expect(a.to(torch.float64)).not.toBe(a);
  });

  test('wrong this', () => {
    expect(() => x.add.call({}, 1)).toThrow(/^add: called on Object/);
    expect(() => x.add.call(undefined, 1)).toThrow(TypeError);
    expect(() => x.sum.call(null)).toThrow(TypeError);
    expect(() => Object.create(torch.Tensor.prototype).neg()).toThrow(TypeError);
    expect(() => Object.create(torch.Tensor.prototype).shape).toThrow(TypeError);
  });

  test('functions and methods have names', () => {
    expect(torch.add.name).toBe('add');
    expect(x.add.name).toBe('add');
  });
});

describe('indexing', () => {
  const m = torch.arange(12).view(3, 4);
  test('items', () => {
    expect(m.index(0).tolist()).toEqual([0, 1, 2, 3]);
    expect(m.index(-1, -1).item()).toBe(11);
    expect(m.index(torch.slice(1, null)).shape).toEqual([2, 4]);
    expect(m.index('1:', '::2').tolist()).toEqual([[4, 6], [8, 10]]);
    expect(m.index('...', 0).tolist()).toEqual([0, 4, 8]);
    expect(m.index(null, 0).shape).toEqual([1, 4]);
    expect(m.index([0, 2]).tolist()).toEqual([[0, 1, 2, 3], [8, 9, 10, 11]]);
    expect(m.index([0, 1], [1, 2]).tolist()).toEqual([1, 6]);
    expect(m.index(m.gt(9)).tolist()).toEqual([10, 11]);
    expect(m.index([true, false, true], 0).tolist()).toEqual([0, 8]);
    expect(m.index(':2', torch.tensor([0, 1], { dtype: torch.int64 })).tolist()).toEqual([[0, 1], [4, 5]]);
    expect(m.get(1).tolist()).toEqual([4, 5, 6, 7]);
    expect([...m].length).toBe(3);
  });

  test('assignment', () => {
    const a = torch.zeros(2, 3);
    expect(a.indexPut_([0, torch.slice(1, 3)], 5)).toBe(a);
    expect(a.tolist()).toEqual([[0, 5, 5], [0, 0, 0]]);
    a.indexPut_([[0, 0], [0, 0]], torch.tensor([1, 1]), { accumulate: true });
    expect(a.tolist()).toEqual([[2, 5, 5], [0, 0, 0]]);
  });

  test('bad items', () => {
    expect(() => torch.slice(3 as any, undefined as any)).not.toThrow();
    expect(() => (torch.slice as any)(3)).toThrow(/^slice: needs start and stop/);
    expect(() => torch.slice(0.5, 1)).toThrow(TypeError);
    expect(() => m.index('a:b')).toThrow(/neither a slice/);
    expect(() => m.index(0.5)).toThrow(TypeError);
    expect(() => m.index([0.5])).toThrow(TypeError);
    expect(() => m.index({} as any)).toThrow(TypeError);
    expect(() => m.index(7)).toThrow(RangeError);
    expect(() => m.index(0, 0, 0)).toThrow(RangeError);
  });
});
