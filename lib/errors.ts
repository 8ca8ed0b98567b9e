/**
 * Error objects are made here and not in C++: an error class belongs to a realm, and only this side
 * knows which one the caller lives in. The addon hands over a kind and a text.
 */

/** What a callback (hook, `autograd.Function`) threw while native code was on the stack. */
let thrown: { value: unknown } | null = null;

/** @internal Keeps what a callback threw until the native call that ran it has returned. */
export function keepThrown(value: unknown): void {
  thrown ??= { value };
}

/** Makes the error for a native failure; `text` is `<kind><message>` as binding/errors.h writes it. */
export function nativeError(name: string, text: string): unknown {
  const message = `${name}: ${text.slice(1)}`;
  switch (text[0]) {
    case 'T':
      return new TypeError(message);
    case 'R':
      return new RangeError(message);
    case 'J': {
      const kept = thrown;
      thrown = null;
      return kept ? kept.value : new Error(message);
    }
    default:
      return new Error(message);
  }
}

/** Returns the result of a native call, or throws the error that it describes. */
export function checked<T>(name: string, result: T | string): T {
  if (typeof result === 'string') throw nativeError(name, result);
  return result;
}

/** How a value that was not expected is called in a message. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'number':
      return Number.isInteger(value) ? 'number' : `the number ${value}`;
    case 'string':
      return `the string '${value.length > 32 ? `${value.slice(0, 29)}...` : value}'`;
    case 'object': {
      if (Array.isArray(value)) return 'an array';
      const { constructor } = value as { constructor?: unknown };
      return typeof constructor === 'function' && constructor.name ? constructor.name : 'an object';
    }
    default:
      return typeof value;
  }
}
