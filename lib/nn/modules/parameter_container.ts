import { Tensor } from '../../tensor';
import { Module, type Members } from '../module';
import { Parameter } from '../parameter';
import { typeName } from '../type_name';

function asParameter(owner: string, value: unknown): Parameter {
  if (value instanceof Parameter) return value;
  if (value instanceof Tensor) return new Parameter(value);
  throw new TypeError(`${owner}: expected a tensor, got ${typeof value}`);
}

function line(name: string, parameter: Parameter, type = String(parameter.dtype)): string {
  const size = parameter.shape.join('x');
  return `  (${name}): Parameter containing: [${type} of size ${size}]`;
}

/**
 * Parameters in a list, so that they are found; plain tensors become parameters.
 *
 * PyTorch: torch.nn.ParameterList
 */
export class ParameterList extends Module {
  constructor(values?: Iterable<Tensor>) {
    super();
    if (values != null) this.extend(values);
  }

  override get length(): number {
    return this._members().parameters.length;
  }

  get(index: number): Parameter {
    return (this as unknown as Record<string, Parameter>)[this.place(index)] as Parameter;
  }

  set(index: number, value: Tensor): void {
    const fields = this as unknown as Record<string, Parameter>;
    fields[this.place(index)] = asParameter('ParameterList', value);
  }

  append(value: Tensor): this {
    this.registerParameter(String(this.length), asParameter('ParameterList', value));
    return this;
  }

  extend(values: Iterable<Tensor>): this {
    if (values instanceof Tensor || typeof values?.[Symbol.iterator] !== 'function') {
      throw new TypeError(
        `ParameterList.extend should be called with an iterable, but got ${typeof values}`,
      );
    }
    for (const value of values) this.append(value);
    return this;
  }

  [Symbol.iterator](): IterableIterator<Parameter> {
    return this.parameters()[Symbol.iterator]();
  }

  forward(..._args: unknown[]): never {
    throw new Error('ParameterList should not be called.');
  }

  override extraRepr(): string {
    return this._members()
      .parameters.map(([name, parameter]) => line(name, parameter as Parameter))
      .join('\n');
  }

  private place(index: number): string {
    const length = this.length;
    const place = index < 0 ? index + length : index;
    if (!Number.isInteger(place) || place < 0 || place >= length) {
      throw new RangeError(`ParameterList: index ${index} is out of range`);
    }
    return String(place);
  }
}

/**
 * Parameters by key, used as a `Map`; plain tensors become parameters.
 *
 * PyTorch: torch.nn.ParameterDict
 */
export class ParameterDict extends Module {
  private declare readonly byKey: Map<string, Parameter>;

  constructor(
    values?: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor> | ParameterDict,
  ) {
    super();
    Object.defineProperty(this, 'byKey', { value: new Map<string, Parameter>() });
    if (values != null) this.update(values);
  }

  override get length(): number {
    return this.byKey.size;
  }

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): Parameter {
    const value = this.byKey.get(key);
    if (!value) throw new RangeError(`ParameterDict: no parameter '${key}'`);
    return value;
  }

  set(key: string, value: Tensor): this {
    if (typeof key !== 'string' || key === '' || key.includes('.')) {
      throw new TypeError(`ParameterDict: a key is a string without ".", got ${String(key)}`);
    }
    this.byKey.set(key, asParameter('ParameterDict', value));
    return this;
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  delete(key: string): boolean {
    return this.byKey.delete(key);
  }

  update(
    values: Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor> | ParameterDict,
  ): void {
    // A plain record comes sorted, as a plain dict does in PyTorch; a Map keeps its order.
    const entries =
      values instanceof ParameterDict || values instanceof Map
        ? values.entries()
        : Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [key, value] of entries) this.set(key, value as Tensor);
  }

  keys(): IterableIterator<string> {
    return this.byKey.keys();
  }

  values(): IterableIterator<Parameter> {
    return this.byKey.values();
  }

  entries(): IterableIterator<[string, Parameter]> {
    return this.byKey.entries();
  }

  [Symbol.iterator](): IterableIterator<[string, Parameter]> {
    return this.byKey.entries();
  }

  forward(..._args: unknown[]): never {
    throw new Error('ParameterDict should not be called.');
  }

  /** @internal */
  override _assign(name: string, tensor: Tensor): void {
    this.set(name, tensor);
  }

  /** @internal */
  override _members(): Members {
    const members = super._members();
    return { ...members, parameters: [...members.parameters, ...this.byKey] };
  }

  override extraRepr(): string {
    return [...this.byKey]
      .map(([key, p]) => line(key, p, typeName(p)))
      .join('\n');
  }
}
