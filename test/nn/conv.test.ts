/** Convolution modules: call forms, errors, output sizes, and what holds of any convolution. */
import * as torch from 'nabla';

const { nn } = torch;
const F = nn.functional;

function values(t: torch.Tensor): number[] {
  return Array.from(t.detach().reshape(-1).toTypedArray() as Float32Array, Number);
}

/** Largest difference of two tensors of one shape. */
function gap(a: torch.Tensor, b: torch.Tensor): number {
  expect([...a.shape]).toEqual([...b.shape]);
  return Number(a.sub(b).abs().max().item());
}

describe('forms of a constructor', () => {
  test('positions, options and one object say the same', () => {
    const texts = [
      new nn.Conv2d(4, 6, 3, 2, 1, 1, 2, false, 'circular'),
      new nn.Conv2d(4, 6, 3, { stride: 2, padding: 1, groups: 2, bias: false, paddingMode: 'circular' }),
      new nn.Conv2d(4, 6, 3, 2, { padding: 1, groups: 2, bias: false, paddingMode: 'circular' }),
      new nn.Conv2d({ inChannels: 4, outChannels: 6, kernelSize: 3, stride: 2, padding: 1, groups: 2, bias: false, paddingMode: 'circular' }),
      new nn.Conv2d(4, 6, { kernelSize: [3, 3], stride: [2, 2], padding: [1, 1], groups: 2, bias: false, paddingMode: 'circular' }),
    ].map(String);
    expect(texts[0]).toBe(
      'Conv2d(4, 6, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), groups=2, bias=False, padding_mode=circular)',
    );
    expect(new Set(texts).size).toBe(1);
  });

  test('parameters and their names', () => {
    expect(Object.keys(new nn.Conv2d(3, 6, 5).stateDict())).toEqual(['weight', 'bias']);
    expect([...new nn.Conv3d(4, 6, [1, 2, 3], { groups: 2 }).weight.shape]).toEqual([6, 2, 1, 2, 3]);
    expect([...new nn.ConvTranspose2d(4, 6, 3, { groups: 2 }).weight.shape]).toEqual([4, 3, 3, 3]);
    expect(new nn.Conv1d(2, 3, 4, { bias: false }).bias).toBeNull();
    expect(new nn.Conv1d(2, 3, 4, { dtype: torch.float64 }).weight.dtype).toBe(torch.float64);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['groups', () => new nn.Conv2d(3, 6, 3, { groups: 2 }), /Conv2d: inChannels \(3\) must be divisible by groups \(2\)/],
    ['groups of results', () => new nn.Conv2d(4, 5, 3, { groups: 2 }), /outChannels \(5\)/],
    ['no groups', () => new nn.Conv2d(4, 4, 3, { groups: 0 }), /positive integer/],
    ['padding', () => new nn.Conv2d(4, 4, 3, { padding: 'full' as 'same' }), /Invalid padding string 'full'/],
    ['same with stride', () => new nn.Conv2d(4, 4, 3, { padding: 'same', stride: 2 }), /strided/],
    ['mode', () => new nn.Conv2d(4, 4, 3, { paddingMode: 'mirror' as 'reflect' }), /paddingMode must be one of/],
    ['kernel of another rank', () => new nn.Conv2d(4, 4, [3, 3, 3]), /kernelSize must be a number or have 2 items/],
    ['transposed mode', () => new nn.ConvTranspose2d(4, 4, 3, { paddingMode: 'reflect' as 'zeros' }), /Only 'zeros'/],
  ])('a wrong %s is a RangeError', (_, make, text) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(text);
  });

  test('an unknown option is a TypeError that names it', () => {
    expect(() => new nn.Conv2d(4, 4, 3, { kernel_size: 3 } as object)).toThrow(/kernel_size/);
    expect(() => new (nn.Conv2d as unknown as new (a: number, b: number) => unknown)(4, 4)).toThrow(/kernelSize/);
  });
});

describe('the output size of a transposed convolution', () => {
  const up = new nn.ConvTranspose2d(3, 2, 3, { stride: 2, padding: 1 });
  const x = torch.randn([2, 3, 5, 6]);

  test('may be asked for within the stride', () => {
    expect([...up(x).shape]).toEqual([2, 2, 9, 11]);
    expect([...up(x, [10, 12]).shape]).toEqual([2, 2, 10, 12]);
    expect([...up(x, { outputSize: [9, 12] }).shape]).toEqual([2, 2, 9, 12]);
    expect([...up(x, [2, 2, 10, 11]).shape]).toEqual([2, 2, 10, 11]);
    expect([...up(x.select(0, 0), [10, 12]).shape]).toEqual([2, 10, 12]);
    expect([...up(x, null).shape]).toEqual([2, 2, 9, 11]);
  });

  test('is an error with the range that is possible otherwise', () => {
    expect(() => up(x, [11, 12])).toThrow(/valid sizes range from \[9, 11\] to \[10, 12\]/);
    expect(() => up(x, [10])).toThrow(/outputSize must have 2 or 4 elements/);
    expect(() => up(x, [11, 12])).toThrow(RangeError);
  });
});

describe('what holds of any convolution', () => {
  test('a transposed convolution is the adjoint: <conv(x), y> = <x, convTranspose(y)>', () => {
    torch.manualSeed(0);
    const options = { dtype: torch.float64 };
    for (const [stride, padding, dilation, groups] of [[1, 0, 1, 1], [2, 1, 1, 2], [3, 2, 2, 1]]) {
      const x = torch.randn([2, 4, 9, 11], options), w = torch.randn([6, 4 / groups, 3, 2], options);
      const y = F.conv2d(x, w, { stride, padding, dilation, groups });
      const dy = torch.randn(y.shape as number[], options);
      const sizes = [0, 1].map((d) => {
        const k = [3, 2][d];
        return x.shape[d + 2] - ((y.shape[d + 2] - 1) * stride - 2 * padding + dilation * (k - 1) + 1);
      });
      const back = F.convTranspose2d(dy, w, { stride, padding, dilation, groups, outputPadding: sizes });
      expect(gap(y.mul(dy).sum(), x.mul(back).sum())).toBeLessThan(1e-9);
    }
  });

  test('unfold, a product and fold make a convolution', () => {
    torch.manualSeed(1);
    const x = torch.randn([2, 3, 6, 7]), w = torch.randn([4, 3, 3, 2]);
    const columns = F.unfold(x, [3, 2], { padding: 1, stride: 2 });
    const y = w.view(4, -1).matmul(columns).view(2, 4, 3, 4);
    expect(gap(y, F.conv2d(x, w, { padding: 1, stride: 2 }))).toBeLessThan(1e-5);
    const ones = F.fold(F.unfold(torch.ones([1, 1, 4, 4]), 2), [4, 4], 2);
    expect(values(ones)).toEqual([1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1]);
  });

  test('an integer result wraps around', () => {
    const x = torch.full([1, 1, 2, 2], 100, { dtype: torch.uint8 });
    expect(values(F.conv2d(x, torch.ones([1, 1, 2, 2], { dtype: torch.uint8 })))).toEqual([400 % 256]);
  });

  test('only what needs a gradient gets one', () => {
    const x = torch.randn([1, 2, 4, 4]), w = torch.randn([3, 2, 2, 2], { requiresGrad: true });
    const b = torch.randn([3], { requiresGrad: true });
    F.conv2d(x, w, b).sum().backward();
    expect(x.grad).toBeNull();
    expect(values(b.grad!)).toEqual([9, 9, 9]);
    const frozen = torch.randn([3, 2, 2, 2]);
    const bias = torch.zeros([3], { requiresGrad: true });
    F.conv2d(x, frozen, bias).sum().backward();
    expect(values(bias.grad!)).toEqual([9, 9, 9]);
    expect(String(F.conv2d(x, w))).toMatch(/grad_fn=<ConvolutionBackward0>/);
  });

  test('an empty batch has gradients of zero', () => {
    const conv = new nn.Conv2d(2, 3, 2);
    const x = torch.randn([0, 2, 4, 4], { requiresGrad: true });
    const y = conv(x);
    expect([...y.shape]).toEqual([0, 3, 3, 3]);
    y.sum().backward();
    expect(values(conv.weight.grad!).every((v) => v === 0)).toBe(true);
    expect(values(conv.bias!.grad!)).toEqual([0, 0, 0]);
    expect([...x.grad!.shape]).toEqual([0, 2, 4, 4]);
  });

  test('an input without channels gives none, and gradients', () => {
    const x = torch.ones([1, 0, 6], { requiresGrad: true }), w = torch.ones([3, 0, 3], { requiresGrad: true });
    const y = F.conv1d(x, w);
    expect([...y.shape]).toEqual([1, 0, 4]);
    y.sum().backward();
    expect([...x.grad!.shape]).toEqual([1, 0, 6]);
    expect([...w.grad!.shape]).toEqual([3, 0, 3]);
  });

  test('the number of threads changes no bit', () => {
    const before = torch.getNumThreads();
    const run = (threads: number): number[] => {
      torch.setNumThreads(threads);
      torch.manualSeed(3);
      const conv = new nn.Conv3d(5, 8, 3, { padding: 1 });
      const x = torch.randn([2, 5, 4, 20, 20], { requiresGrad: true });
      const y = conv(x);
      y.mul(y).sum().backward();
      return [y, x.grad!, conv.weight.grad!, conv.bias!.grad!].flatMap(values);
    };
    const [one, three] = [run(1), run(3)];
    expect(one.findIndex((v, k) => v !== three[k])).toBe(-1);
    torch.setNumThreads(before);
  });

  test('sizes that nobody has memory for are errors', () => {
    const w = torch.randn([1, 1, 1, 1]);
    expect(() => F.conv2d(torch.randn([1, 1, 2, 2]), w, { padding: 2 ** 40 })).toThrow(RangeError);
    expect(() => F.convTranspose2d(torch.randn([1, 1, 2, 2]), w, { stride: 2 ** 50 })).toThrow(RangeError);
    expect(() => F.conv2d(torch.randn([1, 1, 2, 2]), w, { dilation: 2 ** 50, stride: 2 ** 50 })).not.toThrow();
  });
});
