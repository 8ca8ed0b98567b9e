/**
 * The IDX format of MNIST: big-endian magic number (0, 0, element type, number of dimensions), one
 * 32-bit size per dimension, then the elements.
 */
import { failWith, readBytes } from './files';

const UNSIGNED_BYTE = 0x08;

export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Reads a file of unsigned bytes in `dims` dimensions. */
export function readIdx(owner: string, file: string, dims: number): IdxFile {
  const fail = failWith(owner, file);
  const bytes = readBytes(file, fail);
  const header = 4 + 4 * dims;
  if (bytes.length < header) {
    fail(`expected a header of ${header} bytes, found a file of ${bytes.length}`);
  }
  const magic = bytes.readUInt32BE(0);
  const expected = UNSIGNED_BYTE * 256 + dims;
  if (magic !== expected) {
    fail(
      `expected magic number ${expected} (unsigned bytes in ${dims} dimensions), found ${magic}`,
    );
  }
  const shape: number[] = [];
  for (let d = 0; d < dims; d++) shape.push(bytes.readUInt32BE(4 + 4 * d));
  const elements = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - header;
  if (elements !== found) {
    fail(
      `expected ${elements} bytes of data for the sizes [${shape.join(', ')}] in its header, ` +
        `found ${found}${found < elements ? ' (truncated?)' : ''}`,
    );
  }
  return { shape, data: bytes.subarray(header) };
}
