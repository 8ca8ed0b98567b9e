import type { DType } from '../dtype';
import { noGrad } from '../autograd/grad_mode';
import { describe, isPlainObject } from '../options';
import { Tensor } from '../tensor';
import { addHook, RemovableHandle } from './hooks';
import { BackwardHook, type FullBackwardHook, type FullBackwardPreHook } from './backward_hook';
import { Parameter } from './parameter';
import { typeName } from './type_name';
import { loadStateDict, type IncompatibleKeys, type StateDict } from './state_dict';

const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;
const STATE = Symbol('nabla.module');

/* eslint-disable @typescript-eslint/no-explicit-any */

/** What a module remembers beside its fields: which names are whose, and the hooks. */
interface ModuleState {
  parameters: Set<string>;
  buffers: Set<string>;
  transientBuffers: Set<string>;
  modules: Set<string>;
  scanned: boolean;
  forwardPreHooks: Map<number, (module: any, args: any[]) => unknown>;
  forwardHooks: Map<number, ForwardHookEntry>;
  backwardHooks: Map<number, FullBackwardHook>;
  backwardPreHooks: Map<number, FullBackwardPreHook>;
}

interface ForwardHookEntry {
  hook: (module: any, args: any[], output: any) => unknown;
  alwaysCall: boolean;
}

/** The fields of one module by kind, in the order in which they were assigned. */
export interface Members {
  parameters: [string, Parameter | null][];
  buffers: [string, Tensor | null][];
  modules: [string, Module | null][];
}

/** Options of `namedParameters` and its kin. */
export interface NamedOptions {
  prefix?: string;
  recurse?: boolean;
  removeDuplicate?: boolean;
}

/** Where `Module.to` moves: a dtype, a device (always the CPU), or both. */
export type ToTarget = DType | string | Tensor | { dtype?: DType | null; device?: unknown };

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export interface Module {
  /** Calling a module runs its hooks and its `forward`; typed from `forward` of the subclass. */
  (...args: Parameters<this['forward']>): ReturnType<this['forward']>;
}

/**
 * Base class of all models and layers. Parameters, buffers and submodules are fields; a module is
 * called like a function, which runs `forward`.
 *
 * A module is a JS function whose prototype chain is that of its class alone, so that no member of
 * `Function.prototype` stands in the way of a field.
 *
 * PyTorch: torch.nn.Module
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export abstract class Module {
  training!: boolean;

  /** @internal */
  declare [STATE]: ModuleState;

  constructor() {
    const self: any = (...args: any[]) => self._call(args);
    Object.setPrototypeOf(self, new.target.prototype);
    // A function's own name and length would shadow fields and getters of those names.
    delete self.name;
    delete self.length;
    Object.defineProperty(self, STATE, { value: newState() });
    self.training = true;
    return self;
  }

  abstract forward(...args: any[]): any;

  /** @internal */
  _call(args: any[]): any {
    const state = this[STATE];
    if (!state.scanned) this._members();
    // A plain tensor put in a parameter's place would silently stop training it.
    for (const name of state.parameters) {
      const value = (this as any)[name];
      if (!(value instanceof Parameter) && value != null) rejectField(this, 'parameter', name, value);
    }
    const hooks =
      state.forwardPreHooks.size +
      state.forwardHooks.size +
      state.backwardHooks.size +
      state.backwardPreHooks.size;
    return hooks === 0 ? (this as any).forward(...args) : this._callWithHooks(args);
  }

  private _callWithHooks(args: any[]): any {
    const state = this[STATE];
    const ran = new Set<ForwardHookEntry>();
    let result: any;
    try {
      for (const hook of state.forwardPreHooks.values()) {
        const replaced = hook(this, args);
        if (replaced != null) args = Array.isArray(replaced) ? replaced : [replaced];
      }
      let backward: BackwardHook | null = null;
      if (state.backwardHooks.size + state.backwardPreHooks.size > 0) {
        backward = new BackwardHook(
          this,
          [...state.backwardHooks.values()],
          [...state.backwardPreHooks.values()],
        );
        args = backward.watchInputs(args);
      }
      result = (this as any).forward(...args);
      for (const entry of [...state.forwardHooks.values()]) {
        ran.add(entry);
        const replaced = entry.hook(this, args, result);
        if (replaced != null) result = replaced;
      }
      return backward ? backward.watchOutputs(result) : result;
    } catch (error) {
      for (const entry of state.forwardHooks.values()) {
        if (!entry.alwaysCall || ran.has(entry)) continue;
        try {
          entry.hook(this, args, result);
        } catch {
          // The error of forward is the one to report.
        }
      }
      throw error;
    }
  }

  // ---- fields ---------------------------------------------------------------------------------

  /**
   * Reads the module's own fields. Done anew at each enumeration: fields are plain properties
   * without setters, so that reading them costs nothing.
   * @internal
   */
  _members(): Members {
    const state = this[STATE];
    const out: Members = { parameters: [], buffers: [], modules: [] };
    const fields = this as unknown as Record<string, unknown>;
    const keys = Object.keys(this);
    for (const key of keys) {
      const value = fields[key];
      if (value instanceof Parameter) {
        claim(state, 'parameters', key);
        out.parameters.push([key, value]);
      } else if (value instanceof Module) {
        claim(state, 'modules', key);
        out.modules.push([key, value]);
      } else if (state.parameters.has(key)) {
        if (value != null) rejectField(this, 'parameter', key, value);
        out.parameters.push([key, null]);
      } else if (state.modules.has(key)) {
        if (value != null) rejectField(this, 'child module', key, value);
        out.modules.push([key, null]);
      } else if (state.buffers.has(key)) {
        if (value != null && !(value instanceof Tensor)) rejectField(this, 'buffer', key, value);
        out.buffers.push([key, (value as Tensor | null | undefined) ?? null]);
      }
    }
    const known = state.parameters.size + state.modules.size + state.buffers.size;
    if (known > out.parameters.length + out.modules.length + out.buffers.length) {
      const present = new Set(keys);
      for (const names of [state.parameters, state.modules, state.buffers]) {
        for (const name of names) if (!present.has(name)) names.delete(name);
      }
    }
    state.scanned = true;
    return out;
  }

  /**
   * Adds a tensor that is part of the module's state but no parameter (`running_mean`). A tensor
   * assigned to its name later stays the buffer. Buffers that are not `persistent` stay out of
   * `stateDict()`. PyTorch: torch.nn.Module.register_buffer
   */
  registerBuffer(
    name: string,
    tensor: Tensor | null,
    persistent: boolean | { persistent?: boolean } = true,
  ): void {
    this._checkName('buffer', name, this[STATE].buffers);
    if (tensor != null && !(tensor instanceof Tensor)) {
      throw new TypeError(
        `registerBuffer: cannot assign '${typeName(tensor)}' object to buffer '${name}' ` +
          '(torch Tensor or None required)',
      );
    }
    const keep = typeof persistent === 'boolean' ? persistent : (persistent.persistent ?? true);
    claim(this[STATE], 'buffers', name);
    if (keep) this[STATE].transientBuffers.delete(name);
    else this[STATE].transientBuffers.add(name);
    (this as any)[name] = tensor ?? null;
  }

  /** Adds a parameter by name; `null` keeps the name free for one. */
  registerParameter(name: string, parameter: Parameter | null): void {
    this._checkName('parameter', name, this[STATE].parameters);
    if (parameter != null && !(parameter instanceof Parameter)) {
      throw new TypeError(
        `registerParameter: cannot assign '${typeName(parameter)}' object to parameter '${name}' ` +
          '(torch.nn.Parameter or None required)',
      );
    }
    if (parameter?.gradFn) {
      throw new Error(
        `registerParameter: Cannot assign non-leaf Tensor to parameter '${name}'. Model parameters must be created ` +
          `explicitly. To express '${name}' as a function of another Tensor, compute the value ` +
          'in the forward() method.',
      );
    }
    claim(this[STATE], 'parameters', name);
    (this as any)[name] = parameter ?? null;
  }

  /** Adds a child module by name. */
  registerModule(name: string, module: Module | null): void {
    if (module != null && !(module instanceof Module)) {
      throw new TypeError(`registerModule: ${typeName(module)} is not a Module subclass`);
    }
    this._checkName('module', name, this[STATE].modules);
    claim(this[STATE], 'modules', name);
    (this as any)[name] = module ?? null;
  }

  /** Same as {@link registerModule}. */
  addModule(name: string, module: Module | null): void {
    this.registerModule(name, module);
  }

  private _checkName(kind: string, name: string, own: Set<string>): void {
    const method = `register${kind[0]!.toUpperCase()}${kind.slice(1)}`;
    if (typeof name !== 'string') {
      throw new TypeError(`${method}: ${kind} name should be a string. Got ${typeName(name)}`);
    }
    if (name.includes('.')) {
      throw new RangeError(`${method}: ${kind} name can't contain ".", got: ${name}`);
    }
    if (name === '') throw new RangeError(`${method}: ${kind} name can't be empty string ""`);
    // A declared field without value counts as free: class fields exist before they are assigned.
    const taken = (this as any)[name] != null && !own.has(name);
    if (taken) throw new Error(`${method}: attribute '${name}' already exists`);
  }

  // ---- enumeration ----------------------------------------------------------------------------

  /** `[name, module]` of the module itself and all below it, each module once. */
  namedModules(options: string | NamedOptions = {}): [string, Module][] {
    const { prefix, removeDuplicate } = namedOptions('namedModules', options);
    const out: [string, Module][] = [];
    const seen = new Set<Module>();
    const visit = (module: Module, name: string): void => {
      if (removeDuplicate) {
        if (seen.has(module)) return;
        seen.add(module);
      }
      out.push([name, module]);
      for (const [key, child] of module._members().modules) {
        if (child) visit(child, name + (name ? '.' : '') + key);
      }
    };
    visit(this, prefix);
    return out;
  }

  modules(): Module[] {
    return this.namedModules().map(([, module]) => module);
  }

  /** `[name, child]` of the direct children, each module once. */
  namedChildren(): [string, Module][] {
    const seen = new Set<Module>();
    const out: [string, Module][] = [];
    for (const [name, child] of this._members().modules) {
      if (!child || seen.has(child)) continue;
      seen.add(child);
      out.push([name, child]);
    }
    return out;
  }

  children(): Module[] {
    return this.namedChildren().map(([, child]) => child);
  }

  /** `[name, parameter]` of all parameters, a shared one once. */
  namedParameters(options: string | NamedOptions = {}): [string, Parameter][] {
    return this._named('namedParameters', 'parameters', options);
  }

  /** All parameters, a shared one once. */
  parameters(recurse: boolean | { recurse?: boolean } = true): Parameter[] {
    const deep = typeof recurse === 'boolean' ? recurse : (recurse.recurse ?? true);
    return this.namedParameters({ recurse: deep }).map(([, parameter]) => parameter);
  }

  /** `[name, buffer]` of all buffers, a shared one once. */
  namedBuffers(options: string | NamedOptions = {}): [string, Tensor][] {
    return this._named('namedBuffers', 'buffers', options);
  }

  buffers(recurse: boolean | { recurse?: boolean } = true): Tensor[] {
    const deep = typeof recurse === 'boolean' ? recurse : (recurse.recurse ?? true);
    return this.namedBuffers({ recurse: deep }).map(([, buffer]) => buffer);
  }

  private _named<T extends Tensor>(
    method: string,
    kind: 'parameters' | 'buffers',
    options: string | NamedOptions,
  ): [string, T][] {
    const { prefix, recurse, removeDuplicate } = namedOptions(method, options);
    const modules: [string, Module][] = recurse
      ? this.namedModules({ prefix, removeDuplicate })
      : [[prefix, this]];
    const seen = new Set<Tensor>();
    const out: [string, T][] = [];
    for (const [path, module] of modules) {
      for (const [name, tensor] of module._members()[kind]) {
        if (!tensor || seen.has(tensor)) continue;
        if (removeDuplicate) seen.add(tensor);
        out.push([path + (path ? '.' : '') + name, tensor as T]);
      }
    }
    return out;
  }

  /** The submodule at a dotted path (`'encoder.0'`); `''` is the module itself. */
  getSubmodule(target: string): Module {
    let module: Module = this;
    for (const name of target === '' ? [] : target.split('.')) {
      const found = module._members().modules.find(([key]) => key === name);
      if (!found?.[1]) throw new Error(`${module._getName()} has no attribute \`${name}\``);
      module = found[1];
    }
    return module;
  }

  /** The parameter at a dotted path. */
  getParameter(target: string): Parameter {
    return this._getTensor(target, 'parameters') as Parameter;
  }

  /** The buffer at a dotted path. */
  getBuffer(target: string): Tensor {
    return this._getTensor(target, 'buffers');
  }

  private _getTensor(target: string, kind: 'parameters' | 'buffers'): Tensor {
    const dot = target.lastIndexOf('.');
    const owner = this.getSubmodule(dot < 0 ? '' : target.slice(0, dot));
    const name = target.slice(dot + 1);
    const found = owner._members()[kind].find(([key]) => key === name);
    if (!found?.[1]) throw new Error(`${owner._getName()} has no attribute \`${name}\``);
    return found[1];
  }

  // ---- modes ----------------------------------------------------------------------------------

  /** Sets training mode on the module and all below it. */
  train(mode = true): this {
    if (typeof mode !== 'boolean') throw new TypeError('train: training mode is expected to be boolean');
    this.training = mode;
    for (const child of this.children()) child.train(mode);
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** Sets `requiresGrad` of all parameters. */
  requiresGrad_(requiresGrad = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(requiresGrad);
    return this;
  }

  /** Resets the gradients of all parameters: to `null`, or to zeros with `setToNone: false`. */
  zeroGrad(options: boolean | { setToNone?: boolean } = true): void {
    const toNone = typeof options === 'boolean' ? options : (options.setToNone ?? true);
    for (const parameter of this.parameters()) clearGrad(parameter, toNone);
  }

  /** Calls `fn` with every submodule, children first, and with the module itself. */
  apply(fn: (module: Module) => void): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  /**
   * Casts parameters, their gradients and buffers of floating dtype, in place (a tensor's `to`
   * makes a new tensor). Devices are accepted; there is only the CPU.
   */
  to(...targets: (ToTarget | boolean | undefined | null)[]): this {
    const dtype = targetDType(targets);
    if (dtype && !dtype.isFloatingPoint) {
      throw new TypeError(
        'to: nn.Module.to only accepts floating point or complex dtypes, but got desired ' +
          `dtype=${String(dtype)}`,
      );
    }
    return dtype ? this._apply((t) => (t.isFloatingPoint() ? t.to(dtype) : t)) : this;
  }

  cpu(): this {
    return this;
  }

  float(): this {
    return this._cast((t) => t.float());
  }

  double(): this {
    return this._cast((t) => t.double());
  }

  half(): this {
    return this._cast((t) => t.half());
  }

  bfloat16(): this {
    return this._cast((t) => t.bfloat16());
  }

  private _cast(fn: (tensor: Tensor) => Tensor): this {
    return this._apply((t) => (t.isFloatingPoint() ? fn(t) : t));
  }

  /** @internal */
  _apply(fn: (tensor: Tensor) => Tensor): this {
    const done = new Set<Tensor>();
    noGrad(() => {
      for (const module of this.modules()) {
        const { parameters, buffers } = module._members();
        for (const [, parameter] of parameters) {
          if (!parameter || done.has(parameter)) continue;
          done.add(parameter);
          const grad = parameter.grad;
          parameter.grad = null;
          parameter.data = fn(parameter.data);
          if (grad) parameter.grad = fn(grad);
        }
        for (const [name, buffer] of buffers) if (buffer) (module as any)[name] = fn(buffer);
      }
    });
    return this;
  }

  // ---- hooks ----------------------------------------------------------------------------------

  /**
   * Calls `hook(module, args)` before `forward`; what it returns, an array or a single value,
   * replaces the arguments.
   */
  registerForwardPreHook(
    hook: (module: this, args: any[]) => unknown,
    options: { prepend?: boolean } = {},
  ): RemovableHandle {
    return addHook(this[STATE].forwardPreHooks, hook as never, options.prepend);
  }

  /**
   * Calls `hook(module, args, output)` after `forward`; what it returns replaces the output.
   * With `alwaysCall` it also runs when `forward` throws.
   */
  registerForwardHook(
    hook: (module: this, args: any[], output: any) => unknown,
    options: { prepend?: boolean; alwaysCall?: boolean } = {},
  ): RemovableHandle {
    const entry: ForwardHookEntry = { hook: hook as never, alwaysCall: options.alwaysCall ?? false };
    return addHook(this[STATE].forwardHooks, entry, options.prepend);
  }

  /**
   * Calls `hook(module, gradInput, gradOutput)` once the gradients of the module's inputs are
   * known; what it returns replaces `gradInput`. Both are arrays, with `null` for no gradient.
   */
  registerFullBackwardHook(
    hook: (module: this, gradInput: (Tensor | null)[], gradOutput: (Tensor | null)[]) => unknown,
    options: { prepend?: boolean } = {},
  ): RemovableHandle {
    return addHook(this[STATE].backwardHooks, hook as never, options.prepend);
  }

  /** Calls `hook(module, gradOutput)` before the module's backward; its result replaces them. */
  registerFullBackwardPreHook(
    hook: (module: this, gradOutput: (Tensor | null)[]) => unknown,
    options: { prepend?: boolean } = {},
  ): RemovableHandle {
    return addHook(this[STATE].backwardPreHooks, hook as never, options.prepend);
  }

  // ---- state dict -----------------------------------------------------------------------------

  /**
   * All parameters and persistent buffers by name, in a plain object without prototype. The
   * tensors share memory with the module, detached unless `keepVars`.
   */
  stateDict(
    options: { prefix?: string; keepVars?: boolean; destination?: StateDict } = {},
  ): StateDict {
    const out = options.destination ?? (Object.create(null) as StateDict);
    this._saveTo(out, options.prefix ?? '', options.keepVars ?? false);
    return out;
  }

  /** @internal */
  _saveTo(out: StateDict, prefix: string, keepVars: boolean): void {
    const { parameters, buffers, modules } = this._members();
    const transient = this[STATE].transientBuffers;
    for (const [name, tensor] of [...parameters, ...buffers]) {
      if (tensor && !transient.has(name)) out[prefix + name] = keepVars ? tensor : tensor.detach();
    }
    for (const [name, child] of modules) child?._saveTo(out, prefix + name + '.', keepVars);
  }

  /** Puts another tensor in the place of a parameter or buffer. @internal */
  _assign(name: string, tensor: Tensor): void {
    (this as any)[name] = tensor;
  }

  /** Whether a state dict without this buffer is complete all the same. @internal */
  _isOptional(_name: string): boolean {
    return false;
  }

  /** Names of buffers that stay out of the state dict. @internal */
  _transientBuffers(): ReadonlySet<string> {
    return this[STATE].transientBuffers;
  }

  /**
   * Copies a state dict's tensors into the parameters and buffers of these names. With `strict`
   * missing and unexpected names are an error, a wrong shape always is; with `assign` the tensors
   * themselves replace the module's.
   */
  loadStateDict(
    stateDict: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
    options: boolean | { strict?: boolean; assign?: boolean } = {},
  ): IncompatibleKeys {
    const { strict = true, assign = false } =
      typeof options === 'boolean' ? { strict: options } : options;
    return loadStateDict(this, stateDict, strict, assign);
  }

  // ---- printing -------------------------------------------------------------------------------

  /** @internal */
  _getName(): string {
    return this.constructor.name;
  }

  /** The text between the brackets of a layer's `toString()`. */
  extraRepr(): string {
    return '';
  }

  toString(): string {
    const extra = this.extraRepr();
    const extraLines = extra ? extra.split('\n') : [];
    const childLines = this._members().modules.map(
      ([name, child]) => `(${name}): ${indentTail(child ? child.toString() : 'None')}`,
    );
    const lines = [...extraLines, ...childLines];
    if (lines.length === 0) return this._getName() + '()';
    if (extraLines.length === 1 && childLines.length === 0) {
      return `${this._getName()}(${extraLines[0]})`;
    }
    return `${this._getName()}(\n  ${lines.join('\n  ')}\n)`;
  }

  /** @internal */
  [INSPECT](): string {
    return this.toString();
  }
}

function newState(): ModuleState {
  return {
    parameters: new Set(),
    buffers: new Set(),
    transientBuffers: new Set(),
    modules: new Set(),
    scanned: false,
    forwardPreHooks: new Map(),
    forwardHooks: new Map(),
    backwardHooks: new Map(),
    backwardPreHooks: new Map(),
  };
}

/** Notes that a name is of this kind from now on, and of no other. */
function claim(state: ModuleState, kind: 'parameters' | 'buffers' | 'modules', name: string): void {
  if (state[kind].has(name)) return;
  state.parameters.delete(name);
  state.buffers.delete(name);
  state.modules.delete(name);
  state[kind].add(name);
}

function rejectField(
  owner: Module,
  kind: 'parameter' | 'child module' | 'buffer',
  name: string,
  value: unknown,
): never {
  const expected = {
    parameter: 'torch.nn.Parameter or None',
    'child module': 'torch.nn.Module or None',
    buffer: 'torch.nn.Buffer, torch.Tensor or None',
  }[kind];
  throw new TypeError(
    `${owner._getName()}: cannot assign '${typeName(value)}' as ${kind} '${name}' (${expected} expected)`,
  );
}

function namedOptions(method: string, options: string | NamedOptions): Required<NamedOptions> {
  if (typeof options === 'string') return { prefix: options, recurse: true, removeDuplicate: true };
  for (const key of Object.keys(options)) {
    if (key !== 'prefix' && key !== 'recurse' && key !== 'removeDuplicate') {
      throw new TypeError(`${method}: unknown option '${key}'`);
    }
  }
  return { prefix: '', recurse: true, removeDuplicate: true, ...options };
}

function targetDType(targets: readonly unknown[]): DType | null {
  for (const target of targets) {
    if (target == null || typeof target === 'boolean' || typeof target === 'string') continue;
    if (target instanceof Tensor) return target.dtype;
    if (isDType(target)) return target;
    if (isPlainObject(target)) {
      for (const key of Object.keys(target)) {
        if (!['dtype', 'device', 'nonBlocking', 'memoryFormat'].includes(key)) {
          throw new TypeError(`to: unknown option '${key}'`);
        }
      }
      const { dtype } = target;
      if (dtype != null) return dtype as DType;
      continue;
    }
    if (!(target as { type?: unknown }).type) {
      throw new TypeError(`to: expected a dtype, a device or a tensor, got ${describe(target)}`);
    }
  }
  return null;
}

function isDType(value: unknown): value is DType {
  return typeof value === 'object' && value !== null && 'isFloatingPoint' in value;
}

/** Drops a gradient, or zeroes it in place (detached from whatever graph made it). */
export function clearGrad(parameter: Tensor, toNone: boolean): void {
  if (toNone) {
    parameter.grad = null;
    return;
  }
  const grad = parameter.grad;
  if (!grad) return;
  if (grad.gradFn) parameter.grad = grad.detach();
  parameter.grad?.requiresGrad_(false).zero_();
}

/** Indents all lines but the first by two. */
export function indentTail(text: string): string {
  return text.replaceAll('\n', '\n  ');
}
