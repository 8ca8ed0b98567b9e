/** Built-in modules against PyTorch: what they print, their state, results and gradients (test/op_db/modules.ts). */
import * as torch from 'nabla';
import { build, gradsOf, listed } from '../op_db/build';
import { collect } from '../op_db/collect';
import { keyOf } from '../op_db/data';
import { difference, goldenFile, valuesOf, type Packed } from '../op_db/golden';
import { modules, type ModuleCase } from '../op_db/modules';

interface Golden {
  text: string;
  state: Record<string, Packed>;
  out: Packed;
  grads: (Packed | null)[];
  /** Buffers after the call. */
  buffers?: Record<string, Packed>;
}
type Made = torch.nn.Module & ((...inputs: unknown[]) => unknown);

const classes = torch.nn as unknown as Record<string, new (...args: unknown[]) => Made>;

function make(row: ModuleCase): Made {
  const { args, kw } = build({ args: row.args, kw: row.kw }, 'float32');
  torch.manualSeed(0);
  return new classes[row.module](...args, ...(kw ? [kw] : []));
}

function check(row: ModuleCase): void {
  const want = goldenFile<Golden>('modules')[`${row.module} ${keyOf(row)}`];
  if (!want) throw new Error('no golden values: run scripts/golden/generate.py modules');
  const near = { rtol: row.tol ?? 2e-6, atol: row.tol ?? 1e-6 };
  const same = (got: torch.Tensor, w: Packed, of: { rtol: number; atol: number }, what: string): void => {
    expect([what, [...got.shape]]).toEqual([what, w.shape]);
    expect([what, difference(valuesOf(got), w.values!, of)]).toEqual([what, null]);
  };
  const module = make(row);
  expect(String(module)).toBe(want.text);
  const state = module.stateDict();
  expect(Object.keys(state)).toEqual(Object.keys(want.state));
  // Fresh parameters are the same bits for the same seed.
  for (const [name, w] of Object.entries(want.state)) same(state[name]!, w, { rtol: 0, atol: 0 }, name);
  const { args, leaves } = build({ args: row.inputs }, 'float32', { wantGrad: true });
  for (let step = 0; step < (row.steps ?? 0); step++) module(...args);
  module.train(!row.evaluate);
  torch.manualSeed(1);
  const [out] = listed(module(...args));
  same(out, want.out, near, 'result');
  expect(module.namedBuffers().map(([name]) => name)).toEqual(Object.keys(want.buffers ?? {}));
  for (const [name, buffer] of module.namedBuffers()) same(buffer, want.buffers![name], near, name);
  const wanted = [...leaves, ...module.parameters()];
  if (wanted.length === 0) return;
  gradsOf([out], wanted).forEach((g, k) => {
    const w = want.grads[k];
    if (g === null || w === null) expect([k, g]).toEqual([k, w]);
    else same(g, w, near, `gradient ${k}`);
  });
}

const names = [...new Set(modules.map((row) => row.module))];

test.each(names)('%s', (name) => {
  collect((fail) => {
    for (const row of modules.filter((r) => r.module === name)) {
      fail.at(`${name}(${JSON.stringify(row.args)}, ${JSON.stringify(row.kw ?? {})})`, () => check(row));
    }
  });
});
