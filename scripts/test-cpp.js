'use strict';
// Builds the C++ core with its tests in build-cpp/ (no Node headers involved) and runs them once per instruction set.
const { spawnSync } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const jobs = String(os.availableParallelism());

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

run('cmake', ['-S', '.', '-B', 'build-cpp', '-DNABLA_ADDON=OFF']);
run('cmake', ['--build', 'build-cpp', '--parallel', jobs]);
run('ctest', ['--test-dir', 'build-cpp', '--output-on-failure', '--no-tests=error', ...process.argv.slice(2)]);
