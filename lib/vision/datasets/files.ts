/**
 * Finding and reading the files of a data set. They come from anywhere, so that nothing is believed
 * before it is checked, and nothing is ever downloaded.
 */
import fs = require('node:fs');
import path = require('node:path');
import zlib = require('node:zlib');

/** More than any data set of these formats holds; bounds what a small gzip'd file may become. */
const MAX_BYTES = 2 ** 31;

/** A file of a data set: its usual name first, then spellings that copies of it have. */
export type FileNames = readonly [string, ...string[]];

/** Where the files of one split may lie. */
export interface Places {
  /** The class that reads them: starts every error text. */
  readonly owner: string;
  readonly folders: readonly string[];
  readonly files: readonly FileNames[];
  /** Whether the caller asked for a download, which has no effect but on the error text. */
  readonly download: boolean;
  /** Where such files are found. */
  readonly source?: string;
}

/** The path of each file, gzip'd or not, from the first of the folders that has it. */
export function findFiles(places: Places): string[] {
  return places.files.map((names) => {
    const directories: string[] = [];
    for (const folder of places.folders) {
      for (const name of names.flatMap((n) => [n, n + '.gz'])) {
        const file = path.join(folder, name);
        const found = statOf(places.owner, file);
        if (found?.isFile()) return file;
        if (found) directories.push(file);
      }
    }
    throw notFound(places, names[0], directories);
  });
}

function statOf(owner: string, file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    const text = `${owner}: ${JSON.stringify(file)} cannot be read: ${(error as Error).message}`;
    throw new Error(text, { cause: error });
  }
}

function notFound(places: Places, name: string, others: readonly string[]): Error {
  const { owner, folders, files, download, source } = places;
  const all = files.map(([usual]) => `'${usual}'`).join(', ');
  const where = folders.map((folder) => `'${folder}'`).join(' or ');
  const there = others.length > 0 ? ` (${others.map((file) => `'${file}'`).join(', ')}: not a file)` : '';
  return new Error(
    `${owner}: file '${name}' (or '${name}.gz') not found in ${where}${there}. ` +
      `${download ? 'download: true has no effect here: nabla' : 'nabla'} downloads nothing. ` +
      `Put ${all}, gzip'd or not, into one of these folders` +
      (source === undefined ? '' : ` (${source})`),
  );
}

/** Says what is wrong with a file. */
export type Fail = (text: string) => never;

export function failWith(owner: string, file: string): Fail {
  return (text) => {
    throw new Error(`${owner}: ${file}: ${text}`);
  };
}

/** The bytes of a file, unpacked if it is gzip'd. */
export function readBytes(file: string, fail: Fail): Buffer {
  let bytes: Buffer;
  try {
    const { size } = fs.statSync(file);
    if (size > MAX_BYTES) fail(`expected at most ${MAX_BYTES} bytes, found ${size}`);
    bytes = fs.readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return fail(`cannot be read: ${(error as Error).message}`);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    return fail(`cannot be unpacked: ${(error as Error).message}`);
  }
}
