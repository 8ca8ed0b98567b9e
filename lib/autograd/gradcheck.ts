import { describe, Signature } from '../options';
import * as ops from '../ops.generated';
import { Tensor } from '../tensor';
import { float64 } from '../dtype';
import { grad } from './backward';

/* eslint-disable @typescript-eslint/no-explicit-any */

export interface GradcheckOptions {
  /** Step of the central difference. */
  eps?: number;
  atol?: number;
  rtol?: number;
  /** Throw a {@link GradcheckError} (default), or return false. */
  raiseException?: boolean;
  /** How far two runs of the same backward may differ. */
  nondetTol?: number;
  checkUndefinedGrad?: boolean;
  checkGradDtypes?: boolean;
  fastMode?: boolean;
}

export interface GradgradcheckOptions extends GradcheckOptions {
  /** Draw the gradients of the outputs with strides that are not contiguous. */
  genNonContigGradOutputs?: boolean;
}

/** A gradient that does not agree with the numerical one. */
export class GradcheckError extends Error {
  override readonly name = 'GradcheckError';
}

type CheckedFunction = (...inputs: any[]) => unknown;

const DEFAULTS = {
  eps: 1e-6,
  atol: 1e-5,
  rtol: 1e-3,
  raiseException: true,
  nondetTol: 0,
  checkUndefinedGrad: true,
  checkGradDtypes: false,
  fastMode: false,
};
const GRADCHECK = new Signature('gradcheck', {}, DEFAULTS);
const GRADGRADCHECK = new Signature(
  'gradgradcheck',
  { gradOutputs: null },
  { ...DEFAULTS, genNonContigGradOutputs: false },
);

/**
 * Compares the gradients of `fn` at `inputs` with central differences, every element of every
 * output with respect to every element of every input that requires grad. Inputs should be
 * float64.
 *
 * PyTorch: torch.autograd.gradcheck
 */
export function gradcheck(
  fn: CheckedFunction,
  inputs: Tensor | readonly unknown[],
  options: GradcheckOptions = {},
): boolean {
  const p = GRADCHECK.bind<Required<GradcheckOptions>>([options]);
  return report(p.raiseException, () => check(fn, asList(inputs), p));
}

/**
 * The same for the gradients of the gradients, with respect to the inputs and the gradients of the
 * outputs (drawn at random unless given).
 *
 * PyTorch: torch.autograd.gradgradcheck
 */
export function gradgradcheck(
  fn: CheckedFunction,
  inputs: Tensor | readonly unknown[],
  gradOutputs?: Tensor | readonly Tensor[] | null | GradgradcheckOptions,
  options?: GradgradcheckOptions,
): boolean {
  const p = GRADGRADCHECK.bind<
    Required<GradgradcheckOptions> & { gradOutputs: Tensor | readonly Tensor[] | null }
  >([gradOutputs, options]);
  return report(p.raiseException, () => {
    const list = asList(inputs);
    const outputs = differentiable(fn(...list));
    const given = p.gradOutputs
      ? (asList(p.gradOutputs) as Tensor[])
      : outputs.map((out) => randomLike(out, p.genNonContigGradOutputs));
    const count = list.length;
    const first = (...args: unknown[]): Tensor[] => {
      const now = args.slice(0, count);
      const wanted = requiringGrad(now);
      const grads = grad(differentiable(fn(...now)), wanted, {
        gradOutputs: args.slice(count) as Tensor[],
        createGraph: true,
        allowUnused: true,
      });
      return grads.filter((g): g is Tensor => g !== null);
    };
    check(first, [...list, ...given], p);
  });
}

function report(raise: boolean, run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    if (raise || !(error instanceof GradcheckError)) throw error;
    return false;
  }
}

function check(fn: CheckedFunction, inputs: unknown[], p: Required<GradcheckOptions>): void {
  const wanted = requiringGrad(inputs);
  if (wanted.length === 0) {
    throw new TypeError(
      'gradcheck: expects at least one input tensor to require gradient, but none of them have ' +
        'requiresGrad=true.',
    );
  }
  wanted.forEach((input, i) => {
    if (input.dtype !== float64) {
      process.emitWarning(
        `Input #${i} requires gradient and is not a double precision floating point. ` +
          'This check will likely fail if all the inputs are not of double precision.',
      );
    }
    if (input.shape.some((size, d) => size > 1 && input.stride(d) === 0)) {
      throw new Error(
        `gradcheck: The ${i}th input has a dimension with stride 0. gradcheck only supports inputs that are ` +
          'non-overlapping to be able to compute the numerical gradients correctly.',
      );
    }
  });
  const outputs = differentiable(fn(...inputs));
  const numerical = wanted.map((input) => numericalJacobian(fn, inputs, input, p.eps));
  if (outputs.length === 0) {
    numerical.flat().forEach((jacobian) => {
      if (jacobian.some((x) => Math.abs(x) > p.atol)) {
        throw new GradcheckError('Numerical gradient for function expected to be zero');
      }
    });
    return;
  }
  outputs.forEach((output, o) => {
    const analytical = analyticalJacobian(output, wanted, p);
    wanted.forEach((_, i) => {
      const expected = numerical[i]?.[o] as Float64Array;
      const found = analytical[i] as Float64Array;
      for (let k = 0; k < expected.length; k++) {
        if (close(found[k] as number, expected[k] as number, p)) continue;
        throw new GradcheckError(
          `Jacobian mismatch for output ${o} with respect to input ${i} at element ${k},\n` +
            `numerical:${String(expected[k])}\nanalytical:${String(found[k])}\n` +
            `numerical:\n${table(expected, output.numel())}\n` +
            `analytical:\n${table(found, output.numel())}`,
        );
      }
    });
  });
}

function close(found: number, expected: number, p: Required<GradcheckOptions>): boolean {
  if (found === expected) return true;
  return Math.abs(found - expected) <= p.atol + p.rtol * Math.abs(expected);
}

/** One array per output: d output[j] / d input[i] at i * (size of output) + j. */
function numericalJacobian(
  fn: CheckedFunction,
  inputs: readonly unknown[],
  input: Tensor,
  eps: number,
): Float64Array[] {
  const evaluate = (): Float64Array[] =>
    differentiableOrAll(fn(...inputs)).map((out) => values(out));
  const start = values(input);
  let jacobians: Float64Array[] = [];
  // Written through `data`: the graph that waits for its backward must not see a new version.
  const target = input.data;
  for (let i = 0; i < start.length; i++) {
    const element = elementAt(target, i);
    element.fill_((start[i] as number) + eps);
    const above = evaluate();
    element.fill_((start[i] as number) - eps);
    const below = evaluate();
    element.fill_(start[i] as number);
    if (i === 0) jacobians = above.map((out) => new Float64Array(start.length * out.length));
    above.forEach((out, o) => {
      const jacobian = jacobians[o] as Float64Array;
      for (let j = 0; j < out.length; j++) {
        const difference = (out[j] as number) - ((below[o] as Float64Array)[j] as number);
        jacobian[i * out.length + j] = difference / (2 * eps);
      }
    });
  }
  if (start.length === 0) jacobians = evaluate().map(() => new Float64Array(0));
  return jacobians;
}

/** One array per input, laid out as the numerical ones; by a backward from each output element. */
function analyticalJacobian(
  output: Tensor,
  inputs: readonly Tensor[],
  p: Required<GradcheckOptions>,
): Float64Array[] {
  const size = output.numel();
  const jacobians = inputs.map((input) => new Float64Array(input.numel() * size));
  for (let j = 0; j < size; j++) {
    const run = (): (Float64Array | null)[] => {
      const seed = ops.zerosLike(output, { dtype: output.dtype }).contiguous();
      elementAt(seed, j).fill_(1);
      const grads = grad([output], [...inputs], {
        gradOutputs: [seed],
        retainGraph: true,
        allowUnused: true,
      });
      return grads.map((g, i) => {
        const input = inputs[i] as Tensor;
        if (g && p.checkGradDtypes && g.dtype !== input.dtype) {
          throw new GradcheckError(
            `Gradient has dtype ${String(g.dtype)} where its input has ${String(input.dtype)}`,
          );
        }
        return g && values(g);
      });
    };
    const grads = run();
    const again = run();
    grads.forEach((g, i) => {
      if (!g) return;
      const jacobian = jacobians[i] as Float64Array;
      for (let k = 0; k < g.length; k++) {
        const drift = Math.abs((g[k] as number) - ((again[i] as Float64Array)[k] as number));
        if (drift > p.nondetTol) {
          throw new GradcheckError(
            'Backward is not reentrant, i.e., running backward with same input and grad_output ' +
              `multiple times gives different values, although analytical gradient matches ` +
              `numerical gradient. The tolerance for nondeterminism was ${p.nondetTol}.`,
          );
        }
        jacobian[k * size + j] = g[k] as number;
      }
    });
  }
  return jacobians;
}

function asList(value: unknown): unknown[] {
  if (value instanceof Tensor) return [value];
  if (Array.isArray(value)) return [...value];
  throw new TypeError(`gradcheck: inputs must be a tensor or an array, got ${describe(value)}`);
}

function requiringGrad(values: readonly unknown[]): Tensor[] {
  return values.filter((value): value is Tensor => value instanceof Tensor && value.requiresGrad);
}

function tensorsOf(result: unknown): Tensor[] {
  const list = Array.isArray(result) ? result : [result];
  return list.filter((value): value is Tensor => value instanceof Tensor);
}

function differentiable(result: unknown): Tensor[] {
  return tensorsOf(result).filter((out) => out.requiresGrad);
}

/** The outputs that depend on the inputs; all floating ones where none says that it does. */
function differentiableOrAll(result: unknown): Tensor[] {
  const found = differentiable(result);
  return found.length > 0 ? found : tensorsOf(result).filter((out) => out.isFloatingPoint());
}

function values(t: Tensor): Float64Array {
  return t.detach().to(float64).toTypedArray() as Float64Array;
}

/** The i-th element in row-major order, as a view of no dimensions. */
function elementAt(t: Tensor, i: number): Tensor {
  let view = t;
  for (let d = t.dim() - 1, rest = i; d >= 0; d--) {
    const size = t.size(d);
    view = view.select(d, rest % size);
    rest = Math.floor(rest / size);
  }
  return view;
}

function randomLike(out: Tensor, nonContiguous: boolean): Tensor {
  const drawn = nonContiguous
    ? ops.randn([...out.shape, 2], { dtype: out.dtype }).select(-1, 0)
    : ops.randn([...out.shape], { dtype: out.dtype });
  return drawn.detach().requiresGrad_(true);
}

function table(jacobian: Float64Array, columns: number): string {
  const rows: string[] = [];
  for (let i = 0; i < jacobian.length && rows.length < 20; i += columns) {
    const row = Array.from(jacobian.subarray(i, i + Math.min(columns, 8)));
    rows.push('  ' + row.map((x) => x.toPrecision(6)).join(', '));
  }
  return rows.join('\n');
}
