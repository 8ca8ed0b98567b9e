import { REQUIRED, Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';
import type { Size } from './conv';

export interface WindowOptions {
  dilation?: Size;
  padding?: Size;
  stride?: Size;
}

const WINDOWS = { kernelSize: REQUIRED, dilation: 1, padding: 0, stride: 1 };
const UNFOLD = new Signature('Unfold', WINDOWS);
const FOLD = new Signature('Fold', { outputSize: REQUIRED, ...WINDOWS });

function text(size: Size): string {
  return typeof size === 'number' ? String(size) : `(${size.join(', ')}${size.length === 1 ? ',' : ''})`;
}

/** What Unfold and Fold share: how the windows lie. */
abstract class Windows extends Module {
  readonly kernelSize: Size;
  readonly dilation: Size;
  readonly padding: Size;
  readonly stride: Size;

  protected constructor(p: Required<WindowOptions> & { kernelSize: Size }) {
    super();
    this.kernelSize = p.kernelSize;
    this.dilation = p.dilation;
    this.padding = p.padding;
    this.stride = p.stride;
  }

  override extraRepr(): string {
    const { kernelSize, dilation, padding, stride } = this;
    return (
      `kernel_size=${text(kernelSize)}, dilation=${text(dilation)}, ` +
      `padding=${text(padding)}, stride=${text(stride)}`
    );
  }
}

/**
 * Sliding windows of images as columns: (N, C, H, W) gives (N, C * kh * kw, L), L windows.
 *
 * PyTorch: torch.nn.Unfold
 */
export class Unfold extends Windows {
  constructor(kernelSize: Size, dilation?: Size | WindowOptions, padding?: Size | WindowOptions, stride?: Size);
  constructor(options: WindowOptions & { kernelSize: Size });
  constructor(...args: unknown[]) {
    super(UNFOLD.bind(args));
  }

  forward(input: Tensor): Tensor {
    return F.unfold(input, this.kernelSize as number, this.dilation as number, this.padding as number, this.stride as number);
  }
}

/**
 * Adds up columns of windows to images, the adjoint of Unfold: (N, C * kh * kw, L) gives
 * (N, C, ...outputSize).
 *
 * PyTorch: torch.nn.Fold
 */
export class Fold extends Windows {
  readonly outputSize: Size;

  constructor(outputSize: Size, kernelSize: Size, dilation?: Size | WindowOptions, padding?: Size | WindowOptions, stride?: Size);
  constructor(outputSize: Size, options: WindowOptions & { kernelSize: Size });
  constructor(options: WindowOptions & { outputSize: Size; kernelSize: Size });
  constructor(...args: unknown[]) {
    const p = FOLD.bind<Required<WindowOptions> & { outputSize: Size; kernelSize: Size }>(args);
    super(p);
    this.outputSize = p.outputSize;
  }

  forward(input: Tensor): Tensor {
    return F.fold(
      input,
      this.outputSize as number,
      this.kernelSize as number,
      this.dilation as number,
      this.padding as number,
      this.stride as number,
    );
  }

  override extraRepr(): string {
    return `output_size=${text(this.outputSize)}, ${super.extraRepr()}`;
  }
}
