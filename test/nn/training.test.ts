import * as torch from 'nabla';
import { nn, optim } from 'nabla';
import { expectClose, golden, numbersOf, numeric, toTensor } from '../support/golden';

const g = golden('nn_modules.json');

class Net extends nn.Module {
  fc1 = new nn.Linear(12, 8);
  fc2 = new nn.Linear(8, 5);
  fc3 = new nn.Linear(5, 3);

  forward(x: torch.Tensor): torch.Tensor {
    return this.fc3(torch.tanh(this.fc2(torch.relu(this.fc1(x)))));
  }
}

test('a net trains as in PyTorch, loss by loss', () => {
  for (const run of g.training) {
    torch.manualSeed(run.seed);
    const net = new Net();
    const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
    const x = toTensor(run.x);
    const y = torch.arange(16).remainder(3);
    const losses: number[] = [];
    for (let step = 0; step < 40; step++) {
      optimizer.zeroGrad();
      const loss = nn.functional.crossEntropy(net(x), y);
      loss.backward();
      optimizer.step();
      losses.push(loss.item());
    }
    expectClose(losses, run.losses, 5e-5, 1e-6);
  }
});

test('gradients are clipped by norm', () => {
  for (const c of g.clip_norm) {
    const params = [new nn.Parameter(torch.zeros(3)), new nn.Parameter(torch.zeros(2, 2))];
    params[0]!.grad = torch.tensor([3, -4, 0.5]);
    params[1]!.grad = torch.tensor([
      [1, 2],
      [-2, 0],
    ]);
    const normType = Number(numeric(c.normType));
    const total = nn.utils.clipGradNorm_(params, c.maxNorm, normType);
    expectClose([total.item()], [c.total], 1e-6);
    params.forEach((p, i) => expectClose(numbersOf(p.grad!), c.grads[i].data, 1e-6));
  }
  const p = new nn.Parameter(torch.zeros(1));
  expect(nn.utils.clipGradNorm_([p], 1).item()).toBe(0);
  p.grad = torch.tensor([NaN]);
  expect(() => nn.utils.clipGradNorm_(p, 1, { errorIfNonfinite: true })).toThrow('is non-finite');
});

test('gradients are clipped by value', () => {
  const p = new nn.Parameter(torch.zeros(3));
  p.grad = torch.tensor([-5, 0.5, 7]);
  nn.utils.clipGradValue_([p], 1);
  expect(p.grad.tolist()).toEqual([-1, 0.5, 1]);
});

test('parameters go to a vector and back', () => {
  const m = new nn.Linear(3, 2);
  const vec = nn.utils.parametersToVector(m.parameters());
  expect(vec.shape).toEqual([8]);
  nn.utils.vectorToParameters(torch.arange(8).to(torch.float32), m.parameters());
  expect(m.weight.tolist()).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(m.bias!.tolist()).toEqual([6, 7]);
  expect(m.weight.requiresGrad).toBe(true);
});
