/** `npm run bench`: see bench/README.md. */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Child } from './child';
import { LAYERS } from './layers';
import { printTable, type Row, type Spread, spread } from './stats';

const ROOT = path.join(__dirname, '..');
const KINDS = ['import', 'call', 'mlp', 'cnn', 'layers', 'resnet', 'mm', 'memory'];

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: process.env.NABLA_BENCH_PYTHON },
    only: { type: 'string', default: KINDS.join(',') },
    reps: { type: 'string', default: '9' },
    case: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const reps = Number(options.reps);
const kinds = options.only.split(',');
const unknown = kinds.filter((kind) => !KINDS.includes(kind));
if (unknown.length > 0 || !(reps >= 1)) {
  console.error(`bench: --only takes ${KINDS.join(', ')} and --reps a number from 1 up; got ${options.only}, ${options.reps}`);
  process.exit(1);
}
if (!fs.existsSync(path.join(ROOT, 'dist', 'index.js'))) {
  console.error('bench: dist/ is missing; run `npm run build` first');
  process.exit(1);
}

interface Sides { nabla: Child; torch: Child | null; peak: Child | null }
type Timed = { us: number };
const TSX = ['--import', 'tsx'];
const results: Record<string, Row[]> = {};
let refused = false;

function report(title: string, rows: Row[]): void {
  results[title] = rows;
  printTable(title, rows);
}

/** The helper that measures the fma peak; null where no compiler is found. */
function startPeak(isa: string): Child | null {
  const binary = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'nabla-bench-')), 'peak');
  const built = spawnSync(process.env.CXX ?? 'c++', ['-O2', '-o', binary, path.join(__dirname, 'peak.cpp')]);
  return built.status === 0 ? new Child('peak', binary, [isa]) : null;
}

/** Repetitions of both sides in turn: times of each, and PyTorch's time over nabla's in each repetition. */
interface BenchRequest {
  task: string;
  [key: string]: unknown;
}

/** Times `request` on both sides in turn; `prepare` is asked before each repetition and not timed. */
async function interleave(sides: Sides, request: BenchRequest, count = reps, prepare: BenchRequest | null = null):
  Promise<{ nabla: Spread; torch: Spread | null; ratio: Spread | null }> {
  const nabla: number[] = [];
  const torch: number[] = [];
  for (let k = 0; k < count; k++) {
    if (prepare) await sides.nabla.ask(prepare);
    nabla.push((await sides.nabla.ask<Timed>(request)).us);
    if (prepare && sides.torch) await sides.torch.ask(prepare);
    if (sides.torch) torch.push((await sides.torch.ask<Timed>(request)).us);
  }
  if (!sides.torch) return { nabla: spread(nabla), torch: null, ratio: null };
  return { nabla: spread(nabla), torch: spread(torch), ratio: spread(nabla.map((us, k) => torch[k] / us)) };
}

function goal(ratio: Spread | null, least: number): Pick<Row, 'goal' | 'met'> {
  return ratio ? { goal: `>= ${least}x`, met: ratio.median >= least } : { goal: `>= ${least}x` };
}

interface TrainingCase {
  net: string;
  optimizer: 'sgd' | 'momentum' | 'adam';
  batch: number;
  /** PyTorch's time over nabla's. */
  least: number;
  /** How far the losses may be apart after the warm-up. */
  within: number;
  /** Steps a repetition, and before the first. */
  iterations: number;
  warmUp: number;
}

/** A training step of each case on both sides; a case whose losses part is refused. */
async function training(sides: Sides, title: string, cases: TrainingCase[]): Promise<void> {
  const rows: Row[] = [];
  for (const { net, optimizer, batch, least, within, iterations, warmUp } of cases) {
    const what = `${net} ${optimizer} batch ${batch}`;
    const request = { threads: 1, net, batch, optimizer };
    const warm = { task: 'train.prepare', iterations: warmUp, ...request };
    const mine = await sides.nabla.ask<{ loss: number }>(warm);
    const theirs = sides.torch ? await sides.torch.ask<{ loss: number }>(warm) : mine;
    if (!(Math.abs(mine.loss - theirs.loss) <= within * Math.abs(theirs.loss))) {
      refused = true;
      rows.push({ what, values: { us: null, torch: null, ratio: `refused: loss ${mine.loss}, PyTorch ${theirs.loss}` } });
      continue;
    }
    // A new net each time: one that has learned its only batch by heart computes with denormal numbers.
    const { nabla, torch, ratio } = await interleave(sides, { task: 'train', ...request, iterations }, reps, warm);
    rows.push({ what, values: { us: nabla, torch, ratio }, ...goal(ratio, least) });
  }
  report(`${title}, 1 thread (us)`, rows);
}

// Adam divides by small second moments: its float32 losses part sooner.
const mlp = (sides: Sides): Promise<void> => training(sides, 'training step of the MLP 784-128-64-10',
  ([['sgd', 1, 5], ['sgd', 4, 4], ['sgd', 64, 1.9], ['sgd', 256, 1.35], ['adam', 64, 2.2]] as const).map(([optimizer, batch, least]) => ({
    net: 'mlp', optimizer, batch, least, within: optimizer === 'adam' ? 5e-3 : 1e-4,
    iterations: Math.max(40, Math.round(60000 / (60 + 4 * batch))), warmUp: 50,
  })));

async function cnn(sides: Sides): Promise<void> {
  await training(sides, 'training step of the CNN', ([[1, 7], [4, 4.5], [64, 2.2], [256, 2]] as const).map(([batch, least]) => ({
    net: 'cnn', optimizer: 'momentum', batch, least, within: 1e-4, iterations: Math.max(5, Math.round(60000 / (100 + 70 * batch))), warmUp: 20,
  })));
  if (os.availableParallelism() < 2) return;
  const gain: number[] = [];
  const request = { net: 'cnn', optimizer: 'momentum', batch: 64, iterations: 20 };
  await sides.nabla.ask({ task: 'train.prepare', threads: 1, ...request });
  for (let k = 0; k < reps; k++) {
    const one = await sides.nabla.ask<Timed>({ task: 'train', threads: 1, ...request });
    const two = await sides.nabla.ask<Timed>({ task: 'train', threads: 2, ...request });
    gain.push(one.us / two.us);
  }
  const s = spread(gain);
  report('training step of the CNN, 2 threads', [
    { what: 'cnn momentum batch 64', values: { '1 thread / 2 threads': s }, goal: '>= 1.6x', met: s.median >= 1.6 },
  ]);
}

const resnet = (sides: Sides): Promise<void> => training(sides, 'training step of ResNet-18 on 3x32x32', ([[64, 8, 1.2], [16, 32, 1.3]] as const).map(
  ([width, batch, least]) => ({ net: `resnet18-${width}`, optimizer: 'momentum', batch, least, within: 2e-3, iterations: 1, warmUp: 2 })));

/** Layers by themselves: checked by the sums of squares of their results or gradients, then timed. */
async function layers(sides: Sides): Promise<void> {
  const rows: Row[] = [];
  for (const { what, least, ...request } of LAYERS.filter((layer) => layer.what.includes(options.case))) {
    const prepare = { task: 'layer.prepare', threads: 1, ...request };
    const mine = await sides.nabla.ask<{ checks: number[] }>(prepare);
    const theirs = sides.torch ? await sides.torch.ask<{ checks: number[] }>(prepare) : mine;
    if (!mine.checks.every((x, k) => Math.abs(x - theirs.checks[k]) <= 1e-4 * Math.abs(theirs.checks[k]))) {
      refused = true;
      rows.push({ what, values: { ratio: `refused: ${mine.checks.join()}, PyTorch ${theirs.checks.join()}` } });
      continue;
    }
    const { us } = await sides.nabla.ask<Timed>({ task: 'layer', threads: 1, iterations: 3 });
    const iterations = Math.max(2, Math.round(20000 / us));
    const { nabla, torch, ratio } = await interleave(sides, { task: 'layer', threads: 1, iterations });
    rows.push({ what, values: { us: nabla, torch, ratio }, ...goal(ratio, least) });
  }
  report('layers, 1 thread (us)', rows);
}

async function mm(sides: Sides): Promise<void> {
  const rows: Row[] = [];
  const scaling: Row[] = [];
  for (const n of [128, 256, 512, 1024, 2048]) {
    const flops = 2 * n ** 3;
    const iterations = Math.max(1, Math.round(1.5e9 / flops));
    const count = n === 2048 ? Math.min(reps, 5) : reps;
    for (const layout of ['NN', 'NT', 'TN', 'TT']) {
      const request = { threads: 1, n, layout, iterations };
      const mine = await sides.nabla.ask<{ check: number }>({ task: 'mm.prepare', ...request });
      const theirs = sides.torch ? await sides.torch.ask<{ check: number }>({ task: 'mm.prepare', ...request }) : mine;
      if (!(Math.abs(mine.check - theirs.check) <= 1e-5 * Math.abs(theirs.check))) {
        refused = true;
        rows.push({ what: `${n} ${layout}`, values: { ratio: `refused: sum ${mine.check}, PyTorch ${theirs.check}` } });
        continue;
      }
      const peaks: number[] = [];
      const shares: number[] = [];
      const ratios: number[] = [];
      const speeds: number[] = [];
      for (let k = 0; k < count; k++) {
        const { us } = await sides.nabla.ask<Timed>({ task: 'mm', ...request });
        const speed = flops / us / 1e3;
        speeds.push(speed);
        if (sides.peak) {
          peaks.push(Number(await sides.peak.line('go')));
          shares.push((100 * speed) / peaks[k]);
        }
        if (sides.torch) ratios.push((await sides.torch.ask<Timed>({ task: 'mm', ...request })).us / us);
      }
      const share = shares.length > 0 ? spread(shares) : null;
      const ratio = ratios.length > 0 ? spread(ratios) : null;
      const met = (n < 256 || !share || share.median >= 85) && (!ratio || ratio.median >= 1);
      rows.push({
        what: `${n} ${layout}`,
        values: { 'GFLOP/s': spread(speeds), 'peak %': share, 'PyTorch/nabla': ratio },
        goal: n < 256 ? '>= 1x' : '>= 85 %, >= 1x',
        ...(share || ratio ? { met } : {}),
      });
    }
    if (n < 512 || os.availableParallelism() < 2) continue;
    await sides.nabla.ask({ task: 'mm.prepare', threads: 2, n, layout: 'NN' });
    const gain: number[] = [];
    for (let k = 0; k < count; k++) {
      const one = await sides.nabla.ask<Timed>({ task: 'mm', threads: 1, n, iterations });
      const two = await sides.nabla.ask<Timed>({ task: 'mm', threads: 2, n, iterations });
      gain.push(one.us / two.us);
    }
    const s = spread(gain);
    scaling.push({ what: `${n} NN`, values: { '1 thread / 2 threads': s }, goal: '>= 1.7x', met: s.median >= 1.7 });
  }
  report('float32 matrix product, 1 thread', rows);
  report('float32 matrix product, 2 threads', scaling);
}

async function call(sides: Sides): Promise<void> {
  const request = { task: 'add', threads: 1, iterations: 1000000 };
  await sides.nabla.ask({ ...request, task: 'add.prepare', iterations: 100000 });
  if (sides.torch) await sides.torch.ask({ ...request, task: 'add.prepare', iterations: 100000 });
  const { nabla, torch, ratio } = await interleave(sides, request, Math.min(reps, 5));
  report('a.add(b) on 8 floats, a million calls (us a call)', [
    { what: 'add', values: { us: nabla, torch, ratio }, goal: '<= 1.0 us', met: nabla.median <= 1 },
  ]);
}

/** Peak memory of training steps above that of the process before, both sides in fresh processes. */
async function peakOfStep(): Promise<Row> {
  const request = { threads: 1, net: 'resnet18-64', batch: 8, optimizer: 'momentum' };
  const peak = async (child: Child): Promise<number> => {
    try {
      const { rss } = await child.ask<{ rss: number }>({ task: 'memory', threads: 1 });
      await child.ask({ task: 'train.prepare', iterations: 4, ...request });
      return (await child.ask<{ peak: number }>({ task: 'memory', threads: 1 })).peak - rss;
    } finally {
      child.close();
    }
  };
  const nabla = await peak(startNabla());
  const child = newTorch();
  const torch = child ? await peak(child) : null;
  const ratio = torch === null ? null : nabla / torch;
  return { what: 'ResNet-18, 64 channels, batch 8: step', values: { nabla, torch, 'nabla/PyTorch': ratio }, goal: '<= 1.2x', ...(ratio === null ? {} : { met: ratio <= 1.2 }) };
}

async function memory(): Promise<void> {
  const run = (loop: string, iterations: number): { grownMB: number; us?: number } =>
    JSON.parse(execFileSync(process.execPath, [...TSX, path.join(__dirname, 'nabla', 'memory.ts'), loop, String(iterations)],
      { cwd: ROOT, encoding: 'utf8' })) as { grownMB: number; us?: number };
  const [nOps, nMlp] = options.full ? [100000, 100000] : [5000, 11000];
  const ops = run('ops', nOps);
  const steps = run('mlp', nMlp);
  report('memory of plain synchronous loops (MiB)', [
    { what: `${nOps} x 20 ops on 256 KiB`, values: { 'peak above start': ops.grownMB, 'us an op': ops.us ?? null }, goal: '< 128', met: ops.grownMB < 128 },
    { what: `${nMlp} MLP steps, batch 64`, values: { 'growth after 1,000': steps.grownMB }, goal: '< 16', met: steps.grownMB < 16 },
  ]);
  report('peak memory (MiB)', [await peakOfStep()]);
}

/** What `require('nabla')` costs in a fresh process. */
function importCost(): void {
  const script = `const r = process.memoryUsage.rss(); const t = performance.now(); require('nabla');
    console.log(JSON.stringify([performance.now() - t, (process.memoryUsage.rss() - r) / 1048576]))`;
  const runs = Array.from({ length: reps + 2 }, () =>
    JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' })) as [number, number]);
  const ms = spread(runs.map((r) => r[0]));
  const rss = spread(runs.map((r) => r[1]));
  report("require('nabla')", [
    { what: 'time', values: { ms }, goal: '<= 50 ms', met: ms.median <= 50 },
    { what: 'memory', values: { MiB: rss }, goal: '<= 20 MB', met: rss.median <= 20 },
  ]);
}

const startNabla = (): Child => new Child('nabla', process.execPath, [...TSX, path.join(__dirname, 'nabla', 'worker.ts')]);

function newTorch(): Child | null {
  if (!options.python) return null;
  return new Child('PyTorch', options.python, ['-W', 'ignore', path.join(__dirname, 'pytorch', 'worker.py')], {
    OMP_PROC_BIND: 'true', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1',
  });
}

/** Starts PyTorch where a Python is given; a Python without it is an error, not a silent omission. */
async function startTorch(): Promise<Child | null> {
  const child = newTorch();
  if (!child) return null;
  const hello = await child.ask<{ version: string; isa: string }>({ task: 'hello', threads: 1 });
  console.log(`PyTorch: ${hello.version}, ${hello.isa}, threads bound`);
  return child;
}

async function main(): Promise<void> {
  const cpus = os.cpus();
  console.log(`machine: ${cpus[0].model.trim()}, ${cpus.length} CPUs, ${os.platform()} ${os.arch()}, load ${os.loadavg()[0].toFixed(1)}`);
  const nabla = startNabla();
  const hello = await nabla.ask<{ version: string; isa: string }>({ task: 'hello', threads: 1 });
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  console.log(`nabla: ${version}, ${hello.version}, ${hello.isa}`);
  const torch = await startTorch();
  if (!torch) console.log('PyTorch: not measured (give --python PATH or NABLA_BENCH_PYTHON)');
  const sides: Sides = { nabla, torch, peak: kinds.includes('mm') ? startPeak(hello.isa) : null };
  try {
    if (kinds.includes('import')) importCost();
    if (kinds.includes('call')) await call(sides);
    if (kinds.includes('mlp')) await mlp(sides);
    if (kinds.includes('cnn')) await cnn(sides);
    if (kinds.includes('layers')) await layers(sides);
    if (kinds.includes('resnet')) await resnet(sides);
    if (kinds.includes('mm')) await mm(sides);
    if (kinds.includes('memory')) await memory();
  } finally {
    nabla.close();
    torch?.close();
    sides.peak?.close();
  }
  if (options.json) fs.writeFileSync(options.json, `${JSON.stringify({ cpu: cpus[0].model, isa: hello.isa, results }, null, 1)}\n`);
  if (refused) {
    console.error('\nbench: refused where the results differ from PyTorch: no timing counts there');
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
