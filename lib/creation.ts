import { callNamed, checkFactoryOptions } from './call';
import * as dtypes from './dtype';
import { DType, DTYPES, isTypedArray, naturalDtype } from './dtype';
import type { TypedArray } from './dtype';
import { checked } from './errors';
import { native } from './native';
import type { full as generatedFull } from './ops.generated';
import { describe, isPlainObject, REQUIRED, Signature } from './options';
import { Tensor, wrap } from './tensor';

/** What `torch.tensor` takes: a value, nested arrays of values, a typed array, a tensor. */
export type TensorData =
  | number
  | bigint
  | boolean
  | Tensor
  | TypedArray
  | Uint32Array
  | readonly TensorData[];

export interface TensorOptions {
  /** Default: what the data say (numbers: the default dtype, booleans: bool, bigints: int64). */
  dtype?: DType | null;
  device?: unknown;
  requiresGrad?: boolean;
  pinMemory?: boolean;
}

/** The dtype that numbers get, float32 unless set. PyTorch: torch.get_default_dtype */
export function getDefaultDtype(): DType {
  return DTYPES[checked('getDefaultDtype', native.defaultDtype(-1))];
}

/** Sets the dtype that numbers get; only floating ones. PyTorch: torch.set_default_dtype */
export function setDefaultDtype(d: DType): void {
  if (!(d instanceof DType)) throw new TypeError(`setDefaultDtype: expected a dtype, got ${describe(d)}`);
  checked('setDefaultDtype', native.defaultDtype(d.index));
}

function make(name: string, data: TypedArray, dtype: DType, shape: readonly number[], share = false): Tensor {
  const { scratch } = native;
  if (shape.length > 64) throw new RangeError(`${name}: more than 64 dimensions`);
  for (let i = 0; i < shape.length; ++i) scratch[i] = shape[i];
  return wrap(checked(name, native.fromData(data, dtype.index, share, shape.length)));
}

type Leaf = number | bigint | boolean;

/** The length of an array; none for what is no array. */
function sizesOf(item: unknown): number[] {
  return Array.isArray(item) || isTypedArray(item) ? [item.length] : [];
}

/** The elements of nested arrays, one after the other. */
class Flat {
  readonly shape: number[] = [];
  readonly values: Leaf[] = [];
  /** Where gather is: one index for each level of arrays. */
  private readonly place: number[] = [];
  /** The dtype of the typed arrays and tensors among the data, if all agree. */
  natural: DType | undefined;
  private mixed = false;

  constructor(
    private readonly name: string,
    data: unknown,
  ) {
    this.measure(data);
    this.gather(data, 0);
    if (this.mixed) this.natural = undefined;
  }

  // The first item at each level says how long the others are.
  private measure(data: unknown): void {
    while (Array.isArray(data) || isTypedArray(data) || (data instanceof Tensor && data.dim() > 0)) {
      if (data instanceof Tensor) {
        this.shape.push(...data.shape);
        return;
      }
      if (this.shape.length >= 64) throw new RangeError(`${this.name}: nested deeper than 64 levels`);
      this.shape.push(data.length);
      data = (data as ArrayLike<unknown>)[0];
    }
  }

  private note(dtype: DType | undefined): void {
    if (this.values.length === 0) this.natural = dtype;
    else if (this.natural !== dtype) this.mixed = true;
  }

  private gather(data: unknown, depth: number): void {
    if (data instanceof Tensor) {
      if (String(data.shape) !== String(this.shape.slice(depth))) throw this.ragged(data);
      this.note(data.dtype);
      const flat = data.reshape([-1]).tolist() as Leaf[];
      for (const v of flat) this.values.push(v);
      return;
    }
    if (depth === this.shape.length) {
      if (typeof data !== 'number' && typeof data !== 'bigint' && typeof data !== 'boolean') {
        if (Array.isArray(data) || isTypedArray(data)) throw this.ragged(data);
        throw new TypeError(`${this.name}: expected numbers, bigints or booleans, got ${describe(data)}`);
      }
      this.note(undefined);
      this.values.push(data);
      return;
    }
    if (isTypedArray(data)) {
      if (data.length !== this.shape[depth] || depth !== this.shape.length - 1) throw this.ragged(data);
      this.note(naturalDtype(data));
      for (const v of data) this.values.push(v);
      return;
    }
    if (!Array.isArray(data) || data.length !== this.shape[depth]) throw this.ragged(data);
    for (let i = 0; i < data.length; ++i) {
      this.place[depth] = i;
      this.gather(data[i], depth + 1);
    }
    this.place.length = depth;
  }

  /** The item at `place` is not like the first item of its level. */
  private ragged(item: unknown): RangeError {
    const { place, shape } = this;
    const at = (indices: readonly number[]) => `data${indices.map((i) => `[${i}]`).join('')}`;
    const lengthOf = (sizes: readonly number[]) =>
      sizes.length === 0 ? 'a single value' : `an array of ${sizes.length > 1 ? 'shape' : 'length'} ${sizes.join(' x ')}`;
    const found = item instanceof Tensor ? item.shape : sizesOf(item);
    const expected = shape.slice(place.length, place.length + Math.max(found.length, 1));
    return new RangeError(
      `${this.name}: ragged nested arrays: ${at(place)} is ${lengthOf(found)}, ` +
        `but ${at(place.map(() => 0))} is ${lengthOf(expected)}`,
    );
  }

  dtype(integers: boolean): DType {
    if (this.natural) return this.natural;
    let booleans = this.values.length > 0;
    let bigints = false;
    for (const v of this.values) {
      if (typeof v === 'number' && !integers) return getDefaultDtype();
      if (typeof v !== 'boolean') booleans = false;
      if (typeof v === 'bigint') bigints = true;
    }
    if (booleans) return dtypes.bool;
    return integers || bigints ? dtypes.int64 : getDefaultDtype();
  }
}

const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-2147483648, 2147483647],
  int16: [-32768, 32767],
  int8: [-128, 127],
  uint8: [0, 255],
};

function toWhole(name: string, v: Leaf, dtype: DType): number {
  const n = Math.trunc(Number(v));
  const [low, high] = LIMITS[dtype.name];
  if (!(n >= low && n <= high)) throw new RangeError(`${name}: ${String(v)} does not fit ${dtype.name}`);
  return n;
}

function toBigInt(name: string, v: Leaf): bigint {
  if (typeof v === 'number') {
    const n = Math.trunc(v);
    if (!Number.isFinite(n)) throw new RangeError(`${name}: ${v} does not fit int64`);
    v = BigInt(n);
  }
  const b = BigInt(v);
  if (BigInt.asIntN(64, b) !== b) throw new RangeError(`${name}: ${b} does not fit int64`);
  return b;
}

/** @internal A tensor of values that are converted to `dtype`. */
export function fromNested(name: string, data: unknown, dtype: DType | undefined, integers = false): Tensor {
  const flat = new Flat(name, data);
  const { values, shape } = flat;
  const want = dtype ?? flat.dtype(integers);
  const half = want === dtypes.float16 || want === dtypes.bfloat16;
  const array = dtypes.arrayFor(half ? dtypes.float32 : want, values.length);
  if (array instanceof BigInt64Array) {
    for (let i = 0; i < values.length; ++i) array[i] = toBigInt(name, values[i]);
  } else if (want === dtypes.bool) {
    for (let i = 0; i < values.length; ++i) array[i] = Number(values[i]) !== 0 ? 1 : 0;
  } else if (want.isFloatingPoint) {
    for (let i = 0; i < values.length; ++i) array[i] = Number(values[i]);
  } else {
    for (let i = 0; i < values.length; ++i) {
      const v = values[i];
      if (integers && typeof v === 'number' && !Number.isInteger(v))
        throw new TypeError(`${name}: ${v} is no integer`);
      array[i] = toWhole(name, v, want);
    }
  }
  if (integers && want === dtypes.int64)
    for (const v of values)
      if (typeof v === 'number' && !Number.isInteger(v)) throw new TypeError(`${name}: ${v} is no integer`);
  const t = make(name, array, half ? dtypes.float32 : want, shape);
  return half ? cast(t, want) : t;
}

function cast(t: Tensor, dtype: DType): Tensor {
  return t.dtype === dtype ? t : (callNamed('to', t, dtype) as Tensor);
}

const OPTIONS = { dtype: null, device: null, requiresGrad: false, pinMemory: false };
const TENSOR = new Signature('tensor', { data: REQUIRED }, OPTIONS);

/**
 * A tensor with a copy of `data`. Numbers give the default dtype (float32), also whole ones, booleans
 * bool, bigints int64; a typed array or a tensor keeps its dtype.
 *
 * PyTorch: torch.tensor
 */
export function tensor(data: TensorData, options?: TensorOptions): Tensor;
export function tensor(...args: unknown[]): Tensor {
  return build('tensor', TENSOR.bind(args));
}

interface BuildArgs {
  data: unknown;
  dtype: DType | null;
  requiresGrad: boolean;
}

function build(name: string, args: BuildArgs): Tensor {
  const { data, dtype } = args;
  checkFactoryOptions(name, args as unknown as Record<string, unknown>);
  if (dtype !== null && !(dtype instanceof DType))
    throw new TypeError(`${name}: 'dtype' must be a dtype such as torch.float32, got ${describe(dtype)}`);
  let t: Tensor;
  if (data instanceof Tensor) {
    t = data.detach().clone();
    if (dtype) t = cast(t, dtype);
  } else if (isTypedArray(data) && naturalDtype(data)) {
    t = make(name, data, naturalDtype(data) as DType, [data.length]);
    if (dtype) t = cast(t, dtype);
  } else if (isTypedArray(data) && !dtype) {
    throw new TypeError(`${name}: no dtype holds the elements of a ${describe(data)} as they are: give { dtype }`);
  } else if (typeof data === 'string' || typeof data === 'symbol' || typeof data === 'function' || data === null) {
    throw new TypeError(`${name}: expected a number, bigint, boolean, array, typed array or Tensor, got ${describe(data)}`);
  } else {
    t = fromNested(name, data, dtype ?? undefined);
  }
  if (args.requiresGrad) t.requiresGrad = true;
  return t;
}

/**
 * `fillValue` everywhere: a number gives the default dtype (also a whole one), a boolean bool, a bigint
 * int64 (which only JavaScript can tell from a whole number).
 *
 * PyTorch: torch.full
 */
export const full: typeof generatedFull = ((...args: unknown[]) => {
  const last = args.at(-1);
  const options = isPlainObject(last) ? last : {};
  const value = options.fillValue ?? args[1];
  if (typeof value !== 'bigint' || options.dtype) return callNamed('full', ...args);
  const rest = options === last ? args.slice(0, -1) : args;
  return callNamed('full', ...rest, { ...options, dtype: dtypes.int64 });
}) as typeof generatedFull;

const AS_TENSOR = new Signature('asTensor', { data: REQUIRED }, { dtype: null, device: null });

/**
 * `data` itself if it is a tensor of the wanted dtype, else a tensor made from it.
 *
 * PyTorch: torch.as_tensor
 */
export function asTensor(data: TensorData, options?: { dtype?: DType | null; device?: unknown }): Tensor;
export function asTensor(...args: unknown[]): Tensor {
  const o = AS_TENSOR.bind<BuildArgs>(args);
  if (o.data instanceof Tensor) return o.dtype ? cast(o.data, o.dtype) : o.data;
  return build('asTensor', { ...o, requiresGrad: false });
}

const FROM = new Signature('fromTypedArray', { array: REQUIRED, shape: null }, { dtype: null });

/**
 * A tensor over a typed array in row-major order; shares the memory of a `SharedArrayBuffer` and copies
 * any other. `dtype` says how to read bytes (`Uint8Array`: any dtype; `Uint16Array`: float16 or
 * bfloat16 bits).
 */
export function fromTypedArray(
  array: TypedArray,
  shape?: readonly number[] | null,
  options?: { dtype?: DType | null },
): Tensor;
export function fromTypedArray(...args: unknown[]): Tensor {
  const name = 'fromTypedArray';
  const o = FROM.bind<{ array: unknown; shape: unknown; dtype: unknown }>(args);
  const { array } = o;
  if (!isTypedArray(array)) throw new TypeError(`${name}: expected a typed array, got ${describe(array)}`);
  if (o.dtype !== null && !(o.dtype instanceof DType))
    throw new TypeError(`${name}: 'dtype' must be a dtype such as torch.float32, got ${describe(o.dtype)}`);
  const natural = naturalDtype(array);
  const dtype = o.dtype ?? natural;
  if (!dtype) throw new TypeError(`${name}: give a dtype for the elements of a ${describe(array)}`);
  const bytes = array.BYTES_PER_ELEMENT;
  const kind = Object.prototype.toString.call(array).slice(8, -1);
  if (dtype !== natural && kind !== 'Uint8Array' && !(kind === 'Uint16Array' && dtype.itemsize === 2))
    throw new TypeError(`${name}: a ${kind} cannot be read as ${dtype}`);
  const count = (array.length * bytes) / dtype.itemsize;
  const shape = o.shape ?? [count];
  if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n)))
    throw new TypeError(`${name}: shape must be an array of integers, got ${describe(shape)}`);
  // By name: the buffer may come from another realm.
  const share = Object.prototype.toString.call(array.buffer) === '[object SharedArrayBuffer]';
  return make(name, array, dtype, shape as number[], share);
}

/** Whether `value` is a Tensor. PyTorch: torch.is_tensor */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

export function isFloatingPoint(input: Tensor): boolean {
  return input.isFloatingPoint();
}

export function numel(input: Tensor): number {
  return input.numel();
}
