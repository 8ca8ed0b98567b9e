import { checked, keepThrown } from '../errors';
import { native } from '../native';
import type { Handle } from '../native';
import { describe, REQUIRED, Signature } from '../options';
import { collectGarbage } from '../memory';
import { Tensor, wrap } from '../tensor';
import { drain, ensureToken, Token } from './graph';
import type { Payload } from './graph';

export interface BackwardOptions {
  /** Gradient of the tensor itself; needed unless it has one element. */
  gradient?: Tensor | null;
  /** Keeps what the graph saved, for another backward. Default: the value of `createGraph`. */
  retainGraph?: boolean | null;
  /** Records backward itself, so that its results can be differentiated. */
  createGraph?: boolean;
  /** Gather gradients in these tensors only. */
  inputs?: Tensor | readonly Tensor[] | null;
}

export interface GradOptions {
  /** Gradients of the outputs; null stands for one, for a single element. */
  gradOutputs?: Tensor | readonly (Tensor | null)[] | null;
  retainGraph?: boolean | null;
  createGraph?: boolean;
  /** Gives null for an input that the outputs do not depend on, instead of an error. */
  allowUnused?: boolean | null;
  /** Gives zeros for such an input; implies `allowUnused`. */
  materializeGrads?: boolean;
}

function tensorList(name: string, what: string, value: unknown): Tensor[] {
  const list = (Array.isArray(value) ? value : [value]) as unknown[];
  for (const t of list)
    if (!(t instanceof Tensor)) throw new TypeError(`${name}: '${what}' must be Tensors, got ${describe(t)}`);
  return list as Tensor[];
}

function gradientList(name: string, what: string, value: unknown, count: number): (Tensor | null)[] {
  if (value === null || value === undefined) return new Array<null>(count).fill(null);
  const list = (Array.isArray(value) ? value : [value]) as unknown[];
  if (list.length !== count) throw new RangeError(`${name}: got ${list.length} gradients for ${count} tensors`);
  for (const t of list)
    if (t !== null && t !== undefined && !(t instanceof Tensor))
      throw new TypeError(`${name}: '${what}' must be a Tensor or null, got ${describe(t)}`);
  return list as (Tensor | null)[];
}

function flag(name: string, what: string, value: unknown): boolean {
  if (typeof value !== 'boolean')
    throw new TypeError(`${name}: '${what}' must be a boolean, got ${describe(value)}`);
  return value;
}

interface Run {
  roots: Tensor[];
  gradients: (Tensor | null)[];
  retainGraph: boolean;
  createGraph: boolean;
  inputs: Tensor[];
  accumulate: boolean;
  allowUnused: boolean;
}

function run(name: string, r: Run): (Handle | null)[] {
  // The graph token of the first root stands for all while native code runs.
  const graph = graphOf(r.roots);
  const result = native.backward(
    r.roots.map((t) => t._h),
    r.gradients.map((t) => (t ? t._h : null)),
    r.retainGraph,
    r.createGraph,
    r.inputs.map((t) => t._h),
    r.accumulate,
    r.allowUnused,
  );
  drain();
  if (r.createGraph && r.accumulate && graph) for (const leaf of graph.root().leaves) leaf.gradGraph = graph;
  return checked(name, result);
}

function graphOf(roots: readonly Tensor[]): Token | null {
  let graph: Token | null = null;
  for (const t of roots) {
    if (!t.requiresGrad) continue;
    const token = ensureToken(t);
    if (!token.isLeaf) graph = graph ? graph.merge(token) : token.root();
  }
  return graph;
}

const BACKWARD = new Signature('backward', {
  gradient: null,
  retainGraph: null,
  createGraph: false,
  inputs: null,
});

/** @internal `tensor.backward(...)` and `torch.autograd.backward(tensors, ...)`. */
export function backward(name: string, roots: Tensor[], args: readonly unknown[]): void {
  const o = BACKWARD.bind<Record<string, unknown>>(args);
  const createGraph = flag(name, 'createGraph', o.createGraph);
  const inputs = o.inputs === null ? [] : tensorList(name, 'inputs', o.inputs);
  if (o.inputs !== null && inputs.length === 0) throw new Error(`${name}: 'inputs' cannot be empty`);
  run(name, {
    roots,
    gradients: gradientList(name, 'gradient', o.gradient, roots.length),
    retainGraph: o.retainGraph === null ? createGraph : flag(name, 'retainGraph', o.retainGraph),
    createGraph,
    inputs,
    accumulate: true,
    allowUnused: true,
  });
}

const AUTOGRAD_BACKWARD = new Signature('backward', {
  tensors: REQUIRED,
  gradTensors: null,
  retainGraph: null,
  createGraph: false,
  inputs: null,
});

/**
 * Adds the gradients of `tensors` to `.grad` of the leaves that they depend on.
 *
 * PyTorch: torch.autograd.backward
 */
export function autogradBackward(
  tensors: Tensor | readonly Tensor[],
  gradTensors?: Tensor | readonly (Tensor | null)[] | null | (BackwardOptions & { gradTensors?: unknown }),
  options?: Omit<BackwardOptions, 'gradient'>,
): void;
export function autogradBackward(...args: unknown[]): void {
  const o = AUTOGRAD_BACKWARD.bind<Record<string, unknown>>(args);
  const { tensors, gradTensors, ...rest } = o;
  backward('backward', tensorList('backward', 'tensors', tensors), [
    { ...rest, gradient: gradTensors },
  ]);
}

const GRAD = new Signature('grad', {
  outputs: REQUIRED,
  inputs: REQUIRED,
  gradOutputs: null,
  retainGraph: null,
  createGraph: false,
  allowUnused: null,
  isGradsBatched: false,
  materializeGrads: false,
});

/**
 * The gradients of `outputs` with respect to `inputs`; `.grad` is left alone.
 *
 * PyTorch: torch.autograd.grad
 */
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options?: GradOptions & { allowUnused?: false | null },
): Tensor[];
export function grad(
  outputs: Tensor | readonly Tensor[],
  inputs: Tensor | readonly Tensor[],
  options?: GradOptions,
): (Tensor | null)[];
export function grad(...args: unknown[]): (Tensor | null)[] {
  const o = GRAD.bind<Record<string, unknown>>(args);
  const roots = tensorList('grad', 'outputs', o.outputs);
  const inputs = tensorList('grad', 'inputs', o.inputs);
  const createGraph = flag('grad', 'createGraph', o.createGraph);
  const materialize = flag('grad', 'materializeGrads', o.materializeGrads);
  const allowUnused = o.allowUnused === null ? materialize : flag('grad', 'allowUnused', o.allowUnused);
  if (materialize && !allowUnused) throw new TypeError("grad: 'materializeGrads' needs 'allowUnused'");
  const found = run('grad', {
    roots,
    gradients: gradientList('grad', 'gradOutputs', o.gradOutputs, roots.length),
    retainGraph: o.retainGraph === null ? createGraph : flag('grad', 'retainGraph', o.retainGraph),
    createGraph,
    inputs,
    accumulate: false,
    allowUnused,
  });
  const graph = createGraph ? graphOf(roots) : null;
  return found.map((h, i) => {
    if (h === null) return materialize ? inputs[i].detach().mul(0) : null;
    const t = wrap(h);
    if (graph && t.requiresGrad) t._token = graph.root();
    return t;
  });
}

// Kinds of binding/env.h's Callback.
const RELEASE = 2;

/** What native code calls for hooks and autograd.Function; a string says that user code has thrown. */
function dispatch(kind: number, payload: Payload, values: (Handle | null)[]): unknown {
  try {
    if (kind === RELEASE) {
      payload.release?.();
      return undefined;
    }
    return payload.call(values);
  } catch (error) {
    keepThrown(error);
    return 'thrown';
  }
}

native.setCallbacks(collectGarbage, dispatch as never);

