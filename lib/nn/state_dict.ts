import { noGrad } from '../autograd/grad_mode';
import { Tensor } from '../tensor';
import type { Module } from './module';
import { Parameter } from './parameter';

/** Tensors by dotted name, in the order of the module's fields; an object without prototype. */
export type StateDict = Record<string, Tensor>;

/** What `loadStateDict` found to be missing or left over: by index or by name. */
export type IncompatibleKeys = [missingKeys: string[], unexpectedKeys: string[]] & {
  missingKeys: string[];
  unexpectedKeys: string[];
};

interface Report {
  missing: string[];
  unexpected: string[];
  errors: string[];
}

/** Copies `given` into `root` and everything below it; see `Module.loadStateDict`. */
export function loadStateDict(
  root: Module,
  given: unknown,
  strict: boolean,
  assign: boolean,
): IncompatibleKeys {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || given instanceof Tensor) {
    throw new TypeError(`loadStateDict: Expected state_dict to be dict-like, got ${typeof given}.`);
  }
  const entries = new Map<string, unknown>(given instanceof Map ? given : Object.entries(given));
  const report: Report = { missing: [], unexpected: [], errors: [] };
  noGrad(() => loadInto(root, entries, '', assign, report));
  const { missing, unexpected, errors } = report;
  if (strict) {
    if (unexpected.length > 0) {
      errors.unshift(`Unexpected key(s) in state_dict: ${quoted(unexpected)}. `);
    }
    if (missing.length > 0) errors.unshift(`Missing key(s) in state_dict: ${quoted(missing)}. `);
  }
  if (errors.length > 0) {
    throw new Error(
      `loadStateDict: Error(s) in loading state_dict for ${root._getName()}:\n\t${errors.join('\n\t')}`,
    );
  }
  return Object.assign([missing, unexpected] as [string[], string[]], {
    missingKeys: missing,
    unexpectedKeys: unexpected,
  });
}

function loadInto(
  module: Module,
  entries: ReadonlyMap<string, unknown>,
  prefix: string,
  assign: boolean,
  report: Report,
): void {
  const { parameters, buffers, modules } = module._members();
  const transient = module._transientBuffers();
  const local = new Set<string>();
  for (const [name, tensor] of [...parameters, ...buffers]) {
    if (!tensor || transient.has(name)) continue;
    local.add(name);
    const key = prefix + name;
    if (entries.has(key)) loadTensor(module, name, key, tensor, entries.get(key), assign, report);
    else if (!module._isOptional(name)) report.missing.push(key);
  }
  const children = new Set(modules.map(([name]) => name));
  for (const key of entries.keys()) {
    if (!key.startsWith(prefix)) continue;
    const rest = key.slice(prefix.length);
    const dot = rest.indexOf('.');
    const known = dot < 0 ? local.has(rest) : children.has(rest.slice(0, dot));
    if (!known) report.unexpected.push(key);
  }
  for (const [name, child] of modules) {
    if (!child) continue;
    const inner = prefix + name + '.';
    const below = new Map([...entries].filter(([key]) => key.startsWith(inner)));
    loadInto(child, below, inner, assign, report);
  }
}

function loadTensor(
  module: Module,
  name: string,
  key: string,
  own: Tensor,
  value: unknown,
  assign: boolean,
  report: Report,
): void {
  if (!(value instanceof Tensor)) {
    report.errors.push(
      `While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object ` +
        `from checkpoint but received ${value === null ? 'null' : typeof value}`,
    );
    return;
  }
  // Checkpoints from before 0-d tensors existed hold one element in one dimension.
  const given = own.dim() === 0 && value.dim() === 1 && value.size(0) === 1 ? value.get(0) : value;
  if (!sameShape(given.shape, own.shape)) {
    report.errors.push(
      `size mismatch for ${key}: copying a param with shape ${sizeText(given)} from checkpoint, ` +
        `the shape in current model is ${sizeText(own)}.`,
    );
    return;
  }
  try {
    if (!assign) {
      own.copy_(given);
    } else if (own instanceof Parameter) {
      const isParameter = given instanceof Parameter;
      if (isParameter) given.requiresGrad_(own.requiresGrad);
      module._assign(name, isParameter ? given : new Parameter(given, own.requiresGrad));
    } else {
      module._assign(name, given);
    }
  } catch (error) {
    report.errors.push(
      `While copying the parameter named "${key}", whose dimensions in the model are ` +
        `${sizeText(own)} and whose dimensions in the checkpoint are ${sizeText(given)}, ` +
        `an exception occurred : ${(error as Error).message}.`,
    );
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function sizeText(tensor: Tensor): string {
  return `torch.Size([${tensor.shape.join(', ')}])`;
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(', ');
}
