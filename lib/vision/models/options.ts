import { Module } from '../../nn/module';
import { describe, isPlainObject, Signature } from '../../options';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** Makes a layer for a number of channels: a class of nn, or a function. */
export type LayerMaker = (new (channels: number) => Module) | ((channels: number) => Module);

/** The layer that `make` makes, be it a class or a function. */
export function makeLayer(make: LayerMaker, channels: number): Module {
  const isClass = (make as { prototype?: unknown }).prototype instanceof Module;
  return isClass ? new (make as any)(channels) : (make as any)(channels);
}

export function checkLayerMaker(owner: string, make: unknown): void {
  if (typeof make === 'function') return;
  throw new TypeError(
    `${owner}: normLayer must be a class such as nn.BatchNorm2d or a function of the number of ` +
      `channels, got ${describe(make)}`,
  );
}

export function checkCount(owner: string, name: string, value: unknown, low = 1): void {
  if (Number.isSafeInteger(value) && (value as number) >= low) return;
  throw new TypeError(`${owner}: ${name} must be an integer from ${low} up, got ${describe(value)}`);
}

/** What every function that makes a model takes beside the options of the model. */
export interface ModelFunctionOptions {
  /** Only null: nothing is downloaded. */
  weights?: null;
  progress?: boolean;
}

/**
 * Takes `weights`, `progress` and the older `pretrained` off the arguments of a function such as
 * `resnet18`, and returns the options that are left for the model.
 */
export function modelOptions<T extends object>(name: string, args: readonly unknown[]): T {
  const last = args.at(-1);
  const options: Record<string, unknown> = isPlainObject(last) ? { ...last } : {};
  const given = isPlainObject(last) ? args.slice(0, -1) : args;
  const own: Record<string, unknown> = {};
  for (const key of ['weights', 'progress', 'pretrained']) {
    if (Object.hasOwn(options, key)) own[key] = options[key];
    delete options[key];
  }
  const known = new Signature(name, { weights: null, progress: true }, { pretrained: false });
  const { weights, pretrained } = known.bind<{ weights: unknown; pretrained: unknown }>([...given, own]);
  const wanted = pretrained ? 'pretrained: true' : weights ? `weights ${describe(weights)}` : null;
  if (wanted !== null) {
    throw new Error(
      `${name}: ${wanted} cannot be had, nabla downloads nothing. Make the model without, ` +
        `const model = vision.models.${name}(), and give it the weights yourself: ` +
        'model.loadStateDict(stateDict), in which names and shapes are those of torchvision',
    );
  }
  return options as T;
}

/** Options that a variant of a model fixes: giving another value is an error. */
export function fixed<T extends object>(name: string, options: T, values: Partial<T>): T {
  for (const [key, value] of Object.entries(values)) {
    const given = (options as Record<string, unknown>)[key];
    if (given !== undefined && given !== value) {
      throw new RangeError(
        `${name}: The parameter '${key}' expected value ${describe(value)} but got ${describe(given)} instead`,
      );
    }
  }
  return { ...options, ...values };
}
