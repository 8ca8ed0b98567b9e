'use strict';
// npm's "install" script. As a dependency: the prebuilt addon, else a build from source, else a hint;
// it never fails the installation, require('nabla') reports a missing addon. In a checkout it builds
// from source (the sources may have changed since any binary was made) and fails loudly.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { buildNative } = require('./build-native.js');

const root = path.resolve(__dirname, '..');
const isCheckout = fs.existsSync(path.join(root, '.git')) || process.env.INIT_CWD === root;
const fromSource = ['true', 'nabla'].includes(process.env.npm_config_build_from_source);

/** Whether the addon loads; tried in a child, a broken binary must not take this process down. */
function loads() {
  const script = 'require("node-gyp-build")(process.argv[1])';
  return spawnSync(process.execPath, ['-e', script, root], { cwd: root, stdio: 'ignore' }).status === 0;
}

function main() {
  const tried = [];
  if (!isCheckout && !fromSource) {
    if (loads()) return 0;
    tried.push('a prebuilt binary in prebuilds/: none for this platform, or it does not load');
  }
  const built = buildNative();
  if (built.ok && loads()) return 0;
  tried.push('a build from source: ' + (built.ok ? 'the result does not load' : built.reason));
  if (isCheckout && !fromSource && loads()) {
    console.error('nabla: could not build from source, using the binary that is there.');
    return 0;
  }
  console.error(`nabla: no native addon for ${process.platform}-${process.arch}, Node ${process.version}. Tried:`);
  for (const line of tried) console.error('  - ' + line);
  console.error('Install CMake >= 3.22 and a C++20 compiler (GCC >= 11, Clang >= 14 or MSVC 2022):');
  console.error('  Debian, Ubuntu: sudo apt-get install cmake g++');
  console.error('  Fedora:         sudo dnf install cmake gcc-c++');
  console.error('  macOS:          xcode-select --install && brew install cmake');
  console.error(isCheckout ? 'Then run: npm install' : 'Then run: npm rebuild nabla');
  return isCheckout ? 1 : 0;
}

process.exit(main());
