/** Every sample of the table, in every dtype and form, against PyTorch's values. */
import { build, call, fits, label } from './op_db/build';
import { difference, dtypeName, goldenOf, sameBits, toleranceOf, valuesOf } from './op_db/golden';
import { families } from './op_db/table';
import type { OpRow } from './op_db/types';
import { collect } from './op_db/collect';

function check(row: OpRow): void {
  collect((fail) => {
    for (const sample of row.samples) {
      for (const dtype of sample.dtypes!) {
        fail.at(label(sample, dtype), () => {
          const want = goldenOf(row, sample, dtype);
          const out = call(row, sample, build(sample, dtype));
          expect(out.length).toBe(want.out.length);
          out.forEach((x, k) => {
            const w = want.out[k];
            expect([dtypeName(x), [...x.shape]]).toEqual([w.dtype, w.shape]);
            if (row.view) expect([...x.stride()]).toEqual(w.strides);
            if (w.values) expect(difference(valuesOf(x), w.values, toleranceOf(w.dtype, row, sample))).toBeNull();
          });
          for (const form of row.forms.slice(1)) {
            if (!fits(sample, form) || /empty/i.test(row.name)) continue;
            call(row, sample, build(sample, dtype), form).forEach((x, k) => expect(sameBits(x, out[k])).toBeNull());
          }
        });
      }
    }
  });
}

for (const family of families) {
  describe(family.name, () => {
    for (const row of family.ops) test(`${row.forms.join('/')} ${row.name}`, () => check(row));
  });
}
