/** Gradients of every sample: against PyTorch's, against finite differences, and of second order. */
import * as torch from 'nabla';
import { build, call, gradsOf, label } from './op_db/build';
import { collect } from './op_db/collect';
import { difference, goldenOf, toleranceOf, valuesOf } from './op_db/golden';
import { families } from './op_db/table';
import type { DTypeName, OpRow, Sample } from './op_db/types';

type Tensor = torch.Tensor;

function wanted(row: OpRow, sample: Sample, dtype: DTypeName): boolean {
  return row.grad && sample.grad !== false && sample.dtypes!.includes(dtype);
}

function againstGolden(row: OpRow): void {
  collect((fail) => {
    for (const dtype of ['float32', 'float64'] as const) {
      for (const sample of row.samples) {
        if (!wanted(row, sample, dtype)) continue;
        const want = goldenOf(row, sample, dtype).grads;
        if (!want || want.length === 0) continue;
        fail.at(label(sample, dtype), () => {
          const built = build(sample, dtype, { wantGrad: true });
          const got = gradsOf(call(row, sample, built), built.leaves);
          expect(got.length).toBe(want.length);
          got.forEach((g, k) => {
            const w = want[k];
            if (w === null || g === null) {
              // PyTorch says null for an input that the result does not depend on.
              expect([k, g]).toEqual([k, w]);
              return;
            }
            expect([...g.shape]).toEqual([...built.leaves[k].shape]);
            expect(difference(valuesOf(g), w, toleranceOf(dtype, row, sample, 'gradTol'))).toBeNull();
          });
        });
      }
    }
  });
}

/** The op as a function of its leaves; outputs without a gradient (indices) are left out. */
function asFunction(row: OpRow, sample: Sample): { fn: (...xs: Tensor[]) => Tensor[]; inputs: Tensor[] } {
  const template = build(sample, 'float64', { wantGrad: true });
  const swap = (arg: unknown, xs: Tensor[]): unknown => {
    if (Array.isArray(arg)) return arg.map((a) => swap(a, xs));
    const k = template.leaves.indexOf(arg as Tensor);
    return k < 0 ? arg : xs[k];
  };
  const fn = (...xs: Tensor[]): Tensor[] => {
    const args = template.args.map((a) => swap(a, xs));
    const kw = template.kw && Object.fromEntries(Object.entries(template.kw).map(([k, a]) => [k, swap(a, xs)]));
    return call(row, sample, { args, kw, leaves: xs }).filter((out) => out.dtype.isFloatingPoint);
  };
  return { fn, inputs: template.leaves.map((x) => x.detach().clone().requiresGrad_()) };
}

/** Second order is quadratic in the number of elements: only small samples take part. */
const SMALL = 64;

function finiteDifferences(row: OpRow): void {
  collect((fail) => {
    for (const sample of row.samples) {
      if (!wanted(row, sample, 'float64') || sample.gradcheck === false) continue;
      const { fn, inputs } = asFunction(row, sample);
      const size = inputs.reduce((n, x) => n + x.numel(), 0);
      if (inputs.length === 0 || size > SMALL * 2) continue;
      const options = { eps: 1e-6, atol: 1e-6, rtol: 1e-4, ...row.gradcheck };
      fail.at(`gradcheck ${label(sample, 'float64')}`, () => {
        expect(torch.autograd.gradcheck(fn, inputs, options)).toBe(true);
      });
      if (size > SMALL) continue;
      fail.at(`gradgradcheck ${label(sample, 'float64')}`, () => {
        expect(torch.autograd.gradgradcheck(fn, inputs, null, { ...options, atol: 1e-5 })).toBe(true);
      });
    }
  });
}

for (const family of families) {
  const rows = family.ops.filter((row) => row.grad);
  if (rows.length === 0) continue;
  describe(family.name, () => {
    for (const row of rows) {
      test(`${row.name}: PyTorch's gradients`, () => againstGolden(row));
      test(`${row.name}: finite differences`, () => finiteDifferences(row));
    }
  });
}
