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
