// Class Tensor: creation from data, properties, values out, gradients and hooks.
import { inspect } from 'node:util';
import * as torch from 'nabla';

/* eslint-disable @typescript-eslint/no-explicit-any */
describe('torch.tensor', () => {
  test.each<[unknown, torch.DType, number[]]>([
    [1, torch.float32, []],
    [true, torch.bool, []],
    [2n, torch.int64, []],
    [[1, 2], torch.float32, [2]],
    [[[1], [2]], torch.float32, [2, 1]],
    [[true, false], torch.bool, [2]],
    [[1n, 2n], torch.int64, [2]],
    [[1n, 2], torch.float32, [2]],
    [[true, 2], torch.float32, [2]],
    [[], torch.float32, [0]],
    [[[], []], torch.float32, [2, 0]],
    [new Float64Array(3), torch.float64, [3]],
    [new BigInt64Array(2), torch.int64, [2]],
    [new Uint8Array(2), torch.uint8, [2]],
    [[new Int16Array(2), new Int16Array(2)], torch.int16, [2, 2]],
    [[torch.tensor(1), torch.tensor(2)], torch.float32, [2]],
  ])('%p', (data, dtype, shape) => {
    const t = torch.tensor(data as any);
    expect(t.dtype).toBe(dtype);
    expect(t.shape).toEqual(shape);
  });

  test('dtype converts', () => {
    expect(torch.tensor([1.7, -1.7], { dtype: torch.int64 }).tolist()).toEqual([1, -1]);
    expect(torch.tensor([0, 2], { dtype: torch.bool }).tolist()).toEqual([false, true]);
    expect(torch.tensor([1.5, 1e-8], { dtype: torch.float16 }).tolist()).toEqual([1.5, 0]);
    expect(torch.tensor([3.14], { dtype: torch.bfloat16 }).tolist()).toEqual([3.140625]);
    expect(torch.tensor(new Float32Array([1, 2]), { dtype: torch.float64 }).dtype).toBe(torch.float64);
    const f16 = [65504, 6e-8, -0, NaN, Infinity, 0.333251953125];
    expect(torch.tensor(f16, { dtype: torch.float16 }).tolist()).toEqual([65504, 2 ** -24, -0, NaN, Infinity, 0.333251953125]);
  });

  test('data are copied', () => {
    const a = new Float32Array([1, 2]);
    const t = torch.tensor(a);
    a[0] = 9;
    expect(t.tolist()).toEqual([1, 2]);
    const u = torch.tensor(t);
    u.add_(1);
    expect(t.tolist()).toEqual([1, 2]);
  });

  test.each<[string, unknown, RegExp]>([
    ['ragged', [[1], [2, 3]], /^tensor: ragged nested arrays/],
    ['ragged depth', [1, [2]], /^tensor: ragged/],
    ['a string', 'abc', /^tensor: expected a number/],
    ['strings', ['a'], /^tensor: expected numbers/],
    ['null', null, /^tensor: expected a number/],
    ['a hole', [1, undefined], /^tensor: expected numbers/],
    ['an object', [{}], /^tensor: expected numbers/],
  ])('%s is an error', (_, data, message) => {
    expect(() => torch.tensor(data as any)).toThrow(message);
  });

  test('values that do not fit', () => {
    expect(() => torch.tensor([300], { dtype: torch.uint8 })).toThrow(RangeError);
    expect(() => torch.tensor([NaN], { dtype: torch.int32 })).toThrow(RangeError);
    expect(() => torch.tensor([NaN], { dtype: torch.int64 })).toThrow(RangeError);
    expect(() => torch.tensor([2n ** 63n])).toThrow(RangeError);
    expect(() => torch.tensor([1], { dtype: 'float32' as any })).toThrow(TypeError);
    expect(() => torch.tensor(new Uint32Array(2))).toThrow(/give \{ dtype \}/);
    expect(torch.tensor(new Uint32Array([2, 3]), { dtype: torch.int64 }).tolist()).toEqual([2, 3]);
    expect(() => torch.tensor([1], { type: torch.float32 } as any)).toThrow(/unknown option 'type'/);
  });
});

describe('fromTypedArray', () => {
  test('copies an ArrayBuffer and shares a SharedArrayBuffer', () => {
    const own = new Float32Array([1, 2, 3, 4]);
    const t = torch.fromTypedArray(own, [2, 2]);
    own[0] = 9;
    expect(t.tolist()).toEqual([[1, 2], [3, 4]]);
    const shared = new Float32Array(new SharedArrayBuffer(16));
    const s = torch.fromTypedArray(shared);
    shared[1] = 5;
    expect(s.tolist()).toEqual([0, 5, 0, 0]);
    s.add_(1);
    expect(Array.from(shared)).toEqual([1, 6, 1, 1]);
  });

  test('reads bytes as other dtypes', () => {
    expect(torch.fromTypedArray(new Uint8Array([1, 0]), [2], { dtype: torch.bool }).tolist()).toEqual([true, false]);
    const bits = new Uint16Array([0x3c00, 0x4000]);
    expect(torch.fromTypedArray(bits, null, { dtype: torch.float16 }).tolist()).toEqual([1, 2]);
    expect(torch.fromTypedArray(new Uint8Array(8), null, { dtype: torch.float32 }).shape).toEqual([2]);
  });

  test('errors', () => {
    expect(() => torch.fromTypedArray([1] as any)).toThrow(TypeError);
    expect(() => torch.fromTypedArray(new Float32Array(4), [3])).toThrow(RangeError);
    expect(() => torch.fromTypedArray(new Float32Array(4), [-4])).toThrow(RangeError);
    expect(() => torch.fromTypedArray(new Float32Array(4), [NaN])).toThrow(TypeError);
    expect(() => torch.fromTypedArray(new Uint16Array(4))).toThrow(/give a dtype/);
    expect(() => torch.fromTypedArray(new Float32Array(4), null, { dtype: torch.int32 })).toThrow(/cannot be read as/);
    expect(() => torch.fromTypedArray(new Uint8Array(3), null, { dtype: torch.int16 })).toThrow();
    expect(() => torch.fromTypedArray(new Float32Array(4), [2 ** 31, 2 ** 31, 4])).toThrow();
    const gone = new Float32Array(4);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(() => torch.fromTypedArray(gone, [4])).toThrow(RangeError);
  });
});

describe('properties', () => {
  const t = torch.zeros(2, 3);
  test('geometry', () => {
    expect([t.ndim, t.dim(), t.numel(), t.nelement(), t.elementSize(), t.nbytes]).toEqual([2, 2, 6, 6, 4, 24]);
    expect(t.size()).toEqual([2, 3]);
    expect(t.size(-1)).toBe(3);
    expect(t.stride()).toEqual([3, 1]);
    expect(t.stride(0)).toBe(3);
    expect(t.T.shape).toEqual([3, 2]);
    expect(t.T.isContiguous()).toBe(false);
    expect(t.mT.stride()).toEqual([1, 3]);
    expect(t.H.shape).toEqual([3, 2]);
    expect(() => t.size(2)).toThrow(RangeError);
    expect(() => t.size('0' as any)).toThrow(TypeError);
    expect(String(t.dtype)).toBe('torch.float32');
    expect(inspect(torch.int64)).toBe('torch.int64');
  });

  test('the shape is a copy', () => {
    (t.shape as number[])[0] = 99;
    expect(t.shape).toEqual([2, 3]);
  });

  test('values', () => {
    expect(torch.tensor(2.5).item()).toBe(2.5);
    expect(torch.tensor([[true]]).item()).toBe(true);
    expect(torch.tensor(5n).item()).toBe(5);
    expect(torch.tensor(2n ** 60n).itemBigInt()).toBe(2n ** 60n);
    expect(() => torch.tensor(2n ** 60n).item()).toThrow(RangeError);
    expect(() => torch.tensor(2n ** 60n).item()).toThrow(/^item: .*itemBigInt/);
    expect(() => t.item()).toThrow(/^item: a Tensor with 6 elements/);
    expect(() => torch.tensor(1).itemBigInt()).toThrow(TypeError);
    expect(torch.tensor([2n ** 60n]).toTypedArray()).toEqual(new BigInt64Array([2n ** 60n]));
    expect(() => torch.tensor([2n ** 60n]).tolist()).toThrow(RangeError);
    expect(t.T.tolist()).toEqual([[0, 0], [0, 0], [0, 0]]);
    expect(torch.arange(6).view(2, 3).T.toTypedArray()).toEqual(new BigInt64Array([0n, 3n, 1n, 4n, 2n, 5n]));
    expect(torch.zeros(2, 0).tolist()).toEqual([[], []]);
  });

  test('operators', () => {
    const a: any = torch.tensor([1, 2]);
    expect(() => a + 1).toThrow(/a\.add\(b\)/);
    expect(() => -a).toThrow(/a\.neg\(\)/);
    expect(() => a < 3).toThrow(TypeError);
    expect(() => Number(a)).toThrow(TypeError);
    expect(Number(torch.tensor(3))).toBe(3);
    expect(() => Number(torch.tensor(3, { requiresGrad: true }))).toThrow(TypeError);
    expect(`${torch.tensor([1])}`).toBe('tensor([1.])');
    expect(inspect(torch.tensor([1n]))).toBe('tensor([1])');
  });

  test('iteration', () => {
    expect([...torch.tensor([[1, 2], [3, 4]])].map((r) => r.tolist())).toEqual([[1, 2], [3, 4]]);
    expect(() => [...torch.tensor(1)]).toThrow(/0-d tensor/);
  });

  test('default dtype', () => {
    torch.setDefaultDtype(torch.float64);
    try {
      expect(torch.getDefaultDtype()).toBe(torch.float64);
      expect(torch.tensor([1]).dtype).toBe(torch.float64);
      expect(torch.zeros(1).dtype).toBe(torch.float64);
    } finally {
      torch.setDefaultDtype(torch.float32);
    }
    expect(() => torch.setDefaultDtype(torch.int64)).toThrow(TypeError);
    expect(() => torch.setDefaultDtype('float64' as any)).toThrow(TypeError);
  });
});

describe('gradients', () => {
  test('backward fills grad, whose wrapper stays the same', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    expect(p.grad).toBeNull();
    const loss = p.mul(p).sum();
    expect([loss.isLeaf, loss.gradFn?.name, p.isLeaf, p.gradFn]).toEqual([false, 'SumBackward0', true, null]);
    loss.backward();
    expect(p.grad?.tolist()).toEqual([2, 4]);
    expect(p.grad).toBe(p.grad);
    const before = p.grad;
    p.mul(3).sum().backward();
    expect(p.grad).toBe(before);
    expect(p.grad?.tolist()).toEqual([5, 7]);
    p.grad = null;
    expect(p.grad).toBeNull();
    const g = torch.ones(2);
    p.grad = g;
    expect(p.grad).toBe(g);
    expect(() => (p.grad = torch.ones(3))).toThrow(RangeError);
    expect(() => (p.grad = 1 as any)).toThrow(TypeError);
  });

  test('options of backward', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    const y = p.mul(p);
    expect(() => y.backward()).toThrow(/^backward: grad can be implicitly created only for scalar/);
    y.backward(torch.tensor([1, 10]), { retainGraph: true });
    expect(p.grad?.tolist()).toEqual([2, 40]);
    y.backward({ gradient: torch.ones(2) });
    expect(p.grad?.tolist()).toEqual([4, 44]);
    expect(() => y.backward(torch.ones(2))).toThrow(/second time/);
    expect(() => y.backward({ retain_graph: true } as any)).toThrow(/retainGraph/);
    expect(() => torch.zeros(1).backward()).toThrow(/does not require grad/);
    const q = torch.tensor([1, 2], { requiresGrad: true });
    p.grad = null;
    p.mul(q).sum().backward({ inputs: [q] });
    expect([p.grad, q.grad?.tolist()]).toEqual([null, [1, 2]]);
  });

  test('autograd.grad', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    const q = torch.tensor([1, 2], { requiresGrad: true });
    const [g] = torch.autograd.grad(p.mul(p).sum(), p, { createGraph: true });
    expect(g.tolist()).toEqual([2, 4]);
    const [gg] = torch.autograd.grad(g.sum(), [p]);
    expect(gg.tolist()).toEqual([2, 2]);
    expect(p.grad).toBeNull();
    expect(() => torch.autograd.grad(p.mul(2).sum(), [p, q])).toThrow(/allowUnused/);
    expect(torch.autograd.grad(p.mul(2).sum(), [p, q], { allowUnused: true })[1]).toBeNull();
  });

  test('modes', () => {
    const p = torch.tensor([1], { requiresGrad: true });
    expect(torch.noGrad(() => p.mul(2).requiresGrad)).toBe(false);
    expect(torch.noGrad(() => torch.enableGrad(() => p.mul(2).requiresGrad))).toBe(true);
    expect(torch.inferenceMode(() => [torch.isGradEnabled(), torch.isInferenceModeEnabled()])).toEqual([false, true]);
    expect(torch.setGradEnabled(false, () => p.mul(2).requiresGrad)).toBe(false);
    expect(torch.isGradEnabled()).toBe(true);
    torch.setGradEnabled(false);
    expect(torch.isGradEnabled()).toBe(false);
    torch.setGradEnabled(true);
    expect(() => torch.noGrad(async () => p)).toThrow(/^noGrad: the function is asynchronous/);
    expect(torch.isGradEnabled()).toBe(true);
    expect(() => torch.noGrad(() => { throw new Error('mine'); })).toThrow('mine');
    expect(torch.isGradEnabled()).toBe(true);
  });

  test('hooks see and replace gradients', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    const seen: unknown[] = [];
    const h = p.mul(2);
    const first = h.registerHook((g) => void seen.push(g.tolist()));
    h.registerHook((g) => g.mul(10));
    p.registerHook((g) => void seen.push(['leaf', g.tolist()]));
    h.sum().backward({ retainGraph: true });
    expect(seen).toEqual([[1, 1], ['leaf', [20, 20]]]);
    first.remove();
    h.sum().backward();
    expect(seen.length).toBe(3);
    expect(() => h.registerHook(3 as any)).toThrow(TypeError);
    expect(() => torch.zeros(1).registerHook(() => undefined)).toThrow(/doesn't require gradient/);
  });

  test('what a hook throws reaches the caller of backward', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    const mine = { not: 'an error' };
    p.registerHook(() => {
      throw mine;
    });
    let caught: unknown;
    try {
      p.sum().backward();
    } catch (e) {
      caught = e;
    }
    expect(caught).toBe(mine);
    const q = torch.tensor([1], { requiresGrad: true });
    q.registerHook((() => 3) as any);
    expect(() => q.sum().backward()).toThrow(/^registerHook: a hook must return a Tensor/);
  });

  test('retainGrad, data, detach', () => {
    const p = torch.tensor([1, 2], { requiresGrad: true });
    const h = p.mul(2);
    h.retainGrad();
    h.mul(3).sum().backward();
    expect(h.grad?.tolist()).toEqual([3, 3]);
    p.data.add_(1);
    expect(p.tolist()).toEqual([2, 3]);
    p.data = torch.tensor([7, 8]);
    expect(p.tolist()).toEqual([7, 8]);
    expect(() => (p.data = 3 as any)).toThrow(TypeError);
    expect(() => p.add_(1)).toThrow(/leaf Variable/);
    expect(() => (torch.arange(2).requiresGrad = true)).toThrow();
  });
});

describe('generators and threads', () => {
  test('manualSeed', () => {
    torch.manualSeed(3);
    const a = torch.rand(4).tolist();
    torch.manualSeed(3);
    expect(torch.rand(4).tolist()).toEqual(a);
    const g = new torch.Generator().manualSeed(3n);
    expect(torch.rand(4, { generator: g } as any).tolist()).toEqual(a);
    const state = g.getState();
    const b = torch.rand(2, { generator: g } as any).tolist();
    g.setState(state);
    expect(torch.rand(2, { generator: g } as any).tolist()).toEqual(b);
    expect(g.initialSeed()).toBe(3n);
    expect(torch.manualSeed(-1).initialSeed()).toBe(2n ** 64n - 1n);
    expect(() => torch.manualSeed(1.5)).toThrow(TypeError);
    expect(() => torch.manualSeed('1' as any)).toThrow(TypeError);
    expect(() => torch.rand(2, { generator: 1 } as any)).toThrow(/must be a torch.Generator/);
    expect(() => g.setState(torch.zeros(3, { dtype: torch.uint8 }))).toThrow();
  });

  test('setNumThreads clamps', () => {
    const before = torch.getNumThreads();
    torch.setNumThreads(0);
    expect(torch.getNumThreads()).toBe(1);
    torch.setNumThreads(5000);
    expect(torch.getNumThreads()).toBe(1024);
    torch.setNumThreads(before);
    expect(() => torch.setNumThreads(NaN)).toThrow(TypeError);
    expect(torch.config.show()).toContain(torch.config.isa());
  });
});
