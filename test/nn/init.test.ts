import * as torch from 'nabla';
import { nn } from 'nabla';
import { expectClose, golden, numbersOf, numeric } from '../support/golden';

const g = golden('nn_modules.json');
type InitFunction = (t: torch.Tensor, ...args: unknown[]) => torch.Tensor;

describe('initialisation draws what PyTorch draws', () => {
  const exact = new Set(['uniform_', 'constant_', 'ones_', 'zeros_', 'eye_', 'xavierUniform_', 'kaimingUniform_']);
  test.each<[number, string]>(g.init.map((c: { name: string }, i: number) => [i, c.name]))('%i %s', (i) => {
    const c = g.init[i];
    torch.manualSeed(7);
    const t = torch.empty(c.shape);
    const out = (nn.init as unknown as Record<string, InitFunction>)[c.name]!(t, ...c.args);
    expect(out).toBe(t);
    if (exact.has(c.name)) expect(numbersOf(t)).toEqual(c.value.data.map(numeric));
    else expectClose(numbersOf(t), c.value.data, 1e-6, 1e-7);
  });

  test('gains', () => {
    for (const [name, param, value] of g.gain) expect(nn.init.calculateGain(name, param)).toBe(value);
    expect(() => nn.init.calculateGain('step' as never)).toThrow('Unsupported nonlinearity step');
  });

  test('a generator of its own leaves the default one alone', () => {
    torch.manualSeed(3);
    const first = torch.rand(1).item();
    torch.manualSeed(3);
    const generator = new torch.Generator().manualSeed(5);
    nn.init.uniform_(torch.empty(4), { generator });
    expect(torch.rand(1).item()).toBe(first);
  });

  test('parameters are filled without history', () => {
    const p = new nn.Parameter(torch.empty(3, 4));
    expect(nn.init.xavierNormal_(p)).toBe(p);
    expect(p.isLeaf && p.requiresGrad).toBe(true);
  });

  test('wrong arguments', () => {
    expect(() => nn.init.xavierUniform_(torch.empty(3))).toThrow('fewer than 2 dimensions');
    expect(() => nn.init.eye_(torch.empty(3))).toThrow('Only tensors with 2 dimensions');
    expect(() => nn.init.kaimingNormal_(torch.empty(2, 2), { mode: 'fan_up' as never })).toThrow('fan_up');
    expect(() => nn.init.uniform_(torch.empty(2), { low: 1 } as never)).toThrow("unknown option 'low'");
  });
});
