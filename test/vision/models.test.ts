/** Networks against torchvision: names, shapes, initial weights, texts, outputs and gradients. */
import * as torch from 'nabla';
import { nn, vision } from 'nabla';
import { difference, valuesOf } from '../op_db/golden';
import type { Value } from '../op_db/types';
import { golden } from '../support/golden';

/* eslint-disable @typescript-eslint/no-explicit-any */

const { models } = vision;

// VGG has 130 million weights.
jest.setTimeout(60_000);

interface Case {
  name: string;
  options: Record<string, any>;
  seed: number;
  side: number;
  channels: number;
  /** Shape, first and last element. */
  state: Record<string, [number[], Value, Value]>;
  input: Value[];
  train?: Value[];
  gradSums?: Value[];
  eval: Value[];
  text?: string;
}

const { models: cases } = golden('vision.json') as { models: Case[] };

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase()).replace('Resnet502', 'Resnet50_2');
const NORMAL = { rtol: 5e-7, atol: 5e-7 };

function make({ name, options }: Case): any {
  // Names keep the _ between digits and before them: resnext50_32x4d, wideResnet50_2.
  const known = Object.keys(models).find((key) => key === name) ?? camel(name);
  const keys = Object.entries(options).map(([key, value]) => [camel(key), value]);
  return (models as any)[known](Object.fromEntries(keys));
}

/** Weights that depend on no normal draw, which differ by an ulp between implementations. */
function refill(model: torch.nn.Module): void {
  torch.noGrad(() => {
    for (const p of model.parameters()) {
      p.copy_(torch.rand(p.shape as number[]));
      if (p.dim() > 1) p.sub_(0.5).mul_(Math.sqrt(12 / p.get(0).numel()));
    }
  });
}

/** How far apart values may be, relative to the largest of them. */
function expectNear(got: torch.Tensor | number[], want: Value[], rtol: number, what: string): void {
  const largest = Math.max(...want.map((v) => Math.abs(Number(v))));
  const values = Array.isArray(got) ? got : (valuesOf(got) as number[]);
  expect([what, difference(values, want, { rtol: 0, atol: rtol * largest })]).toEqual([what, null]);
}

describe.each(cases.map((c) => [`${c.name} ${JSON.stringify(c.options)}`, c] as const))('%s', (_, c) => {
  let model: any;
  let input: torch.Tensor;

  beforeAll(() => {
    torch.manualSeed(c.seed);
    model = make(c);
    input = torch.rand([2, c.channels, c.side, c.side], { dtype: torch.float64 });
  });

  afterAll(() => {
    model = undefined;
  });

  test('names, shapes and initial weights', () => {
    const state = model.stateDict() as Record<string, torch.Tensor>;
    expect(Object.keys(state)).toEqual(Object.keys(c.state));
    for (const [key, [shape, first, last]] of Object.entries(c.state)) {
      expect([key, state[key].shape]).toEqual([key, shape]);
      const flat = state[key].reshape(-1);
      const ends = [flat.get(0), flat.get(-1)].map((x) => valuesOf(x)[0]);
      expect([key, difference(ends, [first, last], NORMAL)]).toEqual([key, null]);
    }
    // The generator is where PyTorch leaves it.
    expect(difference(valuesOf(input.reshape(-1).narrow(0, 0, 3)), c.input, { rtol: 0, atol: 0 })).toBeNull();
  });

  if (c.text !== undefined) {
    test('prints as in PyTorch', () => expect(String(model)).toBe(c.text));
  }

  test('output and gradients in training, output in evaluation', () => {
    refill(model);
    // Batch statistics of two images magnify every rounding.
    const dtype = c.train ? torch.float64 : torch.float32;
    const rtol = c.train ? 1e-9 : 1e-4;
    model.to(dtype);
    input = input.to(dtype);
    if (c.train) {
      model.train();
      const out = model(input);
      expectNear(out, c.train, rtol, 'output in training');
      out.square().sum().backward();
      const sums = (model.parameters() as torch.Tensor[]).map((p) => (p.grad as torch.Tensor).abs().sum().item());
      sums.forEach((sum, i) => {
        const want = Number(c.gradSums?.[i]);
        expect(Math.abs(sum - want)).toBeLessThanOrEqual(1e-7 * want + 1e-9);
      });
      model.zeroGrad();
    }
    model.eval();
    torch.noGrad(() => expectNear(model(input), c.eval, rtol, 'output in evaluation'));
  });
});

describe('options', () => {
  test('a norm of one\'s own, as a class or a function', () => {
    const group = models.resnet18({ numClasses: 2, normLayer: (channels) => new nn.GroupNorm(8, channels) });
    expect(group.modules().some((m) => m instanceof nn.BatchNorm2d)).toBe(false);
    const mobile = models.mobilenetV2({ numClasses: 2, widthMult: 0.25, normLayer: nn.InstanceNorm2d as never });
    expect(mobile.modules().some((m) => m instanceof nn.InstanceNorm2d)).toBe(true);
  });

  test('a state dict goes from one model to another', () => {
    const [from, to] = [models.lenet(), models.lenet()];
    expect(to.loadStateDict(from.stateDict()).missingKeys).toEqual([]);
    const x = torch.rand(1, 1, 32, 32);
    expect(torch.equal(from(x), to(x))).toBe(true);
  });

  test('classes take the arguments of torchvision by position', () => {
    const net = new models.ResNet(models.BasicBlock, [1, 1, 1, 1], 4, true);
    expect(net.fc.outFeatures).toBe(4);
    expect((net.layer1.get(0) as any).bn2.weight.sum().item()).toBe(0);
  });

  const wrong: [string, () => unknown, string][] = [
    ['weights', () => models.resnet18({ weights: 'DEFAULT' as never }), "resnet18: weights 'DEFAULT' cannot be had, nabla downloads nothing. Make the model without, const model = vision.models.resnet18()"],
    ['weights by position', () => (models.vgg11 as any)('IMAGENET1K_V1'), "vgg11: weights 'IMAGENET1K_V1' cannot be had"],
    ['pretrained', () => models.alexnet({ pretrained: true } as never), 'alexnet: pretrained: true cannot be had'],
    ['an unknown option', () => models.resnet18({ num_classes: 10 } as never), "ResNet: unknown option 'num_classes', write 'numClasses'"],
    ['no number of classes', () => models.mobilenetV2({ numClasses: 0 }), 'MobileNetV2: numClasses must be an integer from 1 up, got 0'],
    ['a value that the variant fixes', () => models.resnext50_32x4d({ groups: 2 }), "resnext50_32x4d: The parameter 'groups' expected value 32 but got 2 instead"],
    ['groups in a basic block', () => models.resnet18({ groups: 2 }), 'BasicBlock: only supports groups=1 and baseWidth=64'],
    ['dilation in a basic block', () => models.resnet18({ replaceStrideWithDilation: [true, false, false] }), 'BasicBlock: Dilation > 1 not supported'],
    ['too few stages to dilate', () => models.resnet50({ replaceStrideWithDilation: [true] }), 'should be null or a 3-element array'],
    ['a norm that is none', () => models.resnet18({ normLayer: 'batch' as never }), "ResNet: normLayer must be a class such as nn.BatchNorm2d or a function of the number of channels, got 'batch'"],
    ['a setting of three numbers', () => models.mobilenetV2({ invertedResidualSetting: [[1, 2, 3]] as never }), 'arrays of 4 elements'],
    ['a stride of three', () => new models.InvertedResidual(8, 8, 3, 1), 'stride should be 1 or 2 instead of 3'],
  ];
  test.each(wrong)('%s', (_, call, text) => {
    expect(call).toThrow(text);
  });

  test('weights: null and progress are accepted', () => {
    expect(models.lenet({ numClasses: 3 }).fc3.outFeatures).toBe(3);
    expect(models.mobilenetV2({ weights: null, progress: false, widthMult: 0.1 }).lastChannel).toBe(1280);
  });
});
