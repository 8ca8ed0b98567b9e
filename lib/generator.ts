import { fromTypedArray } from './creation';
import { uint8 } from './dtype';
import { checked } from './errors';
import { native } from './native';
import type { Handle } from './native';
import { describe } from './options';
import type { Tensor } from './tensor';

function checkedSeed(name: string, seed: unknown): number | bigint {
  if (typeof seed === 'bigint' || (typeof seed === 'number' && Number.isSafeInteger(seed))) return seed;
  throw new TypeError(`${name}: seed must be an integer, got ${describe(seed)}`);
}

const STATE_BYTES = 5056;

/**
 * A source of random numbers of its own: PyTorch's CPU generator (mt19937), draw for draw.
 *
 * PyTorch: torch.Generator
 */
export class Generator {
  /** @internal */
  readonly _h: Handle;

  constructor(device: unknown = 'cpu') {
    const type = String((device as { type?: unknown } | null)?.type ?? device);
    if (type !== 'cpu') throw new Error(`Generator: device '${type}' is not available, only 'cpu' is`);
    this._h = checked('Generator', native.generator());
  }

  get device(): string {
    return 'cpu';
  }

  /** Starts the sequence of `seed`. */
  manualSeed(seed: number | bigint): this {
    checked('manualSeed', native.generatorSeed(this._h, checkedSeed('manualSeed', seed)));
    return this;
  }

  /** Seeds from the operating system and returns the seed. */
  seed(): bigint {
    return checked('seed', native.generatorSeed(this._h)) as bigint;
  }

  initialSeed(): bigint {
    return checked('initialSeed', native.generatorInitialSeed(this._h)) as bigint;
  }

  /** The state as PyTorch's 5056 bytes, a uint8 tensor. */
  getState(): Tensor {
    return stateOf(this._h);
  }

  setState(state: Tensor): this {
    restore(this._h, state);
    return this;
  }
}

function stateOf(handle: Handle | null): Tensor {
  const bytes = new Uint8Array(STATE_BYTES);
  checked('getState', native.generatorState(handle, bytes, false));
  return fromTypedArray(bytes, [STATE_BYTES]);
}

function restore(handle: Handle | null, state: Tensor): void {
  if (state.dtype !== uint8) throw new TypeError(`setState: expected a uint8 Tensor, got ${state.dtype}`);
  checked('setState', native.generatorState(handle, state.toTypedArray() as Uint8Array, true));
}

/** What {@link manualSeed} and friends work on: the generator of this thread. */
export const defaultGenerator: Generator = Object.create(Generator.prototype, {
  _h: { value: null },
}) as Generator;

/**
 * Seeds the default generator of this thread; the same seed gives PyTorch's numbers.
 *
 * PyTorch: torch.manual_seed
 */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator.manualSeed(seed);
}

/** Seeds the default generator from the operating system and returns the seed. */
export function seed(): bigint {
  return defaultGenerator.seed();
}

export function initialSeed(): bigint {
  return defaultGenerator.initialSeed();
}

export function getRngState(): Tensor {
  return defaultGenerator.getState();
}

export function setRngState(state: Tensor): void {
  defaultGenerator.setState(state);
}
