"""Writes test/golden/{nn_modules,optimizers,loaders}.json: what PyTorch's modules, optimizers and loaders do.

Run by hand with PyTorch 2.13: python scripts/golden/nn_cases.py
"""

import json
import math
import pathlib
import warnings
from collections import OrderedDict

import torch
from torch import nn
from torch.utils import data

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).parents[2] / "test" / "golden"


def plain(value):
    """JSON of nested results: tensors as {dtype, shape, data}."""
    if isinstance(value, torch.Tensor):
        return {"dtype": str(value.dtype), "shape": list(value.shape), "data": [plain(v) for v in value.reshape(-1).tolist()]}
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def write(name, content):
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / name).write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(plain(v))}" for k, v in content.items()) + "\n}\n")
    print(name, (OUT / name).stat().st_size)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(12, 8)
        self.fc2 = nn.Linear(8, 5)
        self.fc3 = nn.Linear(5, 3)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)


# ---- nn ----------------------------------------------------------------------------------------

nn_out = {}
weights = []
for seed in (0, 1, 42):
    for shape in ((3, 2), (7, 5), (20, 30)):
        torch.manual_seed(seed)
        layer = nn.Linear(shape[1], shape[0])
        weights.append({"seed": seed, "out": shape[0], "in": shape[1], "weight": layer.weight.data, "bias": layer.bias.data})
nn_out["linear_init"] = weights

inits = []
def init_case(name, fn, shape, args):
    torch.manual_seed(7)
    inits.append({"name": name, "shape": shape, "args": args, "value": fn(torch.empty(shape))})

for shape in ([4, 6], [3, 2, 5]):
    init_case("uniform_", lambda t: nn.init.uniform_(t, -2.0, 3.0), shape, [-2, 3])
    init_case("normal_", lambda t: nn.init.normal_(t, 1.0, 0.5), shape, [1, 0.5])
    init_case("constant_", lambda t: nn.init.constant_(t, 0.3), shape, [0.3])
    init_case("ones_", nn.init.ones_, shape, [])
    init_case("zeros_", nn.init.zeros_, shape, [])
    init_case("xavierUniform_", lambda t: nn.init.xavier_uniform_(t, 1.7), shape, [{"gain": 1.7}])
    init_case("xavierNormal_", nn.init.xavier_normal_, shape, [])
    init_case("kaimingUniform_", lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu", mode="fan_out"), shape, [{"nonlinearity": "relu", "mode": "fan_out"}])
    init_case("kaimingUniform_", lambda t: nn.init.kaiming_uniform_(t, 0.2), shape, [0.2])
    init_case("kaimingNormal_", lambda t: nn.init.kaiming_normal_(t, nonlinearity="tanh"), shape, [{"nonlinearity": "tanh"}])
    init_case("truncNormal_", lambda t: nn.init.trunc_normal_(t, std=0.02), shape, [{"std": 0.02}])
    init_case("truncNormal_", lambda t: nn.init.trunc_normal_(t, 0.0, 1.0, -0.5, 1.0), shape, [0, 1, -0.5, 1])
    init_case("truncNormal_", lambda t: nn.init.trunc_normal_(t, 0.0, 1.0, 1.5, 2.0), shape, [0, 1, 1.5, 2])
init_case("eye_", nn.init.eye_, [3, 5], [])
init_case("eye_", nn.init.eye_, [4, 2], [])
nn_out["init"] = inits
nn_out["gain"] = [[n, p, nn.init.calculate_gain(n, p)] for n, p in
                  [("linear", None), ("conv2d", None), ("sigmoid", None), ("tanh", None), ("relu", None), ("selu", None), ("leaky_relu", None), ("leaky_relu", 0.2)]]

torch.manual_seed(0)
nn_out["repr"] = {
    "linear": repr(nn.Linear(3, 4)),
    "linearNoBias": repr(nn.Linear(3, 4, bias=False)),
    "identity": repr(nn.Identity()),
    "relu": repr(nn.ReLU()),
    "reluInplace": repr(nn.ReLU(inplace=True)),
    "sigmoid": repr(nn.Sigmoid()),
    "tanh": repr(nn.Tanh()),
    "softmax": repr(nn.Softmax(dim=1)),
    "logSoftmax": repr(nn.LogSoftmax(dim=-1)),
    "flatten": repr(nn.Flatten()),
    "unflatten": repr(nn.Unflatten(1, (2, 3))),
    "dropout": repr(nn.Dropout()),
    "dropoutSmall": repr(nn.Dropout(1e-5, inplace=True)),
    "crossEntropy": repr(nn.CrossEntropyLoss()),
    "mse": repr(nn.MSELoss()),
    "sequential": repr(nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Sequential(nn.Linear(3, 1)))),
    "sequentialNamed": repr(nn.Sequential(OrderedDict([("fc", nn.Linear(2, 3)), ("act", nn.ReLU())]))),
    "sequentialEmpty": repr(nn.Sequential()),
    "moduleList": repr(nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2)])),
    "moduleDict": repr(nn.ModuleDict({"a": nn.ReLU(), "get": nn.Linear(1, 2)})),
    "parameterList": repr(nn.ParameterList([torch.zeros(2, 3), torch.zeros(4)])),
    "parameterDict": repr(nn.ParameterDict({"w": nn.Parameter(torch.zeros(2, 3)), "b": nn.Parameter(torch.zeros(4, dtype=torch.float64))})),
    "net": repr(Net()),
    "parameter": repr(nn.Parameter(torch.tensor([1.0, 2.5]))),
}

def error_of(fn):
    try:
        fn()
    except Exception as e:
        return str(e)
    raise AssertionError("no error")

net = Net()
sd = net.state_dict()
missing = OrderedDict((k, v) for k, v in sd.items() if k != "fc2.bias")
extra = OrderedDict(sd, other=torch.zeros(1), **{"fc1.more": torch.zeros(1), "fc9.weight": torch.zeros(1)})
shape = OrderedDict(sd, **{"fc3.bias": torch.zeros(4)})
both = OrderedDict(((k, v) for k, v in extra.items() if k != "fc1.weight"))
nn_out["load_errors"] = {
    "missing": error_of(lambda: Net().load_state_dict(missing)),
    "extra": error_of(lambda: Net().load_state_dict(extra)),
    "shape": error_of(lambda: Net().load_state_dict(shape)),
    "shapeNotStrict": error_of(lambda: Net().load_state_dict(shape, strict=False)),
    "both": error_of(lambda: Net().load_state_dict(both)),
}

class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2)
        self.register_buffer("count", torch.zeros(1))
        self.register_buffer("temp", torch.zeros(1), persistent=False)
        self.scale = nn.Parameter(torch.ones(1))

class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Inner()
        self.top = nn.Parameter(torch.ones(2))
        self.b = nn.Linear(2, 2, bias=False)
        self.tied = self.b
        self.b2 = nn.Linear(2, 2)
        self.b2.weight = self.b.weight

outer = Outer()
nn_out["names"] = {
    "parameters": [n for n, _ in outer.named_parameters()],
    "parametersAll": [n for n, _ in outer.named_parameters(remove_duplicate=False)],
    "buffers": [n for n, _ in outer.named_buffers()],
    "modules": [n for n, _ in outer.named_modules()],
    "children": [n for n, _ in outer.named_children()],
    "stateDict": list(outer.state_dict()),
}

# A short training run: inputs that are the same everywhere, every loss.
def inputs(n, d):
    return torch.sin(torch.arange(n * d, dtype=torch.float64)).float().reshape(n, d)

runs = []
for seed in (0, 3):
    torch.manual_seed(seed)
    net = Net()
    opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    x, y = inputs(16, 12), torch.arange(16) % 3
    losses = []
    for _ in range(40):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
    runs.append({"seed": seed, "x": x, "losses": losses})
nn_out["training"] = runs

torch.manual_seed(5)
drop = nn.Dropout(0.3)
nn_out["dropout"] = {"seed": 5, "p": 0.3, "value": drop(torch.ones(40))}

norms = []
for norm_type in (2.0, 1.0, 3.0, math.inf, -math.inf, 0.0):
    for max_norm in (0.5, 100.0):
        ps = [nn.Parameter(torch.zeros(3)), nn.Parameter(torch.zeros(2, 2))]
        ps[0].grad = torch.tensor([3.0, -4.0, 0.5])
        ps[1].grad = torch.tensor([[1.0, 2.0], [-2.0, 0.0]])
        total = nn.utils.clip_grad_norm_(ps, max_norm, norm_type)
        norms.append({"normType": plain(norm_type), "maxNorm": max_norm, "total": total.item(), "grads": [p.grad for p in ps]})
nn_out["clip_norm"] = norms
write("nn_modules.json", nn_out)

# ---- optim -------------------------------------------------------------------------------------

optim_out = {}
runs = []
SGD, ADAM, ADAMW, RMS = torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop
CASES = [
    (SGD, {"lr": 0.1}), (SGD, {"lr": 0.1, "momentum": 0.9}), (SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}),
    (SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}), (SGD, {"lr": 0.1, "weight_decay": 0.05}),
    (SGD, {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.05, "maximize": True}), (SGD, {}),
    (ADAM, {}), (ADAM, {"lr": 0.01, "betas": [0.8, 0.99]}), (ADAM, {"weight_decay": 0.1}), (ADAM, {"amsgrad": True, "lr": 0.05}),
    (ADAM, {"maximize": True, "weight_decay": 0.01}), (ADAM, {"eps": 1e-3}), (ADAM, {"decoupled_weight_decay": True, "weight_decay": 0.1}),
    (ADAMW, {}), (ADAMW, {"lr": 0.01, "weight_decay": 0.3}), (ADAMW, {"amsgrad": True}),
    (RMS, {}), (RMS, {"alpha": 0.9}), (RMS, {"momentum": 0.9}), (RMS, {"centered": True}), (RMS, {"centered": True, "momentum": 0.5, "weight_decay": 0.1, "maximize": True}),
]
for cls, options in CASES:
    for dtype in (torch.float32, torch.float64):
        a = nn.Parameter(inputs(3, 4).to(dtype))
        b = nn.Parameter(inputs(1, 5).reshape(5).to(dtype) * 2)
        unused = nn.Parameter(torch.ones(2, dtype=dtype))
        opt = cls([a, b, unused], **{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()})
        losses = []
        for step in range(12):
            opt.zero_grad()
            loss = (a * a).sum() - (b * (0.7 + 0.3 * (step % 2))).sin().sum()
            loss.backward()
            opt.step()
            losses.append(loss.item())
        runs.append({"name": cls.__name__, "options": options, "dtype": str(dtype), "losses": losses, "a": a.data, "b": b.data,
                     "stateDict": opt.state_dict(), "text": repr(opt)})
optim_out["runs"] = runs

def opt_error(cls, **options):
    p = nn.Parameter(torch.zeros(2))
    return {"name": cls.__name__, "options": {k: v for k, v in options.items()}, "text": error_of(lambda: cls([p], **{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}))}

optim_out["errors"] = [
    opt_error(SGD, lr=-1.0), opt_error(SGD, momentum=-0.5), opt_error(SGD, weight_decay=-0.5), opt_error(SGD, nesterov=True),
    opt_error(ADAM, lr=-1.0), opt_error(ADAM, eps=-1.0), opt_error(ADAM, betas=[1.0, 0.9]), opt_error(ADAM, betas=[0.9, -0.1]), opt_error(ADAM, weight_decay=-1.5),
    opt_error(ADAMW, lr=-1.0), opt_error(RMS, lr=-1.0), opt_error(RMS, alpha=-0.5), opt_error(RMS, momentum=-0.5), opt_error(RMS, eps=-0.5),
]
p = nn.Parameter(torch.zeros(2))
optim_out["param_errors"] = {
    "empty": error_of(lambda: SGD([])),
    "tensor": error_of(lambda: SGD(p)),
    "nonLeaf": error_of(lambda: SGD([p * 2])),
    "twoGroups": error_of(lambda: SGD([{"params": [p]}, {"params": [p]}])),
    "groups": error_of(lambda: SGD([p]).load_state_dict(SGD([{"params": [p]}, {"params": [nn.Parameter(torch.zeros(1))]}]).state_dict())),
    "size": error_of(lambda: SGD([p]).load_state_dict(SGD([p, nn.Parameter(torch.zeros(1))]).state_dict())),
}

S = torch.optim.lr_scheduler
schedules = []
for name, options in [("StepLR", {"step_size": 3}), ("StepLR", {"step_size": 2, "gamma": 0.5}), ("MultiStepLR", {"milestones": [2, 5, 5], "gamma": 0.3}),
                      ("ExponentialLR", {"gamma": 0.9}), ("CosineAnnealingLR", {"T_max": 4}), ("CosineAnnealingLR", {"T_max": 5, "eta_min": 0.01}), ("LambdaLR", {})]:
    p2 = nn.Parameter(torch.zeros(1))
    opt = SGD([{"params": [p], "lr": 0.5}, {"params": [p2]}], lr=0.1)
    given = dict(options, lr_lambda=lambda e: 0.95**e) if name == "LambdaLR" else options
    s = getattr(S, name)(opt, **given)
    lrs = [s.get_last_lr()]
    for _ in range(14):
        opt.step()
        s.step()
        lrs.append(s.get_last_lr())
    state = {k: v for k, v in s.state_dict().items() if k in ("base_lrs", "last_epoch", "_step_count", "_last_lr", "step_size", "gamma", "T_max", "eta_min")}
    schedules.append({"name": name, "options": options, "lrs": lrs, "state": state, "initialLr": [g["initial_lr"] for g in opt.param_groups]})
optim_out["schedules"] = schedules
write("optimizers.json", optim_out)

# ---- data --------------------------------------------------------------------------------------

data_out = {}
orders = []
for seed in (0, 1, 1234):
    for n, batch, drop in ((10, 3, False), (10, 3, True), (64, 16, False), (100, 7, False)):
        torch.manual_seed(seed)
        loader = data.DataLoader(data.TensorDataset(torch.arange(n)), batch_size=batch, shuffle=True, drop_last=drop)
        orders.append({"seed": seed, "n": n, "batch": batch, "dropLast": drop, "passes": [[b[0] for b in loader] for _ in range(2)], "after": torch.rand(2), "length": len(loader)})
data_out["shuffled"] = orders

def gen(seed):
    return torch.Generator().manual_seed(seed)

torch.manual_seed(9)
loader = data.DataLoader(data.TensorDataset(torch.arange(9)), batch_size=4, shuffle=True, generator=gen(3))
data_out["withGenerator"] = {"passes": [[b[0] for b in loader] for _ in range(2)], "after": torch.rand(2)}
torch.manual_seed(9)
list(data.DataLoader(data.TensorDataset(torch.arange(9)), batch_size=4))
data_out["sequentialDraws"] = torch.rand(2)

def sampled(make):
    torch.manual_seed(11)
    sampler = make()
    return {"order": [list(sampler), list(sampler)], "length": len(sampler), "after": torch.rand(1)}

src = list(range(10))
data_out["samplers"] = {
    "random": sampled(lambda: data.RandomSampler(src)),
    "randomGenerator": sampled(lambda: data.RandomSampler(src, generator=gen(2))),
    "replacement": sampled(lambda: data.RandomSampler(src, replacement=True)),
    "replacement70": sampled(lambda: data.RandomSampler(src, replacement=True, num_samples=70)),
    "numSamples": sampled(lambda: data.RandomSampler(src, num_samples=25)),
    "subset": sampled(lambda: data.SubsetRandomSampler([3, 1, 8, 5])),
    "weighted": sampled(lambda: data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3.0, 0.6], 8)),
    "weightedOnce": sampled(lambda: data.WeightedRandomSampler([0.9, 0.4, 0.05, 0.2, 0.3, 0.1], 5, replacement=False)),
    "batch": sampled(lambda: data.BatchSampler(data.SequentialSampler(src), 4, False)),
    "batchDrop": sampled(lambda: data.BatchSampler(data.RandomSampler(src), 4, True)),
}
splits = []
for lengths in ([3, 7], [0.3, 0.3, 0.4], [0.5, 0.5], [0.34, 0.33, 0.33]):
    torch.manual_seed(21)
    parts = data.random_split(data.TensorDataset(torch.arange(10 if lengths[0] == 3 else 31)), lengths)
    splits.append({"lengths": lengths, "indices": [p.indices for p in parts], "n": 10 if lengths[0] == 3 else 31})
data_out["splits"] = splits
write("loaders.json", data_out)
