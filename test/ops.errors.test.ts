/** Every error case of the table: the class, and a text that begins with the op's name. */
import { build, callableOf } from './op_db/build';
import { collect } from './op_db/collect';
import { families } from './op_db/table';
import type { OpRow } from './op_db/types';

/** V8's own words, which must never reach a user. */
const RAW = /Cannot read|is not a function|undefined \(|not iterable|\[object/;

function check(row: OpRow): void {
  collect((fail) => {
    for (const item of row.errors) {
      fail.at(JSON.stringify([item.args, item.kw ?? {}]), () => {
        const { args, kw } = build(item, 'float32');
        const fn = callableOf(row.name, item.form ?? row.forms[0]);
        let thrown: unknown = null;
        try {
          fn(...args, ...(kw ? [kw] : []));
        } catch (error) {
          thrown = error;
        }
        expect(thrown).not.toBeNull();
        const { message } = thrown as Error;
        expect(`${(thrown as object).constructor.name}: ${message}`).toMatch(new RegExp(`^${item.error}: `));
        expect(message).toMatch(new RegExp(`^${row.name}: `));
        expect(message).not.toMatch(RAW);
        expect(message.slice(row.name.length + 2)).toMatch(new RegExp(item.match, 'i'));
      });
    }
  });
}

for (const family of families) {
  describe(family.name, () => {
    for (const row of family.ops) if (row.errors.length > 0) test(row.name, () => check(row));
  });
}
