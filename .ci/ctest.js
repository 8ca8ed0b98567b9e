'use strict';
// node .ci/ctest.js BUILD_FOLDER ISA: runs the C++ tests of one instruction set and adds up what each program
// prints ("N passed, N failed"); a program that breaks off counts as one failure.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const [folder, isa] = process.argv.slice(2);
const report = path.resolve(folder, `junit-${isa}.xml`);
const jobs = process.env.CTEST_PARALLEL_LEVEL ?? '2';
const args = ['--test-dir', folder, '-L', `^${isa}$`, '-j', jobs, '--no-tests=error', '--output-junit', report];
const { status } = spawnSync('ctest', args, { stdio: 'inherit' });

let passed = 0;
let failed = 0;
for (const [, attributes, body] of fs.readFileSync(report, 'utf8').matchAll(/<testcase([^>]*)>(.*?)<\/testcase>/gs)) {
  const counts = [...body.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1) ?? [0, 0, 0];
  passed += Number(counts[1]);
  failed += Number(counts[2]);
  if (!attributes.includes('status="run"') && Number(counts[2]) === 0) failed++;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(status || (failed ? 1 : 0));
