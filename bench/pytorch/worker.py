"""PyTorch's side of the benchmark: answers the requests of bench/run.ts, one JSON line each."""
import json
import os
import platform
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 128)
        self.fc2 = nn.Linear(128, 64)
        self.fc3 = nn.Linear(64, 10)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def microseconds(iterations, run):
    start = time.perf_counter()
    for _ in range(iterations):
        run()
    return (time.perf_counter() - start) * 1e6 / iterations


def prepare_mlp(request):
    torch.manual_seed(0)
    net = Net()
    x = torch.rand(request['batch'], 1, 28, 28)
    y = torch.randint(0, 10, (request['batch'],))
    criterion = nn.CrossEntropyLoss()
    if request['optimizer'] == 'adam':
        optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    else:
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01)

    def step():
        optimizer.zero_grad()
        loss = criterion(net(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def prepare_product(request):
    torch.manual_seed(0)
    a = torch.rand(request['n'], request['n'])
    b = torch.rand(request['n'], request['n'])
    left = a.t() if request['layout'][0] == 'T' else a
    right = b.t() if request['layout'][1] == 'T' else b
    return lambda: torch.mm(left, right)


def prepare_add():
    a = torch.rand(8)
    b = torch.rand(8)
    return lambda: a.add(b)


RUN = {}


def answer(request):
    torch.set_num_threads(request['threads'])
    task = request['task']
    if task == 'hello':
        return {'version': f'torch {torch.__version__}, Python {platform.python_version()}', 'threads': torch.get_num_threads(),
                'isa': torch.backends.cpu.get_cpu_capability(), 'bound': os.environ.get('OMP_PROC_BIND', '')}
    if task == 'mlp.prepare':
        RUN['mlp'] = prepare_mlp(request)
        loss = float('nan')
        for _ in range(request['iterations']):
            loss = RUN['mlp']().item()
        return {'loss': loss}
    if task == 'mm.prepare':
        RUN['mm'] = prepare_product(request)
        return {'check': RUN['mm']().sum().item()}
    if task == 'add.prepare':
        RUN['add'] = prepare_add()
        task = 'add'
    return {'us': microseconds(request['iterations'], RUN[task])}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as error:
        reply = {'error': repr(error)}
    print(json.dumps(reply), flush=True)
