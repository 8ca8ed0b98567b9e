import { REQUIRED, Signature, describe } from '../../options';
import { pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

/** One number for every side, or (before, after) pairs from the last axis backwards. */
export type Padding = number | readonly number[];

/** As many numbers as there are sides: one number is repeated. */
function sides(owner: string, padding: unknown, count: number): readonly number[] {
  if (Number.isInteger(padding)) return Array<number>(count).fill(padding as number);
  if (Array.isArray(padding) && padding.every(Number.isInteger)) return padding as number[];
  throw new TypeError(
    `${owner}: padding must be an integer or an array of ${count} integers, got ${describe(padding)}`,
  );
}

function tuple(values: readonly number[]): string {
  return `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;
}

/** Pads the last axes of an input by one mode of nn.functional.pad. */
abstract class Pad extends Module {
  readonly padding: readonly number[];

  constructor(owner: string, axes: number, padding: unknown) {
    super();
    const bound = new Signature(owner, { padding: REQUIRED }).bind<{ padding: unknown }>([padding]);
    this.padding = sides(owner, bound.padding, 2 * axes);
  }

  protected abstract mode(): string;

  forward(input: Tensor): Tensor {
    return F.pad(input, this.padding, this.mode());
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

abstract class ReflectionPad extends Pad {
  protected mode(): string {
    return 'reflect';
  }
}

abstract class ReplicationPad extends Pad {
  protected mode(): string {
    return 'replicate';
  }
}

abstract class CircularPad extends Pad {
  protected mode(): string {
    return 'circular';
  }

  protected abstract readonly ranks: readonly [number, number];

  override forward(input: Tensor): Tensor {
    const [unbatched, batched] = this.ranks;
    const rank = input.dim();
    if (rank !== unbatched && rank !== batched) {
      const name = this.constructor.name;
      throw new RangeError(
        `${name}: expected ${unbatched}D or ${batched}D input (got ${rank}D input)`,
      );
    }
    return super.forward(input);
  }
}

/** Mirrors (C, W) or (N, C, W) at its ends. PyTorch: torch.nn.ReflectionPad1d */
export class ReflectionPad1d extends ReflectionPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReflectionPad1d', 1, padding);
  }
}

/** Mirrors (C, H, W) or (N, C, H, W) at its edges. PyTorch: torch.nn.ReflectionPad2d */
export class ReflectionPad2d extends ReflectionPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReflectionPad2d', 2, padding);
  }
}

/** Mirrors (C, D, H, W) or (N, C, D, H, W) at its sides. PyTorch: torch.nn.ReflectionPad3d */
export class ReflectionPad3d extends ReflectionPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReflectionPad3d', 3, padding);
  }
}

/** Repeats the ends of (C, W) or (N, C, W). PyTorch: torch.nn.ReplicationPad1d */
export class ReplicationPad1d extends ReplicationPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReplicationPad1d', 1, padding);
  }
}

/** Repeats the edges of (C, H, W) or (N, C, H, W). PyTorch: torch.nn.ReplicationPad2d */
export class ReplicationPad2d extends ReplicationPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReplicationPad2d', 2, padding);
  }
}

/** Repeats the sides of (C, D, H, W) or (N, C, D, H, W). PyTorch: torch.nn.ReplicationPad3d */
export class ReplicationPad3d extends ReplicationPad {
  constructor(padding: Padding | { padding: Padding }) {
    super('ReplicationPad3d', 3, padding);
  }
}

/** Goes round (C, W) or (N, C, W). PyTorch: torch.nn.CircularPad1d */
export class CircularPad1d extends CircularPad {
  protected readonly ranks = [2, 3] as const;

  constructor(padding: Padding | { padding: Padding }) {
    super('CircularPad1d', 1, padding);
  }
}

/** Goes round (C, H, W) or (N, C, H, W). PyTorch: torch.nn.CircularPad2d */
export class CircularPad2d extends CircularPad {
  protected readonly ranks = [3, 4] as const;

  constructor(padding: Padding | { padding: Padding }) {
    super('CircularPad2d', 2, padding);
  }
}

/** Goes round (C, D, H, W) or (N, C, D, H, W). PyTorch: torch.nn.CircularPad3d */
export class CircularPad3d extends CircularPad {
  protected readonly ranks = [4, 5] as const;

  constructor(padding: Padding | { padding: Padding }) {
    super('CircularPad3d', 3, padding);
  }
}

interface ConstantPadding {
  padding: Padding;
  value: number;
}

/** Puts a number around the last axes of an input of any rank. */
abstract class ConstantPad extends Module {
  readonly padding: readonly number[];
  readonly value: number;

  constructor(owner: string, axes: number, padding: unknown, value: unknown) {
    super();
    const names = { padding: REQUIRED, value: REQUIRED };
    const bound = new Signature(owner, names).bind<ConstantPadding>([padding, value]);
    this.padding = sides(owner, bound.padding, 2 * axes);
    this.value = bound.value;
  }

  forward(input: Tensor): Tensor {
    return F.pad(input, this.padding, 'constant', this.value);
  }

  override extraRepr(): string {
    return `padding=${tuple(this.padding)}, value=${pythonNumber(this.value)}`;
  }
}

/** Puts a number around the last axis. PyTorch: torch.nn.ConstantPad1d */
export class ConstantPad1d extends ConstantPad {
  constructor(padding: Padding | ConstantPadding, value?: number | { value: number }) {
    super('ConstantPad1d', 1, padding, value);
  }
}

/** Puts a number around the last two axes. PyTorch: torch.nn.ConstantPad2d */
export class ConstantPad2d extends ConstantPad {
  constructor(padding: Padding | ConstantPadding, value?: number | { value: number }) {
    super('ConstantPad2d', 2, padding, value);
  }
}

/** Puts a number around the last three axes. PyTorch: torch.nn.ConstantPad3d */
export class ConstantPad3d extends ConstantPad {
  constructor(padding: Padding | ConstantPadding, value?: number | { value: number }) {
    super('ConstantPad3d', 3, padding, value);
  }
}

function onlyPadding(owner: string, padding: unknown): unknown {
  return new Signature(owner, { padding: REQUIRED }).bind<{ padding: unknown }>([padding]).padding;
}

/** Puts zeros around the last axis. PyTorch: torch.nn.ZeroPad1d */
export class ZeroPad1d extends ConstantPad1d {
  constructor(padding: Padding | { padding: Padding }) {
    super(onlyPadding('ZeroPad1d', padding) as Padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

/** Puts zeros around the last two axes. PyTorch: torch.nn.ZeroPad2d */
export class ZeroPad2d extends ConstantPad2d {
  constructor(padding: Padding | { padding: Padding }) {
    super(onlyPadding('ZeroPad2d', padding) as Padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}

/** Puts zeros around the last three axes. PyTorch: torch.nn.ZeroPad3d */
export class ZeroPad3d extends ConstantPad3d {
  constructor(padding: Padding | { padding: Padding }) {
    super(onlyPadding('ZeroPad3d', padding) as Padding, 0);
  }

  override extraRepr(): string {
    return tuple(this.padding);
  }
}
