/** One op list: what C++ lists, what the library exports and what the table tests are the same names. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as torch from 'nabla';
import { families } from './op_db/table';
import type { Form } from './op_db/types';

const ROOT = path.join(__dirname, '..');
const FORMS: Record<string, Form> = { FN: 'torch', METHOD: 'Tensor', NNF: 'F' };

/** Name and forms of every public row of cpp/ops/lists. */
function listed(): Map<string, Set<Form>> {
  const out = new Map<string, Set<Form>>();
  const folder = path.join(ROOT, 'cpp', 'ops', 'lists');
  for (const file of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8').replace(/\/\/.*$/gm, '');
    for (const [, name, flags] of text.matchAll(/\bOP\(\s*\w+,\s*"([^":]+)[^"]*"[\s\S]*?\)\s*,\s*([A-Z][A-Z |\s]*)\)/g)) {
      for (const flag of flags.split('|').map((f) => f.trim())) {
        if (!(flag in FORMS)) continue;
        if (!out.has(name)) out.set(name, new Set());
        out.get(name)!.add(FORMS[flag]);
      }
    }
  }
  return out;
}

const spaces: Record<Form, object> = { torch, Tensor: torch.Tensor.prototype, F: torch.nn.functional };

/** Names whose rows would have nothing to compare: they are tested where they live. */
const ELSEWHERE = new Set<string>([]);

test('the list is read', () => {
  expect(listed().size).toBeGreaterThan(80);
});

test('every listed op is exported in its forms', () => {
  const missing: string[] = [];
  for (const [name, forms] of listed()) {
    for (const form of forms) if (!(name in spaces[form])) missing.push(`${form}.${name}`);
  }
  expect(missing).toEqual([]);
});

test('every listed op has rows in the table, in its forms', () => {
  const rows = new Map<string, Set<Form>>();
  const note = (name: string, forms: Form[]): void => {
    const known = rows.get(name) ?? new Set();
    forms.forEach((form) => known.add(form));
    rows.set(name, known);
  };
  for (const family of families) {
    for (const row of family.ops) {
      note(row.name, row.forms);
      if (row.inplace) note(`${row.name}_`, ['torch', 'Tensor', 'F']);
    }
  }
  const missing: string[] = [];
  for (const [name, forms] of listed()) {
    if (ELSEWHERE.has(name)) continue;
    for (const form of forms) if (!rows.get(name)?.has(form)) missing.push(`${form}.${name}`);
  }
  expect(missing).toEqual([]);
});

test('every row of the table names callables that exist', () => {
  const missing: string[] = [];
  for (const family of families) {
    for (const row of family.ops) {
      for (const form of row.forms) if (!(row.name in spaces[form])) missing.push(`${form}.${row.name}`);
      if (row.inplace && !(`${row.name}_` in spaces.Tensor)) missing.push(`Tensor.${row.name}_`);
    }
  }
  expect(missing).toEqual([]);
});

/** Finds `torch.nn.Module.train`: members of a class are looked for on its prototype and on an instance. */
function resolves(name: string): boolean {
  const parts = name.split('.').slice(1);
  let at: unknown = torch;
  for (const [k, part] of parts.entries()) {
    if (at === null || (typeof at !== 'object' && typeof at !== 'function')) return false;
    const key: string | symbol = part === '[Symbol' ? Symbol.iterator : part;
    if (key in (at as object)) {
      at = (at as Record<string | symbol, unknown>)[key];
    } else {
      const { prototype } = at as { prototype?: object };
      if (prototype && key in prototype) return true;
      const make = INSTANCES[parts.slice(0, k).join('.')];
      return make !== undefined && key in (make() as object);
    }
    if (part === '[Symbol') return true;
  }
  return at !== undefined;
}

const INSTANCES: Record<string, () => object> = {
  'nn.Module': () => new torch.nn.Flatten(),
  'nn.Sequential': () => new torch.nn.Sequential(),
  'nn.ModuleList': () => new torch.nn.ModuleList(),
  'optim.Optimizer': () => new torch.optim.SGD([torch.zeros([1]).requiresGrad_()], { lr: 0.1 }),
  Tensor: () => torch.zeros([1]),
};

test('the names of PyTorch that a training script needs', () => {
  const names = JSON.parse(fs.readFileSync(path.join(__dirname, 'golden', 'parity.json'), 'utf8')) as string[];
  expect(names.filter((name) => !resolves(name))).toEqual([]);
});
