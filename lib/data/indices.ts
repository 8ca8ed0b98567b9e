import { fromTypedArray } from '../creation';
import type { Tensor } from '../tensor';

/** Sample numbers as an int64 tensor; negative ones count from the end. */
export function toIndices(indices: readonly number[], length: number): Tensor {
  const out = new BigInt64Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    const place = index < 0 ? index + length : index;
    if (!(Number.isInteger(place) && place >= 0 && place < length)) {
      throw new RangeError(`index ${index} is out of range for ${length} samples`);
    }
    out[i] = BigInt(place);
  }
  return fromTypedArray(out, [out.length]);
}
