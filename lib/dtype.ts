/** Element types. `index` is the place in the C++ enum `DType`. */
export class DType {
  /** @internal */
  constructor(
    /** @internal */ readonly index: number,
    /** Name as PyTorch spells it, without the `torch.` prefix. */
    readonly name: string,
    /** Bytes per element. */
    readonly itemsize: number,
    /** Whether gradients can flow through tensors of this type. */
    readonly isFloatingPoint: boolean,
    /** Whether negative values can be represented. */
    readonly isSigned: boolean,
  ) {
    Object.freeze(this);
  }

  /** No complex types exist yet. */
  get isComplex(): boolean {
    return false;
  }

  toString(): string {
    return `torch.${this.name}`;
  }

  /** @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

export const float32 = new DType(0, 'float32', 4, true, true);
export const float64 = new DType(1, 'float64', 8, true, true);
export const float16 = new DType(2, 'float16', 2, true, true);
export const bfloat16 = new DType(3, 'bfloat16', 2, true, true);
export const int64 = new DType(4, 'int64', 8, false, true);
export const int32 = new DType(5, 'int32', 4, false, true);
export const int16 = new DType(6, 'int16', 2, false, true);
export const int8 = new DType(7, 'int8', 1, false, true);
export const uint8 = new DType(8, 'uint8', 1, false, false);
export const bool = new DType(9, 'bool', 1, false, false);

export const float = float32;
export const double = float64;
export const half = float16;
export const long = int64;
export const int = int32;
export const short = int16;

/** @internal By C++ enum value. */
export const DTYPES: readonly DType[] = [
  float32,
  float64,
  float16,
  bfloat16,
  int64,
  int32,
  int16,
  int8,
  uint8,
  bool,
];

/** The typed arrays that can hold tensor elements. */
export type TypedArray =
  | Float32Array
  | Float64Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

type TypedArrayConstructor = new (length: number) => TypedArray;

// By C++ enum value; float16 and bfloat16 are read and written as their bits, bool as bytes.
const ARRAYS: readonly TypedArrayConstructor[] = [
  Float32Array,
  Float64Array,
  Uint16Array,
  Uint16Array,
  BigInt64Array,
  Int32Array,
  Int16Array,
  Int8Array,
  Uint8Array,
  Uint8Array,
];

/** @internal An empty typed array that holds `length` elements of `dtype`. */
export function arrayFor(dtype: DType, length: number): TypedArray {
  return new ARRAYS[dtype.index](length);
}

// By the name of the typed array, so that arrays of another realm are known too.
const NATURAL: Readonly<Record<string, DType>> = {
  Float32Array: float32,
  Float64Array: float64,
  BigInt64Array: int64,
  Int32Array: int32,
  Int16Array: int16,
  Int8Array: int8,
  Uint8Array: uint8,
  Uint8ClampedArray: uint8,
};

/** @internal The dtype that a typed array keeps, or undefined where none fits (Uint16Array, Uint32Array). */
export function naturalDtype(array: ArrayBufferView): DType | undefined {
  return NATURAL[Object.prototype.toString.call(array).slice(8, -1)];
}

/** @internal */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
