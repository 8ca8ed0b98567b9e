import { Tensor } from '../../tensor';
import { isPixels, onPlanes, type RawImage } from './image';
import { Transform } from './transform';

/**
 * A transform of planes (..., H, W). It takes images in any form, and what came with channels last
 * goes out with channels last.
 */
export abstract class PlaneTransform extends Transform {
  /** What is done to planes (..., H, W). */
  protected abstract planes(planes: Tensor): Tensor;

  forward(image: Tensor | RawImage): Tensor {
    return onPlanes(this._getName(), image, (planes) => this.planes(planes));
  }

  override batch(images: Tensor): Tensor {
    const pixels = images.dim() === 4 && images.size(0) > 0 && isPixels(images.select(0, 0));
    if (!pixels) return this.planes(images);
    return this.planes(images.permute(0, 3, 1, 2)).permute(0, 2, 3, 1);
  }
}

/** One that draws random numbers: image by image, in the order in which torchvision draws them. */
export abstract class RandomPlaneTransform extends PlaneTransform {
  override get canBatch(): boolean {
    return false;
  }
}

/** As Python prints True, False and None, numbers, and arrays as lists. */
export function pythonValue(value: boolean | number | null | readonly number[]): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}
