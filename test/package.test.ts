import fs = require('node:fs');
import path = require('node:path');

const root = path.join(__dirname, '..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));

test('each entry point has its source and its types', () => {
  for (const [name, target] of Object.entries<string | { types: string; default: string }>(manifest.exports)) {
    if (typeof target === 'string') continue;
    const source = target.default.replace('./dist/', 'lib/').replace(/\.js$/, '.ts');
    expect([name, fs.existsSync(path.join(root, source))]).toEqual([name, true]);
    expect(target.types).toBe(target.default.replace(/\.js$/, '.d.ts'));
  }
});

test('each namespace of the library is an entry point', () => {
  const folders = fs.readdirSync(path.join(root, 'lib'), { withFileTypes: true });
  const namespaces = folders.filter((entry) => entry.isDirectory()).map((entry) => `./${entry.name}`);
  expect(Object.keys(manifest.exports)).toEqual(expect.arrayContaining(namespaces));
});

test('what an installed package runs is packed, and needs no development dependency', () => {
  const scripts = ['scripts/install.js', 'scripts/build-native.js'];
  expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'cpp', 'binding', 'prebuilds', 'CMakeLists.txt', ...scripts]));
  expect(manifest.scripts.install).toBe('node scripts/install.js');
  const sources = ['scripts/install.js', 'scripts/build-native.js', 'lib/native.ts'].map(read).join('\n');
  const required = [...sources.matchAll(/require\('([^'.][^']*)'\)/g)].map((match) => match[1]);
  const allowed = Object.keys(manifest.dependencies);
  const known = (name: string) => name.startsWith('node:') || name === 'nabla' || allowed.includes(name);
  expect(required.filter((name) => !known(name))).toEqual([]);
});

test('CMake builds for the Node-API version that package.json names', () => {
  expect(read('CMakeLists.txt')).toContain(`NAPI_VERSION=${manifest.binary.napi_versions[0]}`);
});

test('the lock file names no registry', () => {
  const lock = JSON.parse(read('package-lock.json'));
  const packages = Object.values<{ resolved?: string }>(lock.packages);
  expect(packages.filter((entry) => entry.resolved?.startsWith('http'))).toEqual([]);
});
