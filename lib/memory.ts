import v8 = require('node:v8');
import vm = require('node:vm');
import { native } from './native';
import { Tensor, setScope } from './tensor';

type Gc = (options?: { type: 'minor' }) => void;

let gc: Gc | null | undefined;

// V8 hands its collector out to contexts that are made after the flag was set. The flag is never
// taken back: it belongs to the process, and other threads may be looking for it right now.
function acquireGc(): Gc | null {
  const present = (globalThis as { gc?: Gc }).gc;
  if (typeof present === 'function') return present;
  for (let attempt = 0; attempt < 10; ++attempt) {
    try {
      v8.setFlagsFromString('--expose-gc');
      return vm.runInNewContext('gc') as Gc;
    } catch {
      // another thread was at it
    }
  }
  return null;
}

const sink: unknown[] = [];

/** Collects garbage now; without a collector, fills the young generation until V8 does it. */
export function collectGarbage(major: boolean): void {
  if (gc === undefined) gc = acquireGc();
  if (gc) {
    if (major) gc();
    else gc({ type: 'minor' });
    return;
  }
  for (let i = 0; i < 4000; ++i) sink[0] = new Array(128);
  sink.length = 0;
}

/** @internal For tests: whether collections go through V8's own function. */
export function disableGc(): void {
  gc = null;
}

/**
 * Calls `fn` and frees the memory of all tensors made in it, except those it returns (alone, in an
 * array or in a plain object). Never needed for correctness: garbage is collected anyway.
 */
export function tidy<T>(fn: () => T): T {
  const made: Tensor[] = [];
  const outer = setScope(made);
  let result: T;
  try {
    result = fn();
    if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
      throw new TypeError('tidy: the function is asynchronous; put tidy around the synchronous parts inside it');
    }
  } catch (error) {
    setScope(outer);
    for (const t of made) t.dispose();
    throw error;
  }
  setScope(outer);
  const kept = new Set<Tensor>();
  gather(result, kept, new Set());
  for (const t of made) {
    if (!kept.has(t)) t.dispose();
    else if (outer) outer.push(t);
  }
  return result;
}

function gather(value: unknown, into: Set<Tensor>, seen: Set<object>): void {
  if (value instanceof Tensor) {
    into.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  for (const item of value instanceof Map ? value.values() : Object.values(value)) gather(item, into, seen);
}

export interface MemoryStats {
  /** Bytes that living tensors hold, in this process. */
  allocatedBytes: number;
  /** Highest value of `allocatedBytes` so far. */
  peakBytes: number;
  /** Bytes that are kept for reuse. */
  cachedBytes: number;
  /** Blocks that were asked for so far. */
  allocations: number;
  /** Tensors that JavaScript of this thread holds, or held at the last collection. */
  tensors: number;
  /** Collections that this library asked V8 for, what they freed and took. */
  minorCollections: number;
  majorCollections: number;
  swept: number;
  gcMs: number;
  sweepMs: number;
}

/** What lives and what was done about it. */
export function memoryStats(): MemoryStats {
  return native.memoryStats() as unknown as MemoryStats;
}

/** Gives memory that is kept for reuse back to the operating system. */
export function emptyCache(): void {
  native.collect(true);
  native.emptyCache();
}

/** Starts a new `peakBytes`. */
export function resetPeakMemoryStats(): void {
  native.resetPeak();
}
