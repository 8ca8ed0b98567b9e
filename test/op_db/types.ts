/**
 * The op table: what a row says about an op. Everything in a row is plain JSON (see `README.md`), so that
 * `scripts/golden/generate.py` can evaluate the same samples with PyTorch.
 */

export type DTypeName =
  | 'float32' | 'float64' | 'float16' | 'bfloat16'
  | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'bool';

/** A number, or a value that JSON cannot say. */
export type Value = number | boolean | 'nan' | 'inf' | '-inf' | '-0' | `${number}n`;

/** How the elements of a tensor lie in memory; the logical values do not depend on it. */
export type Layout = 'contiguous' | 'transposed' | 'step' | 'offset';

export interface TensorSpec {
  kind: 'tensor';
  /** Shape of the values; with `expand`, before expanding. */
  shape: number[];
  /** Fixed dtype; without it the tensor has the dtype that the sample is run with. */
  dtype?: DTypeName;
  /** Row-major values; without them they are drawn (see `data.ts`). */
  values?: Value[];
  /** Bounds of drawn values; integers take the whole numbers within. */
  range?: [number, number];
  /** Drawn values are a shuffled grid: no two are equal. */
  distinct?: boolean;
  seed: number;
  layout?: Layout;
  expand?: number[];
  /** False: no gradient is asked for (class weights, targets). */
  grad?: false;
}

export type Arg =
  | TensorSpec
  | { kind: 'dtype'; name: DTypeName }
  | { kind: 'slice'; at: (number | null)[] }
  | { kind: 'bigint'; value: string }
  | { kind: 'generator'; seed: number }
  | { kind: 'float'; value: Value }
  | number | boolean | string | null | Arg[];

export interface Sample {
  args: Arg[];
  /** Keyword arguments, camelCase as in JS; the generator spells them PyTorch's way. */
  kw?: Record<string, Arg>;
  /** Dtypes that the sample is run with; default: float32 and float64 (the first sample of a row: all of the row). */
  dtypes?: DTypeName[];
  /** False: no gradients are compared (a kink where nothing is promised). */
  grad?: boolean;
  /** False: gradients are compared, but finite differences make no sense here (kinks, huge values). */
  gradcheck?: boolean;
  /** `manualSeed` before the call, on both sides. */
  seed?: number;
  tol?: Tolerances;
  /** Says what the sample is about where the arguments do not. */
  note?: string;
}

export interface ErrorCase {
  args: Arg[];
  kw?: Record<string, Arg>;
  error: 'TypeError' | 'RangeError' | 'Error';
  /** Source of a regular expression for the text after `name: `. */
  match: string;
  /** True where PyTorch accepts the call: a deliberate difference of `api.md`. */
  onlyHere?: boolean;
  /** Which callable: default the row's first form. */
  form?: Form;
}

export interface Tolerance { rtol: number; atol: number }
export type Tolerances = Partial<Record<DTypeName, Tolerance>>;

/** Where the op can be called: `torch.x(a)`, `a.x()`, `nn.functional.x(a)`. */
export type Form = 'torch' | 'Tensor' | 'F';

export interface OpRow {
  /** nabla's name: `logSoftmax`. */
  name: string;
  /** PyTorch's path when the mechanical rule does not give it: `torch.where`. */
  torch: string;
  family: string;
  forms: Form[];
  samples: Sample[];
  /** Dtypes of the first sample. */
  dtypes: DTypeName[];
  /** Gradients are defined for floating inputs. */
  grad: boolean;
  /** The method `name_` exists and equals the op. */
  inplace: boolean;
  /** Values must agree bit by bit (moves data, or every step is exactly rounded). */
  exact: boolean;
  /** The result shares memory with the input, so its strides are part of the contract. */
  view: boolean;
  /** The layout suite cannot apply: the result's values are not defined by the inputs (random, empty). */
  random: boolean;
  tol: Tolerances;
  /** Tolerances of the gradients; default: those of the values. */
  gradTol: Tolerances;
  /** Tolerances of finite differences. */
  gradcheck?: { eps?: number; atol?: number; rtol?: number };
  errors: ErrorCase[];
}

export interface Family { name: string; ops: OpRow[] }
