/**
 * Text of tensors, as PyTorch prints them: 4 digits, one width for all elements, scientific where
 * the range asks for it, `...` for the middle of what has more than `threshold` elements.
 *
 * PyTorch: torch.set_printoptions, torch._tensor_str
 */
import type { DType } from './dtype';

export interface PrintOptions {
  /** Digits after the point. */
  precision: number;
  /** Number of elements beyond which a tensor is summarised. */
  threshold: number;
  /** Elements shown at both ends of a summarised dimension. */
  edgeitems: number;
  /** Characters in a line. */
  linewidth: number;
  /** Scientific notation: always, never, or (null) where the values ask for it. */
  sciMode: boolean | null;
}

export interface SetPrintOptions {
  precision?: number | null;
  threshold?: number | null;
  edgeitems?: number | null;
  linewidth?: number | null;
  profile?: 'default' | 'short' | 'full' | null;
  sciMode?: boolean | null;
}

const PROFILES = {
  default: { precision: 4, threshold: 1000, edgeitems: 3, linewidth: 80 },
  short: { precision: 2, threshold: 1000, edgeitems: 2, linewidth: 80 },
  full: { precision: 4, threshold: Infinity, edgeitems: 3, linewidth: 80 },
};

const current: PrintOptions = { ...PROFILES.default, sciMode: null };

/** Sets how tensors print; what is not given stays, but `sciMode` goes back to null. */
export function setPrintoptions(options: SetPrintOptions = {}): void {
  for (const key of Object.keys(options)) {
    if (key !== 'profile' && !Object.hasOwn(current, key)) {
      throw new TypeError(`setPrintoptions: unknown option '${key}'`);
    }
  }
  const { profile, precision, threshold, edgeitems, linewidth, sciMode } = options;
  if (profile != null) {
    if (!Object.hasOwn(PROFILES, profile)) {
      throw new TypeError(`setPrintoptions: profile must be default, short or full, got ${profile}`);
    }
    Object.assign(current, PROFILES[profile]);
  }
  if (precision != null) current.precision = precision;
  if (threshold != null) current.threshold = threshold;
  if (edgeitems != null) current.edgeitems = edgeitems;
  if (linewidth != null) current.linewidth = linewidth;
  current.sciMode = sciMode ?? null;
}

/** A copy of the options in force. */
export function getPrintoptions(): PrintOptions {
  return { ...current };
}

/** Calls `fn` under other options and puts the old ones back. */
export function printoptions<T>(options: SetPrintOptions, fn: () => T): T {
  const saved = getPrintoptions();
  setPrintoptions(options);
  try {
    return fn();
  } finally {
    Object.assign(current, saved);
  }
}

type Element = number | bigint | boolean;

/** What printing asks of a tensor. */
export interface Printable {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly requiresGrad: boolean;
  /** Name of the function that made it, null for a leaf. */
  readonly gradFnName: string | null;
  /**
   * The elements in row-major order; of the dimensions named in `cut` only the first and the last
   * `edge` positions.
   */
  elements(cut: readonly boolean[], edge: number): ArrayLike<Element>;
}

/** `tensor([...])` with its suffixes. */
export function formatTensor(tensor: Printable, defaultDType: string): string {
  const prefix = 'tensor(';
  const { shape } = tensor;
  const dtype = String(tensor.dtype);
  const numel = shape.reduce((product, size) => product * size, 1);
  const suffixes: string[] = [];
  let body = '[]';
  if (numel === 0) {
    // The shape (0,) and the default dtype are what '[]' says by itself.
    if (shape.length !== 1) suffixes.push(`size=${sizeText(shape)}`);
    if (dtype !== defaultDType) suffixes.push(`dtype=${dtype}`);
  } else {
    if (current.edgeitems === 0) suffixes.push(`size=${sizeText(shape)}`);
    if (dtype !== defaultDType && dtype !== 'torch.int64' && dtype !== 'torch.bool') {
      suffixes.push(`dtype=${dtype}`);
    }
    body = bodyText(tensor, numel, prefix.length);
  }
  if (tensor.gradFnName !== null) suffixes.push(`grad_fn=<${tensor.gradFnName}>`);
  else if (tensor.requiresGrad) suffixes.push('requires_grad=True');
  return addSuffixes(prefix + body, suffixes, prefix.length);
}

function sizeText(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

function addSuffixes(text: string, suffixes: readonly string[], indent: number): string {
  let out = text;
  let lineLength = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (lineLength + suffix.length + 2 > current.linewidth) {
      out += ',\n' + ' '.repeat(indent) + suffix;
      lineLength = indent + suffix.length;
    } else {
      out += ', ' + suffix;
      lineLength += suffix.length + 2;
    }
  }
  return out + ')';
}

function bodyText(tensor: Printable, numel: number, indent: number): string {
  const { shape } = tensor;
  const edge = current.edgeitems;
  const summarise = numel > current.threshold;
  if (summarise && edge === 0 && shape.length > 0) return '[...]';
  const cut = shape.map((size) => summarise && size > 2 * edge);
  const values = tensor.elements(cut, edge);
  const formatter = tensor.dtype.isFloatingPoint
    ? floatFormatter(values as ArrayLike<number>)
    : integerFormatter(values);
  if (shape.length === 0) return formatter.format(values[0] as Element);
  const kept = shape.map((size, d) => (cut[d] ? 2 * edge : size));
  let next = 0;
  const vector = (depth: number): string => {
    const cells: string[] = [];
    const size = kept[depth] as number;
    for (let i = 0; i < size; i++) {
      if (cut[depth] && i === edge) cells.push(' ...');
      cells.push(formatter.format(values[next++] as Element));
    }
    const room = current.linewidth - indent - depth;
    const perLine = Math.max(1, Math.floor(room / (formatter.width + 2)));
    const lines: string[] = [];
    for (let i = 0; i < cells.length; i += perLine) {
      lines.push(cells.slice(i, i + perLine).join(', '));
    }
    return '[' + lines.join(',\n' + ' '.repeat(indent + depth + 1)) + ']';
  };
  const nested = (depth: number): string => {
    if (depth === shape.length - 1) return vector(depth);
    const slices: string[] = [];
    const size = kept[depth] as number;
    for (let i = 0; i < size; i++) {
      if (cut[depth] && i === edge) slices.push('...');
      slices.push(nested(depth + 1));
    }
    const gap = '\n'.repeat(shape.length - depth - 1) + ' '.repeat(indent + depth + 1);
    return '[' + slices.join(',' + gap) + ']';
  };
  return nested(0);
}

interface Formatter {
  readonly width: number;
  format(value: Element): string;
}

function integerFormatter(values: ArrayLike<Element>): Formatter {
  const text = (value: Element): string =>
    typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  let width = 1;
  for (let i = 0; i < values.length; i++) width = Math.max(width, text(values[i] as Element).length);
  return { width, format: (value) => text(value).padStart(width) };
}

function floatFormatter(values: ArrayLike<number>): Formatter {
  const { precision } = current;
  let min = Infinity;
  let max = 0;
  let integral = true;
  const shown: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value === 0 || !Number.isFinite(value)) continue;
    shown.push(value);
    const size = Math.abs(value);
    if (size < min) min = size;
    if (size > max) max = size;
    if (!Number.isInteger(value)) integral = false;
  }
  let width = 1;
  // Without a finite value other than 0 nothing is measured: zeros print as '0.'.
  const scientific =
    shown.length > 0 && (current.sciMode ?? (max / min > 1000 || max > 1e8 || min < 1e-4));
  const text = (value: number): string => {
    if (scientific) return toExponential(value, precision);
    if (!integral) return toFixed(value, precision);
    return Number.isFinite(value) ? toFixed(value, 0) + '.' : toFixed(value, 0);
  };
  for (const value of shown) width = Math.max(width, text(value).length);
  return { width, format: (value) => text(value as number).padStart(width) };
}

/** `f"{value:.{digits}f}"`: ties go to the even digit, where `Number.toFixed` goes up. */
export function toFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return sign + BigInt(size).toString() + fraction('', digits);
  const exact = size.toFixed(Math.min(100, digits + 30));
  const point = exact.indexOf('.');
  return sign + roundHalfEven(exact.slice(0, point), exact.slice(point + 1), digits);
}

/** `f"{value:.{digits}e}"`: two digits of exponent at least, ties to even. */
export function toExponential(value: number, digits: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa, power] = Math.abs(value)
    .toExponential(Math.min(100, digits + 40))
    .split('e') as [string, string];
  let exponent = Number(power);
  let rounded = roundHalfEven(mantissa.slice(0, 1), mantissa.slice(2), digits);
  if (rounded.startsWith('10')) {
    rounded = '1' + fraction('', digits);
    exponent++;
  }
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${sign}${rounded}e${exponent < 0 ? '-' : '+'}${size}`;
}

function nonFinite(value: number): string {
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function fraction(digits: string, length: number): string {
  return length === 0 ? '' : '.' + digits.padEnd(length, '0');
}

/** Rounds a decimal, given as its digits before and after the point, to `digits` places. */
function roundHalfEven(whole: string, rest: string, digits: number): string {
  const kept = (whole + rest.slice(0, digits)).padEnd(whole.length + digits, '0');
  const tail = rest.slice(digits);
  const lastIsOdd = Number(kept[kept.length - 1]) % 2 === 1;
  const isTie = /^50*$/.test(tail);
  const up = isTie ? lastIsOdd : tail !== '' && tail[0]! >= '5';
  const all = up ? String(BigInt(kept) + 1n).padStart(kept.length, '0') : kept;
  const split = all.length - digits;
  return all.slice(0, split) + fraction(all.slice(split), digits);
}

/** `repr` of a Python number: `1e-05` where JS writes `0.00001`; whole numbers without point. */
export function pythonNumber(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa, power] = value.toExponential().split('e') as [string, string];
    return `${mantissa}e${power[0]}${power.slice(1).padStart(2, '0')}`;
  }
  return Object.is(value, -0) ? '-0.0' : String(value);
}

/** `repr` of a Python float: as a number, and whole ones end in `.0`. */
export function pythonFloat(value: number): string {
  const text = pythonNumber(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** As pythonFloat where the value is a float's default, as pythonNumber where a user gave it. */
export function floatOrDefault(value: number, usual: number): string {
  return value === usual ? pythonFloat(value) : pythonNumber(value);
}
