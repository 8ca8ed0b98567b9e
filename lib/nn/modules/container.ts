import { isPlainObject } from '../../options';
import { indentTail, Module, type Members } from '../module';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** Children by name: an ordered record, a Map, or pairs. */
export type NamedModules =
  | Readonly<Record<string, Module>>
  | ReadonlyMap<string, Module>
  | Iterable<readonly [string, Module]>;

function namedEntries(owner: string, modules: NamedModules): [string, Module][] {
  if (modules instanceof ModuleDict) return [...modules.entries()];
  if (typeof modules !== 'object' || modules === null) {
    throw new TypeError(
      `${owner}: should be called with a record, a Map or [key, module] pairs, ` +
        `but got ${typeof modules}`,
    );
  }
  if (!(Symbol.iterator in modules)) return Object.entries(modules);
  return [...modules].map((pair, i) => {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TypeError(`${owner}: element #${i} should be a [key, module] pair`);
    }
    return pair as unknown as [string, Module];
  });
}

/** What Sequential and ModuleList share: children by position, kept as fields '0', '1', ... */
abstract class IndexedModules extends Module {
  override get length(): number {
    return this._members().modules.length;
  }

  /** The child at `index`; negative counts from the end. */
  get(index: number): Module {
    return this.at(index)[1];
  }

  /** Puts `module` in the place of the child at `index`. */
  set(index: number, module: Module): void {
    const [name] = this.at(index);
    requireModule(this._getName(), module);
    (this as any)[name] = module;
  }

  append(module: Module): this {
    this.addModule(String(this.length), module);
    return this;
  }

  extend(modules: Iterable<Module>): this {
    if (modules == null || typeof modules[Symbol.iterator] !== 'function') {
      throw new TypeError(
        `${this._getName()}.extend should be called with an iterable, but got ${typeof modules}`,
      );
    }
    for (const module of [...modules]) this.append(module);
    return this;
  }

  /** Puts `module` before the child at `index`. */
  insert(index: number, module: Module): this {
    const all = this.all();
    if (!Number.isInteger(index) || index < -all.length || index > all.length) {
      throw new RangeError(`${this._getName()}.insert: Index out of range: ${index}`);
    }
    requireModule(this._getName(), module);
    all.splice(index < 0 ? index + all.length : index, 0, module);
    this.renumber(all);
    return this;
  }

  /** Takes the child at `index` out and returns it. */
  pop(index = -1): Module {
    const [, module] = this.at(index);
    this.delete(index);
    return module;
  }

  /** Removes the child at `index`; those behind it move up. */
  delete(index: number): void {
    const [name] = this.at(index);
    const all = this._members()
      .modules.filter(([key]) => key !== name)
      .map(([, module]) => module as Module);
    this.renumber(all);
  }

  [Symbol.iterator](): IterableIterator<Module> {
    return this.all()[Symbol.iterator]();
  }

  protected all(): Module[] {
    return this._members().modules.map(([, module]) => module as Module);
  }

  private at(index: number): [string, Module] {
    const { modules } = this._members();
    const place = index < 0 ? index + modules.length : index;
    const found = Number.isInteger(place) ? modules[place] : undefined;
    if (!found) throw new RangeError(`${this._getName()}: index ${index} is out of range`);
    return found as [string, Module];
  }

  private renumber(modules: readonly Module[]): void {
    for (const [name] of this._members().modules) delete (this as any)[name];
    this._members();
    modules.forEach((module, i) => this.addModule(String(i), module));
  }
}

function requireModule(owner: string, module: unknown): void {
  if (!(module instanceof Module)) {
    throw new TypeError(`${owner}: module should be of type Module, got ${typeof module}`);
  }
}

/**
 * A chain of modules: each gets what the one before returned. Made from modules, or from a record
 * of named ones.
 *
 * PyTorch: torch.nn.Sequential
 */
export class Sequential extends IndexedModules {
  constructor(...modules: Module[]);
  constructor(modules: Readonly<Record<string, Module>> | ReadonlyMap<string, Module>);
  constructor(...args: unknown[]) {
    super();
    const [first] = args;
    if (args.length === 1 && (isPlainObject(first) || first instanceof Map)) {
      for (const [name, module] of namedEntries('Sequential', first as NamedModules)) {
        this.addModule(name, module);
      }
    } else {
      args.forEach((module, i) => this.addModule(String(i), module as Module));
    }
  }

  forward(input: any): any {
    for (const [, module] of this._members().modules) input = (module as any)(input);
    return input;
  }

  /** A new Sequential of the children from `start` to before `end`, under their names. */
  slice(start?: number, end?: number): Sequential {
    const part = this._members().modules.slice(start, end) as [string, Module][];
    return new Sequential(new Map(part));
  }
}

/**
 * Modules in a list, so that they are found as children. PyTorch: torch.nn.ModuleList
 */
export class ModuleList extends IndexedModules {
  constructor(modules?: Iterable<Module>) {
    super();
    if (modules != null) this.extend(modules);
  }

  forward(..._args: unknown[]): never {
    throw new Error(`Module [${this._getName()}] is missing the required "forward" function`);
  }

  /** A new ModuleList of the children from `start` to before `end`. */
  slice(start?: number, end?: number): ModuleList {
    return new ModuleList(this.all().slice(start, end));
  }

  /** As PyTorch prints lists: equal neighbours are counted instead of repeated. */
  override toString(): string {
    const texts = this.all().map(String);
    if (texts.length === 0) return this._getName() + '()';
    const lines: string[] = [];
    for (let start = 0; start < texts.length; ) {
      let end = start + 1;
      while (end < texts.length && texts[end] === texts[start]) end++;
      const text = texts[start] as string;
      const line =
        end - start === 1
          ? `(${start}): ${text}`
          : `(${start}-${end - 1}): ${end - start} x ${text}`;
      lines.push(indentTail(line));
      start = end;
    }
    return `${this._getName()}(\n  ${lines.join('\n  ')}\n)`;
  }
}

/**
 * Modules by key, used as a `Map`. Keys may be any string without dots: they are not fields.
 *
 * PyTorch: torch.nn.ModuleDict
 */
export class ModuleDict extends Module {
  constructor(modules?: NamedModules) {
    super();
    Object.defineProperty(this, 'byKey', { value: new Map<string, Module>() });
    if (modules != null) this.update(modules);
  }

  /** @internal */
  private declare readonly byKey: Map<string, Module>;

  override get length(): number {
    return this.byKey.size;
  }

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): Module {
    const module = this.byKey.get(key);
    if (!module) throw new RangeError(`${this._getName()}: no module '${key}'`);
    return module;
  }

  set(key: string, module: Module): this {
    requireModule(this._getName(), module);
    if (typeof key !== 'string') {
      throw new TypeError(`module name should be a string. Got ${typeof key}`);
    }
    if (key.includes('.')) throw new Error(`module name can't contain ".", got: ${key}`);
    if (key === '') throw new Error('module name can\'t be empty string ""');
    this.byKey.set(key, module);
    return this;
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  delete(key: string): boolean {
    return this.byKey.delete(key);
  }

  pop(key: string): Module {
    const module = this.get(key);
    this.byKey.delete(key);
    return module;
  }

  clear(): void {
    this.byKey.clear();
  }

  /** Sets all modules of a record, a Map, another ModuleDict, or pairs. */
  update(modules: NamedModules): void {
    for (const [key, module] of namedEntries(`${this._getName()}.update`, modules)) {
      this.set(key, module);
    }
  }

  keys(): IterableIterator<string> {
    return this.byKey.keys();
  }

  values(): IterableIterator<Module> {
    return this.byKey.values();
  }

  entries(): IterableIterator<[string, Module]> {
    return this.byKey.entries();
  }

  /** Same as {@link entries}. */
  items(): IterableIterator<[string, Module]> {
    return this.byKey.entries();
  }

  [Symbol.iterator](): IterableIterator<[string, Module]> {
    return this.byKey.entries();
  }

  override addModule(name: string, module: Module | null): void {
    this.set(name, module as Module);
  }

  override registerModule(name: string, module: Module | null): void {
    this.set(name, module as Module);
  }

  forward(..._args: unknown[]): never {
    throw new Error(`Module [${this._getName()}] is missing the required "forward" function`);
  }

  /** @internal */
  override _members(): Members {
    const members = super._members();
    return { ...members, modules: [...members.modules, ...this.byKey] };
  }
}
