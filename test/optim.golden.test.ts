/** Optimizers: parameters after every step against PyTorch's. */
import * as torch from 'nabla';
import { buildTensor } from './op_db/build';
import { collect } from './op_db/collect';
import { keyOf } from './op_db/data';
import { difference, goldenFile, valuesOf } from './op_db/golden';
import { optimizers } from './op_db/optim';
import type { DTypeName, Tolerance, Value } from './op_db/types';

const TOLERANCE: Partial<Record<DTypeName, Tolerance>> = {
  float64: { rtol: 1e-13, atol: 1e-14 },
  float32: { rtol: 1e-6, atol: 3e-7 },
  float16: { rtol: 2e-3, atol: 2e-3 },
  bfloat16: { rtol: 1.6e-2, atol: 1.6e-2 },
};

type Construct = new (params: torch.Tensor[], options: object) => torch.optim.Optimizer;

for (const row of optimizers) {
  test(`${row.optimizer} ${JSON.stringify(row.options)}`, () => {
    collect((fail) => {
      for (const dtype of row.dtypes) {
        fail.at(dtype, () => {
          const want = goldenFile<Value[][][]>('optim')[`${row.optimizer} ${keyOf(row)} ${dtype}`];
          const drawn = (seed: number, k: number): torch.Tensor =>
            buildTensor({ kind: 'tensor', shape: row.shapes[k], seed }, dtype);
          const params = row.shapes.map((_, k) => drawn(100 + k, k).requiresGrad_());
          const optimizer = new (torch.optim[row.optimizer] as unknown as Construct)(params, row.options);
          for (let step = 0; step < row.steps; step++) {
            params.forEach((p, k) => { p.grad = drawn(200 + 10 * step + k, k); });
            optimizer.step();
            params.forEach((p, k) => {
              expect([step, k, difference(valuesOf(p), want[step][k], TOLERANCE[dtype]!)]).toEqual([step, k, null]);
            });
          }
        });
      }
    });
  });
}
