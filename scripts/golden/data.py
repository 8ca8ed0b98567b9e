"""Values of the table's tensors: the Python twin of test/op_db/data.ts (mulberry32)."""
import math

import numpy as np
import torch

DTYPES = {
    name: getattr(torch, name)
    for name in ('float32', 'float64', 'float16', 'bfloat16', 'int64', 'int32', 'int16', 'int8', 'uint8', 'bool')
}
SPECIAL = {'nan': math.nan, 'inf': math.inf, '-inf': -math.inf, '-0': -0.0}


def dtype_name(dtype):
    return str(dtype).removeprefix('torch.')


def mulberry32(seed, n):
    """The first n 32-bit outputs for a seed."""
    with np.errstate(over='ignore'):
        k = np.arange(1, n + 1, dtype=np.uint32)
        state = np.uint32(seed * 0x9E3779B1 & 0xFFFFFFFF) + k * np.uint32(0x6D2B79F5)
        z = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        z = (z + (z ^ (z >> np.uint32(7))) * (z | np.uint32(61))) ^ z
        return z ^ (z >> np.uint32(14))


def is_floating(name):
    return name.startswith('float') or name == 'bfloat16'


def bounds(name, given):
    if is_floating(name):
        return given or (-2, 2)
    lo, hi = (math.ceil(given[0]), math.floor(given[1])) if given else (-6, 6)
    return (max(lo, 0), max(hi, 0)) if name == 'uint8' else (lo, hi)


def scalar(value):
    if isinstance(value, str):
        return SPECIAL[value] if value in SPECIAL else int(value.removesuffix('n'))
    return value


def draw(spec, name):
    """Row-major values of a spec as a Python list."""
    if 'values' in spec:
        return [scalar(x) for x in spec['values']]
    n = math.prod(spec['shape'])
    lo, hi = bounds(name, spec.get('range'))
    r = mulberry32(spec['seed'], n)
    if spec.get('distinct'):
        places = list(range(n))
        for k in range(n - 1, 0, -1):
            j = int(r[k]) % (k + 1)
            places[k], places[j] = places[j], places[k]
        if is_floating(name):
            return [lo + ((hi - lo) * (p + 0.5)) / n for p in places]
        return [lo + p for p in places]
    if name == 'bool':
        return [bool(x >> 8 & 1) for x in r.tolist()]
    if is_floating(name):
        return [lo + ((hi - lo) * (x >> 8)) / 16777216 for x in r.tolist()]
    return [lo + x % (hi - lo + 1) for x in r.tolist()]


def build(spec, run_dtype):
    """The tensor of a spec; `run_dtype` is the dtype the sample is run with."""
    name = spec.get('dtype', run_dtype)
    values = draw(spec, name)
    if is_floating(name):
        flat = torch.tensor([float(x) for x in values], dtype=torch.float64).to(DTYPES[name])
    elif name == 'bool':
        flat = torch.tensor([bool(x) for x in values], dtype=torch.bool)
    else:
        flat = torch.tensor([int(x) if math.isfinite(x) else 0 for x in values], dtype=torch.int64).to(DTYPES[name])
    x = flat.reshape(spec['shape'])
    layout = spec.get('layout')
    if layout == 'transposed':
        x = x.transpose(0, -1).contiguous().transpose(0, -1)
    elif layout == 'step':
        x = torch.stack([x, torch.ones_like(x)], -1).select(-1, 0)
    elif layout == 'offset':
        x = torch.cat([torch.ones(3, dtype=x.dtype), x.reshape(-1)]).narrow(0, 3, x.numel()).view(spec['shape'])
    if 'expand' in spec:
        x = x.expand(spec['expand'])
    return x


def weights(shape, k):
    """The gradient that output k receives, as float64."""
    spec = {'shape': list(shape), 'seed': 1000 + k, 'range': [-1, 1]}
    return build(spec, 'float64')
