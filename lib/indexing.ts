import { fromNested } from './creation';
import { int64 } from './dtype';
import { native } from './native';
import { describe } from './options';
import { Tensor } from './tensor';

/** `start:stop:step`; null is what is left open. Made by {@link slice}. */
export class Slice {
  /** @internal */
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}

  toString(): string {
    const text = (n: number | null) => (n === null ? '' : String(n));
    return `${text(this.start)}:${text(this.stop)}${this.step === null ? '' : `:${this.step}`}`;
  }
}

/**
 * An item of `x.index(...)`: an integer, a slice (`torch.slice(1, 3)` or `'1:3'`), `'...'`, `null` (a
 * new dimension), a boolean, a tensor of indices, a mask, or an array of integers or booleans.
 */
export type IndexItem = number | bigint | boolean | null | string | Slice | Tensor | readonly IndexArray[];
type IndexArray = number | bigint | boolean | readonly IndexArray[];

/**
 * The slice `start:stop:step` for `index` and `indexPut_`; `null` leaves a place open.
 *
 * @example x.index(torch.slice(1, null, 2))   // x[1::2]
 */
export function slice(start: number | null, stop: number | null, step?: number | null): Slice {
  // C++ reads slice(3) as start, Python as stop.
  if (arguments.length < 2) {
    throw new TypeError('slice: needs start and stop; give null for the one that is open');
  }
  return new Slice(place(start, 'start'), place(stop, 'stop'), place(step, 'step'));
}

function place(value: unknown, name: string): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new TypeError(`slice: ${name} must be an integer or null, got ${describe(value)}`);
  }
  return value;
}

// Codes of IndexItem::Kind in cpp/ops/index_list.h.
const INTEGER = 0;
const SLICE = 1;
const ELLIPSIS = 2;
const NEWAXIS = 3;
const BOOLEAN = 4;
const TENSOR = 5;

const SLICE_TEXT = /^\s*(-?\d*)\s*:\s*(-?\d*)\s*(?::\s*(-?\d*)\s*)?$/;

function parseSlice(name: string, text: string): Slice {
  const match = SLICE_TEXT.exec(text);
  if (!match) throw new TypeError(`${name}: '${text}' is neither a slice such as '1::2' nor '...'`);
  const number = (s: string | undefined) => {
    if (s === undefined || s === '') return null;
    if (s === '-') throw new TypeError(`${name}: '${text}' is no slice`);
    return Number(s);
  };
  return new Slice(number(match[1]), number(match[2]), number(match[3]));
}

/**
 * Writes `items` into the scratch array from `cursor` on, as codes with their operands, and pushes the
 * handles of index tensors; `keep` keeps the tensors that are made here. Returns the new cursor. Error
 * texts begin with `name`, that of the op.
 *
 * @internal
 */
export function encodeIndex(
  name: string,
  items: readonly unknown[],
  cursor: number,
  tensors: unknown[],
  keep: unknown[],
): number {
  const { scratch } = native;
  if (cursor + 4 * items.length > scratch.length) throw new RangeError(`${name}: too many indices`);
  const writeSlice = (s: Slice) => {
    scratch[cursor++] = SLICE;
    scratch[cursor++] = s.start ?? NaN;
    scratch[cursor++] = s.stop ?? NaN;
    scratch[cursor++] = s.step ?? NaN;
  };
  const writeTensor = (t: Tensor) => {
    scratch[cursor++] = TENSOR;
    scratch[cursor++] = tensors.length;
    tensors.push(t._h);
  };
  // Arrays become tensors first: making one uses the scratch array too.
  const ready = items.map((item) => {
    if (!Array.isArray(item)) return item;
    const saved = scratch.slice(0, cursor);
    const t = fromNested(name, item, item.length === 0 ? int64 : undefined, true);
    scratch.set(saved);
    keep.push(t);
    return t;
  });
  for (const item of ready) {
    if (typeof item === 'number' || typeof item === 'bigint') {
      const n = Number(item);
      if (!Number.isSafeInteger(n)) throw new TypeError(`${name}: ${n} is no integer`);
      scratch[cursor++] = INTEGER;
      scratch[cursor++] = n;
    } else if (typeof item === 'boolean') {
      scratch[cursor++] = BOOLEAN;
      scratch[cursor++] = item ? 1 : 0;
    } else if (item === null || item === undefined) {
      scratch[cursor++] = NEWAXIS;
    } else if (item instanceof Slice) {
      writeSlice(item);
    } else if (item instanceof Tensor) {
      writeTensor(item);
    } else if (item === '...') {
      scratch[cursor++] = ELLIPSIS;
    } else if (typeof item === 'string') {
      writeSlice(parseSlice(name, item));
    } else {
      throw new TypeError(
        `${name}: an index must be an integer, slice, '...', null, boolean, Tensor or array, got ${describe(item)}`,
      );
    }
  }
  return cursor;
}
