// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { torchFunction } from './call';
import type { FactoryOptions, Scalar } from './call';
import type { DType } from './dtype';
import type { Tensor } from './tensor';

/** A tensor of uninitialised values. torch.empty */
export const empty = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('empty');

/** Zeros. torch.zeros */
export const zeros = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('zeros');

/** Ones. torch.ones */
export const ones = torchFunction<{
  (size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  (...size: number[]): Tensor;
  (...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
}>('ones');

/**
 * fillValue everywhere: a number gives the default floating dtype (also a whole one), a boolean
 * bool. torch.full
 */
export const full = torchFunction<{
  (size: readonly number[] | number, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (size: readonly number[] | number, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { size: readonly number[] | number; fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('full');

/** A 0-d tensor. torch.scalar_tensor */
export const scalarTensor = torchFunction<{
  (s: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { s: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('scalarTensor');

/** Shape, dtype and memory order of `self`, uninitialised. torch.empty_like */
export const emptyLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('emptyLike');

/** Zeros with the shape and dtype of `self`. torch.zeros_like */
export const zerosLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('zerosLike');

/** Ones with the shape and dtype of `self`. torch.ones_like */
export const onesLike = torchFunction<{
  (input: Tensor, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
}>('onesLike');

/** fillValue with the shape and dtype of `self`. torch.full_like */
export const fullLike = torchFunction<{
  (input: Tensor, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('fullLike');

/**
 * start, start + step, ... below end (above it for step < 0), ceil((end - start) / step) values:
 * int64 where all three are whole numbers, else the default dtype. torch.arange
 */
export const arange = torchFunction<{
  (end: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { end: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, step?: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options: { step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, options: { end: Scalar; step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { start: Scalar; end: Scalar; step?: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
}>('arange');

/** `steps` evenly spaced values from start to end, both included. torch.linspace */
export const linspace = torchFunction<{
  (start: Scalar, end: Scalar, steps: number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, end: Scalar, options: { steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
  (start: Scalar, options: { end: Scalar; steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { start: Scalar; end: Scalar; steps: number; dtype?: DType | null } & FactoryOptions): Tensor;
}>('linspace');

/** Ones on the main diagonal of n rows and m columns (m = n unless given). torch.eye */
export const eye = torchFunction<{
  (n: number, m?: number | null, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (n: number, options: { m?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
  (options: { n: number; m?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
}>('eye');

/** As view, but copies where a view is impossible. torch.reshape */
export const reshape = torchFunction<{
  (input: Tensor, shape: readonly number[] | number): Tensor;
  (input: Tensor, options: { shape: readonly number[] | number }): Tensor;
  (input: Tensor, ...shape: number[]): Tensor;
}>('reshape');

/** Dimensions startDim .. endDim as one; a 0-d tensor becomes [1]. torch.flatten */
export const flatten = torchFunction<{
  (input: Tensor, startDim?: number, endDim?: number): Tensor;
  (input: Tensor, startDim: number, options: { endDim?: number }): Tensor;
  (input: Tensor, options: { startDim?: number; endDim?: number }): Tensor;
}>('flatten');

/** One dimension, row-major. torch.ravel */
export const ravel = torchFunction<{
  (input: Tensor): Tensor;
}>('ravel');

/** Dimension `dim` split into `sizes`, whose product is its size; one may be -1. torch.unflatten */
export const unflatten = torchFunction<{
  (input: Tensor, dim: number, sizes: readonly number[] | number): Tensor;
  (input: Tensor, dim: number, options: { sizes: readonly number[] | number }): Tensor;
  (input: Tensor, options: { dim: number; sizes: readonly number[] | number }): Tensor;
}>('unflatten');

/** dim0 and dim1 swapped. torch.transpose */
export const transpose = torchFunction<{
  (input: Tensor, dim0: number, dim1: number): Tensor;
  (input: Tensor, dim0: number, options: { dim1: number }): Tensor;
  (input: Tensor, options: { dim0: number; dim1: number }): Tensor;
}>('transpose');

/** As transpose. torch.swapaxes */
export const swapaxes = torchFunction<{
  (input: Tensor, axis0: number, axis1: number): Tensor;
  (input: Tensor, axis0: number, options: { axis1: number }): Tensor;
  (input: Tensor, options: { axis0: number; axis1: number }): Tensor;
}>('swapaxes');

/** As transpose. torch.swapdims */
export const swapdims = torchFunction<{
  (input: Tensor, dim0: number, dim1: number): Tensor;
  (input: Tensor, dim0: number, options: { dim1: number }): Tensor;
  (input: Tensor, options: { dim0: number; dim1: number }): Tensor;
}>('swapdims');

/** A matrix transposed; vectors and 0-d tensors stay. torch.t */
export const t = torchFunction<{
  (input: Tensor): Tensor;
}>('t');

/** Dimension i of the result is dimension dims[i]. torch.permute */
export const permute = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('permute');

/** Dimension `source` moved to `destination`, the others keep their order. torch.movedim */
export const movedim = torchFunction<{
  (input: Tensor, source: number, destination: number): Tensor;
  (input: Tensor, source: number, options: { destination: number }): Tensor;
  (input: Tensor, options: { source: number; destination: number }): Tensor;
  (input: Tensor, source: readonly number[] | number, destination: readonly number[] | number): Tensor;
  (input: Tensor, source: readonly number[] | number, options: { destination: readonly number[] | number }): Tensor;
  (input: Tensor, options: { source: readonly number[] | number; destination: readonly number[] | number }): Tensor;
}>('movedim');

/** All dimensions of size 1 dropped. torch.squeeze */
export const squeeze = torchFunction<{
  (input: Tensor): Tensor;
  /** Those of the given dimensions dropped that have size 1. torch.squeeze */
  (input: Tensor, dim: readonly number[] | number): Tensor;
  (input: Tensor, options: { dim: readonly number[] | number }): Tensor;
  (input: Tensor, ...dim: number[]): Tensor;
}>('squeeze');

/** A dimension of size 1 inserted before dimension `dim`. torch.unsqueeze */
export const unsqueeze = torchFunction<{
  (input: Tensor, dim: number): Tensor;
  (input: Tensor, options: { dim: number }): Tensor;
}>('unsqueeze');

/** As expand. torch.broadcast_to */
export const broadcastTo = torchFunction<{
  (input: Tensor, size: readonly number[] | number): Tensor;
  (input: Tensor, options: { size: readonly number[] | number }): Tensor;
  (input: Tensor, ...size: number[]): Tensor;
}>('broadcastTo');

/** Elements start .. start + length - 1 of dimension `dim`. torch.narrow */
export const narrow = torchFunction<{
  (input: Tensor, dim: number, start: number, length: number): Tensor;
  (input: Tensor, dim: number, start: number, options: { length: number }): Tensor;
  (input: Tensor, dim: number, options: { start: number; length: number }): Tensor;
  (input: Tensor, options: { dim: number; start: number; length: number }): Tensor;
}>('narrow');

/** Element `index` of dimension `dim`, which goes away. torch.select */
export const select = torchFunction<{
  (input: Tensor, dim: number, index: number): Tensor;
  (input: Tensor, dim: number, options: { index: number }): Tensor;
  (input: Tensor, options: { dim: number; index: number }): Tensor;
}>('select');

/**
 * The diagonal of dimensions dim1 and dim2 as the last dimension; offset > 0 lies above the main
 * one. torch.diagonal
 */
export const diagonal = torchFunction<{
  (input: Tensor, offset?: number, dim1?: number, dim2?: number): Tensor;
  (input: Tensor, offset: number, dim1: number, options: { dim2?: number }): Tensor;
  (input: Tensor, offset: number, options: { dim1?: number; dim2?: number }): Tensor;
  (input: Tensor, options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
}>('diagonal');

/**
 * Any geometry over the tensor's memory; the offset counts from the start of the memory. The
 * gradient of an element that is reached several times is the sum. torch.as_strided
 */
export const asStrided = torchFunction<{
  (input: Tensor, size: readonly number[] | number, stride: readonly number[] | number, storageOffset?: number | null): Tensor;
  (input: Tensor, size: readonly number[] | number, stride: readonly number[] | number, options: { storageOffset?: number | null }): Tensor;
  (input: Tensor, size: readonly number[] | number, options: { stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  (input: Tensor, options: { size: readonly number[] | number; stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
}>('asStrided');

/** The elements along dimension `dim`, each without it. torch.unbind */
export const unbind = torchFunction<{
  (input: Tensor, dim?: number): Tensor[];
  (input: Tensor, options: { dim?: number }): Tensor[];
}>('unbind');

/** Pieces of `splitSize` elements of dimension `dim`, the last may be smaller. torch.split */
export const split = torchFunction<{
  (input: Tensor, splitSize: number, dim?: number): Tensor[];
  (input: Tensor, splitSize: number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { splitSize: number; dim?: number }): Tensor[];
  /** Pieces of the given sizes, which must add up to the size of dimension `dim`. torch.split */
  (input: Tensor, splitSize: readonly number[] | number, dim?: number): Tensor[];
  (input: Tensor, splitSize: readonly number[] | number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { splitSize: readonly number[] | number; dim?: number }): Tensor[];
}>('split');

/** At most `chunks` pieces of equal size, the last may be smaller. torch.chunk */
export const chunk = torchFunction<{
  (input: Tensor, chunks: number, dim?: number): Tensor[];
  (input: Tensor, chunks: number, options: { dim?: number }): Tensor[];
  (input: Tensor, options: { chunks: number; dim?: number }): Tensor[];
}>('chunk');

/** The same data without history. torch.Tensor.detach */
export const detach = torchFunction<{
  (input: Tensor): Tensor;
}>('detach');

/** The methods of the op list, as class Tensor has them. */
export interface TensorMethods {
  /** Uninitialised, with the dtype of `self`. torch.Tensor.new_empty */
  newEmpty(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newEmpty(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newEmpty(...size: number[]): Tensor;
  newEmpty(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** Zeros with the dtype of `self`. torch.Tensor.new_zeros */
  newZeros(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newZeros(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newZeros(...size: number[]): Tensor;
  newZeros(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** Ones with the dtype of `self`. torch.Tensor.new_ones */
  newOnes(size: readonly number[] | number, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newOnes(options: { size: readonly number[] | number; dtype?: DType | null } & FactoryOptions): Tensor;
  newOnes(...size: number[]): Tensor;
  newOnes(...args: [...size: number[], options: { dtype?: DType | null } & FactoryOptions]): Tensor;
  /** fillValue with the dtype of `self`. torch.Tensor.new_full */
  newFull(size: readonly number[] | number, fillValue: Scalar, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  newFull(size: readonly number[] | number, options: { fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  newFull(options: { size: readonly number[] | number; fillValue: Scalar; dtype?: DType | null } & FactoryOptions): Tensor;
  /**
   * The same elements in row-major order with another shape; one size may be -1 and is inferred. An
   * error where the strides do not allow it without a copy (see reshape). torch.Tensor.view
   */
  view(size: readonly number[] | number): Tensor;
  view(options: { size: readonly number[] | number }): Tensor;
  view(...size: number[]): Tensor;
  /** A view of the same shape as `other`. torch.Tensor.view_as */
  viewAs(other: Tensor): Tensor;
  viewAs(options: { other: Tensor }): Tensor;
  /** As view, but copies where a view is impossible. torch.reshape */
  reshape(shape: readonly number[] | number): Tensor;
  reshape(options: { shape: readonly number[] | number }): Tensor;
  reshape(...shape: number[]): Tensor;
  /** Reshaped to the shape of `other`. torch.Tensor.reshape_as */
  reshapeAs(other: Tensor): Tensor;
  reshapeAs(options: { other: Tensor }): Tensor;
  /** Dimensions startDim .. endDim as one; a 0-d tensor becomes [1]. torch.flatten */
  flatten(startDim?: number, endDim?: number): Tensor;
  flatten(startDim: number, options: { endDim?: number }): Tensor;
  flatten(options: { startDim?: number; endDim?: number }): Tensor;
  /** One dimension, row-major. torch.ravel */
  ravel(): Tensor;
  /** Dimension `dim` split into `sizes`, whose product is its size; one may be -1. torch.unflatten */
  unflatten(dim: number, sizes: readonly number[] | number): Tensor;
  unflatten(dim: number, options: { sizes: readonly number[] | number }): Tensor;
  unflatten(options: { dim: number; sizes: readonly number[] | number }): Tensor;
  /** dim0 and dim1 swapped. torch.transpose */
  transpose(dim0: number, dim1: number): Tensor;
  transpose(dim0: number, options: { dim1: number }): Tensor;
  transpose(options: { dim0: number; dim1: number }): Tensor;
  /** As transpose. torch.swapaxes */
  swapaxes(axis0: number, axis1: number): Tensor;
  swapaxes(axis0: number, options: { axis1: number }): Tensor;
  swapaxes(options: { axis0: number; axis1: number }): Tensor;
  /** As transpose. torch.swapdims */
  swapdims(dim0: number, dim1: number): Tensor;
  swapdims(dim0: number, options: { dim1: number }): Tensor;
  swapdims(options: { dim0: number; dim1: number }): Tensor;
  /** A matrix transposed; vectors and 0-d tensors stay. torch.t */
  t(): Tensor;
  /** Dimension i of the result is dimension dims[i]. torch.permute */
  permute(dims: readonly number[] | number): Tensor;
  permute(options: { dims: readonly number[] | number }): Tensor;
  permute(...dims: number[]): Tensor;
  /** Dimension `source` moved to `destination`, the others keep their order. torch.movedim */
  movedim(source: number, destination: number): Tensor;
  movedim(source: number, options: { destination: number }): Tensor;
  movedim(options: { source: number; destination: number }): Tensor;
  movedim(source: readonly number[] | number, destination: readonly number[] | number): Tensor;
  movedim(source: readonly number[] | number, options: { destination: readonly number[] | number }): Tensor;
  movedim(options: { source: readonly number[] | number; destination: readonly number[] | number }): Tensor;
  /** All dimensions of size 1 dropped. torch.squeeze */
  squeeze(): Tensor;
  /** Those of the given dimensions dropped that have size 1. torch.squeeze */
  squeeze(dim: readonly number[] | number): Tensor;
  squeeze(options: { dim: readonly number[] | number }): Tensor;
  squeeze(...dim: number[]): Tensor;
  /** A dimension of size 1 inserted before dimension `dim`. torch.unsqueeze */
  unsqueeze(dim: number): Tensor;
  unsqueeze(options: { dim: number }): Tensor;
  /**
   * Dimensions of size 1 repeated without a copy, new ones in front; -1 keeps a size. The gradient is
   * the sum over what was repeated. torch.Tensor.expand
   */
  expand(size: readonly number[] | number): Tensor;
  expand(options: { size: readonly number[] | number }): Tensor;
  expand(...size: number[]): Tensor;
  /** Expanded to the shape of `other`. torch.Tensor.expand_as */
  expandAs(other: Tensor): Tensor;
  expandAs(options: { other: Tensor }): Tensor;
  /** As expand. torch.broadcast_to */
  broadcastTo(size: readonly number[] | number): Tensor;
  broadcastTo(options: { size: readonly number[] | number }): Tensor;
  broadcastTo(...size: number[]): Tensor;
  /** Elements start .. start + length - 1 of dimension `dim`. torch.narrow */
  narrow(dim: number, start: number, length: number): Tensor;
  narrow(dim: number, start: number, options: { length: number }): Tensor;
  narrow(dim: number, options: { start: number; length: number }): Tensor;
  narrow(options: { dim: number; start: number; length: number }): Tensor;
  /** Element `index` of dimension `dim`, which goes away. torch.select */
  select(dim: number, index: number): Tensor;
  select(dim: number, options: { index: number }): Tensor;
  select(options: { dim: number; index: number }): Tensor;
  /** x[start:end:step] in dimension `dim`; bounds are clamped, negative ones count from the end. */
  slice(dim?: number, start?: number | null, end?: number | null, step?: number): Tensor;
  slice(dim: number, start: number | null, end: number | null, options: { step?: number }): Tensor;
  slice(dim: number, start: number | null, options: { end?: number | null; step?: number }): Tensor;
  slice(dim: number, options: { start?: number | null; end?: number | null; step?: number }): Tensor;
  slice(options: { dim?: number; start?: number | null; end?: number | null; step?: number }): Tensor;
  /**
   * The diagonal of dimensions dim1 and dim2 as the last dimension; offset > 0 lies above the main
   * one. torch.diagonal
   */
  diagonal(offset?: number, dim1?: number, dim2?: number): Tensor;
  diagonal(offset: number, dim1: number, options: { dim2?: number }): Tensor;
  diagonal(offset: number, options: { dim1?: number; dim2?: number }): Tensor;
  diagonal(options: { offset?: number; dim1?: number; dim2?: number }): Tensor;
  /**
   * Any geometry over the tensor's memory; the offset counts from the start of the memory. The
   * gradient of an element that is reached several times is the sum. torch.as_strided
   */
  asStrided(size: readonly number[] | number, stride: readonly number[] | number, storageOffset?: number | null): Tensor;
  asStrided(size: readonly number[] | number, stride: readonly number[] | number, options: { storageOffset?: number | null }): Tensor;
  asStrided(size: readonly number[] | number, options: { stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  asStrided(options: { size: readonly number[] | number; stride: readonly number[] | number; storageOffset?: number | null }): Tensor;
  /** The elements along dimension `dim`, each without it. torch.unbind */
  unbind(dim?: number): Tensor[];
  unbind(options: { dim?: number }): Tensor[];
  /** Pieces of `splitSize` elements of dimension `dim`, the last may be smaller. torch.split */
  split(splitSize: number, dim?: number): Tensor[];
  split(splitSize: number, options: { dim?: number }): Tensor[];
  split(options: { splitSize: number; dim?: number }): Tensor[];
  /** Pieces of the given sizes, which must add up to the size of dimension `dim`. torch.split */
  split(splitSize: readonly number[] | number, dim?: number): Tensor[];
  split(splitSize: readonly number[] | number, options: { dim?: number }): Tensor[];
  split(options: { splitSize: readonly number[] | number; dim?: number }): Tensor[];
  /** At most `chunks` pieces of equal size, the last may be smaller. torch.chunk */
  chunk(chunks: number, dim?: number): Tensor[];
  chunk(chunks: number, options: { dim?: number }): Tensor[];
  chunk(options: { chunks: number; dim?: number }): Tensor[];
  /** The same data without history. torch.Tensor.detach */
  detach(): Tensor;
}
