import * as torch from 'nabla';
import { nn } from 'nabla';

const names = (m: nn.Module) => m.namedChildren().map(([name]) => name);

describe('Sequential', () => {
  test('calls its children in order and is a list of them', () => {
    const [a, b, c] = [new nn.Linear(2, 3), new nn.ReLU(), new nn.Linear(3, 1)];
    const m = new nn.Sequential(a, b);
    expect(m.append(c)).toBe(m);
    expect(m(torch.ones(4, 2)).shape).toEqual([4, 1]);
    expect(m.length).toBe(3);
    expect([...m]).toEqual([a, b, c]);
    expect(m.get(-1)).toBe(c);
    expect((m as never)['0']).toBe(a);
    expect(() => m.get(3)).toThrow('index 3 is out of range');
    m.set(1, new nn.Tanh());
    expect(m.get(1)).toBeInstanceOf(nn.Tanh);
    m.insert(0, new nn.Identity());
    expect(names(m)).toEqual(['0', '1', '2', '3']);
    expect(m.pop(0)).toBeInstanceOf(nn.Identity);
    expect(m.slice(1).length).toBe(2);
    expect(names(m.slice(1))).toEqual(['1', '2']);
    expect(Object.keys(m.stateDict())).toEqual(['0.weight', '0.bias', '2.weight', '2.bias']);
    expect(() => m.append(5 as never)).toThrow(TypeError);
  });

  test('takes names from a record', () => {
    const m = new nn.Sequential({ fc: new nn.Linear(1, 1), act: new nn.ReLU() });
    expect(names(m)).toEqual(['fc', 'act']);
    expect((m as never as { fc: unknown }).fc).toBe(m.get(0));
    expect(() => new nn.Sequential({ forward: new nn.ReLU() })).toThrow("attribute 'forward' already exists");
  });
});

test('ModuleList keeps what is done to it in order', () => {
  const m = new nn.ModuleList([new nn.ReLU(), new nn.Tanh()]);
  m.extend([new nn.Sigmoid()]).insert(1, new nn.Identity());
  expect([...m].map((x) => x.constructor.name)).toEqual(['ReLU', 'Identity', 'Tanh', 'Sigmoid']);
  m.delete(-2);
  expect(m.length).toBe(3);
  expect(names(m)).toEqual(['0', '1', '2']);
  expect(m.slice(-1).get(0)).toBeInstanceOf(nn.Sigmoid);
  expect(() => new nn.ModuleList(5 as never)).toThrow('should be called with an iterable');
});

test('ModuleDict is a map whose keys may be anything without dots', () => {
  const m = new nn.ModuleDict({ relu: new nn.ReLU(), get: new nn.Linear(1, 2) });
  m.set('10', new nn.Tanh()).set('2', new nn.Tanh());
  expect([...m.keys()]).toEqual(['relu', 'get', '10', '2']);
  expect(names(m)).toEqual(['relu', 'get', '10', '2']);
  expect(m.has('get')).toBe(true);
  expect(m.get('get')).toBeInstanceOf(nn.Linear);
  expect(Object.keys(m.stateDict())).toEqual(['get.weight', 'get.bias']);
  expect(m.pop('relu')).toBeInstanceOf(nn.ReLU);
  m.update([['more', new nn.ReLU()]]);
  expect([...m].length).toBe(4);
  expect(m.length).toBe(4);
  expect(() => m.get('nothing')).toThrow("no module 'nothing'");
  expect(() => m.set('a.b', new nn.ReLU())).toThrow('can\'t contain "."');
  expect(() => m.set('x', 5 as never)).toThrow(TypeError);
  m.clear();
  expect(m.size).toBe(0);
});

test('ParameterList and ParameterDict hold parameters', () => {
  const list = new nn.ParameterList([torch.zeros(2)]);
  list.append(new nn.Parameter(torch.ones(1)));
  list.set(0, torch.ones(3));
  expect(list.get(-2).shape).toEqual([3]);
  expect(list.get(0)).toBeInstanceOf(nn.Parameter);
  expect(list.namedParameters().map(([n]) => n)).toEqual(['0', '1']);
  const dict = new nn.ParameterDict({ w: torch.zeros(2) });
  dict.set('train', torch.ones(1));
  expect(dict.namedParameters().map(([n]) => n)).toEqual(['w', 'train']);
  dict.loadStateDict({ w: torch.ones(2), train: torch.zeros(1) }, { assign: true });
  expect(dict.get('w').tolist()).toEqual([1, 1]);
  expect(dict.has('w') && dict.delete('w') && !dict.has('w')).toBe(true);
  expect(() => dict.set('x', 5 as never)).toThrow(TypeError);
});
