/** Builds and calls samples of the table with nabla: the twin of `scripts/golden/evaluate.py`. */
import * as torch from 'nabla';
import { drawValues, isFloating } from './data';
import type { Arg, DTypeName, Form, OpRow, Sample, TensorSpec } from './types';

type Tensor = torch.Tensor;
type Callable = (...args: unknown[]) => unknown;

/** Logical values as a flat tensor of a dtype. */
function flat(values: number[], dtype: DTypeName, spec: TensorSpec): Tensor {
  const options = { dtype: torch[dtype] };
  if (dtype === 'bool') return torch.tensor(values.map((x) => x !== 0), options);
  if (isFloating(dtype)) return torch.tensor(Float64Array.from(values), options);
  if (dtype === 'int64') {
    const exact = spec.values?.map((x) => (typeof x === 'string' && x.endsWith('n') ? BigInt(x.slice(0, -1)) : null));
    return torch.tensor(BigInt64Array.from(values, (x, k) => exact?.[k] ?? BigInt(Number.isFinite(x) ? Math.trunc(x) : 0)));
  }
  return torch.tensor(BigInt64Array.from(values, (x) => BigInt(Number.isFinite(x) ? Math.trunc(x) : 0))).to(torch[dtype]);
}

/** Same logical values, another place in memory. */
export function lay(x: Tensor, layout: TensorSpec['layout']): Tensor {
  if (layout === 'transposed') return x.transpose(0, -1).contiguous().transpose(0, -1);
  if (layout === 'step') return torch.stack([x, torch.onesLike(x)], -1).select(-1, 0);
  if (layout === 'offset') {
    const padded = torch.cat([torch.ones([3], { dtype: x.dtype }), x.reshape(-1)]);
    return padded.narrow(0, 3, x.numel()).view([...x.shape]);
  }
  return x;
}

/** The tensor of a spec; `dtype` is the one the sample is run with. */
export function buildTensor(spec: TensorSpec, dtype: DTypeName, layout = spec.layout): Tensor {
  const own = spec.dtype ?? dtype;
  const x = lay(flat(drawValues(spec, own), own, spec).reshape(spec.shape), layout);
  return spec.expand ? x.expand(spec.expand) : x;
}

export interface Built {
  args: unknown[];
  kw: Record<string, unknown> | undefined;
  /** Tensors that gradients are asked for, in the order of the arguments. */
  leaves: Tensor[];
}

export interface BuildOptions {
  wantGrad?: boolean;
  /** Replaces a built tensor, before it becomes a leaf. */
  change?: (x: Tensor, spec: TensorSpec) => Tensor;
}

/** Builds the arguments of a sample. */
export function build(sample: Pick<Sample, 'args' | 'kw'>, dtype: DTypeName, options: BuildOptions = {}): Built {
  const leaves: Tensor[] = [];
  const convert = (arg: Arg): unknown => {
    if (Array.isArray(arg)) return arg.map(convert);
    if (typeof arg !== 'object' || arg === null) return arg;
    switch (arg.kind) {
      case 'tensor': {
        let x = buildTensor(arg, dtype);
        if (options.change) x = options.change(x, arg);
        if (options.wantGrad && x.dtype.isFloatingPoint && arg.grad !== false) {
          x = x.detach().requiresGrad_();
          leaves.push(x);
        }
        return x;
      }
      case 'dtype': return torch[arg.name];
      case 'slice': return torch.slice(...(arg.at as [number | null, number | null]));
      case 'bigint': return BigInt(arg.value);
      case 'generator': return new torch.Generator().manualSeed(arg.seed);
      case 'float': return { nan: NaN, inf: Infinity, '-inf': -Infinity, '-0': -0 }[arg.value as string] ?? arg.value;
    }
  };
  const args = sample.args.map(convert);
  const kw = sample.kw && Object.fromEntries(Object.entries(sample.kw).map(([k, a]) => [k, convert(a)]));
  return { args, kw, leaves };
}

/** The function that a form of an op names; methods take their tensor first. */
export function callableOf(name: string, form: Form): Callable {
  if (form === 'Tensor') {
    return (self, ...rest) => {
      const method = (self as Record<string, Callable>)[name];
      if (typeof method !== 'function') throw new Error(`no method ${name}`);
      return method.apply(self, rest);
    };
  }
  const space = (form === 'torch' ? torch : torch.nn.functional) as unknown as Record<string, Callable>;
  if (typeof space[name] !== 'function') throw new Error(`no function ${form}.${name}`);
  return space[name];
}

/** Whether a sample can be called in a form: a method needs a tensor in front. */
export function fits(sample: Pick<Sample, 'args'>, form: Form): boolean {
  const first = sample.args[0];
  return form !== 'Tensor' || (typeof first === 'object' && first !== null && !Array.isArray(first) && first.kind === 'tensor');
}

/** Results as a list of tensors; a bare number, boolean becomes a 0-d tensor of what PyTorch would have. */
export function listed(out: unknown): Tensor[] {
  return Array.isArray(out) ? [...(out as Tensor[])] : [out as Tensor];
}

/** Calls a sample in a form. In-place rows work on a copy where the tensor is a leaf. */
export function call(row: OpRow, sample: Pick<Sample, 'seed'>, built: Built, form: Form = row.forms[0]): Tensor[] {
  const args = [...built.args];
  if (row.name.endsWith('_') && built.leaves.includes(args[0] as Tensor)) {
    args[0] = torch.emptyLike(args[0] as Tensor).copy_(args[0] as Tensor);
  }
  if (built.kw) args.push(built.kw);
  if (sample.seed !== undefined) torch.manualSeed(sample.seed);
  return listed(callableOf(row.name, form)(...args));
}

/** Gradients of sum(out * w) for every leaf, with the golden files' weights. */
export function gradsOf(outs: Tensor[], leaves: Tensor[]): (Tensor | null)[] {
  const heads = outs.map((out, k) => ({ out, k })).filter(({ out }) => out.requiresGrad);
  if (heads.length === 0) return leaves.map(() => null);
  const gradOutputs = heads.map(({ out, k }) =>
    buildTensor({ kind: 'tensor', shape: [...out.shape], seed: 1000 + k, range: [-1, 1] }, 'float64').to(out.dtype));
  return [...torch.autograd.grad(heads.map((h) => h.out), leaves, { gradOutputs, allowUnused: true })];
}

/** A name for a sample that says what it is about. */
export function label(sample: Sample, dtype: DTypeName): string {
  const one = (arg: Arg): string => {
    if (Array.isArray(arg)) return `[${arg.map(one).join(', ')}]`;
    if (typeof arg !== 'object' || arg === null) return String(arg);
    if (arg.kind === 'tensor') {
      return `${arg.dtype ?? ''}[${arg.shape}]${arg.layout ? ` ${arg.layout}` : ''}${arg.expand ? ` to [${arg.expand}]` : ''}`;
    }
    if (arg.kind === 'slice') return `slice(${arg.at})`;
    return arg.kind === 'dtype' ? arg.name : `${arg.kind} ${'value' in arg ? arg.value : arg.seed}`;
  };
  const kw = sample.kw ? `, {${Object.entries(sample.kw).map(([k, a]) => `${k}: ${one(a)}`)}}` : '';
  return `${dtype} (${sample.args.map(one).join(', ')}${kw})${sample.seed === undefined ? '' : ` seed ${sample.seed}`}`;
}
