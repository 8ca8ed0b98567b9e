import { fromTypedArray } from '../../creation';
import { defaultCollate } from '../../data/collate';
import { Dataset } from '../../data/dataset';
import { toIndices } from '../../data/indices';
import { describe, REQUIRED, Signature } from '../../options';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import { applyBatch, type TransformLike } from '../transforms/transform';

/* eslint-disable @typescript-eslint/no-explicit-any */

export type TargetTransform = (label: number) => any;

export interface VisionDatasetOptions {
  /** The training images, or the test images. */
  train?: boolean;
  /** Makes what `get` gives of an image, a uint8 tensor (H, W) or (H, W, C). */
  transform?: TransformLike | null;
  /** Makes what `get` gives of a label. */
  targetTransform?: TargetTransform | null;
  /** Files are read, never downloaded; accepted for ported scripts, whose files are there. */
  download?: boolean;
}

/** The forms of a data set's constructor: `(root, options)`, or positional as in torchvision. */
export type VisionDatasetArguments = [
  root: string | (VisionDatasetOptions & { root: string }),
  train?: boolean | VisionDatasetOptions,
  transform?: TransformLike | null | Omit<VisionDatasetOptions, 'train'>,
  targetTransform?: TargetTransform | null | Omit<VisionDatasetOptions, 'train' | 'transform'>,
  download?: boolean | Pick<VisionDatasetOptions, 'download'>,
];

const PARAMETERS = {
  root: REQUIRED,
  train: true,
  transform: null,
  targetTransform: null,
  download: false,
};

/**
 * Images with one label each, all in memory. Sample i is `[image, label]`; a loader's batch has the
 * images stacked and the labels as int64, as PyTorch's does.
 */
export abstract class VisionDataset<Targets extends Tensor | number[]> extends Dataset<[any, any]> {
  static readonly classes: readonly string[] = [];

  readonly root: string;
  readonly train: boolean;
  readonly transform: TransformLike | null;
  readonly targetTransform: TargetTransform | null;
  /** All images: uint8 (N, H, W) or (N, H, W, C). */
  data: Tensor;
  /** All labels. */
  targets: Targets;

  constructor(...args: VisionDatasetArguments) {
    super();
    const owner = new.target.name;
    const p = new Signature(owner, PARAMETERS).bind<
      Required<VisionDatasetOptions> & { root: string }
    >(args);
    if (typeof p.root !== 'string') {
      throw new TypeError(`${owner}: root must be a path, got ${describe(p.root)}`);
    }
    for (const name of ['train', 'download'] as const) {
      if (typeof p[name] !== 'boolean') {
        throw new TypeError(`${owner}: ${name} must be a boolean, got ${describe(p[name])}`);
      }
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
    const { data, targets } = this.load(p.download);
    this.data = data;
    this.targets = targets;
  }

  /** Reads the files of the split below `root`. */
  protected abstract load(download: boolean): { data: Tensor; targets: Targets };

  get classes(): readonly string[] {
    return (this.constructor as typeof VisionDataset).classes;
  }

  get classToIdx(): Record<string, number> {
    return Object.fromEntries(this.classes.map((name, i) => [name, i]));
  }

  override get length(): number {
    return this.data.size(0);
  }

  override get(index: number): [any, any] {
    const image = this.data.get(index);
    const { targets } = this;
    const label = targets instanceof Tensor ? targets.get(index).item() : (targets.at(index) as number);
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
    const images = gather(this.data, toIndices(indices, this.length));
    const labels = this.labels(indices);
    const { targetTransform } = this;
    return [
      this.transform ? applyBatch(this.transform, images) : images,
      targetTransform
        ? defaultCollate((labels.tolist() as number[]).map((label) => targetTransform(label)))
        : labels,
    ];
  }

  /** The labels of these samples, int64. */
  private labels(indices: readonly number[]): Tensor {
    const { targets } = this;
    if (targets instanceof Tensor) return ops.indexSelect(targets, 0, toIndices(indices, this.length));
    const chosen = indices.map((index) => BigInt(targets.at(index) as number));
    return fromTypedArray(BigInt64Array.from(chosen), [chosen.length]);
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

/** The images of these numbers. Planes lie in one piece, also where channels are counted last. */
function gather(images: Tensor, index: Tensor): Tensor {
  if (images.dim() !== 4) return ops.indexSelect(images, 0, index);
  return ops.indexSelect(images.permute(0, 3, 1, 2), 0, index).permute(0, 2, 3, 1);
}

/** An error if a label is beyond the classes. */
export function checkLabels(
  labels: Uint8Array,
  classes: number,
  fail: (text: string) => never,
): void {
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong < 0) return;
  fail(`expected labels below ${classes}, found ${String(labels[wrong])} at ${wrong}`);
}
