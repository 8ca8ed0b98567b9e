// Several environments in one process: each has its own table, generator and modes.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as torch from 'nabla';

const root = path.join(__dirname, '..');

function start(body: string): Worker {
  const code = `require('tsx/cjs');
    const { parentPort } = require('node:worker_threads');
    const torch = require(${JSON.stringify(path.join(root, 'lib', 'index.ts'))}); ${body}`;
  return new Worker(code, { eval: true });
}

function answer(body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = start(body);
    let value: unknown;
    worker.on('message', (v) => (value = v));
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve(value) : reject(new Error(`exit ${code}`))));
  });
}

const TRAIN = `
  torch.manualSeed(7);
  const w = torch.randn(64, 64, { requiresGrad: true });
  const x = torch.randn(64, 64);
  let last = 0;
  for (let i = 0; i < 50; ++i) {
    const loss = x.matmul(w).sub(1).pow(2).mean();
    loss.backward();
    torch.noGrad(() => { w.sub_(w.grad.mul(0.1)); });
    w.grad = null;
    last = loss.item();
  }
  parentPort.postMessage(last);`;

test('workers train at the same time and get the same numbers', async () => {
  const results = await Promise.all([answer(TRAIN), answer(TRAIN), answer(TRAIN)]);
  expect(results[0]).toBeGreaterThan(0);
  expect(new Set(results).size).toBe(1);
}, 60000);

test('modes and generators are of one thread', async () => {
  torch.manualSeed(1);
  const here = torch.rand(1).item();
  torch.manualSeed(1);
  torch.setGradEnabled(false);
  try {
    const there = await answer(`torch.rand(5); parentPort.postMessage([torch.isGradEnabled(), torch.initialSeed()])`);
    expect(there).toEqual([true, 67280421310721n]);
    expect(torch.rand(1).item()).toBe(here);
  } finally {
    torch.setGradEnabled(true);
  }
}, 60000);

test('tensors do not travel, shared memory does', async () => {
  expect(() => structuredClone(torch.zeros(2))).toThrow();
  const shared = new Float32Array(new SharedArrayBuffer(16));
  const worker = start(`parentPort.once('message', (a) => {
    torch.fromTypedArray(a).add_(2); parentPort.postMessage('done'); });`);
  worker.postMessage(shared);
  await new Promise((resolve) => worker.once('message', resolve));
  expect(Array.from(shared)).toEqual([2, 2, 2, 2]);
  await worker.terminate();
}, 60000);

test('a worker that ends, or is ended in the middle, leaves no memory behind', () => {
  const script = `
    const { Worker } = require('node:worker_threads');
    require('tsx/cjs');
    const torch = require('./lib/index.ts');
    const body = (n) => "require('tsx/cjs'); const torch = require('${path.join(root, 'lib', 'index.ts').replace(/\\/g, '/')}');" +
      "const keep = []; for (let i = 0; i < " + n + "; ++i) { const t = torch.ones(16384); t.requiresGrad = true; const y = t.mul(2); y.registerHook(() => y); if (i % 10 === 0 && keep.length < 200) keep.push(y); }";
    let open = 3;
    const done = () => { if (--open === 0) { torch.emptyCache(); console.log(torch.memoryStats().allocatedBytes); } };
    for (const n of [1000, 1000, 1e9]) {
      const w = new Worker(body(n), { eval: true });
      w.on('error', (e) => { console.error(e); process.exit(1); });
      w.on('exit', done);
      if (n > 1e6) setTimeout(() => w.terminate(), 2500);
    }`;
  const child = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  expect(child.stderr).toBe('');
  expect(Number(child.stdout)).toBe(0);
}, 120000);

test('the process may exit while workers compute', () => {
  const script = `
    const { Worker } = require('node:worker_threads');
    const body = "require('tsx/cjs'); const torch = require('${path.join(root, 'lib', 'index.ts').replace(/\\/g, '/')}'); const a = torch.ones(300, 300); require('node:worker_threads').parentPort.postMessage(1); for (;;) a.matmul(a);";
    let ready = 0;
    for (let i = 0; i < 3; ++i) new Worker(body, { eval: true }).on('message', () => { if (++ready === 3) setTimeout(() => process.exit(7), 100); });`;
  const child = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  expect(child.signal).toBeNull();
  expect(child.status).toBe(7);
}, 60000);
