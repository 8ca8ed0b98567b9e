import zlib from 'node:zlib';
import * as torch from 'nabla';
import { data, vision } from 'nabla';
import { temporaryFolders } from '../support/folders';

const { datasets, transforms } = vision;
const folder = temporaryFolders('nabla-cifar-');

const IMAGE = 3 * 32 * 32;

/** `count` records whose numbers begin with `first`: label bytes, then planes. */
function records(first: number, count: number, labels: (i: number) => number[]): Buffer {
  const parts: Uint8Array[] = [];
  for (let i = first; i < first + count; i++) {
    parts.push(Uint8Array.from([...labels(i), ...Array.from({ length: IMAGE }, (_, k) => byte(i, k))]));
  }
  return Buffer.concat(parts);
}

/** Byte k of image i. */
const byte = (i: number, k: number): number => (i * 101 + k * 37 + (k >> 5)) % 256;
const label = (i: number): number => (i * 7 + 3) % 10;

/** Five training files of 1 to 5 records, and a test file of 3. */
function files(below = ''): Record<string, Uint8Array> {
  const out: Record<string, Uint8Array> = {};
  let first = 0;
  for (let n = 1; n <= 5; n++) {
    out[`${below}data_batch_${n}.bin`] = records(first, n, (i) => [label(i)]);
    first += n;
  }
  out[`${below}test_batch.bin`] = records(100, 3, (i) => [label(i)]);
  return out;
}

function fine(i: number): number[] {
  return [i % 20, (i * 13) % 100];
}

describe('CIFAR10', () => {
  test('reads the five training files in order, and the test file', () => {
    const set = new datasets.CIFAR10(folder(files()));
    expect(set.length).toBe(15);
    expect(set.data.shape).toEqual([15, 32, 32, 3]);
    expect(set.data.dtype).toBe(torch.uint8);
    expect(set.targets).toEqual(Array.from({ length: 15 }, (_, i) => label(i)));
    const [image, target] = set.get(9);
    expect(image.shape).toEqual([32, 32, 3]);
    expect(target).toBe(label(9));
    for (const [y, x, c] of [[0, 0, 0], [3, 7, 1], [31, 31, 2]] as const) {
      expect(image.get(y).get(x).get(c).item()).toBe(byte(9, c * 1024 + y * 32 + x));
    }
    expect(set.get(-1)[1]).toBe(label(14));
    expect(() => set.get(15)).toThrow(RangeError);
    expect(set.classes[3]).toBe('cat');
    expect(set.classToIdx.truck).toBe(9);
    const test = new datasets.CIFAR10({ root: folder(files()), train: false });
    expect(test.length).toBe(3);
    expect(test.targets).toEqual([label(100), label(101), label(102)]);
  });

  test('files in the folder that the archive makes, packed or not', () => {
    const packed = files('cifar-10-batches-bin/');
    packed['cifar-10-batches-bin/data_batch_2.bin.gz'] = zlib.gzipSync(packed['cifar-10-batches-bin/data_batch_2.bin']);
    delete packed['cifar-10-batches-bin/data_batch_2.bin'];
    const root = folder(packed);
    const set = new datasets.CIFAR10(root, { download: true });
    expect(set.length).toBe(15);
    expect(set.targets).toEqual(new datasets.CIFAR10(folder(files())).targets);
    expect(String(set)).toBe(
      `Dataset CIFAR10\n    Number of datapoints: 15\n    Root location: ${root}\n    Split: Train`,
    );
  });

  test('a loader makes whole batches of the values that samples have', () => {
    const normalize = new transforms.Normalize([0.4, 0.5, 0.6], [0.1, 0.2, 0.3]);
    const whole = new transforms.Compose([new transforms.Pad(1), new transforms.ToTensor(), normalize]);
    const single = new transforms.Compose([...whole.transforms.slice(0, 2), (x: torch.Tensor) => normalize(x)]);
    const root = folder(files());
    const [fast, slow] = [whole, single].map((transform) => {
      torch.manualSeed(1);
      const set = new datasets.CIFAR10(root, { transform });
      return [...new data.DataLoader(set, { batchSize: 4, shuffle: true })];
    });
    fast.forEach(([x, y], i) => {
      expect(x.shape).toEqual([i < 3 ? 4 : 3, 3, 34, 34]);
      expect(y.dtype).toBe(torch.int64);
      expect(torch.equal(x, slow[i][0])).toBe(true);
      expect(torch.equal(y, slow[i][1])).toBe(true);
    });
    const [plain] = [...new data.DataLoader(new datasets.CIFAR10(root), { batchSize: 2 })];
    expect(plain[0].shape).toEqual([2, 32, 32, 3]);
    expect(plain[0].get(1).tolist()).toEqual(new datasets.CIFAR10(root).get(1)[0].tolist());
  });

  test('random transforms draw image by image, in a loader and without', () => {
    const transform = new transforms.Compose([
      new transforms.RandomCrop(32, { padding: 4 }),
      new transforms.RandomHorizontalFlip(),
      new transforms.ToTensor(),
    ]);
    const set = new datasets.CIFAR10(folder(files()), { transform });
    torch.manualSeed(4);
    const images = [0, 1, 2, 3].map((i) => set.get(i)[0] as torch.Tensor);
    torch.manualSeed(4);
    const [batch] = set.getBatch([0, 1, 2, 3]) as [torch.Tensor, torch.Tensor];
    expect(torch.equal(batch, torch.stack(images))).toBe(true);
    // Images of several sizes, and steps that are no transforms.
    const sizes = [5, 7, 5];
    let next = 0;
    const steps = [new transforms.Compose([(x: torch.Tensor) => x.narrow(0, 0, sizes[next++ % 3])]), new transforms.Resize([6, 6])];
    const uneven = new datasets.CIFAR10(set.root, { transform: new transforms.Compose([...steps, new transforms.ToTensor()]) });
    expect(uneven.getBatch([0, 1, 2])[0]).toMatchObject({ shape: [3, 3, 6, 6] });
    class Own extends transforms.Compose {
      override forward(image: torch.Tensor): torch.Tensor {
        return (super.forward(image) as torch.Tensor).neg();
      }
    }
    const own = new datasets.CIFAR10(set.root, { transform: new Own([new transforms.ToTensor()]) });
    expect((own.getBatch([0])[0] as torch.Tensor).max().item()).toBeLessThanOrEqual(0);
  });

  const broken = (name: string, bytes: Uint8Array) => ({ ...files(), [name]: bytes });
  const good = records(0, 2, (i) => [label(i)]);
  const late = Buffer.from(good);
  late[3073] = 10;
  const wrong: [string, Record<string, Uint8Array>, RegExp][] = [
    ['no files', {}, /CIFAR10: file 'data_batch_1.bin' .* not found in '.*' or '.*cifar-10-batches-bin'. nabla downloads nothing. Put 'data_batch_1.bin', .*'data_batch_5.bin', .* folders \(they are in cifar-10-binary.tar.gz\)/],
    ['one file less', Object.fromEntries(Object.entries(files()).filter(([name]) => name !== 'data_batch_4.bin')), /file 'data_batch_4.bin'/],
    ['an empty file', broken('data_batch_3.bin', new Uint8Array(0)), /data_batch_3.bin: expected a whole number of records of 3073 bytes, found 0 bytes/],
    ['a truncated file', broken('data_batch_2.bin', good.subarray(0, 5000)), /data_batch_2.bin: expected a whole number of records of 3073 bytes, found 5000 bytes: 1 records and 1927 bytes more/],
    ['a byte too many', broken('data_batch_2.bin', Buffer.concat([good, Buffer.alloc(1)])), /found 6147 bytes: 2 records and 1 bytes more/],
    ['records of CIFAR-100', broken('data_batch_1.bin', records(0, 3, fine)), /found 9222 bytes/],
    ['a label beyond the classes', broken('data_batch_5.bin', late), /data_batch_5.bin: expected labels below 10, found 10 at 1/],
    ['a broken gzip', broken('data_batch_1.bin', zlib.gzipSync(good).subarray(0, 50)), /data_batch_1.bin: cannot be unpacked/],
    ['a folder', { 'data_batch_1.bin/file': good }, /data_batch_1.bin': not a file/],
  ];
  test.each(wrong)('%s: an error that names the file', (_, content, text) => {
    const root = folder(content);
    expect(() => new datasets.CIFAR10(root)).toThrow(text);
  });

  test('download: true where no files are', () => {
    expect(() => new datasets.CIFAR10(folder({}), { download: true })).toThrow('download: true has no effect here');
  });

  test('wrong arguments', () => {
    expect(() => new datasets.CIFAR10(5 as never)).toThrow('CIFAR10: root must be a path, got 5');
    expect(() => new datasets.CIFAR10(folder(files()), { target_transform: null } as never)).toThrow(
      "unknown option 'target_transform', write 'targetTransform'",
    );
    expect(() => new datasets.CIFAR10(folder(files()), 1 as never)).toThrow('train must be a boolean');
  });
});

describe('CIFAR100', () => {
  test('reads the fine labels', () => {
    const root = folder({
      'cifar-100-binary/train.bin': records(0, 4, fine),
      'cifar-100-binary/test.bin': records(9, 2, fine),
    });
    const set = new datasets.CIFAR100(root, true, null, (y) => -y);
    expect(set.targets).toEqual([0, 13, 26, 39]);
    expect(set.get(2)[1]).toBe(-26);
    expect(set.get(3)[0].get(0).get(1).get(2).item()).toBe(byte(3, 2 * 1024 + 1));
    expect(new datasets.CIFAR100(root, { train: false }).length).toBe(2);
    expect(set.classes.length).toBe(100);
    expect([...set.classes].sort()).toEqual(set.classes);
    expect(set.classes[99]).toBe('worm');
  });

  test('records of CIFAR-10 and labels that are too large', () => {
    const ten = folder({ 'train.bin': records(0, 3, (i) => [label(i)]) });
    expect(() => new datasets.CIFAR100(ten)).toThrow(/train.bin: expected a whole number of records of 3074 bytes, found 9219/);
    const coarse = folder({ 'train.bin': records(0, 3, (i) => [i === 2 ? 20 : 0, 99]) });
    expect(() => new datasets.CIFAR100(coarse)).toThrow('train.bin: expected labels below 20, found 20 at 2');
    const large = folder({ 'train.bin': records(0, 3, () => [19, 100]) });
    expect(() => new datasets.CIFAR100(large)).toThrow('train.bin: expected labels below 100, found 100 at 0');
  });
});
