// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { torchFunction } from './call';
import type { FactoryOptions, Operand, Scalar } from './call';
import type { DType } from './dtype';
import type { IndexItem } from './indexing';
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

/** A copy that takes part in the graph; keeps the memory order of a dense tensor. torch.clone */
export const clone = torchFunction<{
  (input: Tensor, options?: { memoryFormat?: string }): Tensor;
}>('clone');

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

/** Tensors joined along an existing dimension; their other sizes are equal. torch.cat */
export const cat = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('cat');

/** As cat. torch.concat */
export const concat = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('concat');

/** Tensors of one shape joined along a new dimension. torch.stack */
export const stack = torchFunction<{
  (tensors: readonly Tensor[], dim?: number): Tensor;
  (tensors: readonly Tensor[], options: { dim?: number }): Tensor;
  (options: { tensors: readonly Tensor[]; dim?: number }): Tensor;
}>('stack');

/** y[i][j] = x[index[i][j]][j] for dim 0, and so on. torch.gather */
export const gather = torchFunction<{
  (input: Tensor, dim: number, index: Tensor): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor }): Tensor;
}>('gather');

/**
 * A copy of self with self[index[i][j]][j] = src[i][j] for dim 0, and so on; where an index repeats
 * the last one stays. torch.scatter
 */
export const scatter = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, src: Operand): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { src: Operand }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; src: Operand }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; src: Operand }): Tensor;
}>('scatter');

/** As scatter, but adds; repeated indices add up. torch.scatter_add */
export const scatterAdd = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, src: Tensor): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { src: Tensor }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; src: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; src: Tensor }): Tensor;
}>('scatterAdd');

/** Slices index[0], index[1], ... of dimension dim, as a copy. torch.index_select */
export const indexSelect = torchFunction<{
  (input: Tensor, dim: number, index: Tensor): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor }): Tensor;
}>('indexSelect');

/** A copy of self with self.select(dim, index[i]) += alpha source.select(dim, i). torch.index_add */
export const indexAdd = torchFunction<{
  (input: Tensor, dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  (input: Tensor, dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): Tensor;
  (input: Tensor, dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  (input: Tensor, options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
}>('indexAdd');

/** Elements at row-major positions, in the shape of index. torch.take */
export const take = torchFunction<{
  (input: Tensor, index: Tensor): Tensor;
  (input: Tensor, options: { index: Tensor }): Tensor;
}>('take');

/** The elements where mask (bool, broadcast) is true, as one dimension. torch.masked_select */
export const maskedSelect = torchFunction<{
  (input: Tensor, mask: Tensor): Tensor;
  (input: Tensor, options: { mask: Tensor }): Tensor;
}>('maskedSelect');

/** The index tuples of all elements that are not zero, as rows in row-major order. torch.nonzero */
export const nonzero = torchFunction<{
  (input: Tensor): Tensor;
}>('nonzero');

/** The order of elements reversed along the given dimensions, as a copy. torch.flip */
export const flip = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('flip');

/**
 * Elements shifted along dims, what leaves at the end enters at the start; without dims over the
 * flattened tensor. torch.roll
 */
export const roll = torchFunction<{
  (input: Tensor, shifts: readonly number[] | number, dims?: readonly number[] | number): Tensor;
  (input: Tensor, shifts: readonly number[] | number, options: { dims?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { shifts: readonly number[] | number; dims?: readonly number[] | number }): Tensor;
}>('roll');

/** As repeat; missing repetitions are 1. torch.tile */
export const tile = torchFunction<{
  (input: Tensor, dims: readonly number[] | number): Tensor;
  (input: Tensor, options: { dims: readonly number[] | number }): Tensor;
  (input: Tensor, ...dims: number[]): Tensor;
}>('tile');

/** Each element repeated along dim (of the flattened tensor without dim). torch.repeat_interleave */
export const repeatInterleave = torchFunction<{
  (input: Tensor, repeats: number, dim?: number | null): Tensor;
  (input: Tensor, repeats: number, options: { dim?: number | null }): Tensor;
  (input: Tensor, options: { repeats: number; dim?: number | null }): Tensor;
  (input: Tensor, repeats: Tensor, dim?: number | null): Tensor;
  (input: Tensor, repeats: Tensor, options: { dim?: number | null }): Tensor;
  (input: Tensor, options: { repeats: Tensor; dim?: number | null }): Tensor;
}>('repeatInterleave');

/** The elements on and below diagonal `diagonal` of each matrix, zeros elsewhere. torch.tril */
export const tril = torchFunction<{
  (input: Tensor, diagonal?: number): Tensor;
  (input: Tensor, options: { diagonal?: number }): Tensor;
}>('tril');

/** The elements on and above diagonal `diagonal` of each matrix, zeros elsewhere. torch.triu */
export const triu = torchFunction<{
  (input: Tensor, diagonal?: number): Tensor;
  (input: Tensor, options: { diagonal?: number }): Tensor;
}>('triu');

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
   * Copies the elements of source into self, converted to its dtype and broadcast to its shape, and
   * returns self. torch.Tensor.copy_
   */
  copy_(source: Tensor, nonBlocking?: boolean): this;
  copy_(source: Tensor, options: { nonBlocking?: boolean }): this;
  copy_(options: { source: Tensor; nonBlocking?: boolean }): this;
  /** A copy that takes part in the graph; keeps the memory order of a dense tensor. torch.clone */
  clone(options?: { memoryFormat?: string }): Tensor;
  /**
   * The tensor itself if its elements lie in row-major order without gaps, else such a copy.
   * torch.Tensor.contiguous
   */
  contiguous(): Tensor;
  /**
   * The tensor converted to a dtype; the tensor itself if it has it already and `copy` is false.
   * Floating numbers become integers by truncation. torch.Tensor.to
   */
  to(dtype: DType, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(dtype: DType, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(dtype: DType, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { dtype: DType; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(device: string, dtype?: DType | null, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(device: string, dtype: DType | null, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(device: string, dtype: DType | null, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(device: string, options: { dtype?: DType | null; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { device: string; dtype?: DType | null; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(other: Tensor, nonBlocking?: boolean, copy?: boolean): Tensor;
  to(other: Tensor, nonBlocking: boolean, options: { copy?: boolean }): Tensor;
  to(other: Tensor, options: { nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options: { other: Tensor; nonBlocking?: boolean; copy?: boolean }): Tensor;
  to(options?: { dtype?: DType | null; device?: string; nonBlocking?: boolean; copy?: boolean }): Tensor;
  /** The tensor in the dtype of another. torch.Tensor.type_as */
  typeAs(other: Tensor): Tensor;
  typeAs(options: { other: Tensor }): Tensor;
  /** The tensor itself: there is no other device. torch.Tensor.cpu */
  cpu(): Tensor;
  /** self.to(torch.float32). torch.Tensor.float */
  float(): Tensor;
  /** self.to(torch.float64). torch.Tensor.double */
  double(): Tensor;
  /** self.to(torch.float16). torch.Tensor.half */
  half(): Tensor;
  /** self.to(torch.bfloat16). torch.Tensor.bfloat16 */
  bfloat16(): Tensor;
  /** self.to(torch.int64). torch.Tensor.long */
  long(): Tensor;
  /** self.to(torch.int32). torch.Tensor.int */
  int(): Tensor;
  /** self.to(torch.int16). torch.Tensor.short */
  short(): Tensor;
  /** self.to(torch.int8). torch.Tensor.char */
  char(): Tensor;
  /** self.to(torch.uint8). torch.Tensor.byte */
  byte(): Tensor;
  /** self.to(torch.bool). torch.Tensor.bool */
  bool(): Tensor;
  /** Sets every element to a number or to the value of a 0-d tensor. torch.Tensor.fill_ */
  fill_(value: Operand): this;
  fill_(options: { value: Operand }): this;
  /** Sets every element to 0. torch.Tensor.zero_ */
  zero_(): this;
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
  /**
   * x[items]: integers, slices, '...', null (new axis), booleans, integer tensors and masks, as in
   * NumPy and PyTorch. Without tensors a view, else a copy: index tensors broadcast against each
   * other, their shape stands where they stood, or first if they were apart. torch.Tensor.index
   */
  index(items: readonly IndexItem[]): Tensor;
  index(options: { items: readonly IndexItem[] }): Tensor;
  index(...items: IndexItem[]): Tensor;
  /**
   * x[items] = value in place; with accumulate x[items] += value, each index as often as it occurs.
   * torch.Tensor.index_put_
   */
  indexPut_(items: readonly IndexItem[], value: Operand, accumulate?: boolean): this;
  indexPut_(items: readonly IndexItem[], value: Operand, options: { accumulate?: boolean }): this;
  indexPut_(items: readonly IndexItem[], options: { value: Operand; accumulate?: boolean }): this;
  indexPut_(options: { items: readonly IndexItem[]; value: Operand; accumulate?: boolean }): this;
  /** As indexPut_, on a copy. torch.Tensor.index_put */
  indexPut(items: readonly IndexItem[], value: Operand, accumulate?: boolean): Tensor;
  indexPut(items: readonly IndexItem[], value: Operand, options: { accumulate?: boolean }): Tensor;
  indexPut(items: readonly IndexItem[], options: { value: Operand; accumulate?: boolean }): Tensor;
  indexPut(options: { items: readonly IndexItem[]; value: Operand; accumulate?: boolean }): Tensor;
  /** y[i][j] = x[index[i][j]][j] for dim 0, and so on. torch.gather */
  gather(dim: number, index: Tensor): Tensor;
  gather(dim: number, options: { index: Tensor }): Tensor;
  gather(options: { dim: number; index: Tensor }): Tensor;
  /**
   * A copy of self with self[index[i][j]][j] = src[i][j] for dim 0, and so on; where an index repeats
   * the last one stays. torch.scatter
   */
  scatter(dim: number, index: Tensor, src: Operand): Tensor;
  scatter(dim: number, index: Tensor, options: { src: Operand }): Tensor;
  scatter(dim: number, options: { index: Tensor; src: Operand }): Tensor;
  scatter(options: { dim: number; index: Tensor; src: Operand }): Tensor;
  /** scatter in place. torch.Tensor.scatter_ */
  scatter_(dim: number, index: Tensor, src: Operand): this;
  scatter_(dim: number, index: Tensor, options: { src: Operand }): this;
  scatter_(dim: number, options: { index: Tensor; src: Operand }): this;
  scatter_(options: { dim: number; index: Tensor; src: Operand }): this;
  /** As scatter, but adds; repeated indices add up. torch.scatter_add */
  scatterAdd(dim: number, index: Tensor, src: Tensor): Tensor;
  scatterAdd(dim: number, index: Tensor, options: { src: Tensor }): Tensor;
  scatterAdd(dim: number, options: { index: Tensor; src: Tensor }): Tensor;
  scatterAdd(options: { dim: number; index: Tensor; src: Tensor }): Tensor;
  /** scatterAdd in place. torch.Tensor.scatter_add_ */
  scatterAdd_(dim: number, index: Tensor, src: Tensor): this;
  scatterAdd_(dim: number, index: Tensor, options: { src: Tensor }): this;
  scatterAdd_(dim: number, options: { index: Tensor; src: Tensor }): this;
  scatterAdd_(options: { dim: number; index: Tensor; src: Tensor }): this;
  /** Slices index[0], index[1], ... of dimension dim, as a copy. torch.index_select */
  indexSelect(dim: number, index: Tensor): Tensor;
  indexSelect(dim: number, options: { index: Tensor }): Tensor;
  indexSelect(options: { dim: number; index: Tensor }): Tensor;
  /** A copy of self with self.select(dim, index[i]) += alpha source.select(dim, i). torch.index_add */
  indexAdd(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  indexAdd(dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): Tensor;
  indexAdd(dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  indexAdd(options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): Tensor;
  /** indexAdd in place. torch.Tensor.index_add_ */
  indexAdd_(dim: number, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): this;
  indexAdd_(dim: number, index: Tensor, options: { source: Tensor; alpha?: Scalar }): this;
  indexAdd_(dim: number, options: { index: Tensor; source: Tensor; alpha?: Scalar }): this;
  indexAdd_(options: { dim: number; index: Tensor; source: Tensor; alpha?: Scalar }): this;
  /** Elements at row-major positions, in the shape of index. torch.take */
  take(index: Tensor): Tensor;
  take(options: { index: Tensor }): Tensor;
  /** The elements where mask (bool, broadcast) is true, as one dimension. torch.masked_select */
  maskedSelect(mask: Tensor): Tensor;
  maskedSelect(options: { mask: Tensor }): Tensor;
  /** The index tuples of all elements that are not zero, as rows in row-major order. torch.nonzero */
  nonzero(): Tensor;
  /** The order of elements reversed along the given dimensions, as a copy. torch.flip */
  flip(dims: readonly number[] | number): Tensor;
  flip(options: { dims: readonly number[] | number }): Tensor;
  flip(...dims: number[]): Tensor;
  /**
   * Elements shifted along dims, what leaves at the end enters at the start; without dims over the
   * flattened tensor. torch.roll
   */
  roll(shifts: readonly number[] | number, dims?: readonly number[] | number): Tensor;
  roll(shifts: readonly number[] | number, options: { dims?: readonly number[] | number }): Tensor;
  roll(options: { shifts: readonly number[] | number; dims?: readonly number[] | number }): Tensor;
  /**
   * The tensor repeated `repeats[d]` times along dimension d, new dimensions in front.
   * torch.Tensor.repeat
   */
  repeat(repeats: readonly number[] | number): Tensor;
  repeat(options: { repeats: readonly number[] | number }): Tensor;
  repeat(...repeats: number[]): Tensor;
  /** As repeat; missing repetitions are 1. torch.tile */
  tile(dims: readonly number[] | number): Tensor;
  tile(options: { dims: readonly number[] | number }): Tensor;
  tile(...dims: number[]): Tensor;
  /** Each element repeated along dim (of the flattened tensor without dim). torch.repeat_interleave */
  repeatInterleave(repeats: number, dim?: number | null): Tensor;
  repeatInterleave(repeats: number, options: { dim?: number | null }): Tensor;
  repeatInterleave(options: { repeats: number; dim?: number | null }): Tensor;
  repeatInterleave(repeats: Tensor, dim?: number | null): Tensor;
  repeatInterleave(repeats: Tensor, options: { dim?: number | null }): Tensor;
  repeatInterleave(options: { repeats: Tensor; dim?: number | null }): Tensor;
  /** The elements on and below diagonal `diagonal` of each matrix, zeros elsewhere. torch.tril */
  tril(diagonal?: number): Tensor;
  tril(options: { diagonal?: number }): Tensor;
  /** The elements on and above diagonal `diagonal` of each matrix, zeros elsewhere. torch.triu */
  triu(diagonal?: number): Tensor;
  triu(options: { diagonal?: number }): Tensor;
}
