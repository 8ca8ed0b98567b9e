/**
 * The binary version of CIFAR: records of fixed size without header, each the label bytes and then
 * 3072 bytes of one image, the red plane, the green and the blue, 32 rows of 32.
 */
import path = require('node:path');
import { fromTypedArray } from '../../creation';
import { uint8 } from '../../dtype';
import type { Tensor } from '../../tensor';
import { failWith, findFiles, readBytes } from './files';
import { checkLabels, VisionDataset, type VisionDatasetOptions } from './vision_dataset';

export type CIFAROptions = VisionDatasetOptions;

const SIDE = 32;
const IMAGE = 3 * SIDE * SIDE;

/** How the files of one of the data sets are laid out. */
interface Layout {
  readonly archive: string;
  /** Folder that the archive unpacks to. */
  readonly folder: string;
  readonly train: readonly string[];
  readonly test: readonly string[];
  /** Number of classes that each label byte of a record counts; the last one is the target. */
  readonly labels: readonly number[];
}

/**
 * Small colour images of ten classes. The files of the binary version (`data_batch_1.bin` to
 * `data_batch_5.bin`, `test_batch.bin`), gzip'd or not, in `root` or in `root/cifar-10-batches-bin`,
 * with any number of records; `data` is uint8 (N, 32, 32, 3), `targets` an array of N numbers.
 *
 * PyTorch: torchvision.datasets.CIFAR10
 */
export class CIFAR10 extends VisionDataset<number[]> {
  static override readonly classes: readonly string[] = [
    'airplane',
    'automobile',
    'bird',
    'cat',
    'deer',
    'dog',
    'frog',
    'horse',
    'ship',
    'truck',
  ];

  protected layout(): Layout {
    return {
      archive: 'cifar-10-binary.tar.gz',
      folder: 'cifar-10-batches-bin',
      train: [1, 2, 3, 4, 5].map((i) => `data_batch_${i}.bin`),
      test: ['test_batch.bin'],
      labels: [10],
    };
  }

  protected override load(download: boolean): { data: Tensor; targets: number[] } {
    const owner = this.constructor.name;
    const layout = this.layout();
    const files = findFiles({
      owner,
      download,
      source: `they are in ${layout.archive}`,
      folders: [this.root, path.join(this.root, layout.folder)],
      files: (this.train ? layout.train : layout.test).map((name) => [name]),
    });
    const parts = files.map((file) => readRecords(owner, file, layout.labels));
    const targets = parts.flatMap((part) => Array.from(part.labels));
    // Memory that the tensor can share; any other would be copied once more.
    const planes = new Uint8Array(new SharedArrayBuffer(targets.length * IMAGE));
    let next = 0;
    for (const { records, size } of parts) {
      for (let end = size; end <= records.length; end += size) {
        planes.set(records.subarray(end - IMAGE, end), next);
        next += IMAGE;
      }
    }
    const data = fromTypedArray(planes, [targets.length, 3, SIDE, SIDE], { dtype: uint8 });
    return { data: data.permute(0, 2, 3, 1), targets };
  }
}

interface Records {
  readonly records: Uint8Array;
  /** Bytes of one record. */
  readonly size: number;
  readonly labels: Uint8Array;
}

function readRecords(owner: string, file: string, labels: readonly number[]): Records {
  const fail = failWith(owner, file);
  const records = readBytes(file, fail);
  const size = labels.length + IMAGE;
  const count = Math.floor(records.length / size);
  if (count === 0 || count * size !== records.length) {
    fail(
      `expected a whole number of records of ${size} bytes, found ${records.length} bytes: ` +
        `${count} records and ${records.length - count * size} bytes more (truncated?)`,
    );
  }
  const columns = labels.map((classes, k) => {
    const column = Uint8Array.from({ length: count }, (_, i) => records[i * size + k] as number);
    checkLabels(column, classes, fail);
    return column;
  });
  return { records, size, labels: columns.at(-1) as Uint8Array };
}

/**
 * Small colour images of a hundred classes, the fine labels. The files of the binary version
 * (`train.bin`, `test.bin`), gzip'd or not, in `root` or in `root/cifar-100-binary`.
 *
 * PyTorch: torchvision.datasets.CIFAR100
 */
export class CIFAR100 extends CIFAR10 {
  static override readonly classes: readonly string[] = (
    'apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus ' +
    'butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch ' +
    'crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo ' +
    'keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain mouse ' +
    'mushroom oak_tree orange orchid otter palm_tree pear pickup_truck pine_tree plain plate poppy ' +
    'porcupine possum rabbit raccoon ray road rocket rose sea seal shark shrew skunk skyscraper ' +
    'snail snake spider squirrel streetcar sunflower sweet_pepper table tank telephone television ' +
    'tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman worm'
  ).split(' ');

  protected override layout(): Layout {
    return {
      archive: 'cifar-100-binary.tar.gz',
      folder: 'cifar-100-binary',
      train: ['train.bin'],
      test: ['test.bin'],
      labels: [20, 100],
    };
  }
}
