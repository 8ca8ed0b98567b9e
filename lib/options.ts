/**
 * Call forms of what is written in TypeScript (modules, optimizers, data sets): positional
 * arguments in PyTorch's order, then one last plain object with camelCase keys.
 */

const REQUIRED: unique symbol = Symbol('required');

/** Marks a parameter without default in a {@link Signature}. */
export { REQUIRED };

/** An object literal or an object without prototype: what may stand for keyword arguments. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const proto = Object.getPrototypeOf(value) as object | null;
  if (proto === null) return true;
  // Other realms (vm contexts, test runners) have an Object.prototype of their own.
  return Object.getPrototypeOf(proto) === null && Object.hasOwn(proto, 'hasOwnProperty');
}

/** `weight_decay` -> `weightDecay`, by the naming rule of the whole library. */
export function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_([a-zA-Z0-9])/g, (whole, next: string, at: number) =>
    /\d/.test(next) && /\d/.test(name[at - 1] ?? '') ? whole : next.toUpperCase(),
  );
}

/** `weightDecay` -> `weight_decay`: how PyTorch spells the same name. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => '_' + letter.toLowerCase());
}

/** What an argument was, for an error text. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'function';
  if (typeof value !== 'object') return String(value);
  const name = (value as { constructor?: { name?: string } }).constructor?.name ?? 'object';
  return Array.isArray(value) ? `[${value.map(describe).join(', ')}]` : name;
}

type Defaults = Readonly<Record<string, unknown>>;

/** The parameters of one function: resolves call forms and names what is wrong with a call. */
export class Signature {
  private readonly names: readonly string[];
  private readonly known: Defaults;

  /**
   * @param owner name that starts every error text
   * @param positional parameters in order, each with its default or {@link REQUIRED}
   * @param keywordOnly parameters that only the options object may hold
   * @param dataParams positional parameters whose value may itself be a plain object
   */
  constructor(
    private readonly owner: string,
    private readonly positional: Defaults,
    keywordOnly: Defaults = {},
    private readonly dataParams: readonly string[] = [],
  ) {
    this.names = Object.keys(positional);
    this.known = { ...positional, ...keywordOnly };
  }

  /** The arguments by name, defaults filled in; `undefined` counts as not given. */
  bind<T>(given: readonly unknown[]): T {
    let count = given.length;
    while (count > 0 && given[count - 1] === undefined) count--;
    const last = given[count - 1];
    let options: Record<string, unknown> | undefined;
    if (count > 0 && isPlainObject(last)) {
      const position = this.names[count - 1];
      if (position === undefined || !this.dataParams.includes(position)) {
        options = last;
        count--;
      }
    }
    if (count > this.names.length) {
      throw new TypeError(
        `${this.owner}: takes at most ${this.names.length} positional arguments, got ${count}`,
      );
    }
    const out: Record<string, unknown> = { ...this.known };
    for (let i = 0; i < count; i++) {
      if (given[i] !== undefined) out[this.names[i] as string] = given[i];
    }
    if (options) this.mergeOptions(out, options, given, count);
    for (const name of this.names) {
      if (out[name] === REQUIRED) throw new TypeError(`${this.owner}: missing argument '${name}'`);
    }
    return out as T;
  }

  private mergeOptions(
    out: Record<string, unknown>,
    options: Record<string, unknown>,
    given: readonly unknown[],
    count: number,
  ): void {
    for (const key of Object.keys(options)) {
      if (!Object.hasOwn(this.known, key)) {
        const camel = camelCase(key);
        const hint = camel !== key && Object.hasOwn(this.known, camel) ? `, write '${camel}'` : '';
        const all = Object.keys(this.known).join(', ');
        throw new TypeError(`${this.owner}: unknown option '${key}'${hint} (known: ${all})`);
      }
      const position = this.names.indexOf(key);
      if (position >= 0 && position < count && given[position] !== undefined) {
        throw new TypeError(`${this.owner}: argument '${key}' was given twice`);
      }
      if (options[key] !== undefined) out[key] = options[key];
    }
  }
}
