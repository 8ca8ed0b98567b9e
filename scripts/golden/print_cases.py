"""Writes test/golden/print.json: what PyTorch prints for tensors of every dtype, shape and range.

Run by hand with PyTorch 2.13: python scripts/golden/print_cases.py
"""

import json
import math
import pathlib
import warnings

import torch

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parents[2] / "test" / "golden" / "print.json"
cases = []


def encode(value):
    if isinstance(value, float):
        if math.isnan(value):
            return "nan"
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        if value == 0 and math.copysign(1, value) < 0:
            return "-0"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        return str(value)
    return value


def add(t, options=None, grad=None):
    torch.set_printoptions(profile="default")
    if options:
        torch.set_printoptions(**options)
    shown = t
    if grad == "leaf":
        shown = t.clone().requires_grad_()
    elif grad == "mul":
        shown = t.clone().requires_grad_() * 1
    cases.append(
        {
            "dtype": str(t.dtype),
            "shape": list(t.shape),
            "data": [encode(v) for v in t.reshape(-1).tolist()],
            "options": options or {},
            "grad": grad,
            "text": repr(shown),
        }
    )


def spread(shape):
    """Normal for small shapes; sixteenths, which take few characters, for large ones."""
    if math.prod(shape) < 500:
        return torch.randn(shape)
    return torch.randint(-80, 80, shape) / 16


FLOATS = [torch.float32, torch.float64, torch.float16, torch.bfloat16]
INTS = [torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8]
torch.manual_seed(0)

VECTORS = [
    [0.0], [1.0], [-1.0], [0.5], [-0.0], [1.0, 2.0, 3.0], [1.0, 2.5], [-1.5, 2.25, 1000.0],
    [1e-5], [1e-4], [9.9e-5], [0.001, 1.0], [0.001, 1.001], [1e8], [1e8 + 64], [2e8], [1e9, 1.0],
    [1e10, 0.1], [100000.0, 0.5], [12345.678], [0.00012345], [3.14159265], [float("nan")],
    [float("inf")], [float("-inf"), 1.0], [float("nan"), 1.5], [float("inf"), 0.0, 1e-7],
    [0.03125, 0.15625, 1.03125], [0.00005, 1.0], [0.0, 0.0, 1e-30], [65504.0, 1.0], [999.99995, 1.5],
    [99.99999, 0.123456], [1e20], [3e38], [1e-38], [-1e-10, 1e10], [0.1, 0.2, 0.3, 1e-4],
    [1.0, 1000.0], [1.0, 1001.0], [-0.0, 1.5], [0.99999999], [9.99995], [9.99985],
]
for v in VECTORS:
    for dtype in FLOATS:
        add(torch.tensor(v, dtype=torch.float64).to(dtype))
for v in VECTORS:
    add(torch.tensor(v[0], dtype=torch.float32))
for dtype in FLOATS:
    for shape in [(), (3,), (20,), (2, 3), (5, 17), (2, 3, 4), (2, 1, 3, 2), (1, 1, 1), (40, 26), (1001,), (26, 20, 2), (7, 150)]:
        add(spread(shape).to(dtype))
    for shape in [(0,), (0, 3), (2, 0), (1, 0, 4)]:
        add(torch.zeros(shape, dtype=dtype))
    add(torch.rand(33).to(dtype) * 1000)
    add(torch.rand(4, 4).to(dtype) * 1e-3)
    add(torch.arange(12).to(dtype).reshape(3, 4))
for dtype in INTS:
    add(torch.arange(10).to(dtype))
    add(torch.arange(60).to(dtype).reshape(3, 20))
    add(torch.tensor(5).to(dtype))
    add(torch.tensor([-3, 100, 7]).to(dtype))
    add(torch.arange(1010).to(dtype))
    add(torch.arange(2 * 25 * 21).to(dtype).reshape(2, 25, 21))
    add(torch.zeros((0,), dtype=dtype))
    add(torch.zeros((2, 0), dtype=dtype))
add(torch.tensor([2**62, -(2**63), 5]))
add(torch.tensor([2**31 - 1, -(2**31)], dtype=torch.int32))
for t in [torch.tensor(True), torch.tensor([True, False]), torch.zeros(3, 30, dtype=torch.bool),
          torch.zeros(0, dtype=torch.bool), torch.ones(1200, dtype=torch.bool), torch.tensor([True, True])]:
    add(t)
for shape in [(), (3,), (2, 3), (7, 9), (0,), (0, 2), (11, 3, 3), (11,), (9,), (2, 2, 2)]:
    for dtype in [torch.float32, torch.float64, torch.float16]:
        for grad in ["leaf", "mul"]:
            add(torch.randn(shape).to(dtype), grad=grad)
OPTIONS = [
    {"precision": 2}, {"precision": 8}, {"precision": 0}, {"threshold": 5}, {"edgeitems": 1, "threshold": 5},
    {"edgeitems": 5, "threshold": 5}, {"linewidth": 40}, {"linewidth": 200}, {"linewidth": 5}, {"profile": "short"}, {"profile": "full"},
    {"sci_mode": True}, {"sci_mode": False}, {"precision": 10, "sci_mode": True}, {"edgeitems": 0, "threshold": 5},
    {"precision": 12, "sci_mode": False},
]
for options in OPTIONS:
    for t in [torch.randn(12), torch.randn(4, 5), torch.arange(24.0).reshape(2, 3, 4), torch.arange(30),
              torch.randn(3, 3, 3, 3), torch.tensor([1e-8, 1e9, 3.0]), torch.tensor(1.5), torch.tensor([1e25, 2.0]),
              spread((1100,)), torch.tensor([0.5, 1.5, 2.5, 3.5]), torch.tensor([float("nan"), float("inf"), 1.0])]:
        add(t, options)
OUT.parent.mkdir(parents=True, exist_ok=True)
with OUT.open("w") as f:
    f.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
print(len(cases), "cases")
