import { enableGrad, noGrad } from '../autograd/grad_mode';
import { camelCase, describe, isPlainObject, snakeCase } from '../options';
import { pythonNumber } from '../print';
import * as internal from '../internal.generated';
import { tensor } from '../creation';
import { float32 } from '../dtype';
import { Tensor } from '../tensor';
import { addHook, type RemovableHandle } from '../nn/hooks';
import { clearGrad } from '../nn/module';
import { typeName } from '../nn/type_name';

/** Parameters that share hyperparameters, which are read and written as fields of the group. */
export interface ParamGroup {
  params: Tensor[];
  lr: number;
  [option: string]: unknown;
}

/** A group as it is given: what is missing comes from the optimizer's defaults. */
export interface ParamGroupInput {
  params: Tensor | Iterable<Tensor> | Iterable<[string, Tensor]>;
  [option: string]: unknown;
}

/** What an optimizer takes: tensors, `namedParameters()`, or groups. */
export type Params = Iterable<Tensor> | Iterable<[string, Tensor]> | Iterable<ParamGroupInput>;

/** State of one parameter by camelCase name: `optimizer.state.get(p).expAvg`. */
export type ParamState = Record<string, Tensor>;

/** PyTorch's form: state by position, groups without tensors, names as PyTorch spells them. */
export interface OptimizerStateDict {
  state: Record<string, unknown>;
  param_groups: Record<string, unknown>[];
}

/** Names that others than the optimizer itself put into a group, as PyTorch spells them. */
const FOREIGN_KEYS = ['initialLr', 'maxLr', 'minLr', 'maxMomentum', 'baseMomentum', 'paramNames'];

/**
 * Base class of all optimizers. A subclass passes its defaults to the constructor and implements
 * `update`, which steps one group.
 *
 * PyTorch: torch.optim.Optimizer
 */
export abstract class Optimizer {
  readonly paramGroups: ParamGroup[] = [];
  readonly state = new Map<Tensor, ParamState>();
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Whether a step was ever made: schedulers warn when they come first. @internal */
  _stepped = false;
  private readonly preHooks = new Map<number, (optimizer: Optimizer) => void>();
  private readonly postHooks = new Map<number, (optimizer: Optimizer) => void>();

  constructor(params: Params, defaults: Readonly<Record<string, unknown>>) {
    this.defaults = defaults;
    const owner = new.target.name;
    if (params instanceof Tensor || typeof params?.[Symbol.iterator] !== 'function') {
      throw new TypeError(
        `${owner}: params argument given to the optimizer should be an iterable of Tensors or dicts, ` +
          `but got ${typeName(params)}`,
      );
    }
    const given = [...params] as unknown[];
    if (given.length === 0) throw new RangeError(`${owner}: optimizer got an empty parameter list`);
    const groups = isPlainObject(given[0]) ? given : [{ params: given }];
    for (const group of groups) this.addParamGroup(group as ParamGroupInput);
  }

  /**
   * One step: updates every parameter that has a gradient. A `closure` that computes the loss anew
   * runs first, with gradients; its result is returned.
   */
  step(): undefined;
  step<T>(closure: () => T): T;
  step<T>(closure?: (() => T) | null): T | undefined {
    for (const hook of this.preHooks.values()) hook(this);
    const loss = closure ? enableGrad(closure) : undefined;
    for (const group of this.paramGroups) this.update(group);
    this._stepped = true;
    for (const hook of this.postHooks.values()) hook(this);
    return loss;
  }

  /** Steps one group. */
  protected abstract update(group: ParamGroup): void;

  /** Resets all gradients: to `null`, or to zeros with `setToNone: false`. */
  zeroGrad(options: boolean | { setToNone?: boolean } = true): void {
    const toNone = typeof options === 'boolean' ? options : (options.setToNone ?? true);
    for (const { params } of this.paramGroups) {
      for (const parameter of params) clearGrad(parameter, toNone);
    }
  }

  /** Adds a group; hyperparameters that it lacks come from the defaults. */
  addParamGroup(given: ParamGroupInput): void {
    if (!isPlainObject(given)) {
      throw new TypeError(`addParamGroup: paramGroup must be a plain object, but got ${describe(given)}`);
    }
    if (given.params == null) throw new TypeError("addParamGroup: parameter group has no 'params'");
    this.checkSpelling(given);
    const owner = this.constructor.name;
    const { params, names } = readParams(owner, given.params);
    const group = { ...this.defaults, ...given, params } as unknown as ParamGroup;
    for (const [key, value] of Object.entries(given)) {
      if (value === undefined && key in this.defaults) group[key] = this.defaults[key];
    }
    if (names) group.paramNames = names;
    if (new Set(params).size < params.length) {
      process.emitWarning('optimizer contains a parameter group with duplicate parameters');
    }
    for (const other of this.paramGroups) {
      if (('paramNames' in group) !== ('paramNames' in other)) {
        throw new Error(
          `${owner}: all optimizer param groups should be with/without names. cannot add param group ` +
            `${names ? 'with' : 'without'} names to the optimizer`,
        );
      }
      const taken = new Set(other.params);
      if (params.some((p) => taken.has(p))) {
        throw new Error(`${owner}: some parameters appear in more than one parameter group`);
      }
    }
    this.paramGroups.push(group);
  }

  private checkSpelling(given: ParamGroupInput): void {
    for (const key of Object.keys(given)) {
      const camel = camelCase(key);
      if (camel !== key && camel in this.defaults) {
        throw new TypeError(`${this.constructor.name}: unknown option '${key}', write '${camel}'`);
      }
    }
  }

  /** Hyperparameters and state in PyTorch's spelling, parameters by their position. */
  stateDict(): OptimizerStateDict {
    const index = new Map<Tensor, number>();
    let start = 0;
    const groups = this.paramGroups.map((group) => {
      const packed: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const [key, value] of Object.entries(group)) {
        if (key !== 'params') packed[this.isKnown(key) ? snakeCase(key) : key] = value;
      }
      group.params.forEach((p, i) => {
        if (!index.has(p)) index.set(p, start + i);
      });
      packed.params = group.params.map((p) => index.get(p));
      start += group.params.length;
      return packed;
    });
    const state: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [parameter, own] of this.state) {
      const entry: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const [key, value] of Object.entries(own)) entry[snakeCase(key)] = value;
      state[String(index.get(parameter))] = entry;
    }
    return { state, param_groups: groups };
  }

  private isKnown(key: string): boolean {
    return key in this.defaults || FOREIGN_KEYS.includes(key);
  }

  /**
   * Takes over a state dict: hyperparameters replace those of the groups, tensors are cast to the
   * dtype of their parameter (but for `step`).
   */
  loadStateDict(stateDict: Readonly<{ state: unknown; param_groups: unknown }>): void {
    const saved = stateDict?.param_groups as Record<string, unknown>[] | undefined;
    if (!Array.isArray(saved) || stateDict.state == null) {
      throw new TypeError("loadStateDict: expected an object with 'state' and 'param_groups'");
    }
    if (saved.length !== this.paramGroups.length) {
      throw new Error('loadStateDict: loaded state dict has a different number of parameter groups');
    }
    const byId = new Map<string, Tensor>();
    saved.forEach((group, g) => {
      const own = this.paramGroups[g] as ParamGroup;
      const ids = entriesOf(group).get('params') as unknown[];
      if (!Array.isArray(ids) || ids.length !== own.params.length) {
        throw new Error(
          "loadStateDict: loaded state dict contains a parameter group that doesn't match the size of " +
            "optimizer's group",
        );
      }
      ids.forEach((id, i) => byId.set(String(id), own.params[i] as Tensor));
    });
    const state = new Map<Tensor, ParamState>();
    for (const [id, values] of entriesOf(stateDict.state)) {
      const parameter = byId.get(String(id));
      if (!parameter) continue;
      const own: ParamState = {};
      for (const [key, value] of entriesOf(values)) {
        own[camelCase(String(key))] = castState(String(key), value, parameter);
      }
      state.set(parameter, own);
    }
    this.state.clear();
    for (const [parameter, own] of state) this.state.set(parameter, own);
    saved.forEach((group, g) => {
      const own = this.paramGroups[g] as ParamGroup;
      for (const key of Object.keys(own)) {
        if (key !== 'params' && key !== 'paramNames' && !(key in this.defaults)) delete own[key];
      }
      for (const [key, value] of entriesOf(group)) {
        if (key === 'params') continue;
        const camel = camelCase(String(key));
        own[this.isKnown(camel) ? camel : String(key)] = Array.isArray(value) ? [...value] : value;
      }
    });
  }

  /** Calls `hook(optimizer)` before each step. */
  registerStepPreHook(hook: (optimizer: this) => void): RemovableHandle {
    return addHook(this.preHooks, hook as never);
  }

  /** Calls `hook(optimizer)` after each step. */
  registerStepPostHook(hook: (optimizer: this) => void): RemovableHandle {
    return addHook(this.postHooks, hook as never);
  }

  toString(): string {
    let out = this.constructor.name + ' (';
    this.paramGroups.forEach((group, g) => {
      out += `\nParameter Group ${g}\n`;
      const keys = Object.keys(group)
        .filter((key) => key !== 'params')
        .map((key): [string, unknown] => [this.isKnown(key) ? snakeCase(key) : key, group[key]])
        .sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [key, value] of keys) out += `    ${key}: ${pythonText(value)}\n`;
    });
    return out + ')';
  }

  /** @internal */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** The parameters that have a gradient; the native step reads the gradients themselves. */
export function withGradients(group: ParamGroup): Tensor[] {
  return group.params.filter((parameter) => internal.hasGrad(parameter));
}

const COUNT = Symbol('step');

/**
 * Counts one more step of a parameter and returns the count. The state shows it as PyTorch's 0-d
 * float32 tensor `step`, which is made when it is read.
 */
export function countStep(state: ParamState): number {
  const own = state as ParamState & { [COUNT]?: number };
  if (own[COUNT] === undefined) {
    own[COUNT] = own.step === undefined ? 0 : Number(own.step instanceof Tensor ? own.step.item() : own.step);
    Object.defineProperty(state, COUNT, { enumerable: false });
    Object.defineProperty(state, 'step', {
      get: () => tensor(own[COUNT] as number, { dtype: float32 }),
      set: (step: Tensor | number) => (own[COUNT] = Number(step instanceof Tensor ? step.item() : step)),
      enumerable: true,
      configurable: true,
    });
  }
  return (own[COUNT] += 1);
}

/** Throws unless `value` is a number of at least 0; NaN is none. */
export function requireNonNegative(owner: string, value: unknown, what: string): void {
  if (typeof value !== 'number' || !(value >= 0)) {
    throw new RangeError(`${owner}: Invalid ${what}: ${describe(value)}`);
  }
}

function readParams(
  owner: string,
  given: ParamGroupInput['params'],
): { params: Tensor[]; names?: string[] } {
  if (given instanceof Tensor) return { params: [checkParam(owner, given)] };
  if (given instanceof Set) {
    throw new TypeError(
      `${owner}: optimizer parameters need to be organized in ordered collections, but the ordering of ` +
        'tensors in sets will change between runs. Please use a list instead.',
    );
  }
  const params: Tensor[] = [];
  const names: string[] = [];
  for (const item of given as Iterable<unknown>) {
    if (Array.isArray(item)) {
      names.push(String(item[0]));
      params.push(checkParam(owner, item[1]));
    } else {
      params.push(checkParam(owner, item));
    }
  }
  if (names.length === 0) return { params };
  if (names.length !== params.length) {
    throw new Error(
      `${owner}: all optimizer params should be with/without names. Some param names are missing`,
    );
  }
  return { params, names };
}

function checkParam(owner: string, value: unknown): Tensor {
  if (!(value instanceof Tensor)) {
    throw new TypeError(
      `${owner}: optimizer can only optimize Tensors, but one of the params is ${describe(value)}`,
    );
  }
  if (!value.isLeaf && !value.retainsGrad) throw new Error(`${owner}: can't optimize a non-leaf Tensor`);
  return value;
}

function entriesOf(value: unknown): Map<unknown, unknown> {
  if (value instanceof Map) return value;
  return new Map<unknown, unknown>(Object.entries(value as object));
}

function castState(key: string, value: unknown, parameter: Tensor): Tensor {
  if (!(value instanceof Tensor)) return value as Tensor;
  const { dtype } = parameter;
  if (key === 'step' || !dtype.isFloatingPoint || value.dtype === dtype) return value;
  return noGrad(() => value.to(dtype));
}

function pythonText(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pythonNumber(value);
  if (Array.isArray(value)) return `(${value.map(pythonText).join(', ')})`;
  return String(value);
}
