import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Temporary folders of a test file: `make` gives one with these files, all go when the tests are done. */
export function temporaryFolders(prefix: string): (files: Record<string, Uint8Array>) => string {
  const folders: string[] = [];
  afterAll(() => folders.forEach((root) => fs.rmSync(root, { recursive: true })));
  return (files) => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
    folders.push(root);
    for (const [name, bytes] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, name), bytes);
    }
    return root;
  };
}
