let nextId = 0;

/**
 * What registering a hook returns: `remove()` takes the hook away again. Also disposable, so that
 * `using handle = m.registerForwardHook(fn)` removes it at the end of the block.
 */
export class RemovableHandle {
  readonly id = nextId++;

  /** @internal */
  constructor(private readonly hooks: Map<number, unknown>) {}

  remove(): void {
    this.hooks.delete(this.id);
  }

  [Symbol.dispose](): void {
    this.remove();
  }
}

/** Adds a hook at the end, or before all others; returns the handle that removes it. */
export function addHook<H>(hooks: Map<number, H>, hook: H, prepend = false): RemovableHandle {
  const handle = new RemovableHandle(hooks);
  if (!prepend) {
    hooks.set(handle.id, hook);
    return handle;
  }
  const others = [...hooks];
  hooks.clear();
  hooks.set(handle.id, hook);
  for (const [id, other] of others) hooks.set(id, other);
  return handle;
}
