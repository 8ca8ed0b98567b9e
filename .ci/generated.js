'use strict';
// The generated TypeScript is what scripts/generate-ops.js makes of cpp/ops/lists now.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const files = fs
  .readdirSync('lib', { recursive: true })
  .filter((name) => name.endsWith('.generated.ts'))
  .map((name) => path.join('lib', name));
const before = files.map((file) => fs.readFileSync(file, 'utf8'));
const { status } = spawnSync(process.execPath, ['scripts/generate-ops.js'], { stdio: 'inherit' });
const changed = files.filter((file, index) => fs.readFileSync(file, 'utf8') !== before[index]);
files.forEach((file, index) => fs.writeFileSync(file, before[index]));
for (const file of changed) console.error(`${file} is out of date: node scripts/generate-ops.js`);
process.exit(status || changed.length || files.length === 0 ? 1 : 0);
