'use strict';
// Checks (or with --fix rewrites) the layout of all C++ files with clang-format and the rules in .clang-format.
// Without clang-format it says so and, unless CI asks for it, does not fail.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const sources = ['cpp', 'binding', 'test/cpp', 'bench'].flatMap((folder) =>
  fs.existsSync(path.join(root, folder))
    ? fs
        .readdirSync(path.join(root, folder), { recursive: true })
        .filter((name) => /\.(h|cpp)$/.test(name))
        .map((name) => path.join(folder, name))
    : [],
);

const fix = process.argv.includes('--fix');
const command = process.env.CLANG_FORMAT ?? 'clang-format';
const args = fix ? ['-i'] : ['--dry-run', '--Werror'];
if (sources.length === 0) process.exit(0);
const result = spawnSync(command, [...args, ...sources], { cwd: root, stdio: 'inherit' });
if (result.error) {
  console.error(`${command} is not installed: the layout of ${sources.length} C++ files was not checked`);
  process.exit(process.env.CI ? 1 : 0);
}
if (result.status !== 0) console.error('C++ layout differs from .clang-format: node scripts/lint-cpp.js --fix');
process.exit(result.status ?? 1);
