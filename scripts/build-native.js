'use strict';
// Builds build/Release/nabla.node. Arguments (prebuildify appends some) are ignored.
// In a checkout cmake-js drives CMake; an installed package has no cmake-js and CMake is called directly.
// Neither way downloads anything: the headers come from node-addon-api and node-api-headers.
const { spawnSync } = require('node:child_process');
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

/**
 * Builds the addon and says how long it took.
 * @returns {{ ok: boolean, reason?: string }}
 */
function buildNative() {
  const start = performance.now();
  const result = build();
  if (result.ok) console.log(`nabla: addon built in ${Math.round((performance.now() - start) / 1000)} s`);
  return result;
}

function build() {
  const env = { CMAKE_BUILD_PARALLEL_LEVEL: String(jobs()), ...process.env };
  const cmakeJs = resolve('cmake-js/bin/cmake-js');
  if (cmakeJs) return run(process.execPath, [cmakeJs, 'compile', '--log-level', 'warn'], env);
  const folder = path.join(root, 'build');
  const configured = run(
    'cmake',
    ['-S', root, '-B', folder, '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_TESTING=OFF',
      '-DCMAKE_LIBRARY_OUTPUT_DIRECTORY=' + path.join(folder, 'Release')],
    env,
  );
  if (!configured.ok) return configured;
  return run('cmake', ['--build', folder, '--config', 'Release'], env);
}

module.exports = { buildNative };

if (require.main === module) {
  const result = buildNative();
  if (!result.ok) {
    console.error('nabla: ' + result.reason);
    process.exit(1);
  }
}
