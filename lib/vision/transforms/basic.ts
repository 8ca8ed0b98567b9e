import { getDefaultDtype, tensor } from '../../creation';
import { uint8, type DType } from '../../dtype';
import { describe, REQUIRED, Signature } from '../../options';
import { Tensor } from '../../tensor';
import { pixelsOf, type RawImage } from './image';
import { Transform, type TransformLike } from './transform';

/* eslint-disable @typescript-eslint/no-explicit-any */

/**
 * Several transforms one after the other. PyTorch: torchvision.transforms.Compose
 */
export class Compose extends Transform {
  readonly transforms: readonly TransformLike[];

  constructor(transforms: Iterable<TransformLike>) {
    super();
    this.transforms = [...transforms];
    for (const transform of this.transforms) {
      if (typeof transform !== 'function') {
        throw new TypeError(`Compose: expected functions, got ${describe(transform)}`);
      }
    }
  }

  forward(image: any): any {
    for (const transform of this.transforms) image = (transform as (image: any) => any)(image);
    return image;
  }

  /** @internal */
  override get _steps(): readonly TransformLike[] {
    // A subclass with a `forward` of its own is one step.
    if (this.forward !== Compose.prototype.forward) return [this];
    return this.transforms.flatMap((step) => (step instanceof Transform ? step._steps : [step]));
  }

  override toString(): string {
    return `Compose(${this.transforms.map((step) => `\n    ${String(step)}`).join('')}\n)`;
  }
}

/**
 * Image (H, W) or (H, W, C) to tensor (C, H, W): bytes become floats in [0, 1], other dtypes keep
 * their values. Takes tensors and `{ data, width, height, channels }`.
 *
 * PyTorch: torchvision.transforms.ToTensor
 */
export class ToTensor extends Transform {
  forward(image: Tensor | RawImage): Tensor {
    const pixels = image instanceof Tensor ? image : pixelsOf('ToTensor', image);
    if (pixels.dim() !== 2 && pixels.dim() !== 3) {
      throw new RangeError(
        `ToTensor: image should be 2/3 dimensional. Got ${pixels.dim()} dimensions.`,
      );
    }
    const planes = pixels.dim() === 2 ? pixels.unsqueeze(0) : pixels.permute(2, 0, 1);
    return scaled(planes.contiguous());
  }

  override batch(images: Tensor): Tensor {
    if (images.dim() !== 3 && images.dim() !== 4) {
      throw new RangeError(
        `ToTensor: image should be 2/3 dimensional. Got ${images.dim() - 1} dimensions.`,
      );
    }
    const planes = images.dim() === 3 ? images.unsqueeze(1) : images.permute(0, 3, 1, 2);
    return scaled(planes.contiguous());
  }

  override toString(): string {
    return 'ToTensor()';
  }
}

function scaled(planes: Tensor): Tensor {
  return planes.dtype === uint8 ? planes.to(getDefaultDtype()).div_(255) : planes;
}

export interface NormalizeOptions {
  inplace?: boolean;
}

const NORMALIZE = new Signature('Normalize', { mean: REQUIRED, std: REQUIRED, inplace: false });

/**
 * (x - mean) / std per channel, for float tensors (..., C, H, W).
 *
 * PyTorch: torchvision.transforms.Normalize
 */
export class Normalize extends Transform {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly inplace: boolean;
  private constants: { dtype: DType; mean: Tensor; std: Tensor } | null = null;

  constructor(
    mean: number | readonly number[] | { mean: readonly number[]; std: readonly number[] },
    std?: number | readonly number[],
    inplace?: boolean | NormalizeOptions,
  ) {
    super();
    const p = NORMALIZE.bind<{ mean: unknown; std: unknown; inplace: boolean }>([
      mean,
      std,
      inplace,
    ]);
    this.mean = asNumbers('mean', p.mean);
    this.std = asNumbers('std', p.std);
    this.inplace = p.inplace;
  }

  forward(image: Tensor): Tensor {
    if (!(image instanceof Tensor)) {
      throw new TypeError(`Normalize: img should be Tensor Image. Got ${describe(image)}`);
    }
    if (!image.isFloatingPoint()) {
      throw new TypeError(
        `Normalize: Input tensor should be a float tensor. Got ${String(image.dtype)}.`,
      );
    }
    if (image.dim() < 3) {
      throw new RangeError(
        'Normalize: Expected tensor to be a tensor image of size (..., C, H, W). Got ' +
          `tensor.size() = torch.Size([${image.shape.join(', ')}])`,
      );
    }
    const { mean, std } = this.constantsIn(image.dtype);
    return this.inplace ? image.sub_(mean).div_(std) : image.sub(mean).div_(std);
  }

  override batch(images: Tensor): Tensor {
    return this.forward(images);
  }

  private constantsIn(dtype: DType): { mean: Tensor; std: Tensor } {
    if (this.constants?.dtype === dtype) return this.constants;
    const mean = tensor(this.mean as number[], { dtype }).view(-1, 1, 1);
    const std = tensor(this.std as number[], { dtype }).view(-1, 1, 1);
    if ((std.tolist() as number[][][]).flat(2).includes(0)) {
      throw new RangeError(
        `Normalize: std evaluated to zero after conversion to ${String(dtype)}, ` +
          'leading to division by zero.',
      );
    }
    this.constants = { dtype, mean, std };
    return this.constants;
  }

  override toString(): string {
    return `Normalize(mean=[${this.mean.join(', ')}], std=[${this.std.join(', ')}])`;
  }
}

function asNumbers(what: string, value: unknown): number[] {
  const list = typeof value === 'number' ? [value] : [...((value ?? []) as Iterable<number>)];
  if (list.length === 0 || !list.every((x) => typeof x === 'number')) {
    throw new TypeError(`Normalize: ${what} must be a number for each channel`);
  }
  return list;
}

/** A function of one's own as a transform. PyTorch: torchvision.transforms.Lambda */
export class Lambda extends Transform {
  readonly lambd: (image: any) => any;

  constructor(lambd: (image: any) => any) {
    super();
    if (typeof lambd !== 'function') {
      throw new TypeError(`Lambda: Argument lambd should be callable, got ${describe(lambd)}`);
    }
    this.lambd = lambd;
  }

  forward(image: any): any {
    return this.lambd(image);
  }

  override toString(): string {
    return 'Lambda()';
  }
}
