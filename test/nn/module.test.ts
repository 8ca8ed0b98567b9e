import * as torch from 'nabla';
import { nn } from 'nabla';
import { inspect } from 'node:util';
import { expectSame, golden } from '../support/golden';

const g = golden('nn_modules.json');

class Net extends nn.Module {
  fc1 = new nn.Linear(12, 8);
  fc2 = new nn.Linear(8, 5);
  fc3 = new nn.Linear(5, 3);

  forward(x: torch.Tensor): torch.Tensor {
    return this.fc3(torch.tanh(this.fc2(torch.relu(this.fc1(x)))));
  }
}

class Inner extends nn.Module {
  lin = new nn.Linear(2, 2);
  declare count: torch.Tensor;
  declare temp: torch.Tensor;
  scale: nn.Parameter;

  constructor() {
    super();
    this.registerBuffer('count', torch.zeros(1));
    this.registerBuffer('temp', torch.zeros(1), { persistent: false });
    this.scale = new nn.Parameter(torch.ones(1));
  }

  forward(x: torch.Tensor): torch.Tensor {
    return this.lin(x).mul(this.scale);
  }
}

class Outer extends nn.Module {
  a = new Inner();
  top = new nn.Parameter(torch.ones(2));
  b = new nn.Linear(2, 2, { bias: false });
  tied = this.b;
  b2 = new nn.Linear(2, 2);

  constructor() {
    super();
    this.b2.weight = this.b.weight;
  }

  forward(x: torch.Tensor): torch.Tensor {
    return this.b2(this.b(this.a(x))).add(this.top);
  }
}

describe('a module is a function of its class alone', () => {
  class Named extends nn.Module {
    override name = 'mine';
    override length = 7;
    forward(x: torch.Tensor, scale = 1): torch.Tensor {
      return x.mul(scale);
    }
  }

  test('it is called like one and typed from forward', () => {
    const m = new Named();
    const out: torch.Tensor = m(torch.ones(2), 3);
    expect(out.tolist()).toEqual([3, 3]);
    // @ts-expect-error: wrong argument type
    expect(() => m('text')).toThrow();
  });

  test('nothing of Function.prototype is on its chain', () => {
    const m = new Named();
    expect(typeof m).toBe('function');
    expect(m instanceof nn.Module).toBe(true);
    expect(m instanceof globalThis.Function).toBe(false);
    expect(m.name).toBe('mine');
    expect(m.length).toBe(7);
    expect(['call', 'bind', 'prototype', 'caller', 'arguments'].filter((k) => k in m)).toEqual([]);
    expect(inspect(m)).toBe('Named()');
    expect(`${m}`).toBe('Named()');
  });
});

describe('fields', () => {
  test('names and order are those of PyTorch', () => {
    const m = new Outer();
    expect(m.namedParameters().map(([n]) => n)).toEqual(g.names.parameters);
    expect(m.namedParameters({ removeDuplicate: false }).map(([n]) => n)).toEqual(g.names.parametersAll);
    expect(m.namedBuffers().map(([n]) => n)).toEqual(g.names.buffers);
    expect(m.namedModules().map(([n]) => n)).toEqual(g.names.modules);
    expect(m.namedChildren().map(([n]) => n)).toEqual(g.names.children);
    expect(Object.keys(m.stateDict())).toEqual(g.names.stateDict);
    expect(Object.getPrototypeOf(m.stateDict())).toBe(null);
    expect(m.parameters().length).toBe(g.names.parameters.length);
    expect(m.children().length).toBe(3);
  });

  test('a plain tensor in the place of a parameter is a TypeError', () => {
    const m = new nn.Linear(2, 2);
    (m as { weight: unknown }).weight = torch.zeros(2, 2);
    expect(() => m(torch.zeros(1, 2))).toThrow(
      "cannot assign 'torch.FloatTensor' as parameter 'weight' (torch.nn.Parameter or None expected)",
    );
    expect(() => m.parameters()).toThrow(TypeError);
  });

  test('only a module can take the place of a module', () => {
    const m = new Net();
    m.modules();
    (m as { fc1: unknown }).fc1 = torch.zeros(1);
    expect(() => m.modules()).toThrow("as child module 'fc1'");
  });

  test('a tensor assigned to a buffer is the buffer', () => {
    const m = new Inner();
    m.count = torch.ones(1);
    expect(m.namedBuffers().map(([n]) => n)).toEqual(['count', 'temp']);
    expect(m.stateDict().count!.item()).toBe(1);
    (m as { count: unknown }).count = 5;
    expect(() => m.buffers()).toThrow("cannot assign 'number' as buffer 'count'");
  });

  test('registering checks names', () => {
    const m = new Inner();
    expect(() => m.registerBuffer('a.b', null)).toThrow('can\'t contain "."');
    expect(() => m.registerParameter('', null)).toThrow('can\'t be empty string ""');
    expect(() => m.registerModule('forward', new nn.ReLU())).toThrow("attribute 'forward' already exists");
    expect(() => m.registerParameter('p', torch.zeros(1) as never)).toThrow(TypeError);
    expect(() => m.registerModule('m', torch.zeros(1) as never)).toThrow('is not a Module subclass');
    m.registerParameter('none', null);
    expect(m.namedParameters().map(([n]) => n)).not.toContain('none');
    (m as unknown as { none: nn.Parameter }).none = new nn.Parameter(torch.zeros(1));
    expect(m.namedParameters().map(([n]) => n)).toContain('none');
  });

  test('a deleted field is forgotten', () => {
    const m = new Net();
    expect(m.children().length).toBe(3);
    delete (m as { fc3?: unknown }).fc3;
    expect(m.children().length).toBe(2);
    (m as unknown as { fc3: number }).fc3 = 3;
    expect(m.children().length).toBe(2);
  });

  test('paths reach submodules, parameters and buffers', () => {
    const m = new Outer();
    expect(m.getSubmodule('a.lin')).toBe(m.a.lin);
    expect(m.getSubmodule('')).toBe(m);
    expect(m.getParameter('a.lin.bias')).toBe(m.a.lin.bias);
    expect(m.getBuffer('a.count')).toBe(m.a.count);
    expect(() => m.getParameter('a.nothing')).toThrow('Inner has no attribute `nothing`');
  });
});

describe('state dicts', () => {
  test('go from one module to another', () => {
    torch.manualSeed(1);
    const a = new Net();
    const b = new Net();
    const result = b.loadStateDict(a.stateDict());
    expect(result.missingKeys).toEqual([]);
    expect(result.unexpectedKeys).toEqual([]);
    expect(b.fc1.weight.tolist()).toEqual(a.fc1.weight.tolist());
    expect(b.fc1.weight.dataPtr()).not.toBe(a.fc1.weight.dataPtr());
    expect(a.stateDict()['fc1.weight']!.requiresGrad).toBe(false);
    expect(a.stateDict()['fc1.weight']!.dataPtr()).toBe(a.fc1.weight.dataPtr());
    expect(a.stateDict({ keepVars: true })['fc1.weight']).toBe(a.fc1.weight);
    b.loadStateDict(new Map(Object.entries(a.stateDict())));
  });

  test('errors are those of PyTorch', () => {
    const sd = new Net().stateDict();
    const without = (name: string, from = sd) =>
      Object.fromEntries(Object.entries(from).filter(([k]) => k !== name));
    const extra = { ...sd, other: torch.zeros(1), 'fc1.more': torch.zeros(1), 'fc9.weight': torch.zeros(1) };
    const shape = { ...sd, 'fc3.bias': torch.zeros(4) };
    const message = (given: Record<string, unknown>, options = {}) => {
      try {
        new Net().loadStateDict(given, options);
      } catch (error) {
        return (error as Error).message;
      }
      return 'no error';
    };
    expect(message(without('fc2.bias'))).toBe('loadStateDict: ' + g.load_errors.missing);
    expect(message(extra)).toBe('loadStateDict: ' + g.load_errors.extra);
    expect(message(shape)).toBe('loadStateDict: ' + g.load_errors.shape);
    expect(message(shape, { strict: false })).toBe('loadStateDict: ' + g.load_errors.shapeNotStrict);
    expect(message(without('fc1.weight', extra))).toBe('loadStateDict: ' + g.load_errors.both);
    const found = new Net().loadStateDict(without('fc2.bias', extra), { strict: false });
    expect(found.missingKeys).toEqual(['fc2.bias']);
    expect(found[1]).toEqual(['other', 'fc9.weight', 'fc1.more']);
    expect(() => new Net().loadStateDict(5 as never)).toThrow(TypeError);
    expect(message({ ...sd, 'fc1.bias': 3 })).toMatch(/While copying the parameter named "fc1.bias"/);
  });

  test('loading copies and casts, assign replaces', () => {
    const m = new nn.Linear(2, 2);
    const before = m.weight;
    const sd = { weight: torch.ones(2, 2, { dtype: torch.float64 }), bias: torch.zeros(2) };
    m.loadStateDict(sd);
    expect(m.weight).toBe(before);
    expect(m.weight.dtype).toBe(torch.float32);
    m.loadStateDict(sd, { assign: true });
    expect(m.weight).not.toBe(before);
    expect(m.weight).toBeInstanceOf(nn.Parameter);
    expect(m.weight.dtype).toBe(torch.float64);
    expect(m.weight.requiresGrad).toBe(true);
  });
});

describe('modes', () => {
  test('train and eval reach all modules', () => {
    const m = new Outer();
    expect(m.eval()).toBe(m);
    expect(m.modules().every((x) => !x.training)).toBe(true);
    m.train();
    expect(m.modules().every((x) => x.training)).toBe(true);
    expect(() => m.train(1 as never)).toThrow('training mode is expected to be boolean');
  });

  test('apply visits children first', () => {
    const seen: string[] = [];
    new Outer().apply((m) => void seen.push(m.constructor.name));
    expect(seen).toEqual(['Linear', 'Inner', 'Linear', 'Linear', 'Outer']);
  });

  test('requiresGrad_ and zeroGrad reach all parameters', () => {
    const m = new nn.Linear(2, 1);
    m(torch.ones(1, 2)).sum().backward();
    expect(m.weight.grad!.tolist()).toEqual([[1, 1]]);
    m.zeroGrad({ setToNone: false });
    expect(m.weight.grad!.tolist()).toEqual([[0, 0]]);
    m.zeroGrad();
    expect(m.weight.grad).toBe(null);
    m.requiresGrad_(false);
    expect(m.parameters().some((p) => p.requiresGrad)).toBe(false);
  });

  test('to casts parameters, gradients and buffers in place', () => {
    const m = new Inner();
    const weight = m.lin.weight;
    m(torch.ones(1, 2)).sum().backward();
    expect(m.to(torch.float64)).toBe(m);
    expect(m.lin.weight).toBe(weight);
    expect(weight.dtype).toBe(torch.float64);
    expect(weight.grad!.dtype).toBe(torch.float64);
    expect(m.count.dtype).toBe(torch.float64);
    expect(m(torch.ones(1, 2, { dtype: torch.float64 })).dtype).toBe(torch.float64);
    expect(m.half().lin.weight.dtype).toBe(torch.float16);
    expect(m.float().to({ dtype: torch.bfloat16 }).lin.weight.dtype).toBe(torch.bfloat16);
    expect(m.to('cpu').double().cpu().lin.weight.dtype).toBe(torch.float64);
    expect(() => m.to(torch.int64)).toThrow('nn.Module.to only accepts floating point');
    expect(() => m.to({ type: torch.float32 } as never)).toThrow("unknown option 'type'");
  });
});

describe('hooks', () => {
  test('forward hooks see and replace arguments and output', () => {
    const m = new nn.Identity();
    const log: string[] = [];
    const pre = m.registerForwardPreHook((module, [x]) => {
      log.push('pre');
      expect(module).toBe(m);
      return [x.add(1)];
    });
    const post = m.registerForwardHook((_, args, out) => {
      log.push('post');
      expect(args.length).toBe(1);
      return out.mul(2);
    });
    m.registerForwardHook(() => void log.push('first'), { prepend: true });
    expect(m(torch.ones(1)).item()).toBe(4);
    expect(log).toEqual(['pre', 'first', 'post']);
    pre.remove();
    post.remove();
    expect(m(torch.ones(1)).item()).toBe(1);
  });

  test('alwaysCall runs when forward throws', () => {
    class Fails extends nn.Module {
      forward(): never {
        throw new Error('inside');
      }
    }
    const m = new Fails();
    let ran = 0;
    m.registerForwardHook(() => void ran++, { alwaysCall: true });
    m.registerForwardHook(() => void (ran += 10));
    expect(() => m()).toThrow('inside');
    expect(ran).toBe(1);
  });

  test('full backward hooks see and replace gradients', () => {
    const m = new nn.Linear(2, 1, { bias: false });
    torch.noGrad(() => m.weight.fill_(3));
    const seen: unknown[] = [];
    m.registerFullBackwardPreHook((_, gradOutput) => [gradOutput[0]!.mul(2)]);
    const handle = m.registerFullBackwardHook((module, gradInput, gradOutput) => {
      expect(module).toBe(m);
      seen.push(gradInput.map((x) => x?.tolist()), gradOutput.map((x) => x?.tolist()));
      return [gradInput[0]!.mul(10)];
    });
    const x = torch.ones(1, 2, { requiresGrad: true });
    m(x).sum().backward();
    expect(seen).toEqual([[[[6, 6]]], [[[2]]]]);
    expect(x.grad!.tolist()).toEqual([[60, 60]]);
    handle.remove();
    // Without a gradient for the input the hook still runs, with null.
    const nulls: unknown[] = [];
    m.registerFullBackwardHook((_, gradInput) => void nulls.push(gradInput));
    m(torch.ones(1, 2)).sum().backward();
    expect(nulls).toEqual([[null]]);
  });
});

describe('printing', () => {
  const made: Record<string, () => unknown> = {
    linear: () => new nn.Linear(3, 4),
    linearNoBias: () => new nn.Linear(3, 4, { bias: false }),
    identity: () => new nn.Identity(),
    relu: () => new nn.ReLU(),
    reluInplace: () => new nn.ReLU({ inplace: true }),
    sigmoid: () => new nn.Sigmoid(),
    tanh: () => new nn.Tanh(),
    softmax: () => new nn.Softmax({ dim: 1 }),
    logSoftmax: () => new nn.LogSoftmax(-1),
    flatten: () => new nn.Flatten(),
    unflatten: () => new nn.Unflatten(1, [2, 3]),
    dropout: () => new nn.Dropout(),
    dropoutSmall: () => new nn.Dropout(1e-5, { inplace: true }),
    crossEntropy: () => new nn.CrossEntropyLoss(),
    mse: () => new nn.MSELoss(),
    sequential: () =>
      new nn.Sequential(new nn.Linear(2, 3), new nn.ReLU(), new nn.Sequential(new nn.Linear(3, 1))),
    sequentialNamed: () => new nn.Sequential({ fc: new nn.Linear(2, 3), act: new nn.ReLU() }),
    sequentialEmpty: () => new nn.Sequential(),
    moduleList: () =>
      new nn.ModuleList([new nn.Linear(2, 2), new nn.Linear(2, 2), new nn.ReLU(), new nn.Linear(2, 2)]),
    moduleDict: () => new nn.ModuleDict({ a: new nn.ReLU(), get: new nn.Linear(1, 2) }),
    parameterList: () => new nn.ParameterList([torch.zeros(2, 3), torch.zeros(4)]),
    parameterDict: () =>
      new nn.ParameterDict({ w: torch.zeros(2, 3), b: torch.zeros(4, { dtype: torch.float64 }) }),
    net: () => new Net(),
    parameter: () => new nn.Parameter(torch.tensor([1.0, 2.5])),
  };
  test.each(Object.keys(g.repr))('%s', (name) => {
    expect(String(made[name]!())).toBe(g.repr[name]);
  });
});

describe('initial weights are bit by bit those of PyTorch', () => {
  test('Linear', () => {
    for (const c of g.linear_init) {
      torch.manualSeed(c.seed);
      const layer = new nn.Linear(c.in, c.out);
      expectSame(layer.weight.data, c.weight);
      expectSame(layer.bias!.data, c.bias);
    }
  });
});

describe('layers', () => {
  test('wrong arguments name what is wrong', () => {
    expect(() => new nn.Linear(3, 4, { bais: false } as never)).toThrow("Linear: unknown option 'bais'");
    expect(() => new nn.Linear({ in_features: 3, outFeatures: 4 } as never)).toThrow("write 'inFeatures'");
    expect(() => new nn.Linear({ inFeatures: 3 } as never)).toThrow("Linear: missing argument 'outFeatures'");
    expect(() => new nn.Linear(3, 4, true, { bias: true } as never)).toThrow('given twice');
    expect(() => new nn.Dropout(1.5)).toThrow('has to be between 0 and 1, but got 1.5');
    expect(() => new nn.CrossEntropyLoss({ reduction: 'avg' as never })).toThrow(TypeError);
    expect(() => new nn.ModuleList()(torch.zeros(1))).toThrow('missing the required "forward" function');
  });

  test('keyword forms are equal', () => {
    for (const layer of [
      new nn.Linear(3, 4, false),
      new nn.Linear(3, 4, { bias: false }),
      new nn.Linear({ inFeatures: 3, outFeatures: 4, bias: false }),
    ]) {
      expect(String(layer)).toBe('Linear(in_features=3, out_features=4, bias=False)');
      expect(layer.bias).toBe(null);
      expect(Object.keys(layer.stateDict())).toEqual(['weight']);
    }
    expect(new nn.Linear(2, 2, { dtype: torch.float64 }).weight.dtype).toBe(torch.float64);
  });

  test('Dropout draws the mask of PyTorch, and only in training', () => {
    torch.manualSeed(g.dropout.seed);
    const m = new nn.Dropout(g.dropout.p);
    expectSame(m(torch.ones(40)), g.dropout.value);
    const x = torch.randn(3);
    expect(m.eval()(x).tolist()).toEqual(x.tolist());
  });

  test('Flatten and Unflatten', () => {
    const x = torch.arange(24).reshape(2, 3, 4);
    expect(new nn.Flatten()(x).shape).toEqual([2, 12]);
    expect(new nn.Flatten(0)(x).shape).toEqual([24]);
    expect(new nn.Flatten({ endDim: 1, startDim: 0 })(x).shape).toEqual([6, 4]);
    expect(new nn.Unflatten(1, [3, -1])(new nn.Flatten()(x)).tolist()).toEqual(x.tolist());
    expect(() => new nn.Unflatten(1, [5, -1])(x)).toThrow();
  });

  test('activations and losses are their functions', () => {
    const x = torch.tensor([[-1, 2, 0.5]]);
    const y = torch.tensor([2n]);
    expect(new nn.ReLU()(x).tolist()).toEqual([[0, 2, 0.5]]);
    expect(new nn.Sigmoid()(x).tolist()).toEqual(x.sigmoid().tolist());
    expect(new nn.Tanh()(x).tolist()).toEqual(x.tanh().tolist());
    expect(new nn.Softmax(1)(x).tolist()).toEqual(nn.functional.softmax(x, 1).tolist());
    const log = new nn.LogSoftmax({ dim: 1 })(x);
    expect(new nn.NLLLoss()(log, y).item()).toBeCloseTo(new nn.CrossEntropyLoss()(x, y).item(), 6);
    expect(new nn.MSELoss({ reduction: 'sum' })(x, torch.zeros(1, 3)).item()).toBe(5.25);
    expect(new nn.L1Loss({ reduction: 'none' })(x, torch.zeros(1, 3)).tolist()).toEqual([[1, 2, 0.5]]);
    const d = torch.tensor([3]);
    const zero = torch.tensor([0]);
    expect(new nn.SmoothL1Loss({ beta: 2 })(d, zero).item()).toBe(2);
    expect(new nn.HuberLoss({ delta: 2 })(d, zero).item()).toBe(4);
    expect(new nn.BCELoss()(torch.tensor([0.5]), zero).item()).toBeCloseTo(Math.log(2), 6);
    const logits = new nn.BCEWithLogitsLoss({ posWeight: torch.tensor([2]) });
    expect(logits(zero, torch.tensor([1])).item()).toBeCloseTo(2 * Math.log(2), 6);
    expect(Object.keys(logits.stateDict())).toEqual(['pos_weight']);
    const weighted = new nn.CrossEntropyLoss({ weight: torch.tensor([1, 2, 3]) });
    expect(Object.keys(weighted.stateDict())).toEqual(['weight']);
    expect(new nn.ReLU({ inplace: true })(x)).toBe(x);
    expect(x.tolist()).toEqual([[0, 2, 0.5]]);
  });
});
