// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { functional } from '../call';
import type { FactoryOptions } from '../call';
import type { DType } from '../dtype';
import type { Tensor } from '../tensor';

export {
  dropout,
  alphaDropout,
  featureAlphaDropout,
  relu,
  sigmoid,
  tanh,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  groupNorm,
  layerNorm,
  rmsNorm,
} from '../ops.generated';

/** Dropout of whole channels of inputs (C, L) or (N, C, L). torch.nn.functional.dropout1d */
export const dropout1d = functional<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('dropout1d');

/**
 * Dropout of whole channels of inputs (N, C, H, W); an input with three dimensions is (N, C, L).
 * torch.nn.functional.dropout2d
 */
export const dropout2d = functional<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('dropout2d');

/**
 * Dropout of whole channels of inputs (N, C, D, H, W) or (C, D, H, W).
 * torch.nn.functional.dropout3d
 */
export const dropout3d = functional<{
  (input: Tensor, p?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, p: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, p: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { p?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('dropout3d');

/** y = x W^T + b: input (..., in), weight (out, in), bias (out) give (..., out). torch.nn.functional.linear */
export const linear = functional<{
  (input: Tensor, weight: Tensor, bias?: Tensor | null): Tensor;
  (input: Tensor, weight: Tensor, options: { bias?: Tensor | null }): Tensor;
  (input: Tensor, options: { weight: Tensor; bias?: Tensor | null }): Tensor;
}>('linear');

/** Softmax as nn.functional.softmax: without `dim` it is 0 for 0, 1 or 3 dimensions, else 1. */
export const softmax = functional<{
  (input: Tensor, dim?: number | null, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { dim?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
}>('softmax');

/**
 * Log-softmax as nn.functional.log_softmax: without `dim` it is 0 for 0, 1 or 3 dimensions, else
 * 1.
 */
export const logSoftmax = functional<{
  (input: Tensor, dim?: number | null, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { dim?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
}>('logSoftmax');

/** Mean of (input - target)^2. */
export const mseLoss = functional<{
  (input: Tensor, target: Tensor, options?: { reduction?: string; weight?: Tensor | null }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string; weight?: Tensor | null }): Tensor;
}>('mseLoss');

/** Mean of |input - target|. */
export const l1Loss = functional<{
  (input: Tensor, target: Tensor, options?: { reduction?: string; weight?: Tensor | null }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string; weight?: Tensor | null }): Tensor;
}>('l1Loss');

/** Mean of d^2 / (2 beta) where d = |input - target| < beta, else d - beta / 2. */
export const smoothL1Loss = functional<{
  (input: Tensor, target: Tensor, options?: { reduction?: string; beta?: number }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string; beta?: number }): Tensor;
}>('smoothL1Loss');

/** Mean of d^2 / 2 where d = |input - target| <= delta, else delta (d - delta / 2). */
export const huberLoss = functional<{
  (input: Tensor, target: Tensor, reduction?: string, delta?: number, weight?: Tensor | null): Tensor;
  (input: Tensor, target: Tensor, reduction: string, delta: number, options: { weight?: Tensor | null }): Tensor;
  (input: Tensor, target: Tensor, reduction: string, options: { delta?: number; weight?: Tensor | null }): Tensor;
  (input: Tensor, target: Tensor, options: { reduction?: string; delta?: number; weight?: Tensor | null }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string; delta?: number; weight?: Tensor | null }): Tensor;
}>('huberLoss');

/**
 * Mean of -(y log x + (1 - y) log(1 - x)) for probabilities x; logarithms are not taken below
 * -100.
 */
export const binaryCrossEntropy = functional<{
  (input: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; weight?: Tensor | null; reduction?: string }): Tensor;
}>('binaryCrossEntropy');

/**
 * Binary cross entropy of sigmoid(input), computed without overflow; posWeight weighs the positive
 * terms.
 */
export const binaryCrossEntropyWithLogits = functional<{
  (input: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: string; posWeight?: Tensor | null }): Tensor;
  (input: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: string; posWeight?: Tensor | null }): Tensor;
  (input: Tensor, options: { target: Tensor; weight?: Tensor | null; reduction?: string; posWeight?: Tensor | null }): Tensor;
}>('binaryCrossEntropyWithLogits');

/**
 * -weight[t] * input[t] for log-probabilities input [C], [N, C] or [N, C, d1, ...] and classes t;
 * 'mean' divides by the sum of weights. Targets equal to ignoreIndex count nothing.
 */
export const nllLoss = functional<{
  (input: Tensor, target: Tensor, weight?: Tensor | null, options?: { ignoreIndex?: number; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { weight?: Tensor | null; ignoreIndex?: number; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; weight?: Tensor | null; ignoreIndex?: number; reduction?: string }): Tensor;
}>('nllLoss');

/**
 * -log softmax(input)[t] for logits input [C], [N, C] or [N, C, d1, ...]; target holds classes
 * (any integer dtype, or whole numbers in a float tensor) or, in the input's shape, class
 * probabilities.
 */
export const crossEntropy = functional<{
  (input: Tensor, target: Tensor, weight?: Tensor | null, options?: { ignoreIndex?: number; reduction?: string; labelSmoothing?: number }): Tensor;
  (input: Tensor, target: Tensor, options: { weight?: Tensor | null; ignoreIndex?: number; reduction?: string; labelSmoothing?: number }): Tensor;
  (input: Tensor, options: { target: Tensor; weight?: Tensor | null; ignoreIndex?: number; reduction?: string; labelSmoothing?: number }): Tensor;
}>('crossEntropy');

/**
 * Sliding windows of images as columns (im2col); windows reach into a border of zeros where padding says so.
 *
 * Shapes: input (N, C, H, W) or (C, H, W), output (N, C * kh * kw, L), L the number of windows:
 * (floor((H + 2 padding - dilation (kh - 1) - 1) / stride) + 1) times the same of W. Sizes are numbers or pairs; dilation and
 * stride default to 1, padding to 0.
 *
 * PyTorch: torch.nn.functional.unfold
 */
export const unfold = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, dilation?: readonly number[] | number, padding?: readonly number[] | number, stride?: readonly number[] | number): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, dilation: readonly number[] | number, padding: readonly number[] | number, options: { stride?: readonly number[] | number }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, dilation: readonly number[] | number, options: { padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { dilation?: readonly number[] | number; padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; dilation?: readonly number[] | number; padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
}>('unfold');

/**
 * The adjoint of unfold (col2im): adds up columns of windows to images of size outputSize, where windows overlap.
 *
 * Shapes: input (N, C * kh * kw, L) or (C * kh * kw, L), output (N, C, H, W); L must be the number of windows of such an
 * image. Sizes are numbers or pairs; dilation and stride default to 1, padding to 0.
 *
 * PyTorch: torch.nn.functional.fold
 */
export const fold = functional<{
  (input: Tensor, outputSize: readonly number[] | number, kernelSize: readonly number[] | number, dilation?: readonly number[] | number, padding?: readonly number[] | number, stride?: readonly number[] | number): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, kernelSize: readonly number[] | number, dilation: readonly number[] | number, padding: readonly number[] | number, options: { stride?: readonly number[] | number }): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, kernelSize: readonly number[] | number, dilation: readonly number[] | number, options: { padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, kernelSize: readonly number[] | number, options: { dilation?: readonly number[] | number; padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, options: { kernelSize: readonly number[] | number; dilation?: readonly number[] | number; padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
  (input: Tensor, options: { outputSize: readonly number[] | number; kernelSize: readonly number[] | number; dilation?: readonly number[] | number; padding?: readonly number[] | number; stride?: readonly number[] | number }): Tensor;
}>('fold');

/**
 * As `torch.maxPool1d`; with returnIndices also the place of each of these elements in its plane
 * (int64; the first of equal ones), which maxUnpool1d takes.
 *
 * PyTorch: torch.nn.functional.max_pool1d
 */
export const maxPool1d = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean, returnIndices?: false): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('maxPool1d');

/**
 * As `torch.maxPool2d`; with returnIndices also the place of each of these elements in its plane
 * (int64; the first of equal ones), which maxUnpool2d takes.
 *
 * PyTorch: torch.nn.functional.max_pool2d
 */
export const maxPool2d = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean, returnIndices?: false): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('maxPool2d');

/**
 * As `torch.maxPool3d`; with returnIndices also the place of each of these elements in its plane
 * (int64; the first of equal ones), which maxUnpool3d takes.
 *
 * PyTorch: torch.nn.functional.max_pool3d
 */
export const maxPool3d = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, dilation?: readonly number[] | number, ceilMode?: boolean, returnIndices?: false): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices?: false }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null | undefined, padding: readonly number[] | number | undefined, dilation: readonly number[] | number | undefined, ceilMode: boolean | undefined, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, ceilMode: boolean, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, dilation: readonly number[] | number, options: { ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; dilation?: readonly number[] | number; ceilMode?: boolean; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('maxPool3d');

/**
 * (x - mean) / sqrt(var + eps) * weight + bias for x (N, C, ...), with mean and variance of each
 * channel: of the batch in training, the running ones otherwise. In training the running
 * statistics, when given, change in place: r = (1 - momentum) r + momentum * value, with the
 * unbiased variance. All of length C; one value a channel in training is an error.
 *
 * PyTorch: torch.nn.functional.batch_norm
 */
export const batchNorm = functional<{
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight?: Tensor | null, bias?: Tensor | null, training?: boolean, momentum?: number, eps?: number): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, training: boolean, momentum: number, options: { eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, training: boolean, options: { momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, options: { training?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, options: { bias?: Tensor | null; training?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, options: { weight?: Tensor | null; bias?: Tensor | null; training?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, options: { runningVar: Tensor | null; weight?: Tensor | null; bias?: Tensor | null; training?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, options: { runningMean: Tensor | null; runningVar: Tensor | null; weight?: Tensor | null; bias?: Tensor | null; training?: boolean; momentum?: number; eps?: number }): Tensor;
}>('batchNorm');

/**
 * As batchNorm with statistics of each channel of each sample (N, C, ...); without useInputStats
 * the running ones. Running statistics take the average over the samples.
 *
 * PyTorch: torch.nn.functional.instance_norm
 */
export const instanceNorm = functional<{
  (input: Tensor, runningMean?: Tensor | null, runningVar?: Tensor | null, weight?: Tensor | null, bias?: Tensor | null, useInputStats?: boolean, momentum?: number, eps?: number): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, useInputStats: boolean, momentum: number, options: { eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, useInputStats: boolean, options: { momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, bias: Tensor | null, options: { useInputStats?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, weight: Tensor | null, options: { bias?: Tensor | null; useInputStats?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, options: { weight?: Tensor | null; bias?: Tensor | null; useInputStats?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, runningMean: Tensor | null, options: { runningVar?: Tensor | null; weight?: Tensor | null; bias?: Tensor | null; useInputStats?: boolean; momentum?: number; eps?: number }): Tensor;
  (input: Tensor, options: { runningMean?: Tensor | null; runningVar?: Tensor | null; weight?: Tensor | null; bias?: Tensor | null; useInputStats?: boolean; momentum?: number; eps?: number }): Tensor;
}>('instanceNorm');

/**
 * x / (k + alpha * mean of x^2 over `size` neighbouring channels)^beta for x (N, C, ...), with zeros
 * beyond the first and the last channel.
 *
 * PyTorch: torch.nn.functional.local_response_norm
 */
export const localResponseNorm = functional<{
  (input: Tensor, size: number, alpha?: number, beta?: number, k?: number): Tensor;
  (input: Tensor, size: number, alpha: number, beta: number, options: { k?: number }): Tensor;
  (input: Tensor, size: number, alpha: number, options: { beta?: number; k?: number }): Tensor;
  (input: Tensor, size: number, options: { alpha?: number; beta?: number; k?: number }): Tensor;
  (input: Tensor, options: { size: number; alpha?: number; beta?: number; k?: number }): Tensor;
}>('localResponseNorm');

/**
 * x / max(norm(x), eps) with the p-norm over dim.
 *
 * PyTorch: torch.nn.functional.normalize
 */
export const normalize = functional<{
  (input: Tensor, p?: number, dim?: number, eps?: number): Tensor;
  (input: Tensor, p: number, dim: number, options: { eps?: number }): Tensor;
  (input: Tensor, p: number, options: { dim?: number; eps?: number }): Tensor;
  (input: Tensor, options: { p?: number; dim?: number; eps?: number }): Tensor;
  /** The same over several dimensions. */
  (input: Tensor, p: number, dim: readonly number[] | number, eps?: number): Tensor;
  (input: Tensor, p: number, dim: readonly number[] | number, options: { eps?: number }): Tensor;
  (input: Tensor, p: number, options: { dim: readonly number[] | number; eps?: number }): Tensor;
  (input: Tensor, options: { p: number; dim: readonly number[] | number; eps?: number }): Tensor;
}>('normalize');

/**
 * `input` with something around its last axes: with mode 'constant' the number `value` (0) around
 * any axes; with 'reflect' (mirrored at the edge elements, which are not repeated), 'replicate'
 * (the edge elements) or 'circular' (the other end) its own elements around the last 1, 2 or 3 axes
 * of an input with one or two axes more. RangeError for pads that these modes cannot fill.
 *
 * PyTorch: torch.nn.functional.pad
 */
export const pad = functional<{
  (input: Tensor, pad: readonly number[] | number, mode?: string, value?: number | null): Tensor;
  (input: Tensor, pad: readonly number[] | number, mode: string, options: { value?: number | null }): Tensor;
  (input: Tensor, pad: readonly number[] | number, options: { mode?: string; value?: number | null }): Tensor;
  (input: Tensor, options: { pad: readonly number[] | number; mode?: string; value?: number | null }): Tensor;
}>('pad');
