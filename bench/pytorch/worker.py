"""PyTorch's side of the benchmark: answers the requests of bench/run.ts, one JSON line each."""
import json
import os
import platform
import resource
import sys
import time

import torch

from networks import layer_run, training_step


def microseconds(iterations, run):
    end = time.perf_counter() + 0.02
    while time.perf_counter() < end:
        run()
    start = time.perf_counter()
    for _ in range(iterations):
        run()
    return (time.perf_counter() - start) * 1e6 / iterations


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
    if task == 'train.prepare':
        RUN['train'] = training_step(request)
        loss = float('nan')
        for _ in range(request['iterations']):
            loss = RUN['train']().item()
        return {'loss': loss}
    if task == 'layer.prepare':
        RUN['layer'], checks = layer_run(request)
        return {'checks': checks}
    if task == 'memory':
        with open('/proc/self/statm') as statm:
            pages = int(statm.read().split()[1])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {'rss': pages * resource.getpagesize() / 1048576, 'peak': peak}
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
