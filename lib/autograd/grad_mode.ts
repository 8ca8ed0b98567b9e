import { native } from '../native';

// Bits of native.gradMode().
const NO_GRAD = 1;
const INFERENCE = 2;

function withMode<T>(name: string, set: number, clear: number, fn: () => T): T {
  if (typeof fn !== 'function') throw new TypeError(`${name}: expected a function`);
  const before = native.gradMode();
  native.setGradMode((before & ~clear) | set);
  try {
    const result = fn();
    if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
      // The mode would be gone before the first await is over, and other tasks would see it.
      (result as unknown as Promise<unknown>).then(undefined, () => undefined);
      throw new TypeError(
        `${name}: the function is asynchronous; put ${name} around the synchronous parts inside it`,
      );
    }
    return result;
  } finally {
    native.setGradMode(before);
  }
}

/**
 * Calls `fn` without recording gradients and returns what it returns.
 *
 * PyTorch: torch.no_grad
 */
export function noGrad<T>(fn: () => T): T {
  return withMode('noGrad', NO_GRAD, 0, fn);
}

/**
 * Calls `fn` with gradients recorded, also inside {@link noGrad}.
 *
 * PyTorch: torch.enable_grad
 */
export function enableGrad<T>(fn: () => T): T {
  return withMode('enableGrad', 0, NO_GRAD, fn);
}

/**
 * Like {@link noGrad}, and what `fn` makes can never take part in a graph later.
 *
 * PyTorch: torch.inference_mode
 */
export function inferenceMode<T>(fn: () => T): T {
  return withMode('inferenceMode', NO_GRAD | INFERENCE, 0, fn);
}

/**
 * With a function: calls it with gradients recorded or not. Without one: switches for good.
 *
 * PyTorch: torch.set_grad_enabled
 */
export function setGradEnabled(mode: boolean): void;
export function setGradEnabled<T>(mode: boolean, fn: () => T): T;
export function setGradEnabled<T>(mode: boolean, fn?: () => T): T | undefined {
  if (typeof mode !== 'boolean') throw new TypeError('setGradEnabled: mode must be a boolean');
  const set = mode ? 0 : NO_GRAD;
  if (fn !== undefined) return withMode('setGradEnabled', set, NO_GRAD, fn);
  native.setGradMode((native.gradMode() & ~NO_GRAD) | set);
  return undefined;
}

/** Whether operations are recorded now. PyTorch: torch.is_grad_enabled */
export function isGradEnabled(): boolean {
  return (native.gradMode() & NO_GRAD) === 0;
}

/** PyTorch: torch.is_inference_mode_enabled */
export function isInferenceModeEnabled(): boolean {
  return (native.gradMode() & INFERENCE) !== 0;
}
