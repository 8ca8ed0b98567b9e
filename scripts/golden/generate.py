"""
Writes test/golden/<family>.json: values and gradients of the op table from PyTorch. Run by hand:

    python scripts/golden/generate.py [family ...]      # write
    python scripts/golden/generate.py --verify [N]      # evaluate N samples anew (default all) and compare with the files

The files are never edited by hand. Both need `torch` and `numpy`, and `node` with the packages of `npm install`.
"""
import json
import math
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / 'test' / 'golden'


def table():
    out = subprocess.run(['node', str(ROOT / 'scripts' / 'golden' / 'export.js')], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def number(x, dtype):
    """The shortest decimal that reads back as x."""
    import numpy as np
    if isinstance(x, bool) or dtype == 'bool':
        return 1 if x else 0
    if isinstance(x, int):
        return x if abs(x) <= 2**53 else f'{x}n'
    if math.isnan(x):
        return 'nan'
    if math.isinf(x):
        return 'inf' if x > 0 else '-inf'
    if x == 0:
        return '-0' if math.copysign(1, x) < 0 else 0
    if dtype == 'float64':
        return x
    return float(str(np.float32(x)))


def pack(x, with_values=True):
    """A tensor as JSON."""
    from data import dtype_name
    name = dtype_name(x.dtype)
    out = {'dtype': name, 'shape': list(x.shape), 'strides': list(x.stride())}
    if with_values:
        out['values'] = [number(e, name) for e in x.detach().reshape(-1).tolist()]
    return out


def record(row, sample, dtype):
    from evaluate import evaluate
    outs, grads = evaluate(row, sample, dtype)
    result = {'out': [pack(o, 'empty' not in row['name'].lower()) for o in outs]}
    if grads is not None:
        result['grads'] = [None if g is None else pack(g)['values'] for g in grads]
    return result


def dumps(x):
    return json.dumps(x, separators=(',', ':'), allow_nan=False)


def check_errors(row):
    """PyTorch refuses every error case that is not marked as a difference."""
    import torch
    from evaluate import Call
    bad = []
    for case in row['errors']:
        if case.get('onlyHere'):
            continue
        try:
            Call(row, case, 'float32', False).run()
            bad.append(f"{row['name']}: PyTorch accepts {dumps(case['args'])} {dumps(case.get('kw', {}))}")
        except (ArithmeticError, RuntimeError, TypeError, ValueError, IndexError, AssertionError):
            pass
    return bad


def write(families):
    import torch
    problems = []
    for family in families:
        lines = []
        for row in family['ops']:
            problems += check_errors(row)
            seen = set()
            for sample in row['samples']:
                if sample['key'] in seen:
                    continue
                seen.add(sample['key'])
                for dtype in sample['dtypes']:
                    try:
                        lines.append(f"\"{row['forms'][0]}.{row['name']} {sample['key']} {dtype}\":{dumps(record(row, sample, dtype))}")
                    except Exception as e:  # reported below, with the sample
                        problems.append(f"{row['name']} {dtype} {dumps(sample)}: {e}")
        save(family['name'], torch.__version__.split('+')[0], lines)
    return problems


def save(name, version, lines):
    head = f'{{"torch":"{version}","samples":{{\n'
    path = GOLDEN / f'{name}.json'
    path.write_text(head + ',\n'.join(lines) + '\n}}\n')
    print(f'{path.relative_to(ROOT)}: {len(lines)} records, {path.stat().st_size / 1e6:.2f} MB')


def write_optim(rows):
    import torch
    from evaluate import optimize
    lines = []
    for row in rows:
        for dtype in row['dtypes']:
            steps = [[pack(p)['values'] for p in step] for step in optimize(row, dtype)]
            lines.append(f"\"{row['optimizer']} {row['key']} {dtype}\":{dumps(steps)}")
    save('optim', torch.__version__.split('+')[0], lines)


def write_modules(cases):
    import torch
    from evaluate import run_module
    lines = []
    for case in cases:
        text, state, out, grads, buffers = run_module(case)
        record = {
            'text': text,
            'state': {k: pack(v) for k, v in state.items()},
            'out': pack(out),
            'grads': [None if g is None else pack(g) for g in grads],
        }
        if buffers:
            record['buffers'] = {k: pack(v) for k, v in buffers.items()}
        lines.append(f"\"{case['module']} {case['key']}\":{dumps(record)}")
    save('modules', torch.__version__.split('+')[0], lines)


def close(a, b, rtol):
    if isinstance(a, list):
        return isinstance(b, list) and len(a) == len(b) and all(close(x, y, rtol) for x, y in zip(a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(close(a[k], b[k], rtol) for k in a)
    if isinstance(a, float) or isinstance(b, float):
        return not isinstance(b, str) and b is not None and abs(a - b) <= rtol * max(abs(a), abs(b), 1)
    return a == b


def verify(data, count):
    """Evaluates samples anew and compares; prints the closing line that CI reads."""
    todo = [(f['name'], r, s, d) for f in data['families'] for r in f['ops'] for s in r['samples'] for d in s['dtypes']]
    try:
        import torch
    except ImportError:
        print(f'golden: 0 passed, 0 failed, {min(count, len(todo)) or len(todo)} skipped (PyTorch is not installed)')
        return 0
    total = len(todo)
    if count and count < total:
        todo = random.Random(0).sample(todo, count)
    files = {f['name']: json.loads((GOLDEN / f"{f['name']}.json").read_text())['samples'] for f in data['families']}
    rtol = {'float64': 1e-10, 'float16': 4e-3, 'bfloat16': 3e-2}
    failed = 0
    for family, row, sample, dtype in todo:
        key = f"{row['forms'][0]}.{row['name']} {sample['key']} {dtype}"
        # JSON turns tuples into lists and back, as the file did.
        now = json.loads(dumps(record(row, sample, dtype)))
        if key not in files[family] or not close(now, files[family][key], rtol.get(dtype, 2e-5)):
            failed += 1
            print(f'differs: {family}: {key} {dumps(sample["args"])}')
    print(f'golden: {len(todo) - failed} passed, {failed} failed, of {total} records (PyTorch {torch.__version__})')
    return 1 if failed else 0


def main(argv):
    sys.path.insert(0, str(pathlib.Path(__file__).parent))
    data = table()
    if argv and argv[0] == '--verify':
        return verify(data, int(argv[1]) if len(argv) > 1 else 0)
    import torch
    torch.set_num_threads(1)
    known = [f['name'] for f in data['families']] + ['optim', 'modules']
    for name in argv:
        if name not in known:
            sys.exit(f"unknown family {name}; known: {', '.join(known)}")
    problems = write([f for f in data['families'] if not argv or f['name'] in argv])
    if not argv or 'optim' in argv:
        write_optim(data['optimizers'])
    if not argv or 'modules' in argv:
        write_modules(data['modules'])
    for p in problems:
        print(re.sub(r'\s+', ' ', p)[:600])
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
