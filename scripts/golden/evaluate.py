"""Evaluates a sample of the table with PyTorch."""
import operator

import torch

from data import DTYPES, build, scalar, weights

# Whole JS numbers make float32 tensors where only the number says the dtype (docs/porting-from-pytorch.md).
FLOAT_NUMBERS = {'full', 'where', 'tensor', 'scalarTensor'}
OPERATORS = {'add': operator.add, 'sub': operator.sub, 'mul': operator.mul, 'div': operator.truediv}


def snake(name):
    return ''.join('_' + c.lower() if c.isupper() else c for c in name)


def floaten(x):
    if isinstance(x, list):
        return [floaten(e) for e in x]
    return float(x) if isinstance(x, int) and not isinstance(x, bool) else x


def parse_item(item):
    """An index item as Python writes it."""
    if item == '...':
        return Ellipsis
    if isinstance(item, str):
        return slice(*[int(p) if p else None for p in item.split(':')])
    return item


class Call:
    """A sample with its tensors built: `leaves` are those that gradients are asked for, in the order of the arguments."""

    def __init__(self, row, sample, dtype, want_grad):
        self.row, self.sample, self.dtype = row, sample, dtype
        self.want_grad = want_grad
        self.leaves = []
        self.args = [self.convert(a) for a in self.numbers(sample['args'])]
        self.kw = {snake(k): self.convert(a) for k, a in sample.get('kw', {}).items()}

    def numbers(self, args):
        name = self.row['name']
        if name not in FLOAT_NUMBERS:
            return args
        return args[:1] + floaten(args[1:]) if name == 'full' else floaten(args)

    def convert(self, arg):
        if isinstance(arg, list):
            return [self.convert(a) for a in arg]
        if not isinstance(arg, dict):
            return arg
        kind = arg['kind']
        if kind == 'tensor':
            x = build(arg, self.dtype)
            if self.want_grad and x.is_floating_point() and arg.get('grad') is not False:
                x = x.detach().requires_grad_()
                self.leaves.append(x)
            return x
        if kind == 'dtype':
            return DTYPES[arg['name']]
        if kind == 'slice':
            return slice(*arg['at'])
        if kind == 'bigint':
            return int(arg['value'])
        if kind == 'generator':
            return torch.Generator().manual_seed(arg['seed'])
        return float(scalar(arg['value']))

    def run(self):
        """The result as a list of tensors."""
        if 'seed' in self.sample:
            torch.manual_seed(self.sample['seed'])
        out = self.call()
        if isinstance(out, (tuple, list)):
            return list(out)
        return [out if isinstance(out, torch.Tensor) else torch.tensor(out)]

    def call(self):
        name, args = self.row['name'], list(self.args)
        if name.endswith('_') and self.leaves:
            # In-place on a leaf is an error; the table's in-place rows mean a tensor inside a graph.
            args[0] = torch.empty_strided(args[0].shape, args[0].stride(), dtype=args[0].dtype).copy_(args[0])
        if name == 'index':
            return args[0][tuple(parse_item(i) for i in args[1:])]
        if name == 'get':
            return args[0][args[1]]
        if name == 'slice':
            dim, rest = (args[1], args[2:]) if len(args) > 1 else (0, [None])
            return args[0][(slice(None),) * (dim % args[0].dim()) + (slice(*(rest if len(rest) > 1 else [rest[0], None])),)]
        if name in ('indexPut', 'indexPut_'):
            if name == 'indexPut':
                args[0] = args[0].clone()
            items = tuple(parse_item(i) for i in args[1])
            if self.kw.get('accumulate'):
                return args[0].index_put_(items, args[2], accumulate=True)
            args[0][items] = args[2]
            return args[0]
        if name in OPERATORS and args and not isinstance(args[0], torch.Tensor) and not self.kw:
            return OPERATORS[name](*args)
        if name == 'tensor' and args and isinstance(args[0], torch.Tensor):
            return args[0].detach().clone()
        target = torch
        for part in self.row['torch'].split('.')[1:]:
            target = getattr(target, part)
        return target(*args, **self.kw)

    def grads(self, outs):
        """Gradients of sum(out * weights) for every leaf; None where it is not used."""
        heads = [(k, o) for k, o in enumerate(outs) if o.requires_grad]
        if not self.leaves:
            return None
        if not heads:
            return [None] * len(self.leaves)
        return list(torch.autograd.grad(
            [o for _, o in heads], self.leaves, [weights(o.shape, k).to(o.dtype) for k, o in heads], allow_unused=True))


def evaluate(row, sample, dtype):
    """Outputs and gradients (None where none are compared)."""
    want = row['grad'] and sample.get('grad') is not False and dtype in ('float32', 'float64')
    call = Call(row, sample, dtype, want)
    outs = call.run()
    return outs, call.grads(outs) if want else None


def optimize(row, dtype):
    """Parameters after each step of an optimizer row."""
    kinds = {k: tuple(v) if isinstance(v, list) else v for k, v in row['options'].items()}
    params = [
        build({'shape': s, 'seed': 100 + k}, dtype).requires_grad_() for k, s in enumerate(row['shapes'])
    ]
    optimizer = getattr(torch.optim, row['optimizer'])(params, **{snake(k): v for k, v in kinds.items()})
    steps = []
    for step in range(row['steps']):
        for k, p in enumerate(params):
            p.grad = build({'shape': row['shapes'][k], 'seed': 200 + 10 * step + k}, dtype)
        optimizer.step()
        steps.append([p.detach().clone() for p in params])
    return steps


def run_module(case):
    """What a module prints, its parameters and buffers, its result, the gradients of inputs and parameters, its buffers then."""
    call = Call({'name': case['module']}, {'args': case['args'], 'kw': case.get('kw', {})}, 'float32', False)
    torch.manual_seed(0)
    frozen = lambda x: tuple(x) if isinstance(x, list) else x
    module = getattr(torch.nn, case['module'])(*map(frozen, call.args), **{k: frozen(v) for k, v in call.kw.items()})
    state = {k: v.detach().clone() for k, v in module.state_dict().items()}
    inputs = [build(spec, 'float32') for spec in case['inputs']]
    leaves = [x.requires_grad_() for x, spec in zip(inputs, case['inputs']) if x.is_floating_point() and spec.get('grad') is not False]
    for _ in range(case.get('steps', 0)):
        module(*inputs)
    module.train(not case.get('evaluate', False))
    torch.manual_seed(1)
    out = module(*inputs)
    out = out[0] if isinstance(out, tuple) else out
    wanted = leaves + list(module.parameters())
    grads = torch.autograd.grad(out, wanted, weights(out.shape, 0).to(out.dtype), allow_unused=True) if wanted else []
    return repr(module), state, out, grads, dict(module.named_buffers())
