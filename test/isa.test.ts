/** NABLA_ISA caps the instruction set; the op suites run under each cap in .ci/run. */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');

function load(isa: string | undefined): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env };
  delete env.NABLA_ISA;
  if (isa !== undefined) env.NABLA_ISA = isa;
  const script = "const t = require('./lib/index.ts'); console.log(t.config.isa(), t.tensor([1, 2]).exp().sum().item())";
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], { cwd: ROOT, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('a cap is obeyed, and a machine without it falls back to what it has', () => {
  const best = load(undefined);
  expect(best.status).toBe(0);
  const baseline = load('baseline');
  expect(baseline.status).toBe(0);
  expect(baseline.stdout.split(' ')[0]).toBe('baseline');
  expect(Number(baseline.stdout.split(' ')[1])).toBeCloseTo(Number(best.stdout.split(' ')[1]), 4);
  for (const isa of ['avx2', 'avx512', 'neon']) expect(load(isa).status).toBe(0);
});

test('an unknown name is an error that lists the known ones', () => {
  const { status, stderr } = load('sse9');
  expect(status).not.toBe(0);
  for (const word of ['sse9', 'baseline', 'avx2', 'avx512', 'neon']) expect(stderr).toContain(word);
});
