/**
 * PyTorch's call forms, resolved against the schemas of the op list: positional arguments, one last
 * plain object of options, variadic sizes, a number where a list of integers is expected, overloads
 * tried in order.
 */
import { linkResult } from './autograd/graph';
import { tensor } from './creation';
import { DType, int64 } from './dtype';
import { nativeError } from './errors';
import { Device } from './formats';
import { Generator } from './generator';
import { encodeIndex } from './indexing';
import { native } from './native';
import type { OpFunction } from './native';
import { camelCase, describe, isPlainObject } from './options';
import { Tensor, wrap } from './tensor';

/** A number operand: `true` and `false` are bool scalars, bigints integers. */
export type Scalar = number | boolean | bigint;

/** A tensor, or a number where another operand is a tensor. */
export type Operand = Tensor | Scalar;

/** What every function that makes a tensor accepts besides its own options. */
export interface FactoryOptions {
  requiresGrad?: boolean;
  device?: unknown;
  layout?: unknown;
  pinMemory?: boolean;
  memoryFormat?: unknown;
}

/** One letter per C++ parameter type: see cpp/ops/descriptor.h. */
type Kind = string;

interface Param {
  readonly name: string;
  readonly kind: Kind;
  readonly optional: boolean;
  readonly keywordOnly: boolean;
}

/** A reason why a call does not fit an overload; `depth` tells how far the attempt came. */
class Mismatch {
  constructor(
    readonly depth: number,
    readonly reason: string,
  ) {}
}

const { flags, scratch } = native;

// What every factory accepts besides its own parameters.
const FACTORY_OPTIONS = new Set(['device', 'requiresGrad', 'layout', 'pinMemory', 'memoryFormat']);

// Kinds for which null means none (cpp/ops/descriptor.h).
const NULLABLE = 'tIDBSVYg';

// There are thousands of parameters and few different ones.
const PARAMS = new Map<string, Param>();

function paramOf(text: string): Param {
  let param = PARAMS.get(text);
  if (!param) {
    const [name, kind] = text.split(':');
    param = { name: camelCase(name), kind: kind[0], optional: kind.includes('='), keywordOnly: kind.includes('*') };
    PARAMS.set(text, param);
  }
  return param;
}

class Overload {
  readonly params: readonly Param[];
  readonly returns: string;
  /** Number of parameters that may be given by position. */
  readonly positional: number;
  /** Place of a lone list parameter that also takes its elements one by one, or -1. */
  readonly variadic: number;
  readonly isFactory: boolean;
  /** Place of `returnIndices`, without which the first result comes alone, or -1. */
  readonly indices: number;

  constructor(
    readonly op: Op,
    readonly fn: OpFunction,
    returns: string,
    params: string,
    /** Names of the results, where PyTorch has a named tuple. */
    readonly fields: readonly string[],
  ) {
    this.returns = returns;
    this.params = params === '' ? [] : params.split(',').map(paramOf);
    this.positional = this.params.filter((p) => !p.keywordOnly).length;
    this.indices = this.params.findIndex((p) => p.name === 'returnIndices');
    const first = this.params[0]?.name === 'self' ? 1 : 0;
    const lone = this.positional === first + 1 ? this.params[first].kind : '';
    this.variadic = lone !== '' && 'vVLx'.includes(lone) ? first : -1;
    this.isFactory =
      this.params.some((p) => p.name === 'dtype' && p.keywordOnly) &&
      returns === 'T' &&
      (first === 0 || /Like$|^new[A-Z]/.test(op.name));
  }

  /** As PyTorch writes it, for messages. */
  toString(): string {
    const parts = this.params.map((p) => (p.name === 'self' ? 'input' : p.name) + (p.optional ? '?' : ''));
    const options = parts.slice(this.positional);
    const all = parts.slice(0, this.positional);
    if (options.length) all.push(`{ ${options.join(', ')} }`);
    return `${this.op.name}(${all.join(', ')})`;
  }

  /** Whether a call with these leading kinds and nothing else can only mean this overload. */
  takes(...kinds: string[]): boolean {
    return (
      this.positional >= kinds.length &&
      this.params.every((p, i) => (i < kinds.length ? kinds[i].includes(p.kind) : p.optional))
    );
  }
}

/** All overloads of one public name. */
export class Op {
  readonly overloads: Overload[] = [];
  // The overloads that (tensor), (tensor, tensor) and (tensor, number) mean; null if none does.
  one: Overload | null = null;
  two: Overload | null = null;
  scalar: Overload | null = null;
  /** Rewrites arguments where JS numbers mean something else than Python's. */
  adjust: ((given: unknown[]) => unknown[]) | null = null;

  constructor(readonly name: string) {}

  prepare(): void {
    this.one = this.overloads.find((o) => o.takes('TO')) ?? null;
    this.two = this.overloads.find((o) => o.takes('TO', 'TOt')) ?? null;
    const scalar = this.overloads.find((o) => o.positional > 1 && 'OsSdDiIvVx'.includes(o.params[1].kind));
    this.scalar = scalar?.takes('TO', 'OsSdD') ? scalar : null;
  }
}

/** Turns native results into what the caller sees; `raw` are the arguments in parameter order. */
function finish(overload: Overload, result: unknown, raw: readonly unknown[]): unknown {
  if (typeof result === 'string') throw nativeError(overload.op.name, result);
  switch (overload.returns) {
    case 'T': {
      // A number: the result is that argument itself.
      const t = typeof result === 'number' ? (raw[result] as Tensor) : result === null ? null : wrap(result as never);
      if ((flags[0] | flags[1]) !== 0 && t) note(t, raw);
      return t;
    }
    case 'P':
    case 'L': {
      const graph = flags[0];
      const isView = flags[1];
      const list = (result as never[]).map((h) => (h === null ? null : wrap(h)));
      for (let i = 0; i < list.length; ++i) {
        const t = list[i];
        if (t && isView) t._base = rootOf(raw[0] as Tensor);
        if (t && (graph & (1 << Math.min(i, 30))) !== 0) linkResult(t, raw);
      }
      overload.fields.forEach((f, i) => Object.defineProperty(list, f, { value: list[i] }));
      return overload.indices >= 0 && raw[overload.indices] !== true ? list[0] : list;
    }
    default:
      return result;
  }
}

// Views of views refer to the one base, as in native code: no chains.
function rootOf(t: Tensor): Tensor {
  return t._base ?? t;
}

// flags[0]: the result has a history; flags[1]: it is a differentiable view of the first argument.
function note(t: Tensor, raw: readonly unknown[]): void {
  if (flags[1] !== 0 && t !== raw[0]) t._base = rootOf(raw[0] as Tensor);
  if ((flags[0] & 1) !== 0) linkResult(t, raw);
}

/** Resolves one call. */
class Resolver {
  cursor = 0;
  private name = '';
  raw: unknown[] = [];
  args: unknown[] = [];

  /** Fills `args` for `overload`; returns why that is not possible otherwise. */
  match(overload: Overload, given: readonly unknown[], options: Record<string, unknown> | null): Mismatch | null {
    const { params, positional, variadic } = overload;
    let list = given;
    if (variadic >= 0 && given.length > variadic) {
      const { kind } = params[variadic];
      const item = given[variadic];
      const spread =
        kind === 'x' || (kind === 'L' ? item instanceof Tensor : typeof item === 'number' || typeof item === 'bigint');
      if (spread) {
        list = given.slice(0, variadic);
        (list as unknown[]).push(given.slice(variadic));
      }
    }
    if (list.length > positional)
      return new Mismatch(0, `expected at most ${positional} positional arguments, got ${list.length}`);
    this.cursor = 0;
    this.name = overload.op.name;
    this.raw = new Array<unknown>(params.length);
    this.args = new Array<unknown>(params.length);
    let used = 0;
    let tensors = 0;
    let operands = 0;
    for (let i = 0; i < params.length; ++i) {
      const p = params[i];
      let value = i < list.length ? list[i] : undefined;
      const key = p.name === 'self' ? 'input' : p.name;
      if (options && Object.hasOwn(options, key)) {
        if (i < list.length) return new Mismatch(i, `got multiple values for argument '${key}'`);
        ++used;
        value = options[key];
      }
      // A text that may be left out is none by null too: roundingMode.
      if (value === undefined || (value === null && p.kind === 'z' && p.optional)) {
        if (!p.optional) return new Mismatch(i, `missing argument '${key}'`);
        continue;
      }
      this.raw[i] = value;
      const reason = this.convert(i, p.kind, value);
      if (reason) return new Mismatch(i + 1, `argument '${key}' must be ${reason}, got ${describe(value)}`);
      if (p.kind === 'T' || p.kind === 'O') {
        ++operands;
        if (value instanceof Tensor) ++tensors;
      }
    }
    if (operands > 0 && tensors === 0)
      return new Mismatch(params.length, 'expected a Tensor among the operands, got only numbers');
    if (options && used < Object.keys(options).length) return this.unknownOption(overload, options);
    return null;
  }

  private unknownOption(overload: Overload, options: Record<string, unknown>): Mismatch | null {
    const names = overload.params.map((p) => (p.name === 'self' ? 'input' : p.name));
    if (overload.isFactory) names.push(...FACTORY_OPTIONS);
    const plain = (s: string) => s.replace(/_/g, '').toLowerCase();
    for (const key of Object.keys(options)) {
      if (names.includes(key)) continue;
      const meant = names.find((n) => plain(n) === plain(key));
      const hint = meant ? `, write '${meant}'` : '';
      return new Mismatch(overload.params.length, `unknown option '${key}'${hint} (known: ${names.join(', ')})`);
    }
    return null;
  }

  /** Converts one value for native code; returns what was expected if it does not fit. */
  private convert(i: number, kind: Kind, value: unknown): string | null {
    const { args } = this;
    if (value === null && NULLABLE.includes(kind)) {
      args[i] = null;
      return null;
    }
    switch (kind) {
      case 'T':
        if (!(value instanceof Tensor)) return 'a Tensor';
        args[i] = value._h;
        return null;
      case 'O':
        if (value instanceof Tensor) args[i] = value._h;
        else if (isScalar(value)) args[i] = value;
        else return 'a Tensor or a number';
        return null;
      case 't':
        if (!(value instanceof Tensor)) return 'a Tensor or null';
        args[i] = value._h;
        return null;
      case 'L': {
        if (!Array.isArray(value)) return 'an array of Tensors';
        const handles = new Array<unknown>(value.length);
        for (let k = 0; k < value.length; ++k) {
          const item: unknown = value[k];
          if (!(item instanceof Tensor)) return `an array of Tensors (item ${k} is ${describe(item)})`;
          handles[k] = item._h;
        }
        args[i] = handles;
        return null;
      }
      case 'I':
      case 'i': {
        const n = toInteger(value);
        if (n === undefined) return kind === 'I' ? 'an integer or null' : 'an integer';
        args[i] = n;
        return null;
      }
      case 'D':
      case 'd':
        if (typeof value !== 'number' && typeof value !== 'bigint') return 'a number';
        args[i] = Number(value);
        return null;
      case 'B':
      case 'b':
        if (typeof value !== 'boolean') return 'a boolean';
        args[i] = value;
        return null;
      case 'S':
      case 's':
        if (!isScalar(value)) return 'a number';
        args[i] = value;
        return null;
      case 'V':
      case 'v':
        return this.integers(i, value);
      case 'Y':
      case 'y':
        if (!(value instanceof DType)) return 'a dtype such as torch.float32';
        args[i] = value.index;
        return null;
      case 'z':
        if (value instanceof Device) value = value.type;
        if (typeof value !== 'string') return 'a string';
        args[i] = value;
        return null;
      case 'g':
        if (!(value instanceof Generator)) return 'a torch.Generator';
        args[i] = value._h;
        return null;
      case 'x': {
        const items = Array.isArray(value) ? value : [value];
        const tensors: unknown[] = [];
        const start = this.cursor;
        this.cursor = encodeIndex(this.name, items, start, tensors, this.raw);
        args[i] = [this.cursor - start, ...tensors];
        return null;
      }
      default:
        return `something this build knows (kind ${kind})`;
    }
  }

  private integers(i: number, value: unknown): string | null {
    if (typeof value === 'number' || typeof value === 'bigint') value = [value];
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return 'an array of integers';
    const list = value as ArrayLike<unknown>;
    // Read once: a getter among the items may change it.
    const count = list.length;
    if (this.cursor + count > scratch.length) return `an array of at most ${scratch.length} integers`;
    for (let k = 0; k < count; ++k) {
      const n = toInteger(list[k]);
      if (n === undefined) return `an array of integers (item ${k} is ${describe(list[k])})`;
      scratch[this.cursor++] = n;
    }
    this.args[i] = count;
    return null;
  }
}

function isScalar(value: unknown): value is number | boolean | bigint {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint';
}

function toInteger(value: unknown): number | undefined {
  if (typeof value === 'bigint') value = Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** Calls `op` with arguments in any of PyTorch's forms; `given[0]` is the tensor of a method call. */
export function callOp(op: Op, given: unknown[]): unknown {
  if (op.adjust) given = op.adjust(given);
  let options: Record<string, unknown> | null = null;
  const last = given[given.length - 1];
  if (given.length > 0 && isPlainObject(last)) {
    // Getters run now, once, before anything is handed to native code.
    options = { ...last };
    for (const key of Object.keys(options)) if (options[key] === undefined) delete options[key];
    given = given.slice(0, -1);
  }
  const resolver = new Resolver();
  let best: Mismatch | null = null;
  for (const overload of op.overloads) {
    const mismatch = resolver.match(overload, given, options);
    if (!mismatch) return invoke(overload, resolver, options);
    if (!best || mismatch.depth > best.depth) best = mismatch;
  }
  throw mismatchError(op, best);
}

function mismatchError(op: Op, best: Mismatch | null): TypeError {
  const forms = op.overloads.length > 1 ? `. Forms: ${op.overloads.join(', ')}` : '';
  return new TypeError(`${op.name}: ${best?.reason ?? 'not callable'}${forms}`);
}

function invoke(overload: Overload, resolver: Resolver, options: Record<string, unknown> | null): unknown {
  if (options && overload.isFactory) checkFactoryOptions(overload.op.name, options);
  const { args, raw } = resolver;
  const result = finish(overload, overload.fn(...args), raw);
  if (options?.requiresGrad === true && overload.isFactory) (result as Tensor).requiresGrad = true;
  return result;
}

/** Checks what all factories accept and this library has one answer to. */
export function checkFactoryOptions(name: string, options: Record<string, unknown>): void {
  const { device, requiresGrad } = options;
  if (device !== undefined && device !== null) {
    const text = String((device as { type?: unknown }).type ?? device);
    if (text !== 'cpu') throw new Error(`${name}: device '${text}' is not available, only 'cpu' is`);
  }
  if (requiresGrad !== undefined && typeof requiresGrad !== 'boolean')
    throw new TypeError(`${name}: argument 'requiresGrad' must be a boolean, got ${describe(requiresGrad)}`);
}

// What a row is for, as in cpp/ops/ops.h. The same name may mean other rows in another place.
const FUNCTION = 1 | 8;
const METHOD = 2;
const FUNCTIONAL = 4;
const PLACES = [FUNCTION, METHOD, FUNCTIONAL] as const;
type Place = (typeof PLACES)[number];

const OPS = new Map<Place, Map<string, Op>>(PLACES.map((place) => [place, new Map<string, Op>()]));

for (const [row, line] of native.schema.split('\n').entries()) {
  if (line === '') continue;
  const [name, rowFlags, returns, params, fields] = line.split('|');
  for (const place of PLACES) {
    if ((Number(rowFlags) & place) === 0) continue;
    const ops = OPS.get(place) as Map<string, Op>;
    let op = ops.get(name);
    if (!op) ops.set(name, (op = new Op(name)));
    op.overloads.push(new Overload(op, native.ops[row], returns, params, fields ? fields.split(',') : []));
  }
}
for (const ops of OPS.values()) for (const op of ops.values()) op.prepare();

// What C++ cannot see: numbers and bigints are both integers there. Numbers make floats, so that
// where(c, 1, 0) has the default dtype; a bigint makes int64.
const where = OPS.get(FUNCTION)?.get('where');
if (where) {
  where.adjust = (given) =>
    typeof given[1] === 'number' && typeof given[2] === 'number'
      ? [given[0], tensor(given[1]), tensor(given[2]), ...given.slice(3)]
      : given;
}
const full = OPS.get(FUNCTION)?.get('full');
if (full) {
  full.adjust = (given) => {
    const last = given[given.length - 1];
    const options = isPlainObject(last) ? last : {};
    const big = typeof given[1] === 'bigint' || typeof options.fillValue === 'bigint';
    if (!big || (options.dtype !== undefined && options.dtype !== null)) return given;
    return [...(options === last ? given.slice(0, -1) : given), { ...options, dtype: int64 }];
  };
}

// null among the sizes of adaptive pooling keeps the input's size along that axis.
function fillSizes(given: unknown[]): unknown[] {
  const last = given[given.length - 1];
  const named = isPlainObject(last) && Object.hasOwn(last, 'outputSize');
  const sizes: unknown = named ? last.outputSize : given[1];
  const input = named && isPlainObject(given[0]) ? last.input : given[0];
  if (!Array.isArray(sizes) || !sizes.includes(null) || !(input instanceof Tensor)) return given;
  const { shape } = input;
  if (shape.length <= sizes.length) return given;
  const filled = sizes.map((n: unknown, i) => n ?? shape[shape.length - sizes.length + i]);
  if (named) return [...given.slice(0, -1), { ...last, outputSize: filled }];
  return [given[0], filled, ...given.slice(2)];
}
for (const name of ['adaptiveAvgPool2d', 'adaptiveAvgPool3d', 'adaptiveMaxPool2d', 'adaptiveMaxPool3d']) {
  const op = OPS.get(FUNCTIONAL)?.get(name);
  if (op) op.adjust = fillSizes;
}

/** The op of a name in the list; a missing one means that addon and library do not match. */
function opNamed(name: string, ...places: Place[]): Op {
  const op = places.map((place) => OPS.get(place)?.get(name)).find((found) => found);
  if (!op) throw new Error(`nabla: the addon does not know '${name}'; build it again (npm run build)`);
  return op;
}

/** @internal Calls an op that has no function of its own in the public API. */
export function callNamed(name: string, ...args: unknown[]): unknown {
  return callOp(opNamed(name, METHOD, FUNCTION, FUNCTIONAL), args);
}

/** @internal The typed function of a name: `export const add = torchFunction<...>('add')`. */
export function torchFunction<F>(name: string): F {
  return callable(opNamed(name, FUNCTION)) as F;
}

/** @internal The same for nn.functional, where a name may have rows of its own. */
export function functional<F>(name: string): F {
  return callable(opNamed(name, FUNCTIONAL)) as F;
}

function callable(op: Op): unknown {
  const { name } = op;
  const call = {
    [name](...args: unknown[]): unknown {
      const a = args[0];
      if (a instanceof Tensor) {
        if (args.length === 1 && op.one) return finish(op.one, op.one.fn(a._h), args);
        if (args.length === 2 && op.two && args[1] instanceof Tensor)
          return finish(op.two, op.two.fn(a._h, args[1]._h), args);
      }
      return callOp(op, args);
    },
  };
  return call[name];
}

function method(op: Op): (this: Tensor, a?: unknown) => unknown {
  const { name, one, two, scalar } = op;
  const call = {
    // The commonest forms go straight to the addon: a.neg(), a.add(b), a.mul(0.5).
    [name](this: Tensor, a?: unknown): unknown {
      if (!(this instanceof Tensor)) throw new TypeError(`${name}: called on ${describe(this)}, which is no Tensor`);
      const count = arguments.length;
      if (count === 1) {
        if (two !== null && a instanceof Tensor) {
          const result = two.fn(this._h, a._h);
          if (flags[0] === 0 && flags[1] === 0 && typeof result === 'object' && two.returns === 'T')
            return wrap(result as never);
          return finish(two, result, [this, a]);
        }
        if (scalar !== null && typeof a === 'number') return finish(scalar, scalar.fn(this._h, a), [this, a]);
      } else if (count === 0 && one !== null) {
        return finish(one, one.fn(this._h), [this]);
      }
      // eslint-disable-next-line prefer-rest-params
      return callOp(op, [this, ...(arguments as unknown as unknown[])]);
    },
  };
  return call[name];
}

for (const op of (OPS.get(METHOD) as Map<string, Op>).values()) {
  // What class Tensor writes by hand stays.
  if (Object.hasOwn(Tensor.prototype, op.name)) continue;
  Object.defineProperty(Tensor.prototype, op.name, { value: method(op), writable: true, configurable: true });
}

// x.T, x.mT, x.H, x.mH are ops that take no arguments.
for (const name of ['T', 'mT', 'H', 'mH']) {
  Object.defineProperty(Tensor.prototype, name, {
    get(this: Tensor) {
      return callOp(opNamed(name, FUNCTION), [this]);
    },
    configurable: true,
  });
}
