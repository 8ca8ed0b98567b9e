// What scripts/generate-ops.js writes is committed; it has to match the op list.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import * as ops from '../lib/ops.generated';

const root = path.join(__dirname, '..');

test('the generated files are up to date', () => {
  const script = path.join(root, 'scripts', 'generate-ops.js');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('every generated function is a function with its name', () => {
  for (const [name, fn] of Object.entries(ops)) {
    expect(typeof fn).toBe('function');
    expect((fn as { name: string }).name).toBe(name);
  }
});
