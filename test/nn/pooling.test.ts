/** Pooling modules: what the table of modules cannot say (test/op_db/modules.ts has their values). */
import * as torch from 'nabla';
import { nn } from 'nabla';

const F = nn.functional;

describe('constructors', () => {
  test('positional arguments, options and both', () => {
    const forms = [
      new nn.MaxPool2d(3, 2, 1, 1, false, true),
      new nn.MaxPool2d(3, 2, { padding: 1, ceilMode: true }),
      new nn.MaxPool2d(3, { stride: 2, padding: 1, ceilMode: true }),
      new nn.MaxPool2d({ kernelSize: 3, stride: 2, padding: 1, ceilMode: true }),
    ];
    expect(new Set(forms.map(String))).toEqual(
      new Set(['MaxPool2d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=True)']),
    );
  });

  test('fields', () => {
    const max = new nn.MaxPool2d([2, 3]);
    expect([max.kernelSize, max.stride, max.padding, max.dilation, max.returnIndices, max.ceilMode]).toEqual(
      [[2, 3], [2, 3], 0, 1, false, false],
    );
    expect([new nn.AvgPool1d(2).stride, new nn.AvgPool2d(2).stride]).toEqual([[2], 2]);
    expect(new nn.AvgPool2d(2, { divisorOverride: 3 }).divisorOverride).toBe(3);
    expect(new nn.MaxUnpool2d(2).kernelSize).toEqual([2, 2]);
    expect(new nn.LPPool2d(2, 3).stride).toBeNull();
    expect(new nn.AdaptiveAvgPool2d([null, 2]).outputSize).toEqual([null, 2]);
    expect(new nn.FractionalMaxPool3d(2, { outputRatio: 0.5 }).outputRatio).toEqual([0.5, 0.5, 0.5]);
  });

  test('wrong arguments', () => {
    const make = (Module: unknown, ...args: unknown[]) => () => new (Module as new (...args: unknown[]) => nn.Module)(...args);
    expect(make(nn.MaxPool2d)).toThrow(/MaxPool2d: missing argument 'kernelSize'/);
    expect(make(nn.MaxPool2d, 2, { kernel_size: 3 })).toThrow(/MaxPool2d: unknown option 'kernel_size', write 'kernelSize'/);
    expect(make(nn.AvgPool1d, 2, { divisorOverride: 2 })).toThrow(/AvgPool1d: unknown option/);
    expect(make(nn.AdaptiveAvgPool2d)).toThrow(/missing argument 'outputSize'/);
    expect(make(nn.FractionalMaxPool2d, 2)).toThrow(TypeError);
    expect(make(nn.FractionalMaxPool2d, 2, 3, 0.5)).toThrow(/only one of/);
    expect(make(nn.FractionalMaxPool2d, 2, { outputRatio: 1.5 })).toThrow(RangeError);
    expect(make(nn.FractionalMaxPool3d, [2, 3, 0], 2)).toThrow(/greater than 0/);
  });

  test('no state', () => {
    expect(Object.keys(new nn.FractionalMaxPool2d(2, 3).stateDict())).toEqual([]);
    expect(new nn.MaxPool2d(2).parameters()).toEqual([]);
  });
});

describe('results', () => {
  test('types follow returnIndices', () => {
    const x = torch.randn([1, 2, 4, 4]);
    const alone: torch.Tensor = new nn.MaxPool2d(2)(x);
    const [output, indices]: [torch.Tensor, torch.Tensor] = new nn.MaxPool2d(2, { returnIndices: true })(x);
    expect(output.equal(alone)).toBe(true);
    expect(indices.dtype).toBe(torch.int64);
    const [first]: [torch.Tensor, torch.Tensor] = F.maxPool2d(x, 2, { returnIndices: true });
    const second: torch.Tensor = F.maxPool2d(x, 2, 2, 0, 1, false, false);
    expect(first.equal(second)).toBe(true);
  });

  test.each([1, 2, 3])('unpooling in %d dimensions puts back what pooling took', (d) => {
    const space = [5, 6, 7].slice(3 - d);
    const x = torch.rand([2, 3, ...space]).add(1);
    const named = nn as unknown as Record<string, new (...args: unknown[]) => (...args: unknown[]) => unknown>;
    const [output, indices] = new named[`MaxPool${d}d`](2, { returnIndices: true })(x) as torch.Tensor[];
    const unpool = new named[`MaxUnpool${d}d`](2);
    const back = unpool(output, indices, { outputSize: [...x.shape] }) as torch.Tensor;
    expect(back.shape).toEqual(x.shape);
    expect(back.equal(x.mul(back.ne(0)))).toBe(true);
    expect(back.sum().item()).toBeCloseTo(output.sum().item() as number, 3);
    expect((unpool(output, indices, [...x.shape]) as torch.Tensor).equal(back)).toBe(true);
  });

  test('memory order of the input does not matter', () => {
    const x = torch.randn([2, 4, 6, 7]);
    const last = x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    expect(F.maxPool2d(last, 3, 2, 1).equal(F.maxPool2d(x, 3, 2, 1))).toBe(true);
    expect(F.avgPool2d(last, 2).equal(F.avgPool2d(x, 2))).toBe(true);
    expect(F.adaptiveAvgPool2d(last, 3).equal(F.adaptiveAvgPool2d(x, 3))).toBe(true);
  });

  test('a window that lies in the padding alone gives -inf and no gradient', () => {
    const x = torch.ones([1, 1, 1]).requiresGrad_();
    const y = F.maxPool1d(x, 2, 1, 1, 2);
    expect(y.tolist()).toEqual([[[-Infinity]]]);
    y.sum().backward();
    expect(x.grad?.tolist()).toEqual([[[0]]]);
  });

  test('fractional pooling draws from the default generator', () => {
    const x = torch.rand([1, 2, 9, 9]);
    const pool = new nn.FractionalMaxPool2d(2, { outputSize: 5 });
    torch.manualSeed(1);
    const one = pool(x);
    const two = pool(x);
    torch.manualSeed(1);
    expect(pool(x).equal(one)).toBe(true);
    expect(pool(x).equal(two)).toBe(true);
  });
});
