'use strict';
// Writes the TypeScript side of the op list (cpp/ops/ops.inc): typed torch functions, the interface of
// Tensor's methods, nn.functional and the internal functions, with the comments of the list as TSDoc.
//
//   node scripts/generate-ops.js            writes
//   node scripts/generate-ops.js --check    fails if what is written is not up to date
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');

/** `keep_dim` to `keepDim`; `_` between two digits stays. As lib/options.ts. */
function camelCase(name) {
  return name.replace(/(?<=[^_])_([a-zA-Z0-9])/g, (whole, next, at) =>
    /\d/.test(next) && /\d/.test(name[at - 1] ?? '') ? whole : next.toUpperCase(),
  );
}

/** Splits at commas outside of brackets and quotes. */
function split(text) {
  const parts = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let i = 0; i <= text.length; ++i) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    if (quoted) continue;
    if ('({<['.includes(c ?? ' ')) ++depth;
    else if (')}>]'.includes(c ?? ' ')) --depth;
    else if (i === text.length || (c === ',' && depth === 0)) {
      if (text.slice(start, i).trim()) parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts;
}

const TYPES = {
  'const Tensor&': 'Tensor',
  'const Operand&': 'Operand',
  'const OptTensor&': 'Tensor | null',
  'const TensorList&': 'readonly Tensor[]',
  int64_t: 'number',
  OptInt: 'number | null',
  double: 'number',
  OptDouble: 'number | null',
  bool: 'boolean',
  OptBool: 'boolean | null',
  Scalar: 'Scalar',
  'const Scalar&': 'Scalar',
  OptScalar: 'Scalar | null',
  'const OptScalar&': 'Scalar | null',
  IntSpan: 'readonly number[] | number',
  OutputSize: 'readonly (number | null)[] | number',
  OptDims: 'readonly number[] | number | null',
  'const OptDims&': 'readonly number[] | number | null',
  DType: 'DType',
  OptDType: 'DType | null',
  'std::string_view': 'string',
  OptGenerator: 'Generator | null',
  'const IndexList&': 'readonly IndexItem[]',
};

const RESULTS = {
  Tensor: () => 'Tensor',
  Tensor2: (fields) => tuple(2, fields),
  Tensor3: (fields) => tuple(3, fields),
  TensorList: () => 'Tensor[]',
  int64_t: () => 'number',
  double: () => 'number',
  bool: () => 'boolean',
  void: () => 'void',
};

function tuple(count, fields) {
  const list = `[${Array(count).fill('Tensor').join(', ')}]`;
  return fields.length ? `${list} & { ${fields.map((f) => `${f}: Tensor`).join('; ')} }` : list;
}

function parseParams(text) {
  let keywordOnly = false;
  return split(text).map((part) => {
    if (part.startsWith('KW ')) {
      keywordOnly = true;
      part = part.slice(3);
    }
    const [declaration, value] = part.split('=').map((s) => s.trim());
    const at = declaration.search(/\w+$/);
    const cppType = declaration.slice(0, at).trim();
    if (!(cppType in TYPES)) throw new Error(`unknown parameter type '${cppType}' in (${text})`);
    return {
      name: camelCase(declaration.slice(at)),
      type: TYPES[cppType],
      cppType,
      optional: value !== undefined || cppType === 'OptGenerator',
      keywordOnly,
    };
  });
}

/** The rows of one list, in order. */
function readList(file) {
  const rows = [];
  let comment = [];
  let pending = '';
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const text = line.trim();
    if (pending || /^OP\s*\(/.test(text)) {
      pending += `${text} `;
      const open = pending.split('(').length;
      if (open !== pending.split(')').length) continue;
      rows.push({ ...parseRow(pending.trim()), doc: comment });
      comment = [];
      pending = '';
    } else if (text.startsWith('//')) {
      comment.push(text.replace(/^\/\/+ ?/, ''));
    } else {
      comment = [];
    }
  }
  return rows;
}

function parseRow(text) {
  const args = split(text.replace(/^OP\s*\(/, '').replace(/\)$/, ''));
  if (args.length !== 5) throw new Error(`a row needs five parts: ${text}`);
  const [, quoted, result, params, flags] = args;
  const [name, fields] = quoted.slice(1, -1).split(':');
  if (!(result in RESULTS)) throw new Error(`unknown result '${result}' of ${name}`);
  return {
    name,
    result: RESULTS[result](fields ? fields.split(',') : []),
    params: parseParams(params.slice(1, -1)),
    flags: new Set(flags.split('|').map((f) => f.trim())),
  };
}

function readOps() {
  const master = fs.readFileSync(path.join(root, 'cpp/ops/ops.inc'), 'utf8');
  const files = [...master.matchAll(/#include "(.+?)"/g)].map((m) => path.join(root, 'cpp', m[1]));
  return files.flatMap(readList);
}

function declare(p) {
  return `${p.name}${p.optional ? '?' : ''}: ${p.type}`;
}

/** Names that JavaScript keeps for itself: keys of options may have them, functions and parameters may not. */
const RESERVED = new Set(['var', 'default', 'function', 'new', 'delete', 'in', 'with', 'export']);
function named(p) {
  return RESERVED.has(p.name) ? { ...p, name: `${p.name}_` } : p;
}

/** The call forms of a row. With `returnIndices` both results come, without it the first alone. */
function signatures(row, asMethod) {
  const at = row.params.findIndex((p) => p.name === 'returnIndices' && p.type === 'boolean');
  if (at < 0) return plainSignatures(row, asMethod);
  const form = (change, result) => {
    const params = row.params.map((p, i) => (i === at ? { ...p, ...change } : p));
    return plainSignatures({ ...row, params, result }, asMethod);
  };
  return [
    ...form({ type: 'false' }, 'Tensor'),
    ...form({ type: 'true', optional: false }, row.result),
    ...form({ optional: false }, `Tensor | ${row.result}`),
  ];
}

/** The call forms of a row whose result does not depend on its arguments. */
function plainSignatures(row, asMethod) {
  let params = row.params.map((p) => (p.name === 'self' ? { ...p, name: 'input' } : p));
  if (asMethod) params = params.slice(1);
  const positional = params.filter((p) => !p.keywordOnly);
  const keywords = params.filter((p) => p.keywordOnly);
  const isFactory =
    keywords.some((p) => p.name === 'dtype') &&
    row.result === 'Tensor' &&
    (row.params[0]?.name !== 'self' || /Like$|^new[A-Z]/.test(row.name));
  const result = asMethod && row.name.endsWith('_') && row.result === 'Tensor' ? 'this' : row.result;
  const options = (list, required) => {
    const parts = list.map((p) => declare(p));
    if (parts.length === 0 && !isFactory) return [];
    const body = parts.length ? `{ ${parts.join('; ')} }` : '';
    const type = isFactory ? [body, 'FactoryOptions'].filter(Boolean).join(' & ') : body;
    return [`options${required || list.some((p) => !p.optional) ? '' : '?'}: ${type}`];
  };
  // An optional parameter before a required one is given as null or undefined.
  const lead = (list) => {
    const lastRequired = list.findLastIndex((p) => !p.optional);
    return list.map((p, i) =>
      i < lastRequired && p.optional ? `${named(p).name}: ${p.type} | undefined` : declare(named(p)),
    );
  };
  const forms = [`(${[...lead(positional), ...options(keywords)].join(', ')}): ${result}`];
  const fixed = asMethod || positional[0]?.name !== 'input' ? 0 : 1;
  for (let k = positional.length - 1; k >= fixed; --k) {
    const head = positional.slice(0, k).map((p) => `${named(p).name}: ${p.type}`);
    forms.push(`(${[...head, ...options([...positional.slice(k), ...keywords], true)].join(', ')}): ${result}`);
  }
  // A lone list takes its elements one by one too.
  const lone = positional.length === fixed + 1 ? positional[fixed] : null;
  const element = { IntSpan: 'number', OptDims: 'number', 'const TensorList&': 'Tensor', 'const IndexList&': 'IndexItem' };
  if (lone && lone.cppType in element) {
    const head = positional.slice(0, fixed).map((p) => `${p.name}: ${p.type}`);
    const rest = `...${lone.name}: ${element[lone.cppType]}[]`;
    forms.push(`(${[...head, rest].join(', ')}): ${result}`);
    const tail = options(keywords, true);
    if (tail.length) {
      const whole = [...positional.slice(0, fixed).map((p) => `${p.name}: ${p.type}`), rest, ...tail];
      forms.push(`(...args: [${whole.join(', ')}]): ${result}`);
    }
  }
  return [...new Set(forms)];
}

function doc(lines, indent) {
  const text = lines.filter((l, i) => l !== '' || i > 0);
  if (text.length === 0) return [];
  if (text.length === 1) return [`${indent}/** ${text[0]} */`];
  return [`${indent}/**`, ...text.map((l) => `${indent} * ${l}`.trimEnd()), `${indent} */`];
}

function functionText(name, rows, maker = 'torchFunction') {
  const lines = doc(rows[0].doc, '');
  const safe = RESERVED.has(name) ? `${name}_` : name;
  lines.push(`${safe === name ? 'export ' : ''}const ${safe} = ${maker}<{`);
  rows.forEach((row, i) => {
    if (i > 0) lines.push(...doc(row.doc, '  '));
    for (const form of signatures(row, false)) lines.push(`  ${form};`);
  });
  lines.push(`}>('${name}');`);
  if (safe !== name) lines.push(`export { ${safe} as ${name} };`);
  return lines.join('\n');
}

function methodText(name, rows) {
  const lines = [];
  for (const row of rows) {
    signatures(row, true).forEach((form, i) => {
      if (i === 0) lines.push(...doc(row.doc, '  '));
      lines.push(`  ${name}${form};`);
    });
  }
  return lines.join('\n');
}

const HEADER = '// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.\n';

function imports(body, dir) {
  const types = [
    ['DType', 'dtype'],
    ['Generator', 'generator'],
    ['IndexItem', 'indexing'],
    ['Tensor', 'tensor'],
  ].filter(([name]) => new RegExp(`\\b${name}\\b`).test(body));
  const own = ['FactoryOptions', 'Operand', 'Scalar'].filter((name) => new RegExp(`\\b${name}\\b`).test(body));
  const lines = [];
  for (const maker of ['torchFunction', 'functional'])
    if (body.includes(` = ${maker}<`)) lines.push(`import { ${maker} } from '${dir}call';`);
  if (own.length) lines.push(`import type { ${own.join(', ')} } from '${dir}call';`);
  for (const [name, file] of types) lines.push(`import type { ${name} } from '${dir}${file}';`);
  return lines.join('\n');
}

function group(rows, flag) {
  const names = new Map();
  for (const row of rows) {
    if (!row.flags.has(flag)) continue;
    if (!names.has(row.name)) names.set(row.name, []);
    names.get(row.name).push(row);
  }
  return names;
}

function generate() {
  const rows = readOps();
  const functions = group(rows, 'FN');
  const methods = group(rows, 'METHOD');
  // What class Tensor writes by hand is declared there.
  const tensorClass = fs.readFileSync(path.join(root, 'lib/tensor.ts'), 'utf8');
  const byHand = (name) => new RegExp(`^  (get |set |\\*|declare readonly )?${name}[(<:]`, 'm').test(tensorClass);
  const torch = [
    ...[...functions].map(([name, list]) => functionText(name, list)),
    '/** The methods of the op list, as class Tensor has them. */\nexport interface TensorMethods {\n' +
      [...methods]
        .filter(([name]) => !byHand(name))
        .map(([name, list]) => methodText(name, list))
        .join('\n') +
      '\n}',
  ].join('\n\n');
  const shared = [];
  const own = [];
  for (const [name, list] of group(rows, 'NNF')) {
    const same = functions.has(name) && functions.get(name).every((row, i) => row === list[i]);
    if (same) shared.push(name);
    else own.push(functionText(name, list, 'functional'));
  }
  const functional = [
    ...(shared.length ? [`export {\n${shared.map((n) => `  ${n},`).join('\n')}\n} from '../ops.generated';`] : []),
    ...own,
  ].join('\n\n');
  const internal = [...group(rows, 'INTERNAL')]
    .filter(([name]) => !functions.has(name))
    .map(([name, list]) => functionText(name, list))
    .join('\n\n');
  return {
    'lib/ops.generated.ts': `${HEADER}${imports(torch, './')}\n\n${torch}\n`,
    'lib/nn/functional.generated.ts': `${HEADER}${imports(functional, '../')}\n\n${functional || 'export {};'}\n`,
    'lib/internal.generated.ts': `${HEADER}${imports(internal, './')}\n\n${internal || 'export {};'}\n`,
  };
}

const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of Object.entries(generate())) {
  const target = path.join(root, file);
  const before = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : '';
  if (before === text) continue;
  if (check) {
    console.error(`${file} is not up to date: run node scripts/generate-ops.js`);
    ++stale;
  } else {
    fs.writeFileSync(target, text);
    console.log(`wrote ${file}`);
  }
}
process.exit(stale ? 1 : 0);
