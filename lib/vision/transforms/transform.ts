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

  /** @internal What it is made of, in order. */
  get _steps(): readonly TransformLike[] {
    return [this];
  }

  /** Whether {@link batch} can be used. */
  get canBatch(): boolean {
    return this.batch !== undefined;
  }
}

/** A transform, or any function of an image. */
export type TransformLike = Transform | ((image: any) => any);

/** Applies a transform to each of the images in the first dimension and collates the results. */
export function applyBatch(transform: TransformLike, images: Tensor): unknown {
  const steps = transform instanceof Transform ? transform._steps : [transform];
  // The steps at the end that know batches; what comes before draws random numbers image by image.
  const tail = steps.findLastIndex((step) => !(step instanceof Transform && step.canBatch)) + 1;
  if (tail === 0) return batchAll(steps, images);
  const each = applyEach(steps.slice(0, tail), images);
  const [first] = each;
  const alike = each.every((x) => x instanceof Tensor && first instanceof Tensor && sameKind(x, first));
  if (alike && tail < steps.length) return batchAll(steps.slice(tail), ops.stack(each as Tensor[], 0));
  return defaultCollate(each.map((x) => applyAll(steps.slice(tail), x)));
}

function sameKind(a: Tensor, b: Tensor): boolean {
  return a.dtype === b.dtype && String(a.shape) === String(b.shape);
}

function applyAll(steps: readonly TransformLike[], image: unknown): unknown {
  for (const step of steps) image = (step as (image: unknown) => unknown)(image);
  return image;
}

function applyEach(steps: readonly TransformLike[], images: Tensor): unknown[] {
  return ops.unbind(images, 0).map((image) => applyAll(steps, image));
}

function batchAll(steps: readonly TransformLike[], images: Tensor): Tensor {
  for (const step of steps) images = (step as Required<Pick<Transform, 'batch'>>).batch(images);
  return images;
}
