import fs = require('node:fs');
import path = require('node:path');

declare const external: unique symbol;

/** An opaque value made by the addon: the native half of a Tensor or of a Generator. */
export interface Handle {
  readonly [external]: true;
}

/** A native failure: the first character is the kind, the rest the message (see errors.ts). */
export type Failure = string;

/** One row of cpp/ops/ops.inc. What comes back depends on the row's return type. */
export type OpFunction = (...args: unknown[]) => unknown;

/** What the addon exports (binding/addon.cpp). */
export interface Native {
  /** The op list, a row each, in list order; `schema` has one line per row (binding/schema.h). */
  readonly ops: readonly OpFunction[];
  readonly schema: string;
  /** Integer lists travel through this array in both directions: a list argument is its length. */
  readonly scratch: Float64Array;
  /** What the last op call says about its results: see `Flag`. */
  readonly flags: Int32Array;

  // One tensor. A count of integers comes back where they lie in `scratch`.
  shape(h: Handle): number | Failure;
  stride(h: Handle): number | Failure;
  storageOffset(h: Handle): number | Failure;
  dtype(h: Handle): number | Failure;
  version(h: Handle): number | Failure;
  isContiguous(h: Handle): boolean | Failure;
  isInference(h: Handle): boolean | Failure;
  storageId(h: Handle): number | Failure;
  item(h: Handle, big: boolean): number | boolean | bigint | Failure;
  copyOut(h: Handle, into: ArrayBufferView): undefined | Failure;
  /** The sizes lie in `scratch`. */
  fromData(data: ArrayBufferView, dtype: number, share: boolean, rank: number): Handle | Failure;
  /** A second handle of the same tensor. */
  share(h: Handle): Handle | Failure;
  dispose(h: Handle): undefined | Failure;

  // Autograd
  requiresGrad(h: Handle): boolean | Failure;
  setRequiresGrad(h: Handle, value: boolean): undefined | Failure;
  isLeaf(h: Handle): boolean | Failure;
  retainGrad(h: Handle): undefined | Failure;
  retainsGrad(h: Handle): boolean | Failure;
  gradFn(h: Handle): string | null;
  /** False: there is none; true: it is `cached`. */
  grad(h: Handle, cached: Handle | null): Handle | boolean | Failure;
  setGrad(h: Handle, grad: Handle | null): undefined | Failure;
  dataAlias(h: Handle): Handle | Failure;
  setData(h: Handle, data: Handle): undefined | Failure;
  detach_(h: Handle): undefined | Failure;
  /** Runs the engine. With `accumulate` gradients go to `.grad`, else those of `inputs` come back. */
  backward(
    roots: Handle[],
    gradients: (Handle | null)[],
    retainGraph: boolean,
    createGraph: boolean,
    inputs: Handle[],
    accumulate: boolean,
    allowUnused: boolean,
  ): (Handle | null)[] | Failure;
  /** Bits: 1 nothing is recorded, 2 inference mode. */
  gradMode(): number;
  setGradMode(mode: number): undefined;
  registerHook(h: Handle, payload: object, postAccumulate: boolean): number | Failure;
  removeHook(h: Handle, id: number): boolean | Failure;
  /** Gives `outputs` of an autograd.Function their history. */
  jsNode(
    name: string,
    payload: object,
    inputs: (Handle | null)[],
    outputs: Handle[],
    dirty: boolean[],
    differentiable: boolean[],
  ): undefined | Failure;
  /** Payloads that no native node needs any more, since the last call. */
  drainReleased(): object[];

  // Process and thread. A generator of null is the default one of this thread.
  generator(): Handle | Failure;
  generatorSeed(h: Handle | null, seed?: number | bigint): bigint | Failure;
  generatorInitialSeed(h: Handle | null): bigint | Failure;
  generatorState(h: Handle | null, bytes: Uint8Array, write: boolean): undefined | Failure;
  /** Sets the default dtype unless `index` is negative; returns it. */
  defaultDtype(index: number): number | Failure;
  /** Sets the number of threads if `count` is positive; returns it. */
  threads(count: number): number | Failure;
  isa(): string;
  /** `collect` runs a garbage collection, `call` a payload (see autograd/graph.ts). */
  setCallbacks(
    collect: (major: boolean) => void,
    call: (kind: number, payload: never, values: never) => unknown,
  ): undefined;
  memoryStats(): Record<string, number>;
  emptyCache(): undefined;
  resetPeak(): undefined;
  collect(major: boolean): undefined;
}

/** Nearest folder above this file that holds our package.json: the same from lib/ and from dist/. */
function packageRoot(): string {
  for (let dir = __dirname; ; dir = path.dirname(dir)) {
    if (fs.existsSync(path.join(dir, 'package.json'))) return dir;
    if (path.dirname(dir) === dir) throw new Error(`nabla: no package.json above ${__dirname}`);
  }
}

function load(): Native {
  const root = packageRoot();
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require('node-gyp-build')(root) as Native;
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_NABLA_ISA')
      throw new Error(`nabla: ${(cause as Error).message}`, { cause });
    const error = new Error(
      `nabla: no native addon for ${process.platform}-${process.arch} (Node ${process.version}).\n` +
        `  Looked in ${path.join(root, 'build')} and ${path.join(root, 'prebuilds')}.\n` +
        '  There is no prebuilt binary for this platform, or it could not be loaded. Build it from source\n' +
        '  (C++20 compiler and CMake >= 3.22):\n' +
        '      npm rebuild nabla\n' +
        '  (npm may ask for the install script to be approved first: npm install-scripts approve nabla)\n' +
        `  Cause: ${(cause as Error).message}`,
      { cause },
    );
    throw Object.assign(error, { code: 'ERR_NABLA_NATIVE' });
  }
}

export const native: Native = load();
