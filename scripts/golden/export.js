'use strict';
/**
 * Prints the op table as JSON: `node scripts/golden/export.js`. TypeScript files are transpiled on the way, so nothing has
 * to be built first. A sample comes with its key, under which the golden file keeps its values.
 */
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');

require.extensions['.ts'] = (module, file) => {
  const { outputText } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
    fileName: file,
  });
  module._compile(outputText, file);
};

const table = path.join(__dirname, '..', '..', 'test', 'op_db');
const { families } = require(path.join(table, 'table.ts'));
const { optimizers } = require(path.join(table, 'optim.ts'));
const { modules } = require(path.join(table, 'modules.ts'));
const { keyOf } = require(path.join(table, 'data.ts'));

for (const family of families) {
  for (const row of family.ops) for (const sample of row.samples) sample.key = keyOf(sample);
}
for (const row of [...optimizers, ...modules]) row.key = keyOf(row);
process.stdout.write(JSON.stringify({ families, optimizers, modules }));
