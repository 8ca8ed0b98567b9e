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

/** Whether the tensor has a gradient; does not make an object for it. */
export const hasGrad = torchFunction<{
  (input: Tensor): boolean;
}>('hasGrad');

/** One SGD step. first[i] != 0: momentums[i] is set to the gradient. */
export const sgdStep_ = torchFunction<{
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, momentum: number, dampening: number, weightDecay: number, nesterov: boolean, maximize: boolean): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, momentum: number, dampening: number, weightDecay: number, nesterov: boolean, options: { maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, momentum: number, dampening: number, weightDecay: number, options: { nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, momentum: number, dampening: number, options: { weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, momentum: number, options: { dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, lr: number, options: { momentum: number; dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], first: readonly number[] | number, options: { lr: number; momentum: number; dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], momentums: readonly Tensor[], options: { first: readonly number[] | number; lr: number; momentum: number; dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], options: { momentums: readonly Tensor[]; first: readonly number[] | number; lr: number; momentum: number; dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
  (options: { params: readonly Tensor[]; momentums: readonly Tensor[]; first: readonly number[] | number; lr: number; momentum: number; dampening: number; weightDecay: number; nesterov: boolean; maximize: boolean }): void;
}>('sgdStep_');

/** One Adam or (decoupled) AdamW step; steps[i] counts from 1. */
export const adamStep_ = torchFunction<{
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, beta2: number, eps: number, weightDecay: number, decoupled: boolean, maximize: boolean): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, beta2: number, eps: number, weightDecay: number, decoupled: boolean, options: { maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, beta2: number, eps: number, weightDecay: number, options: { decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, beta2: number, eps: number, options: { weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, beta2: number, options: { eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, beta1: number, options: { beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, lr: number, options: { beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], steps: readonly number[] | number, options: { lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], options: { steps: readonly number[] | number; lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], options: { maxExpAvgSqs: readonly Tensor[]; steps: readonly number[] | number; lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], expAvgs: readonly Tensor[], options: { expAvgSqs: readonly Tensor[]; maxExpAvgSqs: readonly Tensor[]; steps: readonly number[] | number; lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (params: readonly Tensor[], options: { expAvgs: readonly Tensor[]; expAvgSqs: readonly Tensor[]; maxExpAvgSqs: readonly Tensor[]; steps: readonly number[] | number; lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
  (options: { params: readonly Tensor[]; expAvgs: readonly Tensor[]; expAvgSqs: readonly Tensor[]; maxExpAvgSqs: readonly Tensor[]; steps: readonly number[] | number; lr: number; beta1: number; beta2: number; eps: number; weightDecay: number; decoupled: boolean; maximize: boolean }): void;
}>('adamStep_');

/** One RMSprop step. */
export const rmspropStep_ = torchFunction<{
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, alpha: number, eps: number, weightDecay: number, momentum: number, maximize: boolean): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, alpha: number, eps: number, weightDecay: number, momentum: number, options: { maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, alpha: number, eps: number, weightDecay: number, options: { momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, alpha: number, eps: number, options: { weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, alpha: number, options: { eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], lr: number, options: { alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], momentums: readonly Tensor[], options: { lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], gradAvgs: readonly Tensor[], options: { momentums: readonly Tensor[]; lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], squareAvgs: readonly Tensor[], options: { gradAvgs: readonly Tensor[]; momentums: readonly Tensor[]; lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (params: readonly Tensor[], options: { squareAvgs: readonly Tensor[]; gradAvgs: readonly Tensor[]; momentums: readonly Tensor[]; lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
  (options: { params: readonly Tensor[]; squareAvgs: readonly Tensor[]; gradAvgs: readonly Tensor[]; momentums: readonly Tensor[]; lr: number; alpha: number; eps: number; weightDecay: number; momentum: number; maximize: boolean }): void;
}>('rmspropStep_');

/** Fills every tensor with 0. */
export const foreachZero_ = torchFunction<{
  (tensors: readonly Tensor[]): void;
  (options: { tensors: readonly Tensor[] }): void;
  (...tensors: Tensor[]): void;
}>('foreachZero_');

/** Multiplies every tensor by a number. */
export const foreachMul_ = torchFunction<{
  (tensors: readonly Tensor[], factor: number): void;
  (tensors: readonly Tensor[], options: { factor: number }): void;
  (options: { tensors: readonly Tensor[]; factor: number }): void;
}>('foreachMul_');

/** The p-norm of all elements of all tensors, as the norm of their norms. */
export const totalNorm = torchFunction<{
  (tensors: readonly Tensor[], normType: number): Tensor;
  (tensors: readonly Tensor[], options: { normType: number }): Tensor;
  (options: { tensors: readonly Tensor[]; normType: number }): Tensor;
}>('totalNorm');

/** Scales the tensors so that their total norm is at most max_norm; returns the norm before. */
export const clipGradNorm_ = torchFunction<{
  (tensors: readonly Tensor[], maxNorm: number, normType: number): Tensor;
  (tensors: readonly Tensor[], maxNorm: number, options: { normType: number }): Tensor;
  (tensors: readonly Tensor[], options: { maxNorm: number; normType: number }): Tensor;
  (options: { tensors: readonly Tensor[]; maxNorm: number; normType: number }): Tensor;
}>('clipGradNorm_');

/** Whether 3x3 convolutions may take the Winograd path. */
export const winogradEnabled = torchFunction<{
  (): boolean;
}>('winogradEnabled');

/** Lets 3x3 convolutions of this process take the Winograd path, or keeps them from it. */
export const setWinogradEnabled = torchFunction<{
  (enabled: boolean): void;
  (options: { enabled: boolean }): void;
}>('setWinogradEnabled');

/** Largest element of windows at places that random_samples (N, C, 2) say, and where they were. */
export const fractionalMaxPool2d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, outputSize: readonly number[] | number, randomSamples: Tensor): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, outputSize: readonly number[] | number, options: { randomSamples: Tensor }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { outputSize: readonly number[] | number; randomSamples: Tensor }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; outputSize: readonly number[] | number; randomSamples: Tensor }): [Tensor, Tensor];
}>('fractionalMaxPool2d');

/** Largest element of windows at places that random_samples (N, C, 3) say, and where they were. */
export const fractionalMaxPool3d = torchFunction<{
  (input: Tensor, kernelSize: readonly number[] | number, outputSize: readonly number[] | number, randomSamples: Tensor): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, outputSize: readonly number[] | number, options: { randomSamples: Tensor }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { outputSize: readonly number[] | number; randomSamples: Tensor }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; outputSize: readonly number[] | number; randomSamples: Tensor }): [Tensor, Tensor];
}>('fractionalMaxPool3d');

/**
 * nn.functional.interpolate with its arguments in one form: `size`, or the scales of the spatial
 * axes, the last one last.
 */
export const interpolate = torchFunction<{
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, widthScale: number | null, mode: string, alignCorners: boolean | null, recomputeScaleFactor: boolean, antialias: boolean): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, widthScale: number | null, mode: string, alignCorners: boolean | null, recomputeScaleFactor: boolean, options: { antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, widthScale: number | null, mode: string, alignCorners: boolean | null, options: { recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, widthScale: number | null, mode: string, options: { alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, widthScale: number | null, options: { mode: string; alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, heightScale: number | null, options: { widthScale: number | null; mode: string; alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, depthScale: number | null, options: { heightScale: number | null; widthScale: number | null; mode: string; alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, size: readonly number[] | number | null, options: { depthScale: number | null; heightScale: number | null; widthScale: number | null; mode: string; alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
  (input: Tensor, options: { size: readonly number[] | number | null; depthScale: number | null; heightScale: number | null; widthScale: number | null; mode: string; alignCorners: boolean | null; recomputeScaleFactor: boolean; antialias: boolean }): Tensor;
}>('interpolate');
