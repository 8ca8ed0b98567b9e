import * as torch from 'nabla';

const { Function, gradcheck, gradgradcheck, GradcheckError } = torch.autograd;

const leaf = (...shape: number[]) =>
  torch.randn(shape, { dtype: torch.float64 }).requiresGrad_();

beforeEach(() => torch.manualSeed(0));

test('right gradients pass', () => {
  expect(gradcheck((a: torch.Tensor, b: torch.Tensor) => a.matmul(b).tanh(), [leaf(2, 3), leaf(3, 2)])).toBe(true);
  expect(gradcheck((a: torch.Tensor) => [a.exp(), a.sum(0)], leaf(2, 3))).toBe(true);
  expect(gradcheck((a: torch.Tensor) => a.mul(a).sum(), leaf(3, 2).detach().t().requiresGrad_())).toBe(true);
  expect(gradcheck((a: torch.Tensor, n: number) => a.pow(n), [leaf(2).detach().abs().add(1).requiresGrad_(), 3])).toBe(true);
  expect(gradgradcheck((a: torch.Tensor, b: torch.Tensor) => a.mul(b).sigmoid(), [leaf(3), leaf(3)])).toBe(true);
  expect(gradgradcheck((a: torch.Tensor) => a.exp(), leaf(2), { genNonContigGradOutputs: true })).toBe(true);
  expect(gradgradcheck((a: torch.Tensor) => a.exp(), leaf(2), leaf(2))).toBe(true);
});

test('wrong gradients do not', () => {
  class Wrong extends Function {
    static override forward(_: torch.autograd.FunctionCtx, x: torch.Tensor) {
      return x.mul(2);
    }

    static override backward(_: torch.autograd.FunctionCtx, g: torch.Tensor) {
      return g.mul(3);
    }
  }
  const fn = (x: torch.Tensor) => Wrong.apply(x);
  expect(() => gradcheck(fn, leaf(2))).toThrow(GradcheckError);
  expect(() => gradcheck(fn, leaf(2))).toThrow(/Jacobian mismatch for output 0 with respect to input 0/);
  expect(gradcheck(fn, leaf(2), { raiseException: false })).toBe(false);
  expect(gradcheck(fn, leaf(2), { atol: 5 })).toBe(true);
});

test('inputs are left as they were', () => {
  const x = leaf(3);
  const before = x.tolist();
  gradcheck((a: torch.Tensor) => a.sin(), x);
  expect(x.tolist()).toEqual(before);
  expect(x.grad).toBe(null);
});

test('what cannot be checked is an error', () => {
  expect(() => gradcheck((a: torch.Tensor) => a, [torch.ones(1)])).toThrow('at least one input tensor to require gradient');
  expect(() => gradcheck((a: torch.Tensor) => a, 5 as never)).toThrow(TypeError);
  expect(() => gradcheck((a: torch.Tensor) => a, leaf(1), { tol: 1 } as never)).toThrow("unknown option 'tol'");
  const stretched = torch.ones(1, { dtype: torch.float64 }).expand(3).requiresGrad_();
  expect(() => gradcheck((a: torch.Tensor) => a.mul(2), stretched)).toThrow('stride 0');
});
