import { Module } from '../../nn/module';
import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';
import { defaultCollate } from '../../data/collate';

/* eslint-disable @typescript-eslint/no-explicit-any */

/**
 * A step from image to input; called like a function. `batch` does to many images in the first
 * dimension what the call does to one, with the same values; where it is missing, images go one by
 * one.
 */
export abstract class Transform extends Module {
  batch?(images: Tensor): Tensor;

  /** Whether {@link batch} can be used. */
  get canBatch(): boolean {
    return this.batch !== undefined;
  }
}

/** A transform, or any function of an image. */
export type TransformLike = Transform | ((image: any) => any);

/** Applies a transform to each of the images in the first dimension and collates the results. */
export function applyBatch(transform: TransformLike, images: Tensor): unknown {
  if (transform instanceof Transform && transform.canBatch && images.size(0) > 0) {
    return (transform.batch as (images: Tensor) => Tensor).call(transform, images);
  }
  const apply = transform as (image: Tensor) => unknown;
  return defaultCollate(ops.unbind(images, 0).map((image) => apply(image)));
}
