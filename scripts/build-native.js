'use strict';
// Builds build/Release/nabla.node. Usage: node scripts/build-native.js [--rebuild] [-- ignored arguments]
// In a checkout cmake-js drives CMake; an installed package has no cmake-js and CMake is called directly.
// Neither way downloads anything: the headers come from node-addon-api and node-api-headers.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..');

function resolve(name) {
  try {
    return require.resolve(name, { paths: [root] });
  } catch {
    return undefined;
  }
}

function run(command, args, env) {
  const shown = [command, ...args].map((arg) => path.basename(arg)).join(' ');
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (result.error) return { ok: false, reason: `${command}: ${result.error.message}` };
  if (result.status === 0) return { ok: true };
  return { ok: false, reason: `'${shown}' ended with ${result.signal ?? result.status}` };
}

/** One job per processor, but 1 GiB of memory for each: a small container must not run out. */
function jobs() {
  const memory = Math.min(process.constrainedMemory?.() || Infinity, os.totalmem());
  return Math.max(1, Math.min(os.availableParallelism(), Math.floor(memory / 2 ** 30)));
}

/** @returns {{ ok: boolean, reason?: string }} */
function buildNative({ rebuild = false } = {}) {
  const env = { CMAKE_BUILD_PARALLEL_LEVEL: String(jobs()), ...process.env };
  const cmakeJs = resolve('cmake-js/bin/cmake-js');
  if (cmakeJs) {
    const command = rebuild ? 'rebuild' : 'compile';
    return run(process.execPath, [cmakeJs, command, '--log-level', 'warn'], env);
  }
  const build = path.join(root, 'build');
  if (rebuild) fs.rmSync(build, { recursive: true, force: true });
  const configured = run(
    'cmake',
    ['-S', root, '-B', build, '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_TESTING=OFF',
      '-DCMAKE_LIBRARY_OUTPUT_DIRECTORY=' + path.join(build, 'Release')],
    env,
  );
  if (!configured.ok) return configured;
  return run('cmake', ['--build', build, '--config', 'Release'], env);
}

module.exports = { buildNative };

if (require.main === module) {
  const ours = process.argv.slice(2);
  const end = ours.indexOf('--');
  const result = buildNative({ rebuild: (end < 0 ? ours : ours.slice(0, end)).includes('--rebuild') });
  if (!result.ok) {
    console.error('nabla: ' + result.reason);
    process.exit(1);
  }
}
