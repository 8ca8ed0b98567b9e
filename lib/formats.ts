import { describe } from './options';

/** Names of memory orders and of the layout, as options take them. */
export const contiguousFormat = 'contiguous_format';
export const channelsLast = 'channels_last';
export const preserveFormat = 'preserve_format';
export const strided = 'strided';

/** A device: there is one, the CPU. PyTorch: torch.device */
export class Device {
  constructor(
    readonly type: string,
    readonly index: number | null = null,
  ) {}

  toString(): string {
    return this.index === null ? this.type : `${this.type}:${this.index}`;
  }
}

/** `torch.device('cpu')`. */
export function device(name: string | Device): Device {
  if (name instanceof Device) return name;
  if (typeof name !== 'string') throw new TypeError(`device: expected a string, got ${describe(name)}`);
  const [type, index] = name.split(':');
  return new Device(type, index === undefined ? null : Number(index));
}
