'use strict';
// Runs jest (arguments: patterns of test files) and ends with "N passed, N failed[, N skipped]".
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-jest-'));
const output = path.join(folder, 'result.json');
const args = ['test', '--', '--json', '--outputFile=' + output, ...process.argv.slice(2)];
const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
const result = JSON.parse(fs.readFileSync(output, 'utf8'));
fs.rmSync(folder, { recursive: true });

// A file that does not even load has no tests; it counts as one failure.
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
const skipped = result.numPendingTests + result.numTodoTests;
console.log(`${result.numPassedTests} passed, ${failed} failed` + (skipped ? `, ${skipped} skipped` : ''));
process.exit(status || (failed ? 1 : 0));
