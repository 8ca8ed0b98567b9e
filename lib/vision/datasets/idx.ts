/**
 * The IDX format of MNIST: big-endian magic number (0, 0, element type, number of dimensions), one
 * 32-bit size per dimension, then the elements. Files come from anywhere, so nothing is believed
 * before it is checked.
 */
import fs = require('node:fs');
import path = require('node:path');
import zlib = require('node:zlib');

const UNSIGNED_BYTE = 0x08;
/** More than any data set of this format holds; bounds what a small gzip'd file may become. */
const MAX_BYTES = 2 ** 31;

export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** The first of the usual names that exists in one of the folders, gzip'd or not. */
export function findFile(owner: string, folders: readonly string[], name: string): string {
  // Some copies write a dot where the original has a hyphen.
  const names = [name, name.replace('-idx', '.idx')].flatMap((n) => [n, n + '.gz']);
  for (const folder of folders) {
    for (const candidate of names) {
      const file = path.join(folder, candidate);
      if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
    }
  }
  throw new Error(
    `${owner}: file '${name}' (or '${name}.gz') not found in ${folders.map((f) => `'${f}'`).join(' or ')}`,
  );
}

/** Reads a file of unsigned bytes in `dims` dimensions. */
export function readIdx(owner: string, file: string, dims: number): IdxFile {
  const fail = (text: string): never => {
    throw new Error(`${owner}: ${file}: ${text}`);
  };
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

function readBytes(file: string, fail: (text: string) => never): Buffer {
  const { size } = fs.statSync(file);
  if (size > MAX_BYTES) fail(`expected at most ${MAX_BYTES} bytes, found ${size}`);
  const bytes = fs.readFileSync(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    return fail(`cannot be unpacked: ${(error as Error).message}`);
  }
}
