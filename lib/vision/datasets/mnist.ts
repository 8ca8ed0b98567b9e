import path = require('node:path');
import { fromTypedArray } from '../../creation';
import { int64, uint8 } from '../../dtype';
import { defaultCollate } from '../../data/collate';
import { Dataset } from '../../data/dataset';
import { toIndices } from '../../data/indices';
import { describe, REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { applyBatch, type TransformLike } from '../transforms/transform';
import { findFile, readIdx } from './idx';

/* eslint-disable @typescript-eslint/no-explicit-any */

export interface MNISTOptions {
  /** The 60,000 training images, or the 10,000 test images. */
  train?: boolean;
  /** Makes what `get` gives of an image, a uint8 tensor (28, 28). */
  transform?: TransformLike | null;
  /** Makes what `get` gives of a label. */
  targetTransform?: ((label: number) => any) | null;
  /** Files are read, never downloaded; accepted for ported scripts that have them already. */
  download?: boolean;
}

const PARAMETERS = {
  root: REQUIRED,
  train: true,
  transform: null,
  targetTransform: null,
  download: false,
};

/**
 * Handwritten digits. Files by their usual names, gzip'd or not, in `root` or in
 * `root/MNIST/raw`. Sample i is `[image, label]`; a loader's batch has the images stacked and the
 * labels as int64, as PyTorch's does.
 *
 * PyTorch: torchvision.datasets.MNIST
 */
export class MNIST extends Dataset<[any, any]> {
  static readonly classes: readonly string[] = [
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

  readonly root: string;
  readonly train: boolean;
  readonly transform: TransformLike | null;
  readonly targetTransform: ((label: number) => any) | null;
  /** All images: uint8 (N, 28, 28). */
  data: Tensor;
  /** All labels: int64 (N). */
  targets: Tensor;

  constructor(
    root: string | (MNISTOptions & { root: string }),
    train?: boolean | MNISTOptions,
    transform?: TransformLike | null | Omit<MNISTOptions, 'train'>,
    targetTransform?: ((label: number) => any) | null | Omit<MNISTOptions, 'train' | 'transform'>,
    download?: boolean | Pick<MNISTOptions, 'download'>,
  ) {
    super();
    const owner = new.target.name;
    const p = new Signature(owner, PARAMETERS).bind<Required<MNISTOptions> & { root: string }>([
      root,
      train,
      transform,
      targetTransform,
      download,
    ]);
    if (typeof p.root !== 'string') {
      throw new TypeError(`${owner}: root must be a path, got ${describe(p.root)}`);
    }
    for (const name of ['transform', 'targetTransform'] as const) {
      if (p[name] !== null && typeof p[name] !== 'function') {
        throw new TypeError(`${owner}: ${name} must be a function, got ${describe(p[name])}`);
      }
    }
    this.root = p.root;
    this.train = p.train;
    this.transform = p.transform;
    this.targetTransform = p.targetTransform;

    const folders = [p.root, path.join(p.root, this.folder(), 'raw')];
    const split = p.train ? 'train' : 't10k';
    const imageFile = findFile(owner, folders, `${split}-images-idx3-ubyte`);
    const labelFile = findFile(owner, folders, `${split}-labels-idx1-ubyte`);
    const images = readIdx(owner, imageFile, 3);
    const labels = readIdx(owner, labelFile, 1);
    if (images.shape[0] !== labels.shape[0]) {
      throw new Error(
        `${owner}: ${labelFile}: expected ${String(images.shape[0])} labels, one for each image ` +
          `of ${imageFile}, found ${String(labels.shape[0])}`,
      );
    }
    const classes = this.classes.length;
    const wrong = labels.data.findIndex((label) => label >= classes);
    if (wrong >= 0) {
      throw new Error(
        `${owner}: ${labelFile}: expected labels below ${classes}, ` +
          `found ${String(labels.data[wrong])} at ${wrong}`,
      );
    }
    this.data = fromTypedArray(images.data, [...images.shape], { dtype: uint8 });
    this.targets = fromTypedArray(labels.data, [labels.data.length], { dtype: uint8 }).to(int64);
  }

  /** Folder below the root in which torchvision keeps the files. */
  protected folder(): string {
    return 'MNIST';
  }

  get classes(): readonly string[] {
    return (this.constructor as typeof MNIST).classes;
  }

  get classToIdx(): Record<string, number> {
    return Object.fromEntries(this.classes.map((name, i) => [name, i]));
  }

  override get length(): number {
    return this.data.size(0);
  }

  override get(index: number): [any, any] {
    const image = this.data.get(index);
    const label = this.targets.get(index).item() as number;
    return [
      this.transform ? this.transform(image) : image,
      this.targetTransform ? this.targetTransform(label) : label,
    ];
  }

  /**
   * The batch of these samples. One gather where all transforms know batches, else one image at a
   * time; the values are the same.
   */
  override getBatch(indices: readonly number[]): [unknown, unknown] {
    const index = toIndices(indices, this.length);
    const images = ops.indexSelect(this.data, 0, index);
    const labels = ops.indexSelect(this.targets, 0, index);
    const { targetTransform } = this;
    return [
      this.transform ? applyBatch(this.transform, images) : images,
      targetTransform
        ? defaultCollate((labels.tolist() as number[]).map((label) => targetTransform(label)))
        : labels,
    ];
  }

  override toString(): string {
    const lines = [
      `Dataset ${this.constructor.name}`,
      `    Number of datapoints: ${this.length}`,
      `    Root location: ${this.root}`,
      `    Split: ${this.train ? 'Train' : 'Test'}`,
    ];
    if (this.transform || this.targetTransform) lines.push('    StandardTransform');
    for (const [head, fn] of [
      ['Transform: ', this.transform],
      ['Target transform: ', this.targetTransform],
    ] as const) {
      if (!fn) continue;
      const text = fn instanceof Function ? `<function ${fn.name || '<lambda>'}>` : String(fn);
      lines.push(head + text.replaceAll('\n', '\n' + ' '.repeat(head.length)));
    }
    return lines.join('\n');
  }

  /** @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
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
}
