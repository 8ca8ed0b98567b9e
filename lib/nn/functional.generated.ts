// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.
import { functional } from '../call';
import type { FactoryOptions, Operand, Scalar } from '../call';
import type { DType } from '../dtype';
import type { Tensor } from '../tensor';

export {
  dropout,
  alphaDropout,
  featureAlphaDropout,
  sigmoid,
  tanh,
  selu_,
  celu_,
  hardshrink,
  threshold_,
  prelu,
  rrelu_,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  avgPool1d,
  adaptiveAvgPool1d,
  groupNorm,
  layerNorm,
  rmsNorm,
  pixelShuffle,
  pixelUnshuffle,
  channelShuffle,
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

/** max(input, 0). PyTorch: torch.nn.functional.relu */
export const relu = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('relu');

/** min(max(input, 0), 6). PyTorch: torch.nn.functional.relu6 */
export const relu6 = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('relu6');

/** x where x > 0, else negativeSlope x. PyTorch: torch.nn.functional.leaky_relu */
export const leakyRelu = functional<{
  (input: Tensor, negativeSlope?: number, inplace?: boolean): Tensor;
  (input: Tensor, negativeSlope: number, options: { inplace?: boolean }): Tensor;
  (input: Tensor, options: { negativeSlope?: number; inplace?: boolean }): Tensor;
}>('leakyRelu');

/** As leakyRelu, in place. PyTorch: torch.nn.functional.leaky_relu_ */
export const leakyRelu_ = functional<{
  (input: Tensor, negativeSlope?: number): Tensor;
  (input: Tensor, options: { negativeSlope?: number }): Tensor;
}>('leakyRelu_');

/** x where x > 0, else alpha (e^x - 1). PyTorch: torch.nn.functional.elu */
export const elu = functional<{
  (input: Tensor, alpha?: number, inplace?: boolean): Tensor;
  (input: Tensor, alpha: number, options: { inplace?: boolean }): Tensor;
  (input: Tensor, options: { alpha?: number; inplace?: boolean }): Tensor;
}>('elu');

/** As elu, in place. PyTorch: torch.nn.functional.elu_ */
export const elu_ = functional<{
  (input: Tensor, alpha?: number): Tensor;
  (input: Tensor, options: { alpha?: number }): Tensor;
}>('elu_');

/**
 * scale elu(x, alpha) with the constants that keep mean 0 and variance 1.
 *
 * PyTorch: torch.nn.functional.selu
 */
export const selu = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('selu');

/** x where x > 0, else alpha (e^(x / alpha) - 1). PyTorch: torch.nn.functional.celu */
export const celu = functional<{
  (input: Tensor, alpha?: number, inplace?: boolean): Tensor;
  (input: Tensor, alpha: number, options: { inplace?: boolean }): Tensor;
  (input: Tensor, options: { alpha?: number; inplace?: boolean }): Tensor;
}>('celu');

/**
 * x Phi(x), Phi the normal distribution; with approximate 'tanh'
 * x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). PyTorch: torch.nn.functional.gelu
 */
export const gelu = functional<{
  (input: Tensor, options?: { approximate?: string }): Tensor;
}>('gelu');

/** x sigmoid(x). PyTorch: torch.nn.functional.silu */
export const silu = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('silu');

/** x tanh(softplus(x)). PyTorch: torch.nn.functional.mish */
export const mish = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('mish');

/** x min(max(x + 3, 0), 6) / 6. PyTorch: torch.nn.functional.hardswish */
export const hardswish = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('hardswish');

/** min(max(x + 3, 0), 6) / 6. PyTorch: torch.nn.functional.hardsigmoid */
export const hardsigmoid = functional<{
  (input: Tensor, inplace?: boolean): Tensor;
  (input: Tensor, options: { inplace?: boolean }): Tensor;
}>('hardsigmoid');

/**
 * min(max(x, minVal), maxVal); the gradient is 0 at the limits. PyTorch:
 * torch.nn.functional.hardtanh
 */
export const hardtanh = functional<{
  (input: Tensor, minVal?: number, maxVal?: number, inplace?: boolean): Tensor;
  (input: Tensor, minVal: number, maxVal: number, options: { inplace?: boolean }): Tensor;
  (input: Tensor, minVal: number, options: { maxVal?: number; inplace?: boolean }): Tensor;
  (input: Tensor, options: { minVal?: number; maxVal?: number; inplace?: boolean }): Tensor;
}>('hardtanh');

/** As hardtanh, in place. PyTorch: torch.nn.functional.hardtanh_ */
export const hardtanh_ = functional<{
  (input: Tensor, minVal?: number, maxVal?: number): Tensor;
  (input: Tensor, minVal: number, options: { maxVal?: number }): Tensor;
  (input: Tensor, options: { minVal?: number; maxVal?: number }): Tensor;
}>('hardtanh_');

/**
 * log(1 + e^(beta x)) / beta; x itself where beta x > threshold. PyTorch:
 * torch.nn.functional.softplus
 */
export const softplus = functional<{
  (input: Tensor, beta?: number, threshold?: number): Tensor;
  (input: Tensor, beta: number, options: { threshold?: number }): Tensor;
  (input: Tensor, options: { beta?: number; threshold?: number }): Tensor;
}>('softplus');

/** x / (1 + |x|). PyTorch: torch.nn.functional.softsign */
export const softsign = functional<{
  (input: Tensor): Tensor;
}>('softsign');

/** x - tanh(x). PyTorch: torch.nn.functional.tanhshrink */
export const tanhshrink = functional<{
  (input: Tensor): Tensor;
}>('tanhshrink');

/** x moved by lambd towards 0, and 0 where |x| <= lambd. PyTorch: torch.nn.functional.softshrink */
export const softshrink = functional<{
  (input: Tensor, lambd?: number): Tensor;
  (input: Tensor, options: { lambd?: number }): Tensor;
}>('softshrink');

/** log(sigmoid(x)). PyTorch: torch.nn.functional.logsigmoid */
export const logsigmoid = functional<{
  (input: Tensor): Tensor;
}>('logsigmoid');

/** x where x > threshold, else value. PyTorch: torch.nn.functional.threshold */
export const threshold = functional<{
  (input: Tensor, threshold: number, value: number, inplace?: boolean): Tensor;
  (input: Tensor, threshold: number, value: number, options: { inplace?: boolean }): Tensor;
  (input: Tensor, threshold: number, options: { value: number; inplace?: boolean }): Tensor;
  (input: Tensor, options: { threshold: number; value: number; inplace?: boolean }): Tensor;
}>('threshold');

/** a sigmoid(b), a and b the halves of the input along `dim`. PyTorch: torch.nn.functional.glu */
export const glu = functional<{
  (input: Tensor, dim?: number): Tensor;
  (input: Tensor, options: { dim?: number }): Tensor;
}>('glu');

/**
 * softmax(-x). Without `dim` it is 0 for 0, 1 or 3 dimensions, else 1.
 *
 * PyTorch: torch.nn.functional.softmin
 */
export const softmin = functional<{
  (input: Tensor, dim?: number | null, options?: { dtype?: DType | null } & FactoryOptions): Tensor;
  (input: Tensor, options: { dim?: number | null; dtype?: DType | null } & FactoryOptions): Tensor;
}>('softmin');

/**
 * x where x > 0, else a x with a drawn from [lower, upper) in training, the middle of it otherwise.
 *
 * PyTorch: torch.nn.functional.rrelu
 */
export const rrelu = functional<{
  (input: Tensor, lower?: number, upper?: number, training?: boolean, inplace?: boolean): Tensor;
  (input: Tensor, lower: number, upper: number, training: boolean, options: { inplace?: boolean }): Tensor;
  (input: Tensor, lower: number, upper: number, options: { training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, lower: number, options: { upper?: number; training?: boolean; inplace?: boolean }): Tensor;
  (input: Tensor, options: { lower?: number; upper?: number; training?: boolean; inplace?: boolean }): Tensor;
}>('rrelu');

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
 * target (log target - input) for log-probabilities input; with logTarget, target holds logarithms
 * too. reduction 'batchmean': the sum divided by the size of dimension 0; 'mean' divides by the
 * number of elements.
 */
export const klDiv = functional<{
  (input: Tensor, target: Tensor, options?: { reduction?: string; logTarget?: boolean }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string; logTarget?: boolean }): Tensor;
}>('klDiv');

/**
 * exp(input) - target input, or with logInput false input - target log(input + eps); full adds
 * Stirling's approximation of log(target!) where target > 1.
 */
export const poissonNllLoss = functional<{
  (input: Tensor, target: Tensor, logInput?: boolean, full?: boolean, options?: { eps?: number; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, logInput: boolean, options: { full?: boolean; eps?: number; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { logInput?: boolean; full?: boolean; eps?: number; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; logInput?: boolean; full?: boolean; eps?: number; reduction?: string }): Tensor;
}>('poissonNllLoss');

/** (log var + (input - target)^2 / var) / 2, var not below eps; full adds log(2 pi) / 2. */
export const gaussianNllLoss = functional<{
  (input: Tensor, target: Tensor, var_: Operand, full?: boolean, eps?: number, reduction?: string): Tensor;
  (input: Tensor, target: Tensor, var_: Operand, full: boolean, eps: number, options: { reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, var_: Operand, full: boolean, options: { eps?: number; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, var_: Operand, options: { full?: boolean; eps?: number; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { var: Operand; full?: boolean; eps?: number; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; var: Operand; full?: boolean; eps?: number; reduction?: string }): Tensor;
}>('gaussianNllLoss');

/**
 * max(0, -target (input1 - input2) + margin): target 1 where input1 should be larger, -1 where
 * input2.
 */
export const marginRankingLoss = functional<{
  (input1: Tensor, input2: Tensor, target: Tensor, margin?: number, options?: { reduction?: string }): Tensor;
  (input1: Tensor, input2: Tensor, target: Tensor, options: { margin?: number; reduction?: string }): Tensor;
  (input1: Tensor, input2: Tensor, options: { target: Tensor; margin?: number; reduction?: string }): Tensor;
  (input1: Tensor, options: { input2: Tensor; target: Tensor; margin?: number; reduction?: string }): Tensor;
  (options: { input1: Tensor; input2: Tensor; target: Tensor; margin?: number; reduction?: string }): Tensor;
}>('marginRankingLoss');

/** input where target is 1, max(0, margin - input) where it is -1. */
export const hingeEmbeddingLoss = functional<{
  (input: Tensor, target: Tensor, margin?: number, options?: { reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { margin?: number; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; margin?: number; reduction?: string }): Tensor;
}>('hingeEmbeddingLoss');

/**
 * 1 - cos(input1, input2) where target is 1, max(0, cos(input1, input2) - margin) where it is -1.
 * Shapes: inputs (N, D) or (D), target (N) or ().
 */
export const cosineEmbeddingLoss = functional<{
  (input1: Tensor, input2: Tensor, target: Tensor, margin?: number, options?: { reduction?: string }): Tensor;
  (input1: Tensor, input2: Tensor, target: Tensor, options: { margin?: number; reduction?: string }): Tensor;
  (input1: Tensor, input2: Tensor, options: { target: Tensor; margin?: number; reduction?: string }): Tensor;
  (input1: Tensor, options: { input2: Tensor; target: Tensor; margin?: number; reduction?: string }): Tensor;
  (options: { input1: Tensor; input2: Tensor; target: Tensor; margin?: number; reduction?: string }): Tensor;
}>('cosineEmbeddingLoss');

/** log(1 + exp(-target input)) for targets 1 and -1. */
export const softMarginLoss = functional<{
  (input: Tensor, target: Tensor, options?: { reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; reduction?: string }): Tensor;
}>('softMarginLoss');

/** Mean over the classes (the last dimension) of the binary cross entropy of sigmoid(input). */
export const multilabelSoftMarginLoss = functional<{
  (input: Tensor, target: Tensor, weight?: Tensor | null, options?: { reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { weight?: Tensor | null; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; weight?: Tensor | null; reduction?: string }): Tensor;
}>('multilabelSoftMarginLoss');

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin), d(a, b) = |a - b + eps|_p; swap takes
 * d(positive, negative) where it is smaller.
 */
export const tripletMarginLoss = functional<{
  (anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, p?: number, eps?: number, swap?: boolean, options?: { reduction?: string }): Tensor;
  (anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, eps: number, options: { swap?: boolean; reduction?: string }): Tensor;
  (anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, p: number, options: { eps?: number; swap?: boolean; reduction?: string }): Tensor;
  (anchor: Tensor, positive: Tensor, negative: Tensor, margin: number, options: { p?: number; eps?: number; swap?: boolean; reduction?: string }): Tensor;
  (anchor: Tensor, positive: Tensor, negative: Tensor, options: { margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: string }): Tensor;
  (anchor: Tensor, positive: Tensor, options: { negative: Tensor; margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: string }): Tensor;
  (anchor: Tensor, options: { positive: Tensor; negative: Tensor; margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: string }): Tensor;
  (options: { anchor: Tensor; positive: Tensor; negative: Tensor; margin?: number; p?: number; eps?: number; swap?: boolean; reduction?: string }): Tensor;
}>('tripletMarginLoss');

/** Mean over the classes i other than the target t of max(0, margin - x_t + x_i)^p, times weight[t]. */
export const multiMarginLoss = functional<{
  (input: Tensor, target: Tensor, p?: number, margin?: number, weight?: Tensor | null, options?: { reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, p: number, margin: number, options: { weight?: Tensor | null; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, p: number, options: { margin?: number; weight?: Tensor | null; reduction?: string }): Tensor;
  (input: Tensor, target: Tensor, options: { p?: number; margin?: number; weight?: Tensor | null; reduction?: string }): Tensor;
  (input: Tensor, options: { target: Tensor; p?: number; margin?: number; weight?: Tensor | null; reduction?: string }): Tensor;
}>('multiMarginLoss');

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
 * Mean of each window of the input (N, C, H, W) or (C, H, W). stride: kernelSize unless given;
 * padding 0: zeros, at most half of kernelSize; ceilMode: a last window may hang over, unless it
 * starts in the padding; countIncludePad: zeros of the padding count too. divisorOverride stands
 * for the number of elements.
 *
 * PyTorch: torch.nn.functional.avg_pool2d
 */
export const avgPool2d = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | null): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, ceilMode: boolean, countIncludePad: boolean, options: { divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, ceilMode: boolean, options: { countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
}>('avgPool2d');

/**
 * Mean of each window of the input (N, C, D, H, W) or (C, D, H, W). stride: kernelSize unless
 * given; padding 0: zeros, at most half of kernelSize; ceilMode: a last window may hang over,
 * unless it starts in the padding; countIncludePad: zeros of the padding count too. divisorOverride
 * stands for the number of elements.
 *
 * PyTorch: torch.nn.functional.avg_pool3d
 */
export const avgPool3d = functional<{
  (input: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: number | null): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, ceilMode: boolean, countIncludePad: boolean, options: { divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, ceilMode: boolean, options: { countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
  (input: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; ceilMode?: boolean; countIncludePad?: boolean; divisorOverride?: number | null }): Tensor;
}>('avgPool3d');

/**
 * Means of an even division of the input (N, C, H, W) or (C, H, W): output i of n covers the inputs
 * floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis. outputSize: a number or one for each
 * axis, null along an axis keeps its size.
 *
 * PyTorch: torch.nn.functional.adaptive_avg_pool2d
 */
export const adaptiveAvgPool2d = functional<{
  (input: Tensor, outputSize: readonly (number | null)[] | number): Tensor;
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number }): Tensor;
}>('adaptiveAvgPool2d');

/**
 * Means of an even division of the input (N, C, D, H, W) or (C, D, H, W): output i of n covers the
 * inputs floor(i L / n) to ceil((i + 1) L / n) - 1 along each axis. outputSize: a number or one for
 * each axis, null along an axis keeps its size.
 *
 * PyTorch: torch.nn.functional.adaptive_avg_pool3d
 */
export const adaptiveAvgPool3d = functional<{
  (input: Tensor, outputSize: readonly (number | null)[] | number): Tensor;
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number }): Tensor;
}>('adaptiveAvgPool3d');

/**
 * Largest elements of an even division of the input (N, C, L) or (C, L), as adaptiveAvgPool1d
 * divides it; with returnIndices also their places in the plane (int64).
 *
 * PyTorch: torch.nn.functional.adaptive_max_pool1d
 */
export const adaptiveMaxPool1d = functional<{
  (input: Tensor, outputSize: readonly number[] | number, returnIndices?: false): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, options: { returnIndices?: false }): Tensor;
  (input: Tensor, options: { outputSize: readonly number[] | number; returnIndices?: false }): Tensor;
  (input: Tensor, outputSize: readonly number[] | number, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly number[] | number, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly number[] | number; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly number[] | number, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, outputSize: readonly number[] | number, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly number[] | number; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('adaptiveMaxPool1d');

/**
 * Largest elements of an even division of the input (N, C, H, W) or (C, H, W), as adaptiveAvgPool2d
 * divides it; with returnIndices also their places in the plane (int64), null along an axis keeps
 * its size.
 *
 * PyTorch: torch.nn.functional.adaptive_max_pool2d
 */
export const adaptiveMaxPool2d = functional<{
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices?: false): Tensor;
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices?: false }): Tensor;
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices?: false }): Tensor;
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('adaptiveMaxPool2d');

/**
 * Largest elements of an even division of the input (N, C, D, H, W) or (C, D, H, W), as
 * adaptiveAvgPool3d divides it; with returnIndices also their places in the plane (int64), null
 * along an axis keeps its size.
 *
 * PyTorch: torch.nn.functional.adaptive_max_pool3d
 */
export const adaptiveMaxPool3d = functional<{
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices?: false): Tensor;
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices?: false }): Tensor;
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices?: false }): Tensor;
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices: true): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices: true }): [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, returnIndices: boolean): Tensor | [Tensor, Tensor];
  (input: Tensor, outputSize: readonly (number | null)[] | number, options: { returnIndices: boolean }): Tensor | [Tensor, Tensor];
  (input: Tensor, options: { outputSize: readonly (number | null)[] | number; returnIndices: boolean }): Tensor | [Tensor, Tensor];
}>('adaptiveMaxPool3d');

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, L) or (C, L); normType
 * Infinity is the largest |x|, -Infinity the smallest.
 *
 * PyTorch: torch.nn.functional.lp_pool1d
 */
export const lpPool1d = functional<{
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, ceilMode?: boolean): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { normType: Scalar; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
}>('lpPool1d');

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, H, W) or (C, H, W);
 * normType Infinity is the largest |x|, -Infinity the smallest.
 *
 * PyTorch: torch.nn.functional.lp_pool2d
 */
export const lpPool2d = functional<{
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, ceilMode?: boolean): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { normType: Scalar; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
}>('lpPool2d');

/**
 * (sum of x^normType)^(1 / normType) over each window of the input (N, C, D, H, W) or (C, D, H, W);
 * normType Infinity is the largest |x|, -Infinity the smallest.
 *
 * PyTorch: torch.nn.functional.lp_pool3d
 */
export const lpPool3d = functional<{
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, ceilMode?: boolean): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, normType: Scalar, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
  (input: Tensor, options: { normType: Scalar; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; ceilMode?: boolean }): Tensor;
}>('lpPool3d');

/**
 * Zeros, with the values of input (N, C, L) or (C, L) at the places that maxPool1d found (indices,
 * int64); of several for one place the last counts. outputSize: the size of the pooled input, where
 * kernelSize, stride and padding leave it open.
 *
 * PyTorch: torch.nn.functional.max_unpool1d
 */
export const maxUnpool1d = functional<{
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, outputSize?: readonly number[] | number | null): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, options: { indices: Tensor; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
}>('maxUnpool1d');

/**
 * Zeros, with the values of input (N, C, H, W) or (C, H, W) at the places that maxPool2d found
 * (indices, int64); of several for one place the last counts. outputSize: the size of the pooled
 * input, where kernelSize, stride and padding leave it open.
 *
 * PyTorch: torch.nn.functional.max_unpool2d
 */
export const maxUnpool2d = functional<{
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, outputSize?: readonly number[] | number | null): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, options: { indices: Tensor; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
}>('maxUnpool2d');

/**
 * Zeros, with the values of input (N, C, D, H, W) or (C, D, H, W) at the places that maxPool3d
 * found (indices, int64); of several for one place the last counts. outputSize: the size of the
 * pooled input, where kernelSize, stride and padding leave it open.
 *
 * PyTorch: torch.nn.functional.max_unpool3d
 */
export const maxUnpool3d = functional<{
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride?: readonly number[] | number | null, padding?: readonly number[] | number, outputSize?: readonly number[] | number | null): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, padding: readonly number[] | number, options: { outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, stride: readonly number[] | number | null, options: { padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, kernelSize: readonly number[] | number, options: { stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, indices: Tensor, options: { kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
  (input: Tensor, options: { indices: Tensor; kernelSize: readonly number[] | number; stride?: readonly number[] | number | null; padding?: readonly number[] | number; outputSize?: readonly number[] | number | null }): Tensor;
}>('maxUnpool3d');

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
  (input: Tensor, pad: readonly number[] | number, mode?: string, value?: Scalar | null): Tensor;
  (input: Tensor, pad: readonly number[] | number, mode: string, options: { value?: Scalar | null }): Tensor;
  (input: Tensor, pad: readonly number[] | number, options: { mode?: string; value?: Scalar | null }): Tensor;
  (input: Tensor, options: { pad: readonly number[] | number; mode?: string; value?: Scalar | null }): Tensor;
}>('pad');

/**
 * input (N, C, H, W) at the points of grid (N, H', W', 2), or (N, C, D, H, W) at those of
 * (N, D', H', W', 3): the result is (N, C, H', W') or (N, C, D', H', W'). A point is (x, y) or
 * (x, y, z) in [-1, 1], from the first to the last element of an axis: their centres with
 * alignCorners, else their outer edges.
 *
 * mode: 'bilinear', 'nearest' or 'bicubic' (4-d input alone). paddingMode: what lies outside is
 * 'zeros', the 'border' elements, or a 'reflection'.
 *
 * PyTorch: torch.nn.functional.grid_sample
 */
export const gridSample = functional<{
  (input: Tensor, grid: Tensor, mode?: string, paddingMode?: string, alignCorners?: boolean | null): Tensor;
  (input: Tensor, grid: Tensor, mode: string, paddingMode: string, options: { alignCorners?: boolean | null }): Tensor;
  (input: Tensor, grid: Tensor, mode: string, options: { paddingMode?: string; alignCorners?: boolean | null }): Tensor;
  (input: Tensor, grid: Tensor, options: { mode?: string; paddingMode?: string; alignCorners?: boolean | null }): Tensor;
  (input: Tensor, options: { grid: Tensor; mode?: string; paddingMode?: string; alignCorners?: boolean | null }): Tensor;
}>('gridSample');

/**
 * The grid of points that affine maps theta (N, 2, 3) give for a result of `size` (N, C, H, W), or
 * (N, 3, 4) for (N, C, D, H, W): what gridSample takes.
 *
 * PyTorch: torch.nn.functional.affine_grid
 */
export const affineGrid = functional<{
  (theta: Tensor, size: readonly number[] | number, alignCorners?: boolean | null): Tensor;
  (theta: Tensor, size: readonly number[] | number, options: { alignCorners?: boolean | null }): Tensor;
  (theta: Tensor, options: { size: readonly number[] | number; alignCorners?: boolean | null }): Tensor;
  (options: { theta: Tensor; size: readonly number[] | number; alignCorners?: boolean | null }): Tensor;
}>('affineGrid');
