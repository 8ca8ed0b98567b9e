/** nabla's side of the benchmark; `bench/pytorch/worker.py` answers the same requests. */
import * as readline from 'node:readline';
import * as torch from 'nabla';

const { nn, optim } = torch;
const F = nn.functional;
type Tensor = torch.Tensor;

class Net extends nn.Module {
  fc1 = new nn.Linear(784, 128);
  fc2 = new nn.Linear(128, 64);
  fc3 = new nn.Linear(64, 10);
  forward(x: Tensor): Tensor {
    x = torch.flatten(x, 1);
    x = F.relu(this.fc1(x));
    x = F.relu(this.fc2(x));
    return this.fc3(x);
  }
}

interface Request {
  task: string;
  threads: number;
  batch: number;
  optimizer: 'sgd' | 'adam';
  n: number;
  layout: string;
  iterations: number;
}

/** Microseconds for `iterations` runs, each. */
function time(iterations: number, run: () => void): number {
  const start = performance.now();
  for (let k = 0; k < iterations; k++) run();
  return ((performance.now() - start) * 1000) / iterations;
}

let step: () => Tensor;
let product: () => Tensor;
let add: () => Tensor;

function prepareMlp({ batch, optimizer: kind }: Request): void {
  torch.manualSeed(0);
  const net = new Net();
  const x = torch.rand([batch, 1, 28, 28]);
  const y = torch.randint(0, 10, [batch]);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = kind === 'adam' ? new optim.Adam(net.parameters(), { lr: 0.001 }) : new optim.SGD(net.parameters(), { lr: 0.01 });
  step = () => {
    optimizer.zeroGrad();
    const loss = criterion(net(x), y);
    loss.backward();
    optimizer.step();
    return loss;
  };
}

function prepareProduct({ n, layout }: Request): void {
  torch.manualSeed(0);
  const a = torch.rand([n, n]);
  const b = torch.rand([n, n]);
  const left = layout[0] === 'T' ? a.t() : a;
  const right = layout[1] === 'T' ? b.t() : b;
  product = () => torch.mm(left, right);
}

function prepareAdd(): void {
  const a = torch.rand([8]);
  const b = torch.rand([8]);
  add = () => a.add(b);
}

function answer(request: Request): object {
  torch.setNumThreads(request.threads);
  switch (request.task) {
    case 'hello':
      return { threads: torch.getNumThreads(), isa: torch.config.isa(), version: `node ${process.version}` };
    case 'mlp.prepare': {
      prepareMlp(request);
      let loss = NaN;
      for (let k = 0; k < request.iterations; k++) loss = step().item();
      return { loss };
    }
    case 'mlp': return { us: time(request.iterations, step) };
    case 'mm.prepare': prepareProduct(request); return { check: product().sum().item() };
    // Freed at once, as PyTorch does: the product is measured here, and garbage in `memory.ts`.
    case 'mm': return { us: time(request.iterations, () => product().dispose()) };
    case 'add.prepare': prepareAdd(); return { us: time(request.iterations, add) };
    case 'add': return { us: time(request.iterations, add) };
    default: throw new Error(`unknown task ${request.task}`);
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  let reply: object;
  try {
    reply = answer(JSON.parse(line) as Request);
  } catch (error) {
    reply = { error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
});
