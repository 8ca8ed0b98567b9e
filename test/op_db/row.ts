/** Short words in which the families write their rows. */
import type { Arg, DTypeName, ErrorCase, Family, OpRow, Sample, TensorSpec, Tolerances, Value } from './types';

export const FLOATS: DTypeName[] = ['float32', 'float64', 'float16', 'bfloat16'];
export const INTS: DTypeName[] = ['int64', 'int32', 'int16', 'int8', 'uint8'];
export const NUMBERS: DTypeName[] = [...FLOATS, ...INTS];
export const ALL: DTypeName[] = [...NUMBERS, 'bool'];

/** Finite values and those at the edges of float32 and float64 alike. */
export const EXTREMES: Value[] = ['nan', 'inf', '-inf', '-0', 0, 1, -1, 1e-30, -1e-30, 3e38, -3e38, 0.5, -0.5, 88.7, -88.7, 2];

type TensorOptions = Partial<Omit<TensorSpec, 'kind' | 'shape' | 'values'>>;

/** A tensor of drawn values. */
export function t(shape: number[], options: TensorOptions = {}): TensorSpec {
  return { kind: 'tensor', shape, seed: 0, ...options };
}

/** A tensor of given values; a flat list is one-dimensional unless a shape is given. */
export function v(values: Value[], options: TensorOptions & { shape?: number[] } = {}): TensorSpec {
  return { kind: 'tensor', seed: 0, ...options, shape: options.shape ?? [values.length], values };
}

/** An int64 tensor of given values. */
export function i64(values: Value[], options: TensorOptions & { shape?: number[] } = {}): TensorSpec {
  return v(values, { dtype: 'int64', ...options });
}

export const dtype = (name: DTypeName): Arg => ({ kind: 'dtype', name });
export const slice = (...at: (number | null)[]): Arg => ({ kind: 'slice', at });
export const big = (value: bigint): Arg => ({ kind: 'bigint', value: String(value) });
export const float = (value: Value): Arg => ({ kind: 'float', value });
export const generator = (seed: number): Arg => ({ kind: 'generator', seed });

/** A sample from its arguments. */
export function s(...args: Arg[]): Sample {
  return { args };
}

/** A sample with keyword arguments and settings. */
export function sk(args: Arg[], kw: Record<string, Arg>, rest: Partial<Sample> = {}): Sample {
  return { args, kw, ...rest };
}

/** A sample with settings. */
export function sw(rest: Partial<Sample>, ...args: Arg[]): Sample {
  return { args, ...rest };
}

/** An error case. */
export function err(error: ErrorCase['error'], match: RegExp | string, args: Arg[], rest: Partial<ErrorCase> = {}): ErrorCase {
  return { args, error, match: typeof match === 'string' ? match : match.source, ...rest };
}

/** One tolerance for all floating dtypes that compute in float32 or better; the halves round once at the end. */
export function within(float32: number, float64: number, atol = float32): Tolerances {
  return { float32: { rtol: float32, atol }, float64: { rtol: float64, atol: float64 } };
}

export function camelToSnake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

type RowOptions = Partial<Omit<OpRow, 'name' | 'family' | 'samples'>> & { samples: Sample[] };

/** A row; seeds that a sample leaves open are counted from its place, so that no two tensors are alike. */
export function op(name: string, options: RowOptions): OpRow {
  const forms = options.forms ?? ['torch', 'Tensor'];
  const space = forms[0] === 'F' ? 'torch.nn.functional' : forms[0] === 'Tensor' ? 'torch.Tensor' : 'torch';
  const row: OpRow = {
    torch: `${space}.${camelToSnake(name)}`,
    dtypes: FLOATS,
    grad: true,
    inplace: false,
    exact: false,
    view: false,
    random: false,
    tol: {},
    gradTol: options.tol ?? {},
    errors: [],
    ...options,
    forms,
    name,
    family: '',
  };
  row.samples.forEach((sample, index) => {
    sample.dtypes ??= index === 0 ? row.dtypes : row.dtypes.filter((d) => d === 'float32' || d === 'float64');
    if (sample.dtypes.length === 0) sample.dtypes = [row.dtypes[0]];
    let next = index * 16 + 1;
    const seat = (arg: Arg): void => {
      if (Array.isArray(arg)) arg.forEach(seat);
      else if (typeof arg === 'object' && arg !== null && arg.kind === 'tensor' && arg.seed === 0) arg.seed = next++;
    };
    // A spec that two samples share is copied first: seeds belong to places, not to specs.
    sample.args = structuredClone(sample.args);
    sample.args.forEach(seat);
    if (sample.kw) {
      sample.kw = structuredClone(sample.kw);
      Object.values(sample.kw).forEach(seat);
    }
  });
  return row;
}

export function family(name: string, ops: OpRow[]): Family {
  for (const row of ops) row.family = name;
  return { name, ops };
}
