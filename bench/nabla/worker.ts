/** nabla's side of the benchmark; `bench/pytorch/worker.py` answers the same requests. */
import * as readline from 'node:readline';
import * as torch from 'nabla';
import { layerRun, type LayerRequest, trainingStep } from './networks';

type Tensor = torch.Tensor;

interface Request extends LayerRequest {
  task: string;
  threads: number;
  net: string;
  batch: number;
  optimizer: string;
  n: number;
  layout: string;
  iterations: number;
}

/** Microseconds for `iterations` runs, each; a core that comes from waiting needs some milliseconds to be at full speed. */
function time(iterations: number, run: () => void): number {
  for (const end = performance.now() + 20; performance.now() < end;) run();
  const start = performance.now();
  for (let k = 0; k < iterations; k++) run();
  return ((performance.now() - start) * 1000) / iterations;
}

let step: () => Tensor;
let product: () => Tensor;
let add: () => Tensor;
let layer: () => void;

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
    case 'train.prepare': {
      step = trainingStep(request.net, request.batch, request.optimizer);
      let loss = NaN;
      for (let k = 0; k < request.iterations; k++) loss = step().item();
      return { loss };
    }
    case 'train': return { us: time(request.iterations, step) };
    case 'layer.prepare': {
      const { run, checks } = layerRun(request);
      layer = run;
      return { checks };
    }
    case 'layer': return { us: time(request.iterations, layer) };
    case 'memory': return { rss: process.memoryUsage.rss() / 1048576, peak: process.resourceUsage().maxRSS / 1024 };
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
