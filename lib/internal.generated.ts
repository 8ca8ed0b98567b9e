// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { torchFunction } from './call';
import type { Tensor } from './tensor';

/** 0 with probability p, else 1 / (1 - p), in the shape and memory order of self. */
export const dropoutNoise = torchFunction<{
  (input: Tensor, p: number): Tensor;
  (input: Tensor, options: { p: number }): Tensor;
}>('dropoutNoise');

/** The gradient of relu: 0 where output <= 0, else gradOutput. */
export const reluBackward = torchFunction<{
  (gradOutput: Tensor, output: Tensor): Tensor;
  (gradOutput: Tensor, options: { output: Tensor }): Tensor;
  (options: { gradOutput: Tensor; output: Tensor }): Tensor;
}>('reluBackward');

/** The gradient of sigmoid: gradOutput (1 - output) output. */
export const sigmoidBackward = torchFunction<{
  (gradOutput: Tensor, output: Tensor): Tensor;
  (gradOutput: Tensor, options: { output: Tensor }): Tensor;
  (options: { gradOutput: Tensor; output: Tensor }): Tensor;
}>('sigmoidBackward');

/** The gradient of tanh: gradOutput (1 - output^2). */
export const tanhBackward = torchFunction<{
  (gradOutput: Tensor, output: Tensor): Tensor;
  (gradOutput: Tensor, options: { output: Tensor }): Tensor;
  (options: { gradOutput: Tensor; output: Tensor }): Tensor;
}>('tanhBackward');

/** All dimensions reversed: x.T. torch.Tensor.T */
export const T = torchFunction<{
  (input: Tensor): Tensor;
}>('T');

/** The last two dimensions swapped: x.mT. torch.Tensor.mT */
export const mT = torchFunction<{
  (input: Tensor): Tensor;
}>('mT');

/** A matrix transposed (real tensors are their own conjugates): x.H. torch.Tensor.H */
export const H = torchFunction<{
  (input: Tensor): Tensor;
}>('H');

/** As mT: x.mH. torch.Tensor.mH */
export const mH = torchFunction<{
  (input: Tensor): Tensor;
}>('mH');

/** The gradient of slices: zeros of shape `size` plus grad at stride/offset of row-major memory. */
export const embed = torchFunction<{
  (grad: Tensor, size: readonly number[] | number, stride: readonly number[] | number, offset: number): Tensor;
  (grad: Tensor, size: readonly number[] | number, stride: readonly number[] | number, options: { offset: number }): Tensor;
  (grad: Tensor, size: readonly number[] | number, options: { stride: readonly number[] | number; offset: number }): Tensor;
  (grad: Tensor, options: { size: readonly number[] | number; stride: readonly number[] | number; offset: number }): Tensor;
  (options: { grad: Tensor; size: readonly number[] | number; stride: readonly number[] | number; offset: number }): Tensor;
}>('embed');

/** Advanced indexing over dimensions first .. first + n - 1 with n integer tensors of one shape. */
export const indexGather = torchFunction<{
  (input: Tensor, first: number, indices: readonly Tensor[]): Tensor;
  (input: Tensor, first: number, options: { indices: readonly Tensor[] }): Tensor;
  (input: Tensor, options: { first: number; indices: readonly Tensor[] }): Tensor;
}>('indexGather');

/** self with values placed (or added) at the indices of indexGather. */
export const indexPlace = torchFunction<{
  (input: Tensor, values: Tensor, first: number, accumulate: boolean, indices: readonly Tensor[]): Tensor;
  (input: Tensor, values: Tensor, first: number, accumulate: boolean, options: { indices: readonly Tensor[] }): Tensor;
  (input: Tensor, values: Tensor, first: number, options: { accumulate: boolean; indices: readonly Tensor[] }): Tensor;
  (input: Tensor, values: Tensor, options: { first: number; accumulate: boolean; indices: readonly Tensor[] }): Tensor;
  (input: Tensor, options: { values: Tensor; first: number; accumulate: boolean; indices: readonly Tensor[] }): Tensor;
}>('indexPlace');
