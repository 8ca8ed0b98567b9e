import fs = require('node:fs');
import path = require('node:path');

// The import rules of docs/architecture.md: which layer may know which.

const root = path.join(__dirname, '..');

function filesBelow(folder: string, pattern: RegExp): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((name) => pattern.test(name))
    .sort();
}

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

/** The headers that a C++ file includes: quoted ones relative to cpp/, others as `<name>`. */
function includesOf(file: string): string[] {
  return [...read(file).matchAll(/^[ \t]*#[ \t]*include[ \t]+(?:"([^"]+)"|(<[^>]+>))/gm)].map(([, quoted, system]) => {
    if (system !== undefined) return system;
    const beside = path.posix.join(path.posix.dirname(file), quoted);
    return fs.existsSync(path.join(root, beside)) ? path.posix.relative('cpp', beside) : quoted;
  });
}

/** What a TypeScript file imports, relative names as paths from the root, without extension. */
function importsOf(file: string): string[] {
  const names = [...read(file).matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
  return names.map((name) => (name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name));
}

function offences(files: string[], of: (file: string) => string[], allowed: (name: string, file: string) => boolean) {
  expect(files.length).toBeGreaterThan(0);
  return files.flatMap((file) =>
    of(file)
      .filter((name) => !allowed(name, file))
      .map((name) => `${file} includes ${name}`),
  );
}

const cppFiles = filesBelow('cpp', /\.(h|cpp|inc)$/);

describe('C++ layers', () => {
  test('kernels see pointers only: their own tables, intrinsics and the plainest headers', () => {
    const kernels = cppFiles.filter((file) => /^cpp\/kernels\/(cpu|tables)\//.test(file));
    const plain = /^<(cstdint|cstddef|cmath|cstring|limits|math\.h|immintrin\.h|arm_neon\.h)>$/;
    expect(offences(kernels, includesOf, (name) => plain.test(name) || /^kernels\/(cpu|tables)\//.test(name))).toEqual([]);
  });

  test('core knows no other layer', () => {
    const core = cppFiles.filter((file) => file.startsWith('cpp/core/'));
    expect(offences(core, includesOf, (name) => name.startsWith('<') || name.startsWith('core/'))).toEqual([]);
  });

  test('parallel knows core at most', () => {
    const parallel = cppFiles.filter((file) => file.startsWith('cpp/parallel/'));
    expect(offences(parallel, includesOf, (name) => /^(<|parallel\/|core\/)/.test(name))).toEqual([]);
  });

  test('autograd knows no op', () => {
    const autograd = cppFiles.filter((file) => file.startsWith('cpp/autograd/'));
    expect(offences(autograd, includesOf, (name) => /^(<|autograd\/|core\/)/.test(name))).toEqual([]);
  });

  test('ops reach kernels through the tables', () => {
    const ops = cppFiles.filter((file) => file.startsWith('cpp/ops/'));
    const allowed = /^(<|ops\/|autograd\/|core\/|parallel\/|kernels\/tables(\.h$|\/)|kernels\/[a-z_]+\.h$)/;
    expect(offences(ops, includesOf, (name) => allowed.test(name))).toEqual([]);
  });

  test('nothing under cpp/ knows Node', () => {
    const node = /napi|node_api|^<(node|v8|uv)\.h>$|binding\//;
    expect(offences(cppFiles, includesOf, (name) => !node.test(name))).toEqual([]);
  });

  test('the binding sees the core through api.h alone and stays small', () => {
    const binding = filesBelow('binding', /\.(h|cpp)$/);
    const own = new Set(binding.map((file) => path.posix.basename(file)));
    const allowed = (name: string) => name.startsWith('<') || name === 'api.h' || own.has(path.posix.basename(name));
    expect(offences(binding, includesOf, allowed)).toEqual([]);
    const lines = binding.reduce((sum, file) => sum + read(file).trimEnd().split('\n').length, 0);
    expect(lines).toBeLessThan(1500);
  });

  test('no source file is longer than 800 lines', () => {
    const written = [...cppFiles, ...filesBelow('binding', /\.(h|cpp)$/), ...filesBelow('lib', /\.ts$/)];
    const long = written
      .filter((file) => !file.endsWith('.generated.ts'))
      .filter((file) => read(file).trimEnd().split('\n').length > 800);
    expect(long).toEqual([]);
  });
});

describe('TypeScript layers', () => {
  test('nn, optim, data and vision build on the public API, never on the addon', () => {
    const files = ['nn', 'optim', 'data', 'vision'].flatMap((folder) => filesBelow(`lib/${folder}`, /\.ts$/));
    expect(offences(files, importsOf, (name) => !/^lib\/native$|\.node$|node-gyp-build/.test(name))).toEqual([]);
  });

  test('the addon is loaded in one place', () => {
    const others = filesBelow('lib', /\.ts$/).filter((file) => file !== 'lib/native.ts');
    expect(offences(others, importsOf, (name) => name !== 'node-gyp-build')).toEqual([]);
  });

  test('examples and benchmarks use the package by its name', () => {
    const files = ['examples', 'bench'].flatMap((folder) => filesBelow(folder, /\.ts$/));
    expect(offences(files, importsOf, (name) => !/^(lib|dist)\//.test(name))).toEqual([]);
  });
});
