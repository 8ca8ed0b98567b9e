import fs = require('node:fs');
import path = require('node:path');
import ts = require('typescript');

// The TypeScript in the documents compiles against the library, and that of the porting guide runs.

const root = path.join(__dirname, '..');

interface Block {
  name: string;
  code: string;
}

/** The ```ts blocks of a document; all see the names that a port imports. */
function blocksOf(document: string): Block[] {
  const text = fs.readFileSync(path.join(root, document), 'utf8');
  return [...text.matchAll(/^( *)```ts\n([\s\S]*?)^\1```/gm)].map(([, , body], index) => {
    const imported = /^import \* as torch/m.test(body);
    const head = "import * as torch from 'nabla';\nimport { nn, optim } from 'nabla';\nconst F = nn.functional;\n";
    return { name: `${document}, block ${index + 1}`, code: (imported ? '' : head) + body + '\nexport {};\n' };
  });
}

const guide = blocksOf('docs/porting-from-pytorch.md');
const readme = blocksOf('README.md');

test('the blocks compile', () => {
  const config = ts.readConfigFile(path.join(root, 'test/tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, path.join(root, 'test'));
  const files = new Map<string, Block>();
  [...guide, ...readme].forEach((block, index) => files.set(path.join(root, 'test', `docs-block-${index}.ts`), block));
  expect(files.size).toBeGreaterThan(5);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, version) => {
    const block = files.get(file);
    return block ? ts.createSourceFile(file, block.code, version) : getSourceFile(file, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (d) => `${files.get(file)?.name}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`,
    );
  });
  expect(problems).toEqual([]);
}, 60_000);

test.each(guide)('$name runs', ({ code }) => {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions });
  new Function('require', 'exports', outputText)(require, {});
});
