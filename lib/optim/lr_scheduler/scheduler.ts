import { describe } from '../../options';
import { Optimizer, type ParamGroup } from '../optimizer';

/**
 * Base class of schedules of the learning rate. Its construction notes the groups' initial rates
 * and makes the first step; call `step()` after each epoch, after `optimizer.step()`.
 *
 * PyTorch: torch.optim.lr_scheduler.LRScheduler
 */
export abstract class LRScheduler {
  readonly optimizer: Optimizer;
  baseLrs: number[];
  lastEpoch: number;
  /** Whether the step in progress is the one that the construction makes. */
  protected isInitial = false;
  protected stepCount = 0;
  private lastLr: number[] = [];

  constructor(optimizer: Optimizer, lastEpoch = -1) {
    if (!(optimizer instanceof Optimizer)) {
      throw new TypeError(`${describe(optimizer)} is not an Optimizer`);
    }
    this.optimizer = optimizer;
    optimizer.paramGroups.forEach((group, i) => {
      if (lastEpoch === -1) {
        group.initialLr ??= group.lr;
      } else if (group.initialLr === undefined) {
        throw new Error(
          `param 'initialLr' is not specified in paramGroups[${i}] when resuming scheduler with ` +
            'lastEpoch >= 0',
        );
      }
    });
    this.baseLrs = optimizer.paramGroups.map((group) => group.initialLr as number);
    this.lastEpoch = lastEpoch;
  }

  /** The first step; a subclass calls it when its own fields are set. */
  protected begin(): void {
    this.isInitial = true;
    this.step();
    this.isInitial = false;
  }

  /** The rate of a group at `lastEpoch`, from the rate it has or from its initial one. */
  protected abstract rate(group: ParamGroup, baseLr: number, index: number): number;

  /** The rate as a function of the epoch alone; `step(epoch)` uses it where there is one. */
  protected closedForm?(baseLr: number, index: number): number;

  /** Moves to the next epoch, or (deprecated) to a given one. */
  step(epoch?: number | null): void {
    if (this.stepCount === 1 && !this.optimizer._stepped) {
      process.emitWarning(
        'Detected call of `lrScheduler.step()` before `optimizer.step()`. You should call them in ' +
          'the opposite order: `optimizer.step()` before `lrScheduler.step()`. Failure to do this ' +
          'will result in skipping the first value of the learning rate schedule.',
      );
    }
    this.stepCount++;
    this.lastEpoch = epoch ?? this.lastEpoch + 1;
    const rates = this.optimizer.paramGroups.map((group, i) => {
      const base = this.baseLrs[i] as number;
      const closed = epoch != null ? this.closedForm?.(base, i) : undefined;
      return closed ?? this.rate(group, base, i);
    });
    this.optimizer.paramGroups.forEach((group, i) => (group.lr = rates[i] as number));
    this.lastLr = rates;
  }

  /** The rates that the last step set, one a group. */
  getLastLr(): number[] {
    return [...this.lastLr];
  }

  /** Names of a subclass's own fields, with PyTorch's spelling, for the state dict. */
  protected fields(): Readonly<Record<string, string>> {
    return {};
  }

  private allFields(): Readonly<Record<string, string>> {
    return {
      ...this.fields(),
      baseLrs: 'base_lrs',
      lastEpoch: 'last_epoch',
      stepCount: '_step_count',
      lastLr: '_last_lr',
    };
  }

  /** The schedule's position and constants in PyTorch's spelling; functions stay out. */
  stateDict(): Record<string, unknown> {
    const own = this as unknown as Record<string, unknown>;
    const out: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [field, name] of Object.entries(this.allFields())) {
      const value = own[field];
      out[name] = Array.isArray(value) ? [...(value as unknown[])] : value;
    }
    return out;
  }

  loadStateDict(stateDict: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>): void {
    const own = this as unknown as Record<string, unknown>;
    const given = new Map(stateDict instanceof Map ? stateDict : Object.entries(stateDict));
    for (const [field, name] of Object.entries(this.allFields())) {
      const value: unknown = given.get(name);
      if (value !== undefined) own[field] = Array.isArray(value) ? [...(value as unknown[])] : value;
    }
  }
}
