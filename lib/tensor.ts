/// <reference lib="esnext.disposable" preserve="true" />
import { backward } from './autograd/backward';
import type { BackwardOptions } from './autograd/backward';
import { ensureToken, hold } from './autograd/graph';
import type { Payload, Token } from './autograd/graph';
import { arrayFor, DTYPES } from './dtype';
import type { DType, TypedArray } from './dtype';
import { checked } from './errors';
import { native } from './native';
import type { Handle } from './native';
import type { TensorMethods } from './ops.generated';
import { describe } from './options';
import { formatTensor } from './print';

/** Nested arrays of the elements of a tensor; a bare value for a 0-d one. */
export type NestedArray = number | boolean | NestedArray[];

/** What {@link Tensor.registerHook} returns. */
export interface RemovableHandle {
  remove(): void;
}

const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;
const { scratch } = native;

let scope: Tensor[] | null = null;

/** @internal Tensors made from now on are noted in `list`; returns the list before. */
export function setScope(list: Tensor[] | null): Tensor[] | null {
  const before = scope;
  scope = list;
  return before;
}

// The methods of the op list are declared in the generated interface and installed by call.ts.
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface Tensor extends TensorMethods {}

/**
 * An n-dimensional array with one dtype, in memory that views share. Made by functions such as
 * `torch.tensor` and `torch.zeros`, not by `new`.
 *
 * PyTorch: torch.Tensor
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class Tensor implements Iterable<Tensor> {
  /** @internal The native half. */
  _h: Handle;
  /** @internal The wrapper of `.grad`, so that `p.grad === p.grad`. */
  _grad: Tensor | null = null;
  /** @internal Who keeps JS functions of this tensor's graph alive (autograd/graph.ts). */
  _token: Token | null = null;
  /** @internal The tensor of which this one is a differentiable view. */
  _base: Tensor | null = null;

  /** @internal A second wrapper of the same native tensor when given a Tensor. */
  constructor(source: Handle | Tensor) {
    if (source instanceof Tensor) {
      this._h = checked('Tensor', native.share(source._h));
      this._token = source._token;
      this._base = source._base;
    } else {
      this._h = source;
    }
  }

  // ---- geometry and dtype ----

  /** Sizes of the dimensions. */
  get shape(): readonly number[] {
    return readInts(checked('shape', native.shape(this._h)));
  }

  get dtype(): DType {
    return DTYPES[checked('dtype', native.dtype(this._h))];
  }

  get device(): string {
    return 'cpu';
  }

  get layout(): string {
    return 'strided';
  }

  get ndim(): number {
    return checked('ndim', native.shape(this._h));
  }

  get itemsize(): number {
    return this.dtype.itemsize;
  }

  get nbytes(): number {
    return this.numel() * this.itemsize;
  }

  dim(): number {
    return checked('dim', native.shape(this._h));
  }

  /** The dtype's name, or this tensor converted to a dtype. */
  type(): string;
  type(dtype: DType): Tensor;
  type(dtype?: DType): string | Tensor {
    return dtype === undefined ? String(this.dtype) : this.to(dtype);
  }

  ndimension(): number {
    return this.dim();
  }

  /** The shape, or the size of dimension `dim`. */
  size(): readonly number[];
  size(dim: number | { dim: number }): number;
  size(dim?: number | { dim: number }): readonly number[] | number {
    const shape = readInts(checked('size', native.shape(this._h)));
    return dim === undefined ? shape : shape[dimension('size', dim, shape.length)];
  }

  /** Steps between neighbours, in elements, by dimension or of dimension `dim`. */
  stride(): readonly number[];
  stride(dim: number | { dim: number }): number;
  stride(dim?: number | { dim: number }): readonly number[] | number {
    const strides = readInts(checked('stride', native.stride(this._h)));
    return dim === undefined ? strides : strides[dimension('stride', dim, strides.length)];
  }

  /** Number of elements. */
  numel(): number {
    const rank = checked('numel', native.shape(this._h));
    let count = 1;
    for (let i = 0; i < rank; ++i) count *= scratch[i];
    return count;
  }

  nelement(): number {
    return this.numel();
  }

  elementSize(): number {
    return this.dtype.itemsize;
  }

  /** Place of the first element in the memory that views share, in elements. */
  storageOffset(): number {
    return checked('storageOffset', native.storageOffset(this._h));
  }

  isContiguous(): boolean {
    return checked('isContiguous', native.isContiguous(this._h));
  }

  isFloatingPoint(): boolean {
    return this.dtype.isFloatingPoint;
  }

  isComplex(): boolean {
    return false;
  }

  isSigned(): boolean {
    return this.dtype.isSigned;
  }

  /** Whether both look at the same memory with the same shape. */
  isSetTo(other: Tensor): boolean {
    return (
      native.storageId(this._h) === native.storageId(other._h) &&
      this.storageOffset() === other.storageOffset() &&
      String(this.shape) === String(other.shape) &&
      String(this.stride()) === String(other.stride())
    );
  }

  /** Address of the first element: equal for tensors that start at the same place. */
  dataPtr(): number {
    return checked('dataPtr', native.storageId(this._h)) + this.storageOffset() * this.itemsize;
  }

  /** All dimensions reversed: the transpose of a matrix. */
  declare readonly T: Tensor;
  /** The last two dimensions swapped. */
  declare readonly mT: Tensor;
  /** The conjugate transpose of a matrix. */
  declare readonly H: Tensor;
  /** The last two dimensions swapped, conjugated. */
  declare readonly mH: Tensor;

  // ---- values ----

  /** The value of a one-element tensor. An int64 beyond 2^53 is a RangeError: use `itemBigInt`. */
  item(): number {
    return checked('item', native.item(this._h, false)) as number;
  }

  /** The value of a one-element integer tensor, exactly. */
  itemBigInt(): bigint {
    return checked('itemBigInt', native.item(this._h, true)) as bigint;
  }

  /** All values as nested arrays. */
  tolist(): NestedArray {
    const { shape, dtype } = this;
    const flat = this.toTypedArray();
    const read = reader(dtype, flat, 'tolist');
    let next = 0;
    const nested = (d: number): NestedArray => {
      if (d === shape.length) return read(next++);
      return Array.from({ length: shape[d] }, () => nested(d + 1));
    };
    return nested(0);
  }

  /**
   * A copy of the elements in row-major order: int64 as BigInt64Array, bool as bytes, float16 and
   * bfloat16 as their bits.
   */
  toTypedArray(): TypedArray {
    const array = arrayFor(this.dtype, this.numel());
    checked('toTypedArray', native.copyOut(this._h, array));
    return array;
  }

  *[Symbol.iterator](): IterableIterator<Tensor> {
    if (this.dim() === 0) throw new TypeError('iteration over a 0-d tensor');
    const length = this.size(0);
    for (let i = 0; i < length; ++i) yield this.select(0, i);
  }

  // ---- autograd ----

  get requiresGrad(): boolean {
    return checked('requiresGrad', native.requiresGrad(this._h));
  }

  set requiresGrad(value: boolean) {
    if (typeof value !== 'boolean')
      throw new TypeError(`requiresGrad: must be a boolean, got ${describe(value)}`);
    checked('requiresGrad', native.setRequiresGrad(this._h, value));
    if (value) ensureToken(this);
  }

  requiresGrad_(mode: boolean | { requiresGrad?: boolean } = true): this {
    this.requiresGrad = typeof mode === 'object' ? (mode.requiresGrad ?? true) : mode;
    return this;
  }

  /** Whether no recorded operation made this tensor. */
  get isLeaf(): boolean {
    return checked('isLeaf', native.isLeaf(this._h));
  }

  /** The node that made this tensor, null for leaves. */
  get gradFn(): { readonly name: string } | null {
    const name = native.gradFn(this._h);
    if (name === null) return null;
    return { name: this.isLeaf ? checked('gradFn', name) : name };
  }

  /** The gradient that backward has gathered here. */
  get grad(): Tensor | null {
    const found = checked('grad', native.grad(this._h, this._grad && this._grad._h));
    if (found === false) this._grad = null;
    else if (found !== true) {
      this._grad = new Tensor(found);
      // Of a differentiable gradient, the graph that made it is kept with this tensor's token.
      if (this._grad.requiresGrad) this._grad._token = this._token?.gradGraph?.root() ?? null;
    }
    return this._grad;
  }

  set grad(value: Tensor | null) {
    if (value !== null && value !== undefined && !(value instanceof Tensor))
      throw new TypeError(`grad: must be a Tensor or null, got ${describe(value)}`);
    checked('grad', native.setGrad(this._h, value ? value._h : null));
    this._grad = value ?? null;
    if (this._token && !value) this._token.gradGraph = null;
  }

  /** The same values without history: writing to them goes unseen by autograd. Assignable. */
  get data(): Tensor {
    return wrap(checked('data', native.dataAlias(this._h)));
  }

  set data(value: Tensor) {
    if (!(value instanceof Tensor)) throw new TypeError(`data: must be a Tensor, got ${describe(value)}`);
    checked('data', native.setData(this._h, value._h));
  }

  /** Number of in-place edits of the memory so far. */
  get _version(): number {
    return checked('_version', native.version(this._h));
  }

  /** Takes this tensor out of its graph: it becomes a leaf that needs no gradient. */
  detach_(): this {
    checked('detach_', native.detach_(this._h));
    this._token = null;
    return this;
  }

  isInference(): boolean {
    return checked('isInference', native.isInference(this._h));
  }

  get retainsGrad(): boolean {
    return checked('retainsGrad', native.retainsGrad(this._h));
  }

  /** Asks backward to keep the gradient of this non-leaf tensor in `.grad`. */
  retainGrad(): void {
    checked('retainGrad', native.retainGrad(this._h));
  }

  /**
   * Computes the gradients of this tensor and adds them to `.grad` of the leaves it depends on.
   *
   * PyTorch: torch.Tensor.backward
   */
  backward(gradient?: Tensor | null | BackwardOptions, options?: BackwardOptions): void;
  backward(...args: unknown[]): void {
    backward('backward', [this], args);
  }

  /**
   * Calls `hook` with the gradient of this tensor whenever backward has computed it; a Tensor that
   * it returns replaces the gradient.
   */
  registerHook(hook: (grad: Tensor) => Tensor | null | undefined | void): RemovableHandle {
    return addHook(this, 'registerHook', hook, false);
  }

  /** Calls `hook` with this leaf whenever backward has added to its `.grad`. */
  registerPostAccumulateGradHook(hook: (leaf: Tensor) => void): RemovableHandle {
    return addHook(this, 'registerPostAccumulateGradHook', hook, true);
  }

  // ---- life and text ----

  /** Frees the memory now, where nothing else looks at it. Never needed: garbage is collected. */
  dispose(): void {
    checked('dispose', native.dispose(this._h));
    this._grad = null;
    this._base = null;
    this._token = null;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    const { shape, dtype } = this;
    return formatTensor(
      {
        shape,
        dtype,
        requiresGrad: this.requiresGrad,
        gradFnName: native.gradFn(this._h),
        elements: (cut, edge) => this.printed(cut, edge),
      },
      String(DTYPES[checked('toString', native.defaultDtype(-1))]),
    );
  }

  // The elements that printing shows: the first and last `edge` of each dimension in `cut`.
  private printed(cut: readonly boolean[], edge: number): ArrayLike<number | bigint | boolean> {
    const { shape, dtype } = this;
    if (!cut.includes(true)) {
      const flat = this.toTypedArray();
      return Array.from({ length: flat.length }, (_, i) => element(dtype, flat, i));
    }
    const corners: (number | bigint | boolean)[] = [];
    const walk = (t: Tensor, d: number): void => {
      if (d === shape.length) {
        corners.push(element(dtype, t.toTypedArray(), 0));
        return;
      }
      if (!cut.slice(d).includes(true)) {
        const flat = t.toTypedArray();
        for (let i = 0; i < flat.length; ++i) corners.push(element(dtype, flat, i));
        return;
      }
      for (let i = 0; i < shape[d]; ++i) {
        if (cut[d] && i >= edge && i < shape[d] - edge) i = shape[d] - edge;
        if (i < shape[d]) walk(t.select(0, i), d + 1);
      }
    };
    const before = native.gradMode();
    native.setGradMode(before | 1);
    try {
      walk(this, 0);
    } finally {
      native.setGradMode(before);
    }
    return corners;
  }

  /** @internal JS operators do not work on tensors; numbers and template strings do. */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === 'string') return this.toString();
    if (hint === 'number' && this.numel() === 1 && !this.requiresGrad) return this.item();
    throw new TypeError(
      hint === 'default'
        ? 'operators do not work on a Tensor: write a.add(b) for a + b, a.eq(b) for a == b'
        : 'operators do not work on a Tensor: write a.sub(b), a.mul(b), a.div(b), a.pow(b), a.neg(), ' +
            'a.lt(b), a.gt(b), and so on; item() gives the number of a one-element tensor',
    );
  }

  /** @internal */
  [INSPECT](): string {
    return this.toString();
  }
}

/** @internal A wrapper for a handle that native code has just made. */
export function wrap(handle: Handle): Tensor {
  const t = new Tensor(handle);
  if (scope !== null) scope.push(t);
  return t;
}

/** @internal A wrapper for a gradient that a payload is given: it belongs to the payload's graph. */
export function wrapGradient(handle: Handle, payload: Payload): Tensor {
  const t = wrap(handle);
  if (t.requiresGrad) t._token = payload.token.root();
  return t;
}

function readInts(count: number): number[] {
  const ints = new Array<number>(count);
  for (let i = 0; i < count; ++i) ints[i] = scratch[i];
  return ints;
}

function dimension(name: string, dim: number | { dim: number }, rank: number): number {
  const d = typeof dim === 'object' && dim !== null ? dim.dim : dim;
  if (typeof d !== 'number' || !Number.isInteger(d))
    throw new TypeError(`${name}: argument 'dim' must be an integer, got ${describe(d)}`);
  const limit = Math.max(rank, 1);
  if (d < -limit || d >= limit || rank === 0)
    throw new RangeError(
      `${name}: Dimension out of range (expected to be in range of [${-limit}, ${limit - 1}], but got ${d})`,
    );
  return d < 0 ? d + rank : d;
}

const bits = new DataView(new ArrayBuffer(8));

function halfToNumber(h: number): number {
  const sign = h & 0x8000 ? -1 : 1;
  const exponent = (h >> 10) & 31;
  const fraction = h & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function bfloat16ToNumber(h: number): number {
  bits.setUint32(0, h << 16);
  return bits.getFloat32(0);
}

/** Element `i` of what toTypedArray gave, as the value it stands for. */
function element(dtype: DType, flat: TypedArray, i: number): number | bigint | boolean {
  const value = flat[i];
  switch (dtype.name) {
    case 'bool':
      return value !== 0;
    case 'float16':
      return halfToNumber(value as number);
    case 'bfloat16':
      return bfloat16ToNumber(value as number);
    default:
      return value;
  }
}

function reader(dtype: DType, flat: TypedArray, name: string): (i: number) => number | boolean {
  return (i) => {
    const value = element(dtype, flat, i);
    if (typeof value !== 'bigint') return value;
    const n = Number(value);
    if (!Number.isSafeInteger(n))
      throw new RangeError(`${name}: ${value} is beyond the integers that a number holds: use toTypedArray()`);
    return n;
  };
}

function addHook(t: Tensor, name: string, hook: unknown, postAccumulate: boolean): RemovableHandle {
  if (typeof hook !== 'function') throw new TypeError(`${name}: expected a function, got ${describe(hook)}`);
  if (!t.requiresGrad) throw new Error(`${name}: cannot register a hook on a tensor that doesn't require gradient`);
  const payload = hold(t, {
    call(values: (Handle | null)[]) {
      const grad = postAccumulate ? t : wrapGradient(values[0] as Handle, payload);
      const replaced: unknown = (hook as (g: Tensor) => unknown)(grad);
      if (replaced === undefined || replaced === null || postAccumulate) return null;
      if (replaced instanceof Tensor) return replaced._h;
      throw new TypeError(`${name}: a hook must return a Tensor or nothing, got ${describe(replaced)}`);
    },
  });
  const id = checked(name, native.registerHook(t._h, payload, postAccumulate));
  const handle = t._h;
  return {
    remove() {
      payload.token.root().held.delete(payload);
      checked('remove', native.removeHook(handle, id));
    },
  };
}
