// Bad input of every kind ends in a JS error that says what was wrong, with the class that api.md gives.
import * as torch from 'nabla';

/* eslint-disable @typescript-eslint/no-explicit-any */
const t = torch as any;
const f = torch.tensor([[1, 2, 3], [4, 5, 6]]) as any;
const i = torch.tensor([[1, 2, 3], [4, 5, 6]], { dtype: torch.int64 }) as any;
const leaf = () => torch.tensor([1, 2], { requiresGrad: true }) as any;

type Row = [name: string, call: () => unknown, error: new (...args: any[]) => Error, message: RegExp];

const rows: Row[] = [
  ['shapes that do not multiply', () => f.mm(f), RangeError, /^mm: .*2x3 and 2x3|^mm: .*\[2, 3\]/],
  ['shapes that do not broadcast', () => f.add(torch.zeros(4)), RangeError, /^add: .*\(3\).*\(4\)|^add: .*\[2, 3\]/],
  ['an impossible view', () => f.view(4), RangeError, /^view: shape '?\[4\]'? is invalid for input of size 6/],
  ['a dim out of range', () => f.sum(2), RangeError, /^sum: Dimension out of range/],
  ['a dim that is no number', () => f.sum('0'), TypeError, /^sum: argument 'dim'/],
  ['an index out of range', () => f.select(0, 5), RangeError, /^select: /],
  ['a repeated dim', () => f.permute(0, 0), RangeError, /^permute: /],
  ['float indices', () => f.gather(0, f), TypeError, /^gather: .*int/],
  ['mean of integers', () => i.mean(), TypeError, /^mean: /],
  ['an integer tensor that should get a gradient', () => (i.requiresGrad = true), Error, /^requiresGrad: only Tensors of floating point/i],
  ['a float result into an integer tensor', () => i.clone().add_(0.5), TypeError, /^add_: result type/],
  ['an in-place result of another shape', () => torch.zeros(3).add_(f), RangeError, /^add_: output with shape \[3\]/],
  ['a NaN size', () => torch.zeros(NaN), TypeError, /^zeros: argument 'size'/],
  ['a negative size', () => torch.zeros(-1), RangeError, /^zeros: .*negative dimension/],
  ['sizes whose product overflows', () => torch.zeros(2 ** 40, 2 ** 40), RangeError, /^zeros: .*overflow/],
  ['more memory than there is', () => torch.zeros(2 ** 46), Error, /^zeros: .*memory/i],
  ['an unknown option', () => f.sum({ dimension: 1 }), TypeError, /^sum: unknown option 'dimension'/],
  ['backward of a non-scalar', () => leaf().mul(2).backward(), Error, /^backward: grad can be implicitly created only/],
  [
    'backward twice',
    () => {
      const y = leaf().mul(leaf()).sum();
      y.backward();
      y.backward();
    },
    Error,
    /^backward: Trying to backward through the graph a second time/,
  ],
  [
    'an edited saved tensor',
    () => {
      const a = leaf();
      const b = a.mul(2);
      const c = b.mul(b).sum();
      b.add_(1);
      c.backward();
    },
    Error,
    /^backward: .*modified by an inplace operation/,
  ],
  ['an edited leaf', () => leaf().add_(1), Error, /^add_: a leaf Variable that requires grad/],
  ['a Tensor where a number belongs', () => f.narrow(f, 0, 1), TypeError, /^narrow: argument 'dim' must be an integer/],
  ['a string for a tensor', () => torch.relu('x' as any), TypeError, /^relu: argument 'input' must be a Tensor/],
  ['no argument at all', () => t.relu(), TypeError, /^relu: missing argument 'input'/],
  ['a list with something else in it', () => torch.cat([f, 1 as any]), TypeError, /^cat: .*item 1/],
  ['an empty list', () => torch.cat([]), Error, /^cat: /],
  ['a dtype that is none', () => f.to('complex64'), Error, /^to: /],
  ['a new Tensor', () => new t.Tensor([1, 2]).shape, TypeError, /expected a Tensor/],
  ['a disposed tensor', () => {
    const d = torch.zeros(2);
    d.dispose();
    d.add(1);
  }, Error, /^add: the tensor was disposed/],
  ['a symbol', () => f.add(Symbol('s')), TypeError, /^add: argument 'other'/],
  ['a function', () => f.add(() => 1), TypeError, /^add: argument 'other'/],
  ['a bigint that is too large', () => i.add(2n ** 70n), RangeError, /^add: a bigint outside/],
];

test.each(rows)('%s', (_, call, error, message) => {
  let caught: unknown;
  try {
    call();
  } catch (e) {
    caught = e;
  }
  expect(caught).toBeInstanceOf(error);
  expect((caught as Error).message).toMatch(message);
  expect((caught as Error).message).not.toMatch(/Cannot read properties|internal error/);
});

test('handles are checked: what is no tensor of ours is an error, not a crash', () => {
  const forged = Object.create(torch.Tensor.prototype) as any;
  for (const handle of [undefined, null, 1, 'x', {}, [], Symbol('x'), new Map(), (torch.zeros(1) as any)._h.constructor]) {
    forged._h = handle;
    expect(() => forged.add(1)).toThrow(TypeError);
    expect(() => forged.shape).toThrow(TypeError);
    expect(() => torch.dot(torch.zeros(1), forged)).toThrow(TypeError);
  }
  forged._h = (new torch.Generator() as any)._h;
  expect(() => forged.shape).toThrow(/expected a Tensor/);
});

test('arrays that change while they are read', () => {
  const shape: any[] = [2, 2];
  Object.defineProperty(shape, 0, {
    get: () => {
      shape.length = 1;
      return 2;
    },
  });
  expect(() => torch.zeros(shape)).toThrow(TypeError);
  const trap = new Proxy([2, 3], { get() { throw new Error('trap'); } });
  expect(() => torch.zeros(trap as any)).toThrow('trap');
});
