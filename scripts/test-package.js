'use strict';
// Packs the package as it stands (run `npm run prebuildify` first) and uses the tarball as its users do: in empty
// projects, without a compiler, from CommonJS, ESM and TypeScript. Ends with "N passed, N failed".
// --quick leaves out the build from source.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-package-'));
const fixtures = path.join(root, 'test', 'package');
let passed = 0;
let failed = 0;

function test(name, body) {
  try {
    body();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.message}`);
  }
}

function run(command, args, cwd, env = process.env) {
  const result = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return result.stdout;
}

function expect(condition, message) {
  if (!condition) throw new Error(message);
}

/** The environment of a machine without compiler and CMake: only node, npm and a shell are on the PATH. */
function withoutCompiler() {
  const bin = path.join(work, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  for (const tool of ['node', 'npm', 'sh', 'env', 'tar', 'uname', 'dirname', 'sed', 'ls', 'mkdir']) {
    const found = spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim();
    if (path.isAbsolute(found) && !fs.existsSync(path.join(bin, tool))) fs.symlinkSync(found, path.join(bin, tool));
  }
  const env = { ...process.env, PATH: bin };
  // Set by an npm script that runs us; the new project must look like one of its own.
  for (const key of Object.keys(env)) if (/^npm_|^INIT_CWD$|^NODE_OPTIONS$/.test(key)) delete env[key];
  return env;
}

function project(name, type) {
  const folder = path.join(work, name);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, private: true, type }));
  return folder;
}

function copy(fixture, folder, name = fixture) {
  fs.copyFileSync(path.join(fixtures, fixture), path.join(folder, name));
}

const env = withoutCompiler();
const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], root));
const tarball = path.join(work, packed.filename);
console.log(`${packed.filename}: ${packed.files.length} files, ${packed.size} bytes, ${packed.unpackedSize} unpacked`);

test('the tarball holds what it needs and nothing else', () => {
  const files = packed.files.map((file) => file.path);
  for (const needed of ['LICENSE', 'README.md', 'CMakeLists.txt', 'dist/index.js', 'dist/index.d.ts', 'cpp/api.h',
    'binding/addon.cpp', 'scripts/install.js', 'scripts/build-native.js']) {
    expect(files.includes(needed), `${needed} is missing`);
  }
  expect(files.some((file) => /^prebuilds\/.*\.node$/.test(file)), 'no prebuilt addon: run npm run prebuildify');
  const allowed = /^(dist|lib|binding|cpp|prebuilds|docs)\/|^scripts\/(install|build-native)\.js$|^bench\/README\.md$|^[^/]*$/;
  const strange = files.filter((file) => !allowed.test(file) || /\.(tsbuildinfo|o|log|tgz)$|(^|\/)\./.test(file));
  expect(strange.length === 0, `unexpected: ${strange.join(', ')}`);
});

const user = project('user', 'commonjs');
test('installs without a compiler', () => {
  run('npm', ['install', '--no-audit', '--no-fund', tarball], user, env);
  expect(!fs.existsSync(path.join(user, 'node_modules', 'nabla', 'build')), 'it was built from source');
});

let losses;
test('require', () => {
  copy('train.cjs', user);
  losses = run('node', ['train.cjs'], user, env);
});
test('import, with one class identity', () => {
  copy('train.mjs', user);
  expect(run('node', ['train.mjs'], user, env) === losses, 'the losses differ from those after require');
});

// TypeScript: the same source as CommonJS and as ESM, types checked to the last one of ours, no node types present.
const typescript = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
for (const [type, resolution] of [['commonjs', 'node16'], ['module', 'node16'], ['module', 'bundler'], ['commonjs', 'bundler']]) {
  test(`TypeScript, ${type}, moduleResolution ${resolution}`, () => {
    const folder = project(`ts-${type}-${resolution}`, type);
    copy('train.ts', folder);
    fs.symlinkSync(path.join(user, 'node_modules'), path.join(folder, 'node_modules'));
    const module = resolution === 'node16' ? 'node16' : type === 'module' ? 'es2022' : 'preserve';
    const compilerOptions = {
      strict: true, skipLibCheck: false, target: 'es2022', lib: ['es2022', 'dom'], types: [], outDir: 'out',
      rootDir: '.', module, moduleResolution: resolution,
    };
    fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['train.ts'] }));
    run('node', [typescript, '-p', '.'], folder);
    if (module === 'preserve') return; // meant for a bundler, not for node
    expect(run('node', ['out/train.js'], folder, env) === losses, 'the losses differ from those after require');
  });
}

test('install scripts not run: the prebuilt addon still loads', () => {
  const folder = project('no-scripts', 'commonjs');
  copy('train.cjs', folder);
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], folder, env);
  expect(run('node', ['train.cjs'], folder, env) === losses, 'the losses differ');
});

test('no binary and no compiler: the installation succeeds and require says what to do', () => {
  const folder = project('no-binary', 'commonjs');
  copy('train.cjs', folder);
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], folder, env);
  fs.rmSync(path.join(folder, 'node_modules', 'nabla', 'prebuilds'), { recursive: true });
  const rebuilt = spawnSync('npm', ['rebuild', '--foreground-scripts', 'nabla'], { cwd: folder, env, encoding: 'utf8' });
  expect(rebuilt.status === 0, `the install script failed the installation: ${rebuilt.stderr}`);
  expect(/CMake >= 3\.22/.test(rebuilt.stderr), `no hint what to install: ${rebuilt.stderr}`);
  const loaded = spawnSync('node', ['train.cjs'], { cwd: folder, env, encoding: 'utf8' });
  expect(loaded.status !== 0 && /ERR_NABLA_NATIVE/.test(loaded.stderr) && /npm rebuild nabla/.test(loaded.stderr),
    `unclear: ${loaded.stderr}`);
});

const quick = process.argv.includes('--quick');
if (!quick) test('no binary but a compiler: npm install builds from source', () => {
  const folder = project('from-source', 'commonjs');
  copy('train.cjs', folder);
  const clean = { ...env, PATH: process.env.PATH };
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', tarball], folder, clean);
  fs.rmSync(path.join(folder, 'node_modules', 'nabla', 'prebuilds'), { recursive: true });
  run('npm', ['rebuild', 'nabla'], folder, clean);
  expect(run('node', ['train.cjs'], folder, env) === losses, 'the losses differ');
});

fs.rmSync(work, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
