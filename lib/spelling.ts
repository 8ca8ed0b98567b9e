/**
 * PyTorch's own spelling of names. Reading `torch.manual_seed` or `x.requires_grad` gives an error
 * that says what to write, where JavaScript would give undefined; names that exist cost nothing.
 */
import { snakeCase } from './options';

/**
 * Adds PyTorch's spelling of the names of a namespace (`torch.nn.functional`) or a prototype, and of
 * the fields that instances have.
 */
export function explainSnakeCase(where: string, target: object, fields: readonly string[] = []): void {
  for (const name of [...Object.getOwnPropertyNames(target), ...fields]) {
    const pythonic = snakeCase(name);
    // Classes and constants are spelled alike in both languages.
    if (pythonic === name || !/^[a-z]/.test(name) || pythonic in target) continue;
    const explain = (): never => {
      throw new TypeError(`${where}.${pythonic}: names are in camel case here, write ${where}.${name}`);
    };
    // What may be assigned by its right name would be lost by the wrong one; other names are free.
    const assignable = Object.getOwnPropertyDescriptor(target, name)?.set !== undefined;
    const define = function (this: object, value: unknown): void {
      Object.defineProperty(this, pythonic, { value, writable: true, enumerable: true, configurable: true });
    };
    Object.defineProperty(target, pythonic, { get: explain, set: assignable ? explain : define, configurable: true });
  }
}
