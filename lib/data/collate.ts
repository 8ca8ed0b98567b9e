import { tensor } from '../creation';
import { isPlainObject } from '../options';
import * as ops from '../ops.generated';
import { Tensor } from '../tensor';

/** A typed array of numbers, which collates like a tensor of its dtype. */
function isNumericArray(value: unknown): value is Float32Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/**
 * Makes one batch of samples: tensors are stacked; numbers become a float32 tensor, bigints int64,
 * booleans bool; arrays are transposed, objects go key by key; strings stay in an array.
 *
 * PyTorch: torch.utils.data.default_collate
 */
export function defaultCollate(batch: readonly unknown[]): unknown {
  const [first] = batch;
  if (first instanceof Tensor) return ops.stack(batch as Tensor[], 0);
  switch (typeof first) {
    case 'number':
    case 'boolean':
    case 'bigint':
      requireSameKind(batch, typeof first);
      return tensor(batch as number[]);
    case 'string':
      return batch;
    case 'object':
      break;
    default:
      throw unsupported(first);
  }
  if (first === null) throw unsupported(first);
  if (isNumericArray(first)) {
    return ops.stack(
      batch.map((array) => tensor(array as Float32Array)),
      0,
    );
  }
  if (Array.isArray(first)) {
    const length = first.length;
    if (batch.some((sample) => !Array.isArray(sample) || sample.length !== length)) {
      throw new RangeError('defaultCollate: each element in list of batch should be of equal size');
    }
    return first.map((_, i) => defaultCollate(batch.map((sample) => (sample as unknown[])[i])));
  }
  if (first instanceof Map) {
    const out = new Map<unknown, unknown>();
    for (const key of first.keys()) {
      out.set(key, defaultCollate(batch.map((sample) => (sample as Map<unknown, unknown>).get(key))));
    }
    return out;
  }
  if (!isPlainObject(first)) return batch;
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(first)) {
    const values = batch.map((sample) => {
      const record = sample as Record<string, unknown>;
      if (!Object.hasOwn(record, key)) {
        throw new TypeError(`defaultCollate: a sample of the batch has no key '${key}'`);
      }
      return record[key];
    });
    out[key] = defaultCollate(values);
  }
  return out;
}

/** Turns the numeric parts of one sample into tensors: what a loader without batches does. */
export function defaultConvert(sample: unknown): unknown {
  if (isNumericArray(sample)) return tensor(sample);
  if (Array.isArray(sample)) return sample.map(defaultConvert);
  if (!isPlainObject(sample)) return sample;
  return Object.fromEntries(Object.entries(sample).map(([k, v]) => [k, defaultConvert(v)]));
}

function requireSameKind(batch: readonly unknown[], kind: string): void {
  for (const value of batch) {
    if (typeof value !== kind) {
      throw new TypeError(`defaultCollate: a batch mixes ${kind} and ${typeof value}`);
    }
  }
}

function unsupported(value: unknown): TypeError {
  return new TypeError(
    'defaultCollate: batch must contain tensors, typed arrays, numbers, bigints, booleans, ' +
      `strings, arrays or objects; found ${value === null ? 'null' : typeof value}`,
  );
}
