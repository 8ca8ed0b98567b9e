import { REQUIRED, Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';
import { Parameter } from '../parameter';
import { drawFromFan, empty, type FactoryOptions } from './linear';

/** A number for all dimensions, or one for each. */
export type Size = number | readonly number[];
export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';
export type ConvPadding = Size | 'same' | 'valid';

export interface ConvOptions extends FactoryOptions {
  stride?: Size;
  padding?: ConvPadding;
  dilation?: Size;
  groups?: number;
  bias?: boolean;
  paddingMode?: PaddingMode;
}

export interface ConvTransposeOptions extends FactoryOptions {
  stride?: Size;
  padding?: Size;
  outputPadding?: Size;
  groups?: number;
  bias?: boolean;
  dilation?: Size;
  paddingMode?: 'zeros';
}

interface Channels {
  inChannels: number;
  outChannels: number;
  kernelSize: Size;
}

/** The arguments of Conv1d, Conv2d and Conv3d; options may follow at any place. */
export type ConvArgs =
  | [
      inChannels: number,
      outChannels: number,
      kernelSize: Size,
      stride?: Size | ConvOptions,
      padding?: ConvPadding | ConvOptions,
      dilation?: Size | ConvOptions,
      groups?: number | ConvOptions,
      bias?: boolean | ConvOptions,
      paddingMode?: PaddingMode | ConvOptions,
      options?: FactoryOptions,
    ]
  | [inChannels: number, outChannels: number, options: ConvOptions & { kernelSize: Size }]
  | [options: ConvOptions & Channels];

/** The arguments of ConvTranspose1d, ConvTranspose2d and ConvTranspose3d. */
export type ConvTransposeArgs =
  | [
      inChannels: number,
      outChannels: number,
      kernelSize: Size,
      stride?: Size | ConvTransposeOptions,
      padding?: Size | ConvTransposeOptions,
      outputPadding?: Size | ConvTransposeOptions,
      groups?: number | ConvTransposeOptions,
      bias?: boolean | ConvTransposeOptions,
      dilation?: Size | ConvTransposeOptions,
      paddingMode?: 'zeros' | ConvTransposeOptions,
      options?: FactoryOptions,
    ]
  | [inChannels: number, outChannels: number, options: ConvTransposeOptions & { kernelSize: Size }]
  | [options: ConvTransposeOptions & Channels];

interface Settings extends Required<FactoryOptions>, Channels {
  stride: Size;
  padding: ConvPadding;
  dilation: Size;
  groups: number;
  bias: boolean;
  paddingMode: string;
  outputPadding: Size;
}

const HEAD = { inChannels: REQUIRED, outChannels: REQUIRED, kernelSize: REQUIRED, stride: 1, padding: 0 };
const CONV = { ...HEAD, dilation: 1, groups: 1, bias: true, paddingMode: 'zeros', device: null, dtype: null };
const TRANSPOSED = {
  ...HEAD,
  outputPadding: 0,
  groups: 1,
  bias: true,
  dilation: 1,
  paddingMode: 'zeros',
  device: null,
  dtype: null,
};
const MODES = ['zeros', 'reflect', 'replicate', 'circular'];

/** `value` for each of `rank` dimensions. */
function perDim(owner: string, name: string, value: Size, rank: number): number[] {
  const list = typeof value === 'number' ? new Array<number>(rank).fill(value) : [...value];
  if (list.length !== rank)
    throw new RangeError(`${owner}: ${name} must be a number or have ${rank} items, got [${list.join(', ')}]`);
  return list;
}

/** Python's way to write a tuple. */
function tuple(list: readonly number[] | string): string {
  if (typeof list === 'string') return list;
  return list.length === 1 ? `(${list[0]},)` : `(${list.join(', ')})`;
}

/** What all convolutions share: settings, parameters and their start values. */
abstract class ConvNd extends Module {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: number[];
  readonly stride: number[];
  readonly padding: number[] | 'same' | 'valid';
  readonly dilation: number[];
  readonly transposed: boolean;
  readonly outputPadding: number[];
  readonly groups: number;
  readonly paddingMode: PaddingMode;
  declare weight: Parameter;
  declare bias: Parameter | null;

  protected constructor(owner: string, rank: number, transposed: boolean, args: unknown[]) {
    super();
    const p = new Signature(owner, transposed ? TRANSPOSED : CONV).bind<Settings>(args);
    const each = (name: keyof Settings): number[] => perDim(owner, name, (p[name] ?? 0) as Size, rank);
    check(owner, p);
    this.inChannels = p.inChannels;
    this.outChannels = p.outChannels;
    this.kernelSize = each('kernelSize');
    this.stride = each('stride');
    this.padding = p.padding === 'same' || p.padding === 'valid' ? p.padding : each('padding');
    this.dilation = each('dilation');
    this.transposed = transposed;
    this.outputPadding = each('outputPadding');
    this.groups = p.groups;
    this.paddingMode = p.paddingMode as PaddingMode;
    if (p.padding === 'same' && this.stride.some((s) => s !== 1))
      throw new RangeError(`${owner}: padding='same' is not supported for strided convolutions`);
    const shape = transposed
      ? [p.inChannels, Math.floor(p.outChannels / p.groups)]
      : [p.outChannels, Math.floor(p.inChannels / p.groups)];
    this.registerParameter('weight', new Parameter(empty([...shape, ...this.kernelSize], p.dtype)));
    this.registerParameter('bias', p.bias ? new Parameter(empty([p.outChannels], p.dtype)) : null);
    this.resetParameters();
  }

  resetParameters(): void {
    drawFromFan(this.weight, this.bias);
  }

  override extraRepr(): string {
    const parts = [
      `${this.inChannels}, ${this.outChannels}`,
      `kernel_size=${tuple(this.kernelSize)}`,
      `stride=${tuple(this.stride)}`,
    ];
    const not = (list: readonly number[] | string, value: number): boolean =>
      typeof list === 'string' || list.some((v) => v !== value);
    if (not(this.padding, 0)) parts.push(`padding=${tuple(this.padding)}`);
    if (not(this.dilation, 1)) parts.push(`dilation=${tuple(this.dilation)}`);
    if (not(this.outputPadding, 0)) parts.push(`output_padding=${tuple(this.outputPadding)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (!this.bias) parts.push('bias=False');
    if (this.paddingMode !== 'zeros') parts.push(`padding_mode=${this.paddingMode}`);
    return parts.join(', ');
  }
}

function check(owner: string, p: Settings): void {
  if (p.groups <= 0) throw new RangeError(`${owner}: groups must be a positive integer, got ${p.groups}`);
  for (const name of ['inChannels', 'outChannels'] as const) {
    if (p[name] % p.groups !== 0)
      throw new RangeError(`${owner}: ${name} (${p[name]}) must be divisible by groups (${p.groups})`);
  }
  if (typeof p.padding === 'string' && p.padding !== 'same' && p.padding !== 'valid')
    throw new RangeError(`${owner}: Invalid padding string '${String(p.padding)}', should be 'same' or 'valid'`);
  if (!MODES.includes(p.paddingMode))
    throw new RangeError(`${owner}: paddingMode must be one of ${MODES.join(', ')}, got '${p.paddingMode}'`);
}

type ConvFunction = (
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  stride: readonly number[],
  padding: readonly number[] | number | 'same' | 'valid',
  dilation: readonly number[],
  groups: number,
) => Tensor;

/** Convolutions that are not transposed. */
abstract class Conv extends ConvNd {
  protected convolve(convolution: ConvFunction, input: Tensor): Tensor {
    const { weight, bias, stride, padding, dilation, groups } = this;
    if (this.paddingMode === 'zeros') return convolution(input, weight, bias, stride, padding, dilation, groups);
    const padded = F.pad(input, this.around(), { mode: this.paddingMode });
    return convolution(padded, weight, bias, stride, 0, dilation, groups);
  }

  /** Amounts for F.pad: last dimension first, before and after. */
  private around(): number[] {
    const { padding, dilation, kernelSize } = this;
    const each = kernelSize.map((k, d) => {
      if (padding === 'valid') return [0, 0];
      if (padding !== 'same') return [padding[d], padding[d]];
      const total = dilation[d] * (k - 1);
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
    return each.reverse().flat();
  }
}

/**
 * Cross-correlation of a signal with learned kernels, plus bias.
 *
 * Shapes: input (N, C, L) or (C, L), output (N, O, L'), L' = floor((L + 2 padding -
 * dilation (kernelSize - 1) - 1) / stride) + 1; weight (O, C / groups, kernelSize), bias (O), both
 * drawn from U(-b, b), b = 1 / sqrt(C / groups * kernelSize). padding 'same' keeps the size.
 *
 * PyTorch: torch.nn.Conv1d
 */
export class Conv1d extends Conv {
  constructor(...args: ConvArgs) {
    super('Conv1d', 1, false, args);
  }

  forward(input: Tensor): Tensor {
    return this.convolve(F.conv1d as ConvFunction, input);
  }
}

/**
 * Cross-correlation of an image with learned kernels, plus bias.
 *
 * Shapes: input (N, C, H, W) or (C, H, W), output (N, O, H', W'), H' = floor((H + 2 padding -
 * dilation (kernelSize - 1) - 1) / stride) + 1, W' alike; weight (O, C / groups, kh, kw), bias (O),
 * both drawn from U(-b, b), b = 1 / sqrt(C / groups * kh * kw). Sizes are numbers or pairs; padding
 * 'same' keeps the size.
 *
 * PyTorch: torch.nn.Conv2d
 */
export class Conv2d extends Conv {
  constructor(...args: ConvArgs) {
    super('Conv2d', 2, false, args);
  }

  forward(input: Tensor): Tensor {
    return this.convolve(F.conv2d as ConvFunction, input);
  }
}

/**
 * Cross-correlation of a volume with learned kernels, plus bias: Conv2d with one more dimension.
 *
 * PyTorch: torch.nn.Conv3d
 */
export class Conv3d extends Conv {
  constructor(...args: ConvArgs) {
    super('Conv3d', 3, false, args);
  }

  forward(input: Tensor): Tensor {
    return this.convolve(F.conv3d as ConvFunction, input);
  }
}

type ConvTransposeFunction = (
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  stride: readonly number[],
  padding: readonly number[],
  outputPadding: readonly number[],
  groups: number,
  dilation: readonly number[],
) => Tensor;

/** Transposed convolutions; the result's size may be asked for within what the stride leaves open. */
abstract class ConvTranspose extends ConvNd {
  protected constructor(owner: string, rank: number, args: unknown[]) {
    super(owner, rank, true, args);
    if (this.paddingMode !== 'zeros')
      throw new RangeError(`${owner}: Only 'zeros' padding mode is supported, got '${this.paddingMode}'`);
    if (typeof this.padding === 'string')
      throw new TypeError(`${owner}: padding must be a number or numbers, got '${this.padding}'`);
  }

  protected transpose(convolution: ConvTransposeFunction, input: Tensor, outputSize?: readonly number[] | null): Tensor {
    const { weight, bias, stride, dilation, groups } = this;
    const extra = outputSize ? this.extraFor(input, outputSize) : this.outputPadding;
    return convolution(input, weight, bias, stride, this.padding as number[], extra, groups, dilation);
  }

  /** The output padding that gives `outputSize`, with or without batch and channels. */
  private extraFor(input: Tensor, outputSize: readonly number[]): number[] {
    const rank = this.kernelSize.length;
    const lead = input.dim() === rank + 2 ? 2 : 1;
    const sizes = outputSize.length === lead + rank ? outputSize.slice(lead) : outputSize;
    const owner = this.constructor.name;
    if (sizes.length !== rank) {
      throw new RangeError(
        `${owner}: for ${input.dim()}D input, outputSize must have ${rank} or ${lead + rank} elements (got ${sizes.length})`,
      );
    }
    const padding = this.padding as number[];
    const least = sizes.map(
      (_, d) =>
        (input.size(d + lead) - 1) * this.stride[d] -
        2 * padding[d] +
        this.dilation[d] * (this.kernelSize[d] - 1) +
        1,
    );
    const most = least.map((size, d) => size + this.stride[d] - 1);
    if (sizes.some((size, d) => size < least[d] || size > most[d])) {
      throw new RangeError(
        `${owner}: requested an output size of [${sizes.join(', ')}], but valid sizes range from ` +
          `[${least.join(', ')}] to [${most.join(', ')}] (for an input of [${input.shape.slice(lead).join(', ')}])`,
      );
    }
    return sizes.map((size, d) => size - least[d]);
  }
}

/** What the forward of transposed convolutions takes besides the input. */
export interface OutputSizeOption {
  outputSize?: readonly number[] | null;
}

function outputSizeOf(given?: readonly number[] | OutputSizeOption | null): readonly number[] | null {
  return OUTPUT_SIZE.bind<{ outputSize: readonly number[] | null }>([given]).outputSize;
}
const OUTPUT_SIZE = new Signature('forward', { outputSize: null });

/**
 * The transpose of Conv1d: spreads each input element over kernelSize outputs.
 *
 * Shapes: input (N, C, L) or (C, L), output (N, O, L'), L' = (L - 1) stride - 2 padding +
 * dilation (kernelSize - 1) + outputPadding + 1; weight (C, O / groups, kernelSize), bias (O).
 * `forward` takes an outputSize in place of outputPadding.
 *
 * PyTorch: torch.nn.ConvTranspose1d
 */
export class ConvTranspose1d extends ConvTranspose {
  constructor(...args: ConvTransposeArgs) {
    super('ConvTranspose1d', 1, args);
  }

  forward(input: Tensor, outputSize?: readonly number[] | OutputSizeOption | null): Tensor {
    return this.transpose(F.convTranspose1d as ConvTransposeFunction, input, outputSizeOf(outputSize));
  }
}

/**
 * The transpose of Conv2d: spreads each input pixel over a kernel's field of outputs.
 *
 * Shapes: input (N, C, H, W) or (C, H, W), output (N, O, H', W'), H' = (H - 1) stride - 2 padding +
 * dilation (kernelSize - 1) + outputPadding + 1, W' alike; weight (C, O / groups, kh, kw), bias (O).
 * `forward` takes an outputSize in place of outputPadding.
 *
 * PyTorch: torch.nn.ConvTranspose2d
 */
export class ConvTranspose2d extends ConvTranspose {
  constructor(...args: ConvTransposeArgs) {
    super('ConvTranspose2d', 2, args);
  }

  forward(input: Tensor, outputSize?: readonly number[] | OutputSizeOption | null): Tensor {
    return this.transpose(F.convTranspose2d as ConvTransposeFunction, input, outputSizeOf(outputSize));
  }
}

/**
 * The transpose of Conv3d: ConvTranspose2d with one more dimension.
 *
 * PyTorch: torch.nn.ConvTranspose3d
 */
export class ConvTranspose3d extends ConvTranspose {
  constructor(...args: ConvTransposeArgs) {
    super('ConvTranspose3d', 3, args);
  }

  forward(input: Tensor, outputSize?: readonly number[] | OutputSizeOption | null): Tensor {
    return this.transpose(F.convTranspose3d as ConvTransposeFunction, input, outputSizeOf(outputSize));
  }
}
