import * as internal from '../internal.generated';
import * as ops from '../ops.generated';
import { REQUIRED, Signature, describe } from '../options';
import { Tensor } from '../tensor';

/** One number for all spatial axes, or one for each. */
type Each = number | readonly number[];

export interface FractionalPoolOptions {
  outputSize?: Each | null;
  outputRatio?: Each | null;
  returnIndices?: boolean;
  _randomSamples?: Tensor | null;
}
type WithIndices = FractionalPoolOptions & { returnIndices: true };
type WithoutIndices = FractionalPoolOptions & { returnIndices?: false };

interface FractionalMaxPool {
  (input: Tensor, kernelSize: Each, options: WithIndices): [Tensor, Tensor];
  (input: Tensor, kernelSize: Each, options: WithoutIndices): Tensor;
  (input: Tensor, kernelSize: Each, options: FractionalPoolOptions): Tensor | [Tensor, Tensor];
  (
    input: Tensor,
    kernelSize: Each,
    outputSize?: Each | null,
    outputRatio?: Each | null,
    returnIndices?: false,
    _randomSamples?: Tensor | null,
  ): Tensor;
  (
    input: Tensor,
    kernelSize: Each,
    outputSize: Each | null | undefined,
    outputRatio: Each | null | undefined,
    returnIndices: boolean,
    _randomSamples?: Tensor | null,
  ): Tensor | [Tensor, Tensor];
}

type Bound = { input: Tensor; kernelSize: Each } & Required<FractionalPoolOptions>;

/** What PyTorch draws where no samples are given: a number for each plane and axis. */
function draw(input: Tensor, spatial: number): Tensor {
  const [channels, batch] = [input.shape.at(-spatial - 1), input.shape.at(-spatial - 2)];
  return ops.rand([batch ?? 1, channels as number, spatial], { dtype: input.dtype });
}

function outputSize(name: string, p: Bound, spatial: number): Each {
  if (p.outputSize !== null) return p.outputSize;
  if (p.outputRatio === null) {
    throw new TypeError(`${name}: requires specifying either an outputSize or an outputRatio`);
  }
  const ratios = typeof p.outputRatio === 'number' ? Array<number>(spatial).fill(p.outputRatio) : p.outputRatio;
  if (!Array.isArray(ratios) || ratios.length !== spatial || !ratios.every((r) => typeof r === 'number')) {
    throw new RangeError(`${name}: outputRatio must be a number or ${spatial} numbers, got ${describe(p.outputRatio)}`);
  }
  const { shape } = p.input;
  return ratios.map((r: number, i) => Math.trunc((shape.at(i - spatial) as number) * r));
}

function fractional(name: string, spatial: 2 | 3): FractionalMaxPool {
  const signature = new Signature(name, {
    input: REQUIRED,
    kernelSize: REQUIRED,
    outputSize: null,
    outputRatio: null,
    returnIndices: false,
    _randomSamples: null,
  });
  const pool = spatial === 2 ? internal.fractionalMaxPool2d : internal.fractionalMaxPool3d;
  const call = (...args: unknown[]): Tensor | [Tensor, Tensor] => {
    const p = signature.bind<Bound>(args);
    if (!(p.input instanceof Tensor)) throw new TypeError(`${name}: expected a Tensor, got ${describe(p.input)}`);
    if (!p.input.dtype.isFloatingPoint) {
      throw new TypeError(`${name}: expected a floating point tensor, got ${String(p.input.dtype)}`);
    }
    const rank = p.input.dim();
    if (rank !== spatial + 1 && rank !== spatial + 2) {
      throw new RangeError(
        `${name}: Expected ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor, but got [${p.input.shape.join(', ')}]`,
      );
    }
    const size = outputSize(name, p, spatial);
    const both = pool(p.input, p.kernelSize, size, p._randomSamples ?? draw(p.input, spatial));
    return p.returnIndices ? both : both[0];
  };
  return call as FractionalMaxPool;
}

/**
 * Largest element of windows (kernelSize) at drawn places, so that the output of input (N, C, H, W)
 * or (C, H, W) has `outputSize`, or `outputRatio` of the input's size. Without _randomSamples (N, C, 2)
 * the default generator draws them. With returnIndices the places of the elements come too (int64).
 *
 * PyTorch: torch.nn.functional.fractional_max_pool2d
 */
export const fractionalMaxPool2d = fractional('fractionalMaxPool2d', 2);

/**
 * As fractionalMaxPool2d for input (N, C, D, H, W) or (C, D, H, W) and samples (N, C, 3).
 *
 * PyTorch: torch.nn.functional.fractional_max_pool3d
 */
export const fractionalMaxPool3d = fractional('fractionalMaxPool3d', 3);
