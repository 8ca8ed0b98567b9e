import { checked } from '../errors';
import { describe } from '../options';
import { native, type Handle } from '../native';
import * as ops from '../ops.generated';
import { Tensor, wrapGradient } from '../tensor';
import type { DType } from '../dtype';
import { hold, linkResult, type Payload } from './graph';
import { isGradEnabled, noGrad } from './grad_mode';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** What `forward` hands on to `backward`. Fields of one's own may be set on it. */
export class FunctionCtx {
  /** Which arguments of `forward` need a gradient. */
  needsInputGrad: readonly boolean[] = [];
  private saved: { tensor: Tensor | null; version: number }[] | null = [];
  private dirty: readonly Tensor[] = [];
  private constant: readonly Tensor[] = [];
  private materialize = true;

  [field: string]: any;

  /** Keeps tensors (inputs or outputs) for `backward`, which is told when they were edited. */
  saveForBackward(...tensors: (Tensor | null | undefined)[]): void {
    this.saved = tensors.map((tensor) => {
      if (tensor != null && !(tensor instanceof Tensor)) {
        throw new TypeError(
          `saveForBackward can only save variables, but argument is of type ${describe(tensor)}`,
        );
      }
      return { tensor: tensor ?? null, version: tensor ? tensor._version : 0 };
    });
  }

  /** What was saved; an error once backward has freed it. */
  get savedTensors(): any[] {
    if (!this.saved) {
      throw new Error(
        'Trying to backward through the graph a second time (or directly access saved tensors ' +
          'after they have already been freed). Saved intermediate values of the graph are freed ' +
          'when you call .backward() or autograd.grad(). Specify retainGraph: true if you need to ' +
          'backward through the graph a second time or if you need to access saved tensors after ' +
          'calling backward.',
      );
    }
    return this.saved.map(({ tensor, version }) => {
      if (tensor && tensor._version !== version) {
        throw new Error(
          'one of the variables needed for gradient computation has been modified by an inplace ' +
            `operation: [${String(tensor.dtype)} [${tensor.shape.join(', ')}]] is at version ` +
            `${tensor._version}; expected version ${version} instead`,
        );
      }
      return tensor;
    });
  }

  /** Says that `forward` edits these inputs in place and returns them. */
  markDirty(...tensors: Tensor[]): void {
    this.dirty = tensors;
  }

  /** Says that these outputs get no gradient. */
  markNonDifferentiable(...tensors: Tensor[]): void {
    this.constant = tensors;
  }

  /** Whether `backward` gets zeros (default) or null for outputs without gradient. */
  setMaterializeGrads(value: boolean): void {
    this.materialize = value;
  }

  /** @internal */
  _marks(): { dirty: readonly Tensor[]; constant: readonly Tensor[]; materialize: boolean } {
    return { dirty: this.dirty, constant: this.constant, materialize: this.materialize };
  }

  /** @internal */
  _release(): void {
    this.saved = null;
  }
}

/**
 * An operation with a derivative of one's own: `static forward(ctx, ...args)` computes, without
 * recording; `static backward(ctx, ...gradOutputs)` returns one gradient per argument (a single one
 * may come bare; null for none). Called as `MyFunction.apply(...args)`.
 *
 * PyTorch: torch.autograd.Function
 */
export class Function {
  static forward(_ctx: FunctionCtx, ..._args: any[]): any {
    throw new Error(`You must implement the forward function for custom autograd.Function.`);
  }

  static backward(_ctx: FunctionCtx, ..._grads: any[]): any {
    throw new Error(`You must implement the backward function for custom autograd.Function.`);
  }

  /** With it, `forward` gets no context and this sets it up from the arguments and the result. */
  static setupContext?(ctx: FunctionCtx, inputs: any[], output: any): void;

  static apply(...args: any[]): any {
    return applyFunction(this, args);
  }
}

type FunctionClass = typeof Function;

function applyFunction(fn: FunctionClass, args: unknown[]): unknown {
  const ctx = new FunctionCtx();
  const wanted = isGradEnabled();
  ctx.needsInputGrad = args.map((arg) => arg instanceof Tensor && wanted && arg.requiresGrad);
  const result: unknown = noGrad(() => {
    if (!fn.setupContext) return fn.forward(ctx, ...args) as unknown;
    const forward = fn.forward as (...args: unknown[]) => unknown;
    const output = forward.apply(fn, args);
    fn.setupContext(ctx, args, output);
    return output;
  });
  const many = Array.isArray(result);
  const outputs: unknown[] = many ? [...(result as unknown[])] : [result];
  const { dirty, constant } = ctx._marks();
  for (const tensor of dirty) {
    if (!outputs.includes(tensor)) {
      throw new Error(
        `${fn.name}: some elements marked as dirty during the forward method were not returned ` +
          'as output. The inputs that are modified inplace must all be outputs of the Function.',
      );
    }
  }
  outputs.forEach((output, i) => {
    // An input handed through gets a history of its own, not that of the input.
    if (output instanceof Tensor && args.includes(output) && !dirty.includes(output)) {
      outputs[i] = output.detach();
    }
  });
  if (ctx.needsInputGrad.includes(true)) record(fn, ctx, args, outputs, dirty, constant);
  return many ? outputs : outputs[0];
}

function record(
  fn: FunctionClass,
  ctx: FunctionCtx,
  args: readonly unknown[],
  outputs: readonly unknown[],
  dirty: readonly Tensor[],
  constant: readonly Tensor[],
): void {
  const made = outputs.filter((output): output is Tensor => output instanceof Tensor);
  const flows = made.map((output) => output.isFloatingPoint() && !constant.includes(output));
  const first = made.find((_, i) => flows[i]);
  if (!first) return;
  // Gradients that do not arrive are replaced by zeros of these shapes.
  const shapes = made.map((output) => ({ shape: [...output.shape], dtype: output.dtype }));
  const places = outputs.map((output) => made.indexOf(output as Tensor));
  linkResult(first, args);
  const payload = hold(first, {
    call: (values: unknown[]): (Handle | null)[] => {
      const grads = values.slice(0, made.length) as (Handle | null)[];
      return callBackward(fn, ctx, args.length, grads, places, shapes, payload);
    },
    release: () => ctx._release(),
  });
  checked(
    fn.name,
    native.jsNode(
      `${fn.name}Backward`,
      payload,
      args.map((arg) => (arg instanceof Tensor ? arg._h : null)),
      made.map((output) => output._h),
      made.map((output) => dirty.includes(output)),
      flows,
    ),
  );
  for (const output of made) if (output !== first) linkResult(output, [first]);
}

function callBackward(
  fn: FunctionClass,
  ctx: FunctionCtx,
  count: number,
  handles: readonly (Handle | null)[],
  places: readonly number[],
  shapes: readonly { shape: number[]; dtype: DType }[],
  payload: Payload,
): (Handle | null)[] {
  const { materialize } = ctx._marks();
  const byTensor = handles.map((handle, i) => {
    if (handle) return wrapGradient(handle, payload);
    const { shape, dtype } = shapes[i] as { shape: number[]; dtype: DType };
    return materialize ? ops.zeros(shape, { dtype }) : null;
  });
  const grads = places.map((place) => (place < 0 ? null : (byTensor[place] ?? null)));
  const result: unknown = fn.backward(ctx, ...grads);
  const list: unknown[] = Array.isArray(result) ? [...result] : [result];
  while (list.length > count && list[list.length - 1] == null) list.pop();
  if (list.length !== count) {
    throw new Error(
      `function ${fn.name}Backward returned an incorrect number of gradients ` +
        `(expected ${count}, got ${list.length})`,
    );
  }
  return list.map((grad, i) => {
    if (grad == null || !ctx.needsInputGrad[i]) return null;
    if (!(grad instanceof Tensor)) {
      throw new TypeError(
        `function ${fn.name}Backward returned a ${describe(grad)} for argument ${i}, ` +
          'expected a tensor or null',
      );
    }
    return grad._h;
  });
}
