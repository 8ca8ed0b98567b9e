/**
 * Cases of built-in modules: what a module prints, its parameters for a seed, its result and gradients, all against PyTorch
 * (`python scripts/golden/generate.py modules`).
 */
import { float, t } from './row';
import type { Arg, TensorSpec } from './types';

export interface ModuleCase {
  module: string;
  args: Arg[];
  kw?: Record<string, Arg>;
  inputs: TensorSpec[];
  /** `eval()` before the call. */
  evaluate?: boolean;
  /** Tolerance of results and gradients; default 2e-6 relative, 1e-6 absolute. */
  tol?: number;
}

type Inputs = TensorSpec | TensorSpec[];

/** A case; tensors are seeded by their place. */
export function m(module: string, args: Arg[], inputs: Inputs, rest: Partial<ModuleCase> = {}): ModuleCase {
  const list = (Array.isArray(inputs) ? inputs : [inputs]).map((x, k) => ({ ...x, seed: x.seed || 7 + k }));
  return { module, args, inputs: list, ...rest };
}

/** Shapes (C, ...) and (N, C, ...) with one to three spatial axes. */
const shapes = [[[2, 5], [2, 2, 4]], [[2, 4, 5], [1, 2, 3, 4]], [[1, 4, 3, 5], [1, 2, 3, 4, 3]]];

const padding = [1, 2, 3].flatMap((d) => {
  const [single, batch] = shapes[d - 1].map((shape) => t(shape));
  const pairs = [1, 2, 0, 1, 2, 1].slice(0, 2 * d);
  return [
    ...['ReflectionPad', 'ReplicationPad', 'CircularPad', 'ZeroPad'].flatMap((name) => [
      m(`${name}${d}d`, [2], single),
      m(`${name}${d}d`, [pairs], batch),
      m(`${name}${d}d`, [], batch, { kw: { padding: 1 } }),
    ]),
    m(`ConstantPad${d}d`, [2, float(3.5)], single),
    m(`ConstantPad${d}d`, [pairs, float(-0.25)], batch),
    m(`ConstantPad${d}d`, [-1], batch, { kw: { value: float(1e-5) } }),
  ];
});

export const modules: ModuleCase[] = [...padding];
