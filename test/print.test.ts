import * as torch from 'nabla';
import { inspect } from 'node:util';
import { golden, toTensor } from './support/golden';

afterEach(() => torch.setPrintoptions({ profile: 'default' }));

describe('tensors print as PyTorch prints them', () => {
  const cases = golden('print.json');
  test.each(Object.entries(groups(cases)))('%s', (_, list) => {
    for (const c of list) {
      const { sci_mode: sciMode, ...rest } = c.options;
      let t = toTensor(c);
      if (c.grad) t.requiresGrad_();
      if (c.grad === 'mul') t = t.mul(1);
      const text = torch.printoptions({ ...rest, ...(sciMode === undefined ? {} : { sciMode }) }, () =>
        t.toString(),
      );
      expect(text).toBe(c.text);
    }
  });
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any
function groups(cases: any[]): Record<string, any[]> {
  const out: Record<string, unknown[]> = {};
  for (const c of cases) (out[`${c.dtype} ${JSON.stringify(c.options)}`] ??= []).push(c);
  return out as never;
}

test('a strided view prints its own elements', () => {
  const t = torch.arange(6).reshape(2, 3).t();
  expect(t.toString()).toBe('tensor([[0, 3],\n        [1, 4],\n        [2, 5]])');
  expect(`${t}`).toBe(t.toString());
  expect(inspect(t)).toBe(t.toString());
});

test('print options are kept, restored and checked', () => {
  torch.setPrintoptions({ precision: 2 });
  expect(torch.getPrintoptions()).toEqual({
    precision: 2,
    threshold: 1000,
    edgeitems: 3,
    linewidth: 80,
    sciMode: null,
  });
  expect(() =>
    torch.printoptions({ precision: 6 }, () => {
      throw new Error('inside');
    }),
  ).toThrow('inside');
  expect(torch.getPrintoptions().precision).toBe(2);
  expect(() => torch.setPrintoptions({ sci_mode: true } as never)).toThrow(/unknown option 'sci_mode'/);
});
