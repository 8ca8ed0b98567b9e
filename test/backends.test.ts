import * as torch from '../lib';

describe('backends.winograd', () => {
  afterEach(() => {
    torch.backends.winograd = true;
  });

  function grads(): torch.Tensor[] {
    torch.manualSeed(3);
    const conv = new torch.nn.Conv2d(32, 32, 3, { padding: 1 });
    const x = torch.randn(2, 32, 12, 12, { requiresGrad: true });
    const y = conv.forward(x);
    y.square().sum().backward();
    return [y.detach(), x.grad!, conv.weight.grad!];
  }

  test('is on at first, and what it computes is the same up to rounding', () => {
    expect(torch.backends.winograd).toBe(true);
    const fast = grads();
    torch.backends.winograd = false;
    expect(torch.backends.winograd).toBe(false);
    const plain = grads();
    fast.forEach((value, i) => {
      expect(torch.equal(value, plain[i])).toBe(false);
      expect(torch.allclose(value, plain[i], { rtol: 1e-4, atol: 1e-4 })).toBe(true);
    });
  });

  test('an infinity stays where it is without it', () => {
    torch.backends.winograd = false;
    const x = torch.cat([torch.tensor([Infinity]), torch.zeros(16 * 64 - 1)]).view(1, 16, 8, 8);
    const y = torch.nn.functional.conv2d(x, torch.ones(16, 16, 3, 3), null, { padding: 1 });
    expect(y.isfinite().sum().item()).toBe(16 * (64 - 4));
  });

  test('takes booleans only', () => {
    expect(() => {
      (torch.backends as { winograd: unknown }).winograd = 'off';
    }).toThrow("backends.winograd: expected a boolean, got");
  });
});
