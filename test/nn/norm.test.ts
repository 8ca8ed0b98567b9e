/** Normalisation and dropout modules: call forms, running statistics, state dicts, errors. */
import * as torch from 'nabla';

const { nn } = torch;
const F = nn.functional;

function values(t: torch.Tensor | null): number[] {
  return Array.from(t!.detach().reshape(-1).toTypedArray() as Float32Array, Number);
}

describe('call forms', () => {
  test('positions, options and one object say the same', () => {
    const texts = [
      new nn.BatchNorm2d(3, 1e-3, null, true, false),
      new nn.BatchNorm2d(3, { eps: 1e-3, momentum: null, trackRunningStats: false }),
      new nn.BatchNorm2d(3, 1e-3, { momentum: null, trackRunningStats: false }),
      new nn.BatchNorm2d({ numFeatures: 3, eps: 1e-3, momentum: null, trackRunningStats: false }),
    ].map(String);
    expect(new Set(texts)).toEqual(
      new Set(['BatchNorm2d(3, eps=0.001, momentum=None, affine=True, bias=True, track_running_stats=False)']),
    );
    expect(String(new nn.LayerNorm({ normalizedShape: 4, bias: false }))).toBe(
      'LayerNorm((4,), eps=1e-05, elementwise_affine=True, bias=False)',
    );
    expect(String(new nn.GroupNorm({ numGroups: 2, numChannels: 4 }))).toBe(
      'GroupNorm(2, 4, eps=1e-05, affine=True, bias=True)',
    );
    expect(String(new nn.Dropout2d({ p: 0.1, inplace: true }))).toBe('Dropout2d(p=0.1, inplace=True)');
  });

  test('dtype is that of parameters and statistics, not of the counter', () => {
    const bn = new nn.BatchNorm1d(2, { dtype: torch.float64 });
    expect([bn.weight!.dtype, bn.runningVar!.dtype, bn.numBatchesTracked!.dtype]).toEqual([
      torch.float64,
      torch.float64,
      torch.int64,
    ]);
    bn.half();
    expect([bn.runningMean!.dtype, bn.numBatchesTracked!.dtype]).toEqual([torch.float16, torch.int64]);
    expect(bn(torch.randn(4, 2, { dtype: torch.float16 })).dtype).toBe(torch.float16);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['groups', () => new nn.GroupNorm(4, 6), /num_channels \(6\) must be divisible by num_groups \(4\)/],
    ['p', () => new nn.Dropout3d(1.5), /Dropout3d: dropout probability.*1\.5/],
    ['1d', () => new nn.BatchNorm1d(3)(torch.ones(3)), /expected 2D or 3D input \(got 1D/],
    ['2d', () => new nn.BatchNorm2d(3)(torch.ones(2, 3, 4)), /expected 4D input \(got 3D.*\[2, 3, 4\]/],
    ['3d', () => new nn.BatchNorm3d(3)(torch.ones(2, 3, 4, 5)), /expected 5D input/],
    ['channels', () => new nn.BatchNorm2d(3)(torch.ones(2, 4, 2, 2)), /running_mean should contain 4 elements not 3/],
    ['one value', () => new nn.BatchNorm2d(3)(torch.ones(1, 3, 1, 1)), /more than 1 value per channel/],
    ['instance', () => new nn.InstanceNorm2d(3)(torch.ones(2, 3)), /expected 3D or 4D input/],
    ['affine', () => new nn.InstanceNorm1d(3, { affine: true })(torch.ones(2, 4, 5)), /num_features \(3\), but got: 4/],
    ['shape', () => new nn.LayerNorm(4)(torch.ones(2, 3)), /normalizedShape=\[4\]/],
  ])('wrong %s', (_name, run, text) => {
    expect(run).toThrow(RangeError);
    expect(run).toThrow(text);
  });

  test('a shape that is none', () => {
    expect(() => new nn.LayerNorm('x' as never)).toThrow(TypeError);
    expect(() => new nn.LayerNorm(undefined as never)).toThrow(/missing argument 'normalizedShape'/);
  });
});

describe('running statistics', () => {
  test('state dicts spell them as PyTorch does', () => {
    expect(Object.keys(new nn.BatchNorm2d(3).stateDict())).toEqual([
      'weight',
      'bias',
      'running_mean',
      'running_var',
      'num_batches_tracked',
    ]);
    expect(Object.keys(new nn.InstanceNorm2d(3).stateDict())).toEqual([]);
  });

  test('momentum null averages all batches', () => {
    const bn = new nn.BatchNorm1d(1, { momentum: null });
    for (const x of [1, 2, 6]) bn(torch.tensor([[x - 1], [x + 1]]));
    expect(values(bn.runningMean)[0]).toBeCloseTo(3, 5);
    expect(values(bn.running_var)[0]).toBeCloseTo(2, 5);
    expect(bn.numBatchesTracked!.item()).toBe(3);
    bn.resetRunningStats();
    expect([...values(bn.runningMean), ...values(bn.runningVar), bn.numBatchesTracked!.item()]).toEqual([0, 1, 0]);
  });

  test('evaluation changes nothing, and later training leaves its gradient alone', () => {
    const bn = new nn.BatchNorm1d(2).eval();
    const x = torch.randn(3, 2).requiresGrad_();
    const out = bn(x);
    bn.train()(torch.randn(5, 2).mul(10));
    out.sum().backward();
    values(x.grad).forEach((g) => expect(g).toBeCloseTo(1, 4));
    expect(bn.numBatchesTracked!.item()).toBe(1);
  });

  test('statistics that are views and of other dtypes change in place', () => {
    const base = torch.zeros(2, 2);
    const [mean, variance] = [base.select(1, 0), base.select(1, 1).fill_(1)];
    F.batchNorm(torch.tensor([[0, 2], [2, 6]]), mean, variance, { training: true, momentum: 0.5 });
    expect(base.tolist()).toEqual([[0.5, 1.5], [2, 4.5]]);
    const half = torch.zeros(2, { dtype: torch.float16 });
    const x = torch.tensor([[0, 2], [2, 6]], { dtype: torch.float16 });
    F.batchNorm(x, half, torch.ones(2, { dtype: torch.float16 }), { training: true, momentum: 0.5 });
    expect(half.tolist()).toEqual([0.5, 2]);
  });

  test('they have no gradients', () => {
    const mean = torch.zeros(2).requiresGrad_();
    expect(() => F.batchNorm(torch.ones(3, 2), mean, torch.ones(2), { training: true })).toThrow(/requiresGrad/);
  });

  test('a state dict from before the counter loads', () => {
    const sd = new nn.BatchNorm2d(3).stateDict();
    sd.running_mean!.fill_(4);
    delete sd.num_batches_tracked;
    const bn = new nn.BatchNorm2d(3);
    bn.numBatchesTracked!.fill_(7);
    expect(bn.loadStateDict(sd).missingKeys).toEqual([]);
    expect([values(bn.runningMean), bn.numBatchesTracked!.item()]).toEqual([[4, 4, 4], 7]);
    delete sd.running_var;
    expect(() => bn.loadStateDict(sd)).toThrow(/Missing key.*"running_var"/);
  });

  test('the setters reach the buffers', () => {
    const bn = new nn.BatchNorm1d(1);
    bn.runningMean = torch.tensor([5]);
    expect(values(bn.stateDict().running_mean!)).toEqual([5]);
    bn.runningMean = null;
    bn.runningVar = null;
    expect(Object.keys(bn.stateDict())).toEqual(['weight', 'bias', 'num_batches_tracked']);
    // Without statistics the batch's are used in evaluation too.
    expect(values(bn.eval()(torch.tensor([[1], [3]]))).map(Math.round)).toEqual([-1, 1]);
  });
});

describe('dropout', () => {
  test('channels go as a whole', () => {
    torch.manualSeed(0);
    const y = new nn.Dropout2d()(torch.ones(4, 8, 3, 3));
    const sums = values(y.sum([2, 3]));
    expect(new Set(sums)).toEqual(new Set([0, 18]));
  });

  test('in place', () => {
    torch.manualSeed(0);
    const x = torch.ones(3, 4, 5), single = torch.ones(6, 5);
    expect(new nn.Dropout1d(0.5, true)(x)).toBe(x);
    expect(F.dropout1d(single, { inplace: true })).toBe(single);
    expect(new Set([...values(x), ...values(single)])).toEqual(new Set([0, 2]));
    const leaf = torch.ones(2, 3, 4).requiresGrad_();
    expect(() => F.alphaDropout(leaf, 0.5, true, true)).toThrow(/leaf/);
  });

  test('dropout2d of three dimensions warns once', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    F.dropout2d(torch.ones(2, 3, 4));
    F.dropout2d(torch.ones(2, 3, 4));
    F.dropout3d(torch.ones(2, 3));
    expect(warn.mock.calls.map(([text]) => String(text).slice(0, 30))).toEqual([
      'dropout2d: received a 3-D inpu',
      'dropout3d: received a 2-D inpu',
    ]);
    warn.mockRestore();
  });
});
