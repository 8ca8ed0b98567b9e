// Memory of tensors that JavaScript drops, in plain synchronous loops.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import * as torch from 'nabla';

const root = path.join(__dirname, '..');

/** Runs a script against lib/ in a process of its own and returns what it prints as JSON. */
function run(body: string): Record<string, number> {
  const script = `require('tsx/cjs'); const torch = require('./lib/index.ts'); const MB = 1 << 20; ${body}`;
  const child = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Record<string, number>;
}

const LOOP = `
  const start = process.memoryUsage.rss();
  let peak = 0;
  const x = torch.ones(65536);
  for (let i = 0; i < 2000; ++i) {
    let y = x;
    for (let k = 0; k < 20; ++k) y = y.neg();
    if (i % 20 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }`;

test('20 ops on 256 KiB tensors in a loop stay below start + 128 MiB', () => {
  const r = run(`${LOOP} console.log(JSON.stringify({ grown: (peak - start) / MB, ...torch.memoryStats() }))`);
  expect(r.grown).toBeLessThan(128);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(80);
  expect(r.majorCollections).toBe(0);
});

test('a graph that is built and dropped without backward is freed too', () => {
  const r = run(`
    const w = torch.ones(65536, { requiresGrad: true });
    for (let i = 0; i < 500; ++i) { let y = w; for (let k = 0; k < 20; ++k) y = y.mul(w); }
    console.log(JSON.stringify(torch.memoryStats()))`);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(160);
});

test('without a collector, garbage makes V8 collect', () => {
  const r = run(`require('./lib/memory.ts').disableGc(); ${LOOP.replace('2000', '300')}
    console.log(JSON.stringify(torch.memoryStats()))`);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(300);
});

test('what lives in a long queue is collected once it falls out', () => {
  const r = run(`
    const ring = new Array(500);
    for (let i = 0; i < 20000; ++i) ring[i % 500] = torch.zeros(16384);
    console.log(JSON.stringify(torch.memoryStats()))`);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(200);
});

test('small tensors: the table of wrappers stays short', () => {
  let t = torch.zeros(8);
  for (let i = 0; i < 50000; ++i) t = t.add(1);
  expect(t.item === undefined).toBe(false);
  expect(torch.memoryStats().tensors).toBeLessThan(40000);
});

test('a hook that mentions its own tensor is no leak', () => {
  const r = run(`
    const p = torch.ones(65536, { requiresGrad: true });
    let calls = 0;
    for (let i = 0; i < 1000; ++i) {
      const y = p.mul(2);
      y.registerHook(() => { calls += y.numel() > 0 ? 1 : 0; });
      if (i % 100 === 0) y.sum().backward();
    }
    console.log(JSON.stringify({ calls, ...torch.memoryStats() }))`);
  expect(r.calls).toBe(10);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(160);
});

test('a hook on a view of a parameter is no leak either', () => {
  const r = run(`
    const p = torch.ones(256, 256, { requiresGrad: true });
    for (let i = 0; i < 1000; ++i) {
      const y = p.T.mul(2);
      y.registerHook(() => { y.numel(); });
    }
    console.log(JSON.stringify(torch.memoryStats()))`);
  expect(r.peakBytes / 2 ** 20).toBeLessThan(160);
});

test('a hook is found through the base of a view that was written to', () => {
  const r = run(`
    const memory = require('./lib/memory.ts');
    const p = torch.ones(4, { requiresGrad: true });
    let calls = 0;
    const base = torch.zeros(2, 4);
    (() => { const y = p.mul(2); y.registerHook(() => { ++calls; }); base.select(0, 1).copy_(y); })();
    for (let i = 0; i < 3; ++i) torch.emptyCache();
    base.sum().backward();
    console.log(JSON.stringify({ calls, grad: p.grad.sum().item() }))`);
  expect(r).toEqual({ calls: 1, grad: 8 });
});

test('a hook of an intermediate is called although its wrapper is gone', () => {
  const r = run(`
    const memory = require('./lib/memory.ts');
    const p = torch.ones(4, { requiresGrad: true });
    let calls = 0;
    function build() { const y = p.mul(2); y.registerHook(() => { ++calls; }); return y.mul(3); }
    const z = build();
    for (let i = 0; i < 3; ++i) { memory.collectGarbage(true); torch.emptyCache(); }
    z.sum().backward();
    console.log(JSON.stringify({ calls }))`);
  expect(r.calls).toBe(1);
});

test('tidy and dispose free at once', () => {
  const before = torch.memoryStats().allocatedBytes;
  const kept = torch.tidy(() => {
    const a = torch.zeros(100000);
    const b = a.add(1);
    return { b };
  });
  expect(kept.b.sum().item()).toBe(100000);
  expect(torch.memoryStats().allocatedBytes - before).toBeLessThan(700000);
  kept.b.dispose();
  expect(() => kept.b.numel()).toThrow(/disposed/);
  kept.b.dispose();
  expect(() => torch.tidy(async () => undefined)).toThrow(/asynchronous/);
  expect(() => torch.tidy(() => { torch.zeros(2); throw new Error('mine'); })).toThrow('mine');
  const outer = torch.tidy(() => torch.tidy(() => torch.ones(2)));
  expect(outer.tolist()).toEqual([1, 1]);
});

test('Symbol.dispose', () => {
  const t = torch.zeros(2);
  t[Symbol.dispose]();
  expect(() => t.shape).toThrow(/disposed/);
});

test('views keep their memory after the base is disposed', () => {
  const base = torch.arange(6);
  const view = base.view(2, 3);
  base.dispose();
  expect(view.tolist()).toEqual([[0, 1, 2], [3, 4, 5]]);
});
