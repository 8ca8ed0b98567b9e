import { isGradEnabled } from '../autograd/grad_mode';
import { Function as AutogradFunction, type FunctionCtx } from '../autograd/function';
import { Tensor } from '../tensor';
import type { Module } from './module';

type Grads = (Tensor | null)[];

export type FullBackwardHook = (module: Module, gradInput: Grads, gradOutput: Grads) => unknown;
export type FullBackwardPreHook = (module: Module, gradOutput: Grads) => unknown;

/** Identity whose backward shows all gradients to a callback, which may replace them. */
class Watch extends AutogradFunction {
  static override forward(
    ctx: FunctionCtx & { seen?: (grads: Grads) => Grads },
    seen: (grads: Grads) => Grads,
    ...tensors: Tensor[]
  ): Tensor[] {
    ctx.seen = seen;
    return tensors.map((tensor) => tensor.viewAs(tensor));
  }

  static override backward(
    ctx: FunctionCtx & { seen?: (grads: Grads) => Grads },
    ...grads: Grads
  ): Grads {
    return [null, ...(ctx.seen as (grads: Grads) => Grads)(grads)];
  }
}

/**
 * The full backward hooks of one call of a module. Its inputs and outputs pass through an identity
 * each; the one at the outputs sees gradOutput first, the one at the inputs then has gradInput.
 */
export class BackwardHook {
  private gradOutput: Grads | null = null;
  private watchesInputs = false;
  private inputCount = 0;

  constructor(
    private readonly module: Module,
    private readonly hooks: readonly FullBackwardHook[],
    private readonly preHooks: readonly FullBackwardPreHook[],
  ) {}

  watchInputs(args: unknown[]): unknown[] {
    this.inputCount = args.length;
    const watched = watch(args, (grads) => {
      const gradOutput = this.gradOutput;
      this.gradOutput = null;
      return gradOutput ? this.runHooks(grads, gradOutput) : grads;
    });
    this.watchesInputs = watched !== null;
    return watched ?? args;
  }

  watchOutputs(result: unknown): unknown {
    const single = !Array.isArray(result);
    const outputs: unknown[] = single ? [result] : result;
    const watched = watch(outputs, (grads) => {
      for (const hook of this.preHooks) {
        const replaced = hook(this.module, grads);
        if (replaced != null) grads = asGrads(replaced, grads.length, 'pre-hook');
      }
      if (this.watchesInputs) this.gradOutput = grads;
      else this.runHooks(new Array<null>(this.inputCount).fill(null), grads);
      return grads;
    });
    if (!watched) return result;
    return single ? watched[0] : watched;
  }

  private runHooks(gradInput: Grads, gradOutput: Grads): Grads {
    for (const hook of this.hooks) {
      const replaced = hook(this.module, gradInput, gradOutput);
      if (replaced == null) continue;
      gradInput = asGrads(replaced, gradInput.length, 'hook');
    }
    return gradInput;
  }
}

/** Passes the tensors among `values` through one identity; null if none of them needs a gradient. */
function watch(values: unknown[], seen: (grads: Grads) => Grads): unknown[] | null {
  const places: number[] = [];
  let needed = false;
  values.forEach((value, i) => {
    if (!(value instanceof Tensor)) return;
    places.push(i);
    needed ||= value.requiresGrad;
  });
  if (!needed || !isGradEnabled()) return null;
  const spread = (grads: Grads): Grads => {
    const all: Grads = new Array<null>(values.length).fill(null);
    places.forEach((place, i) => (all[place] = grads[i] ?? null));
    const out = seen(all);
    return places.map((place) => out[place] ?? null);
  };
  const passed = Watch.apply(spread, ...places.map((place) => values[place])) as Tensor[];
  const out = [...values];
  places.forEach((place, i) => (out[place] = passed[i]));
  return out;
}

function asGrads(value: unknown, length: number, kind: string): Grads {
  const grads = (Array.isArray(value) ? value : [value]) as Grads;
  if (grads.length !== length) {
    throw new Error(
      `Backward ${kind} returned an invalid number of grad, got ${grads.length}, ` +
        `but expected ${length}`,
    );
  }
  return grads;
}
