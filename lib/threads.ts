import { native } from './native';
import { describe } from './options';

/**
 * Sets the number of threads that operations of this process use, between 1 and 1024. Results do not
 * depend on it.
 *
 * PyTorch: torch.set_num_threads
 */
export function setNumThreads(count: number): void {
  if (typeof count !== 'number' || !Number.isInteger(count))
    throw new TypeError(`setNumThreads: expected an integer, got ${describe(count)}`);
  native.threads(Math.min(Math.max(count, 1), 1024));
}

/** PyTorch: torch.get_num_threads */
export function getNumThreads(): number {
  return native.threads(0) as number;
}

/** What this build and machine are. PyTorch: torch.__config__ */
export const config = {
  /** A text for people: instruction set, threads, platform. */
  show(): string {
    return [
      'nabla built with:',
      `  - CPU capability usage: ${config.isa()}`,
      `  - threads: ${getNumThreads()}`,
      `  - ${process.platform}-${process.arch}, Node ${process.version}`,
    ].join('\n');
  },

  /** The instruction set in use: baseline, avx2, avx512 or neon (the variable NABLA_ISA caps it). */
  isa(): string {
    return native.isa();
  },
};
