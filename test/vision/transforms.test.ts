/** Transforms against torchvision: values, texts, and where they leave the generator. */
import * as torch from 'nabla';
import { vision } from 'nabla';
import { difference, valuesOf } from '../op_db/golden';
import type { Value } from '../op_db/types';
import { golden } from '../support/golden';

const { transforms } = vision;

/* eslint-disable @typescript-eslint/no-explicit-any */

interface Case {
  name: string;
  options: Record<string, any>;
  kind: 'pixels' | 'bytes' | 'floats';
  seed: number;
  text: string;
  shape: number[];
  values: Value[];
  after: Value[];
}

const { transforms: cases, conversions } = golden('vision.json') as {
  transforms: Case[];
  conversions: { from: string; to: string; input: number[]; values: number[] }[];
};

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());

/** Bytes (H, W, C), as the generator of the golden file makes them. */
function pixels(): torch.Tensor {
  const bytes = Uint8Array.from({ length: 10 * 13 * 3 }, (_, i) => (i * i * 31 + i * 7) % 256);
  return torch.fromTypedArray(bytes, [10, 13, 3]);
}

const INPUTS = {
  pixels,
  bytes: () => pixels().permute(2, 0, 1).contiguous(),
  floats: () => pixels().permute(2, 0, 1).contiguous().to(torch.float32).div(255),
};

function make(name: string, options: Record<string, any>): any {
  const keys = Object.entries(options).map(([key, value]) => [camel(key), value]);
  return new (transforms as any)[name](Object.fromEntries(keys));
}

const EXACT = { rtol: 0, atol: 0 };
/** Sums that round in another order than PyTorch's vector code does, and its normal draws. */
const ROUNDING: Record<string, number> = {
  Resize: 1e-5, RandomResizedCrop: 1e-5, Grayscale: 1e-6, RandomGrayscale: 1e-6, RandomErasing: 5e-7,
  ColorJitter: 1e-5, RandomRotation: 1e-4, RandomAffine: 1e-4,
};

test.each([...new Set(cases.map(({ name }) => name))])('%s', (name) => {
  for (const { options, kind, seed, shape, values, after } of cases.filter((c) => c.name === name)) {
    const transform = make(name, options);
    torch.manualSeed(seed);
    const out = transform(INPUTS[kind]());
    const what = `${name} ${JSON.stringify(options)} ${kind} ${seed}`;
    expect([what, out.shape]).toEqual([what, shape]);
    expect([what, String(out.dtype)]).toEqual([what, kind === 'floats' ? 'torch.float32' : 'torch.uint8']);
    const rtol = kind === 'floats' ? (ROUNDING[name] ?? 0) : 0;
    // A resized byte halfway between two may be rounded either way.
    const atol = name === 'Resize' && kind === 'bytes' ? 1 : rtol / 10;
    expect([what, difference(valuesOf(out), values, { rtol, atol })]).toEqual([what, null]);
    expect([what, difference(valuesOf(torch.rand(2)), after, EXACT)]).toEqual([what, null]);
  }
});

test('they print as in torchvision', () => {
  // Tuples are arrays here, and print as such where torchvision shows what it was given.
  const plain = (text: string): string => text.replace(/\(([^()=]*)\)/g, '[$1]');
  for (const { name, options, text } of cases) {
    expect(plain(String(make(name, options)))).toBe(plain(text));
  }
});

test.each(conversions)('ConvertImageDtype from $from to $to', ({ from, to, input, values }) => {
  const dtypes = torch as unknown as Record<string, torch.DType>;
  const x = torch.tensor(input, { dtype: dtypes[from] });
  const out = new transforms.ConvertImageDtype(dtypes[to])(x);
  expect(out.dtype).toBe(dtypes[to]);
  expect(difference(valuesOf(out), values, { rtol: 1e-7, atol: 0 })).toBeNull();
});

test('whole batches get what single images get', () => {
  const steps = [
    new transforms.CenterCrop(7),
    new transforms.Pad([1, 2], { fill: 3 }),
    new transforms.Resize([6, 5]),
    new transforms.Grayscale(3),
    new transforms.ConvertImageDtype(torch.float32),
  ];
  for (const step of steps) {
    for (const kind of ['pixels', 'bytes', 'floats'] as const) {
      const first = INPUTS[kind]();
      const second = first.flip([0]);
      const batch = (step.batch as (x: torch.Tensor) => torch.Tensor)(torch.stack([first, second]));
      const single = torch.stack([step.forward(first), step.forward(second)]);
      expect([String(step), kind, torch.equal(batch, single)]).toEqual([String(step), kind, true]);
    }
  }
});

test('gray bytes without channels become colours', () => {
  const gray = INPUTS.pixels().select(2, 0);
  const out = new transforms.Compose([new transforms.Grayscale(3), new transforms.ToTensor()])(gray);
  expect(out.shape).toEqual([3, 10, 13]);
  expect(torch.equal(out.get(2), gray.to(torch.float32).div(255))).toBe(true);
  const batch = new transforms.Grayscale(3).batch(torch.stack([gray, gray]));
  expect(batch.shape).toEqual([2, 10, 13, 3]);
  const raw = { data: new Uint8Array(10 * 13 * 3), width: 13, height: 10 };
  expect(new transforms.CenterCrop(4)(raw).shape).toEqual([4, 4, 3]);
});

test('RandomApply', () => {
  const twice = new transforms.RandomApply([(x: torch.Tensor) => x.mul(2)], { p: 0.5 });
  torch.manualSeed(0);
  const draws = Array.from({ length: 8 }, () => torch.rand(1).item() < 0.5);
  torch.manualSeed(0);
  expect(draws.map(() => twice(torch.ones(1)).item() === 2)).toEqual(draws);
  expect(String(new transforms.RandomApply([new transforms.CenterCrop(2)]))).toBe(
    'RandomApply(\n    p=0.5\n    CenterCrop(size=(2, 2))\n)',
  );
});

describe('wrong arguments', () => {
  const image = torch.zeros(3, 8, 8);
  const wrong: [string, () => unknown, string][] = [
    ['a size of three', () => new transforms.CenterCrop([1, 2, 3]), 'CenterCrop: Please provide only two dimensions'],
    ['a size of zero', () => new transforms.RandomCrop(0), 'RandomCrop: size must be one or two positive integers, got 0'],
    ['a size that is no number', () => new transforms.Resize('7' as never), "size must be one or two positive integers, got '7'"],
    ['a padding of three', () => new transforms.Pad([1, 2, 3]), 'Padding must be an int or a 1, 2, or 4 element'],
    ['an unknown mode', () => new transforms.Pad(1, { paddingMode: 'wrap' as never }), "got 'wrap'"],
    ['an unknown interpolation', () => new transforms.Resize(4, 'cubic' as never), "interpolation must be one of nearest"],
    ['maxSize beside two sizes', () => new transforms.Resize([4, 4], { maxSize: 5 }), 'maxSize should only be passed'],
    ['a short side beyond maxSize', () => new transforms.Resize(4, { maxSize: 4 })(image), 'maxSize = 4 must be strictly greater'],
    ['a crop beyond the image', () => new transforms.RandomCrop(9)(image), 'Required crop size (9, 9) is larger than input image size (8, 8)'],
    ['a reflection beyond the image', () => new transforms.Pad(8, { paddingMode: 'reflect' })(image), 'Pad: padding [8, 8] does not fit a side of 8'],
    ['two channels', () => new transforms.Grayscale()(torch.zeros(2, 8, 8)), 'permitted channel values are [1, 3], but found 2'],
    ['a vector', () => new transforms.CenterCrop(2)(torch.zeros(4)), 'CenterCrop: Tensor is not a torch image'],
    ['what is no image', () => new transforms.CenterCrop(2)('image' as never), "CenterCrop: expected a tensor or { data, width, height, channels }, got 'image'"],
    ['no dtype', () => new transforms.ConvertImageDtype('uint8' as never), "expected a dtype, got 'uint8'"],
    ['an unsafe cast', () => new transforms.ConvertImageDtype(torch.int32)(image), 'cannot be performed safely'],
    ['values for another number of channels', () => new transforms.RandomErasing({ p: 1, value: [1, 2] })(image), '3 (number of input channels)'],
    ['negative degrees', () => new transforms.RandomRotation(-1), 'RandomRotation: If degrees is a single number, it must be positive, got -1'],
    ['degrees that are none', () => new transforms.RandomAffine([1, 2, 3]), 'RandomAffine: degrees should be an array of 2 numbers, got [1, 2, 3]'],
    ['a shear of three', () => new transforms.RandomAffine(0, { shear: [1, 2, 3] }), 'shear should be an array of 2 or 4 numbers'],
    ['a move beyond the image', () => new transforms.RandomAffine(0, [0.5, 1.5]), 'translation values should be between 0 and 1'],
    ['a factor of zero', () => new transforms.RandomAffine(0, { scale: [0, 1] }), 'scale values should be positive'],
    ['a way to read that is none', () => new transforms.RandomRotation(5, 'bicubic' as never), "RandomRotation: interpolation must be 'nearest' or 'bilinear', got 'bicubic'"],
    ['a fill for other channels', () => new transforms.RandomRotation(5, { fill: [1, 2, 3] })(torch.zeros(1, 8, 8)), 'the number of elements in fill (3) is not that of the channels (1)'],
    ['a probability beyond 1', () => new transforms.RandomErasing(2), 'between 0 and 1'],
    ['a range that is none', () => new transforms.RandomErasing({ scale: 0.5 as never }), 'scale should be a pair of numbers, got 0.5'],
    ['a p that is no number', () => new transforms.RandomVerticalFlip('0.5' as never), "RandomVerticalFlip: p must be a number, got '0.5'"],
  ];
  test('ColorJitter', () => {
    expect(() => new transforms.ColorJitter(-1)).toThrow('If brightness is a single number, it must be non negative, got -1');
    expect(() => new transforms.ColorJitter({ hue: 0.7 })).toThrow('hue values should be between -0.5 and 0.5, but got [-0.7, 0.7]');
    expect(() => new transforms.ColorJitter({ contrast: [2, 1] })).toThrow('contrast values should be between 0 and Infinity, but got [2, 1]');
    expect(() => new transforms.ColorJitter({ contrast: '1' as never })).toThrow("contrast should be a number or an array of two, got '1'");
    expect(() => new transforms.ColorJitter(0.5)(torch.zeros(2, 8, 8))).toThrow('permitted channel values are [1, 3], but found 2');
  });

  test.each(wrong)('%s', (_, call, text) => {
    expect(call).toThrow(text);
  });
});
