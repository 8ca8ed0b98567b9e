import * as torch from 'nabla';
import { nn, optim } from 'nabla';
import { expectClose, golden, numbersOf, toTensor } from '../support/golden';

/* eslint-disable @typescript-eslint/no-explicit-any */

const g = golden('optimizers.json');
const camel = (name: string) => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
const camelKeys = (o: object) => Object.fromEntries(Object.entries(o).map(([k, v]) => [camel(k), v]));

function inputs(n: number, d: number): torch.Tensor {
  return torch.sin(torch.arange(n * d, { dtype: torch.float64 })).to(torch.float32).reshape(n, d);
}

const make = (name: string, params: any, options: object): optim.Optimizer =>
  new (optim as any)[name](params, camelKeys(options));

describe('optimizers step as in PyTorch', () => {
  test.each<[number, string, string, string]>(
    g.runs.map((r: any, i: number) => [i, r.name, JSON.stringify(r.options), r.dtype]),
  )('%i %s %s %s', (i) => {
    const run = g.runs[i];
    const dtype = run.dtype === 'torch.float64' ? torch.float64 : torch.float32;
    const [rtol, atol] = dtype === torch.float64 ? [1e-12, 1e-14] : [2e-5, 2e-6];
    const a = new nn.Parameter(inputs(3, 4).to(dtype));
    const b = new nn.Parameter(inputs(1, 5).reshape(5).to(dtype).mul(2));
    const unused = new nn.Parameter(torch.ones(2, { dtype }));
    const optimizer = make(run.name, [a, b, unused], run.options);
    const losses: number[] = [];
    for (let step = 0; step < 12; step++) {
      optimizer.zeroGrad();
      const loss = a.mul(a).sum().sub(b.mul(0.7 + 0.3 * (step % 2)).sin().sum());
      loss.backward();
      optimizer.step();
      losses.push(loss.item());
    }
    expectClose(losses, run.losses, rtol, atol);
    expectClose(numbersOf(a), run.a.data, rtol, atol);
    expectClose(numbersOf(b), run.b.data, rtol, atol);
    expect(unused.tolist()).toEqual([1, 1]);

    const sd = optimizer.stateDict();
    expect(sd.param_groups).toEqual(run.stateDict.param_groups);
    expect(Object.keys(sd.state)).toEqual(Object.keys(run.stateDict.state));
    for (const [key, state] of Object.entries<any>(run.stateDict.state)) {
      const own = sd.state[key] as Record<string, torch.Tensor>;
      expect(Object.keys(own).sort()).toEqual(Object.keys(state).sort());
      for (const name of Object.keys(state)) {
        expect(String(own[name]!.dtype)).toBe(state[name].dtype);
        expectClose(numbersOf(own[name]!), state[name].data, rtol, atol);
      }
    }
    expect(String(optimizer)).toBe(run.text);
  });
});

describe('arguments', () => {
  test('wrong hyperparameters', () => {
    for (const c of g.errors) {
      // PyTorch prints -1.0 where a number of JS is -1.
      const text = c.text.replace(/\.0$/, '');
      expect(() => make(c.name, [new nn.Parameter(torch.zeros(2))], c.options)).toThrow(text);
    }
  });

  test('wrong parameters', () => {
    const p = new nn.Parameter(torch.zeros(2));
    const e = g.param_errors;
    expect(() => new optim.SGD([])).toThrow(e.empty);
    expect(() => new optim.SGD(p as never)).toThrow(e.tensor);
    expect(() => new optim.SGD([p.mul(2)])).toThrow(e.nonLeaf);
    expect(() => new optim.SGD([{ params: [p] }, { params: [p] }])).toThrow(e.twoGroups);
    expect(() => new optim.SGD([5 as never])).toThrow('optimizer can only optimize Tensors');
    expect(() => new optim.SGD([p], { momentun: 1 } as never)).toThrow("unknown option 'momentun'");
    expect(() => new optim.SGD([p], { weight_decay: 1 } as never)).toThrow("write 'weightDecay'");
    expect(() => new optim.SGD([{ params: [p], weight_decay: 1 }])).toThrow("write 'weightDecay'");
    const q = new nn.Parameter(torch.zeros(1));
    const two = new optim.SGD([{ params: [p] }, { params: [q] }]).stateDict();
    expect(() => new optim.SGD([p]).loadStateDict(two)).toThrow(e.groups);
    expect(() => new optim.SGD([p]).loadStateDict(new optim.SGD([p, q]).stateDict())).toThrow(e.size);
  });

  test('groups have their own hyperparameters and keep extra keys', () => {
    const [p, q] = [new nn.Parameter(torch.ones(1)), new nn.Parameter(torch.ones(1))];
    const optimizer = new optim.SGD([{ params: [p], lr: 1, tag: 'head' }], { lr: 0.5 });
    optimizer.addParamGroup({ params: q });
    optimizer.paramGroups[1]!.lr = 0.25;
    p.add(q).sum().backward();
    optimizer.step();
    expect([p.item(), q.item()]).toEqual([0, 0.75]);
    expect(optimizer.stateDict().param_groups[0]!.tag).toBe('head');
    expect(optimizer.paramGroups[0]!.weightDecay).toBe(0);
  });

  test('named parameters keep their names', () => {
    const m = new nn.Linear(2, 1);
    const optimizer = new optim.SGD(m.namedParameters());
    expect(optimizer.paramGroups[0]!.paramNames).toEqual(['weight', 'bias']);
    expect(optimizer.stateDict().param_groups[0]!.param_names).toEqual(['weight', 'bias']);
  });
});

test('zeroGrad drops or zeroes gradients', () => {
  const p = new nn.Parameter(torch.ones(2));
  const optimizer = new optim.SGD([p]);
  p.sum().backward();
  optimizer.zeroGrad({ setToNone: false });
  expect(p.grad!.tolist()).toEqual([0, 0]);
  optimizer.zeroGrad();
  expect(p.grad).toBe(null);
  optimizer.step();
  expect(p.tolist()).toEqual([1, 1]);
});

test('a closure runs with gradients and gives the loss', () => {
  const p = new nn.Parameter(torch.ones(2));
  const optimizer = new optim.SGD([p], { lr: 0.5 });
  const loss = torch.noGrad(() =>
    optimizer.step(() => {
      const value = p.mul(3).sum();
      value.backward();
      return value;
    }),
  );
  expect(loss.item()).toBe(6);
  expect(p.tolist()).toEqual([-0.5, -0.5]);
});

test('a state dict continues a run', () => {
  for (const [name, options] of [
    ['SGD', { momentum: 0.9 }],
    ['Adam', { amsgrad: true }],
    ['RMSprop', { momentum: 0.9, centered: true }],
  ] as const) {
    const steps = (p: nn.Parameter, optimizer: optim.Optimizer, n: number) => {
      for (let i = 0; i < n; i++) {
        optimizer.zeroGrad();
        p.mul(p).sum().backward();
        optimizer.step();
      }
    };
    const p = new nn.Parameter(torch.tensor([1, -2]));
    const one = make(name, [p], { lr: 0.1, ...options });
    steps(p, one, 3);
    const q = new nn.Parameter(p.detach().clone());
    const other = make(name, [q], { lr: 5 });
    other.loadStateDict(torch.noGrad(() => structured(one.stateDict())));
    expect(other.paramGroups[0]!.lr).toBe(0.1);
    steps(p, one, 3);
    steps(q, other, 3);
    expect(q.tolist()).toEqual(p.tolist());
  }
});

function structured(sd: optim.OptimizerStateDict): optim.OptimizerStateDict {
  const state: Record<string, unknown> = {};
  for (const [id, own] of Object.entries(sd.state)) {
    state[id] = Object.fromEntries(
      Object.entries(own as Record<string, torch.Tensor>).map(([k, v]) => [k, v.clone()]),
    );
  }
  return { ...sd, state };
}

test('state is read by parameter in camelCase', () => {
  const p = new nn.Parameter(torch.ones(2));
  const adam = new optim.Adam([p]);
  expect(adam.state.size).toBe(0);
  p.sum().backward();
  adam.step();
  const state = adam.state.get(p)!;
  expect(state.step!.item()).toBe(1);
  expectClose(numbersOf(state.expAvg!), [0.1, 0.1], 1e-6);
  expect(Object.keys(state)).toEqual(['step', 'expAvg', 'expAvgSq']);
});

test('step hooks run before and after', () => {
  const p = new nn.Parameter(torch.ones(1));
  const optimizer = new optim.SGD([p]);
  const log: string[] = [];
  const before = optimizer.registerStepPreHook(() => void log.push('before'));
  optimizer.registerStepPostHook(() => void log.push('after'));
  optimizer.step();
  before.remove();
  optimizer.step();
  expect(log).toEqual(['before', 'after', 'after']);
});

test('a parameter that gets its gradient later starts its buffer later', () => {
  const [p, q] = [new nn.Parameter(torch.ones(1)), new nn.Parameter(torch.ones(1))];
  const optimizer = new optim.SGD([p, q], { lr: 1, momentum: 0.5, dampening: 0.5 });
  p.sum().backward();
  optimizer.step();
  optimizer.zeroGrad();
  p.add(q).sum().backward();
  optimizer.step();
  // p: b = 1, then 0.5 * 1 + 0.5 * 1; q: b = 1 undamped.
  expect([p.item(), q.item()]).toEqual([-1, 0]);
});

describe('schedules', () => {
  test.each<[number, string, string]>(g.schedules.map((s: any, i: number) => [i, s.name, JSON.stringify(s.options)]))(
    '%i %s %s',
    (i) => {
      const c = g.schedules[i];
      const groups = [
        { params: [new nn.Parameter(torch.zeros(2))], lr: 0.5 },
        { params: [new nn.Parameter(torch.zeros(1))] },
      ];
      const optimizer = new optim.SGD(groups, { lr: 0.1 });
      const given = camelKeys(c.options);
      if ('T_max' in c.options) {
        delete given.T_max;
        given.TMax = c.options.T_max;
      }
      if (c.name === 'LambdaLR') given.lrLambda = (epoch: number) => 0.95 ** epoch;
      const scheduler = new (optim.lrScheduler as any)[c.name](optimizer, given);
      const rates = [scheduler.getLastLr()];
      for (let step = 0; step < 14; step++) {
        optimizer.step();
        scheduler.step();
        rates.push(scheduler.getLastLr());
      }
      rates.forEach((now: number[], step: number) => expectClose(now, c.lrs[step], 1e-12, 1e-15));
      expect(optimizer.paramGroups.map((group) => group.initialLr)).toEqual(c.initialLr);
      const state = scheduler.stateDict();
      for (const [key, value] of Object.entries<any>(c.state)) {
        if (Array.isArray(value)) expectClose(state[key], value, 1e-12, 1e-15);
        else expect([key, state[key]]).toEqual([key, value]);
      }
      const again = new (optim.lrScheduler as any)[c.name](new optim.SGD(groups, { lr: 0.1 }), given);
      again.loadStateDict(state);
      expect(again.lastEpoch).toBe(14);
      expect(again.getLastLr()).toEqual(scheduler.getLastLr());
    },
  );
});

test('inputs of the golden runs are equal to those of PyTorch', () => {
  const run = golden('nn_modules.json').training[0];
  expect(numbersOf(inputs(16, 12))).toEqual(numbersOf(toTensor(run.x)));
});
