import * as torch from 'nabla';

const { Function, grad } = torch.autograd;
type Ctx = torch.autograd.FunctionCtx;

class Cube extends Function {
  static override forward(ctx: Ctx, x: torch.Tensor): torch.Tensor {
    ctx.saveForBackward(x);
    return x.mul(x).mul(x);
  }

  static override backward(ctx: Ctx, gradOutput: torch.Tensor): torch.Tensor {
    const [x] = ctx.savedTensors;
    return x.mul(x).mul(3).mul(gradOutput);
  }
}

const leaf = (...values: number[]) => torch.tensor(values, { dtype: torch.float64, requiresGrad: true });

test('forward and backward of ones own', () => {
  const x = leaf(2, -1);
  const y = Cube.apply(x);
  expect(y.tolist()).toEqual([8, -1]);
  expect(y.gradFn!.name).toBe('CubeBackward');
  y.sum().backward();
  expect(x.grad!.tolist()).toEqual([12, 3]);
  expect(torch.noGrad(() => Cube.apply(x)).requiresGrad).toBe(false);
  expect(Cube.apply(torch.ones(1)).requiresGrad).toBe(false);
});

test('backward is differentiable with createGraph', () => {
  const x = leaf(2);
  const [first] = grad(Cube.apply(x).sum(), x, { createGraph: true });
  const [second] = grad(first!.sum(), x, { createGraph: true });
  expect(second!.item()).toBe(12);
  expect(torch.autograd.gradcheck((t: torch.Tensor) => Cube.apply(t), [leaf(0.5, -2)])).toBe(true);
  expect(torch.autograd.gradgradcheck((t: torch.Tensor) => Cube.apply(t), [leaf(0.5, -2)])).toBe(true);
});

test('other arguments get null, several outputs are an array', () => {
  const seen: unknown[] = [];
  class Scale extends Function {
    static override forward(ctx: Ctx, x: torch.Tensor, factor: number, y: torch.Tensor) {
      ctx.factor = factor;
      seen.push([...ctx.needsInputGrad]);
      return [x.mul(factor), y.add(1)];
    }

    static override backward(ctx: Ctx, gx: torch.Tensor, gy: torch.Tensor) {
      seen.push(gy.tolist());
      return [gx.mul(ctx.factor), null, gy];
    }
  }
  const x = leaf(1, 2);
  const [a, b] = Scale.apply(x, 3, torch.ones(2));
  expect(seen[0]).toEqual([true, false, false]);
  expect(b.tolist()).toEqual([2, 2]);
  a.sum().backward();
  expect(x.grad!.tolist()).toEqual([3, 3]);
  // The other output got no gradient: zeros of its shape arrive.
  expect(seen[1]).toEqual([0, 0]);
});

test('outputs without gradient, and gradients that do not materialise', () => {
  const seen: unknown[] = [];
  class Parts extends Function {
    static override forward(ctx: Ctx, x: torch.Tensor) {
      const sign = x.gt(0).to(x.dtype);
      ctx.markNonDifferentiable(sign);
      ctx.setMaterializeGrads(false);
      return [x.mul(2), sign, x.mul(3)];
    }

    static override backward(_: Ctx, ...grads: (torch.Tensor | null)[]) {
      seen.push(grads.map((g) => g === null));
      return grads[0]!.mul(2);
    }
  }
  const x = leaf(1);
  const [double, sign] = Parts.apply(x);
  expect(sign.requiresGrad).toBe(false);
  double.backward();
  expect(seen).toEqual([[false, true, true]]);
  expect(x.grad!.item()).toBe(2);
});

test('an input edited in place is marked dirty', () => {
  class AddOne extends Function {
    static override forward(ctx: Ctx, x: torch.Tensor) {
      ctx.markDirty(x);
      return x.add_(1);
    }

    static override backward(_: Ctx, g: torch.Tensor) {
      return g.mul(5);
    }
  }
  const x = leaf(1, 2);
  const y = x.mul(1);
  const z = AddOne.apply(y);
  expect(z).toBe(y);
  expect(y.gradFn!.name).toBe('AddOneBackward');
  y.sum().backward();
  expect(x.grad!.tolist()).toEqual([5, 5]);
  expect(() => AddOne.apply(x)).toThrow(/leaf/);
});

test('an input handed through has a history of its own', () => {
  class Same extends Function {
    static override forward(_: Ctx, x: torch.Tensor) {
      return x;
    }

    static override backward(_: Ctx, g: torch.Tensor) {
      return g.mul(-1);
    }
  }
  const x = leaf(3);
  const y = Same.apply(x);
  expect(y).not.toBe(x);
  expect(x.isLeaf).toBe(true);
  y.backward();
  expect(x.grad!.item()).toBe(-1);
});

test('setupContext keeps forward free of the context', () => {
  class Square extends Function {
    static override forward(...[x]: never[]): torch.Tensor {
      return (x as torch.Tensor).pow(2);
    }

    static override setupContext(ctx: Ctx, [x]: torch.Tensor[]): void {
      ctx.saveForBackward(x);
    }

    static override backward(ctx: Ctx, g: torch.Tensor) {
      return ctx.savedTensors[0].mul(2).mul(g);
    }
  }
  const x = leaf(4);
  Square.apply(x).backward();
  expect(x.grad!.item()).toBe(8);
});

describe('errors', () => {
  test('a second backward, and a saved tensor that was edited', () => {
    const x = leaf(2);
    const y = Cube.apply(x).sum();
    y.backward();
    expect(() => y.backward()).toThrow(/second time/);
    const w = leaf(2).mul(1);
    const z = Cube.apply(w).sum();
    torch.noGrad(() => w.add_(1));
    expect(() => z.backward()).toThrow(/modified by an inplace operation/);
  });

  test('what backward returns is checked', () => {
    class Wrong extends Function {
      static result: unknown;
      static override forward(_: Ctx, x: torch.Tensor, _y: torch.Tensor) {
        return x.mul(1);
      }

      static override backward() {
        return this.result;
      }
    }
    const run = (result: unknown) => {
      Wrong.result = result;
      return () => Wrong.apply(leaf(1), leaf(2)).backward();
    };
    expect(run([torch.ones(1)])).toThrow('expected 2, got 1');
    expect(run([torch.ones(1), null, torch.ones(1)])).toThrow('expected 2, got 3');
    expect(run([5, null])).toThrow('returned a 5 for argument 0');
    expect(run([null, null, null])).not.toThrow();
  });

  test('an error in backward reaches the caller as it is', () => {
    class Mine extends Error {}
    class Fails extends Function {
      static override forward(_: Ctx, x: torch.Tensor) {
        return x.mul(1);
      }

      static override backward(): never {
        throw new Mine('inside');
      }
    }
    expect(() => Fails.apply(leaf(1)).backward()).toThrow(Mine);
    expect(() => Function.apply(leaf(1))).toThrow('You must implement the forward function');
  });
});

test('contexts that keep their own output are collected in a loop', () => {
  class Keeps extends Function {
    static override forward(ctx: Ctx, x: torch.Tensor) {
      const out = x.mul(2);
      ctx.out = out;
      ctx.saveForBackward(out);
      return out;
    }

    static override backward(ctx: Ctx, g: torch.Tensor) {
      return g.mul(ctx.out);
    }
  }
  const run = (steps: number) => {
    for (let i = 0; i < steps; i++) Keeps.apply(torch.ones(25_000, { requiresGrad: true }));
  };
  run(100);
  const before = process.memoryUsage().rss;
  // 8,000 outputs of 100 kB are 800 MB.
  run(8_000);
  expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(400);
}, 120_000);
