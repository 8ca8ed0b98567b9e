'use strict';
// node scripts/check-kernel-symbols.js BUILD_FOLDER
// A function that the compiler emits as a weak symbol (inline, template) exists once per program: if the copy that
// the linker keeps was compiled for AVX-512, every CPU runs it. So a weak symbol in a kernel object must belong to
// its instruction set alone, that is, its name must mention nabla::kernels::<isa>.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const folder = path.join(process.argv[2] ?? 'build', 'CMakeFiles');
let objects = 0;
let bad = 0;
for (const target of fs.readdirSync(folder).filter((name) => /^kernels_.*\.dir$/.test(name))) {
  const isa = /^kernels_(.*)\.dir$/.exec(target)[1];
  const names = fs.readdirSync(path.join(folder, target), { recursive: true }).filter((name) => /\.(o|obj)$/.test(name));
  for (const name of names) {
    const object = path.join(folder, target, name);
    const result = spawnSync('nm', ['-C', '--defined-only', object], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (result.error || result.status !== 0) throw result.error ?? new Error(result.stderr);
    objects++;
    for (const line of result.stdout.split('\n')) {
      const match = /^[0-9a-f]* ?([WVu]) (.*)$/.exec(line.trim());
      if (!match || match[2].includes(`nabla::kernels::${isa}::`)) continue;
      console.error(`${object}: ${match[1]} ${match[2]}`);
      bad++;
    }
  }
}
console.log(`${objects} kernel objects, ${bad} weak symbols that another instruction set may share`);
process.exit(objects === 0 || bad > 0 ? 1 : 0);
