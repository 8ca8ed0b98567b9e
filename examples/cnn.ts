/**
 * Trains the convolutional network of PyTorch's tutorial "Training a classifier":
 * `npm run cnn -- --help`.
 *
 * A port of that script; compare line by line.
 */
import fs from 'node:fs';
import path from 'node:path';
import * as torch from 'nabla';
import { data, nn, optim, vision } from 'nabla';
import { Arguments, MNIST_FOLDER } from './support/arguments';
import { accuracy, evaluate, type Confusion } from './support/confusion';
import { saveGrid } from './support/png';
import { Progress } from './support/progress';

const F = nn.functional;
const { datasets, transforms } = vision;

const HELP = `Usage: npm run cnn -- [options]

  --data DIR            folder with the binary version of CIFAR (default: none, train on MNIST)
  --dataset NAME        cifar10, cifar100 or mnist (default: cifar10 with --data, else mnist, whose
                        images become 3 x 32 x 32: padded by 2, three equal channels)
  --epochs N            passes over the training images (default: 2)
  --samples N           train on the first N images only (default: all)
  --batch-size N        images in a batch (default: 4)
  --lr RATE             learning rate (default: 0.001)
  --momentum M          momentum of SGD (default: 0.9)
  --seed N              seed of weights and shuffling (default: 0)
  --threads N           threads to compute with (default: as many as there are cores)
  --images DIR          writes filters.png, the learned filters of the first layer, and wrong.png,
                        test images with wrong predictions
  --help                this text
`;

class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3: nn.Linear;

  constructor(classes: number) {
    super();
    this.fc3 = new nn.Linear(84, classes);
  }

  forward(x: torch.Tensor) {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    x = x.view(-1, 16 * 5 * 5);
    x = F.relu(this.fc1(x));
    x = F.relu(this.fc2(x));
    return this.fc3(x);
  }
}

function main() {
  const options = new Arguments('cnn', HELP, NAMES);
  const args = readOptions(options);
  if (args.threads) torch.setNumThreads(args.threads);
  torch.manualSeed(args.seed);

  const [trainSet, testSet] = options.attempt(() => [true, false].map((train) => load(args, train)));
  const { classes } = trainSet;
  const count = Math.min(args.samples, trainSet.length);
  const samples = count < trainSet.length ? new data.Subset(trainSet, [...Array(count).keys()]) : trainSet;
  const trainLoader = new data.DataLoader(samples, { batchSize: args.batchSize, shuffle: true });
  const testLoader = new data.DataLoader(testSet, { batchSize: 1000 });

  const net = new Net(classes.length);
  const criterion = new nn.CrossEntropyLoss();
  const optimizer = new optim.SGD(net.parameters(), { lr: args.lr, momentum: args.momentum });
  console.log(String(net));
  console.log(`${args.dataset}, ${count} images, batches of ${args.batchSize}, ${torch.getNumThreads()} threads`);

  let confusion: Confusion = [];
  for (let epoch = 1; epoch <= args.epochs; epoch++) {
    const progress = new Progress(`epoch ${epoch}/${args.epochs}`, count);
    net.train();
    let total = 0;
    let seen = 0;
    for (const [x, y] of trainLoader) {
      optimizer.zeroGrad();
      const loss = criterion(net(x), y);
      loss.backward();
      optimizer.step();

      total += loss.item() * x.size(0);
      seen += x.size(0);
      progress.update(seen, total / seen);
    }
    const line = progress.stop(seen, total / seen);
    confusion = evaluate(net, testLoader, classes.length);
    console.log(`${line}  test accuracy ${accuracy(confusion).toFixed(4)}`);
  }

  confusion.forEach((row, label) => {
    const share = row[label] / row.reduce((a, b) => a + b, 0);
    console.log(`accuracy of ${classes[label].padEnd(16)} ${(100 * share).toFixed(1)} %`);
  });
  if (args.images) options.attempt(() => saveImages(args.images, net, testLoader, classes));
}

/** The images as tensors 3 x 32 x 32 with values from -1 to 1. */
function load(args: Options, train: boolean) {
  const toInput = [
    new transforms.ToTensor(),
    new transforms.Normalize([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]),
  ];
  if (args.dataset === 'mnist') {
    const toColour = [new transforms.Grayscale(3), new transforms.Pad(2)];
    const transform = new transforms.Compose([...toColour, ...toInput]);
    return new datasets.MNIST(args.data || MNIST_FOLDER, { train, transform });
  }
  const CIFAR = args.dataset === 'cifar10' ? datasets.CIFAR10 : datasets.CIFAR100;
  return new CIFAR(args.data, { train, transform: new transforms.Compose(toInput) });
}

/** Writes the filters of the first layer and the first test images that are taken for another class. */
function saveImages(folder: string, net: Net, loader: data.DataLoader, classes: readonly string[]) {
  fs.mkdirSync(folder, { recursive: true });
  // Each filter between its smallest and its largest weight.
  const filters = net.conv1.weight.detach();
  const low = filters.amin([1, 2, 3], true);
  const high = filters.amax([1, 2, 3], true);
  saveGrid(path.join(folder, 'filters.png'), filters.sub(low).div(high.sub(low)), { columns: 6, scale: 16 });

  const wrong = torch.noGrad(() => wrongPredictions(net, loader, 32));
  if (wrong.length > 0) {
    const images = torch.stack(wrong.map(({ image }) => image));
    saveGrid(path.join(folder, 'wrong.png'), images.mul(0.5).add(0.5), { columns: 8, scale: 3 });
  }
  console.log(`\n${folder}: filters.png, wrong.png; the images in wrong.png, row by row:`);
  for (let i = 0; i < wrong.length; i += 8) {
    const row = wrong.slice(i, i + 8);
    console.log('  ' + row.map(({ label, predicted }) => `${classes[label]} as ${classes[predicted]}`).join(', '));
  }
}

interface WrongPrediction {
  image: torch.Tensor;
  label: number;
  predicted: number;
}

function wrongPredictions(net: Net, loader: data.DataLoader, limit: number): WrongPrediction[] {
  const found: WrongPrediction[] = [];
  for (const [x, y] of loader) {
    const predictions = net(x).argmax(1).tolist() as number[];
    (y.tolist() as number[]).forEach((label, i) => {
      const predicted = predictions[i];
      if (predicted !== label && found.length < limit) found.push({ image: x.get(i), label, predicted });
    });
    if (found.length === limit) break;
  }
  return found;
}

// ---- options ----------------------------------------------------------------------------------

const NAMES = [
  'data', 'dataset', 'epochs', 'samples', 'batch-size', 'lr', 'momentum', 'seed', 'threads', 'images',
];

type Options = ReturnType<typeof readOptions>;

function readOptions(args: Arguments) {
  const folder = args.text('data', '');
  const names = ['cifar10', 'cifar100', 'mnist'] as const;
  const dataset = args.choice('dataset', names, folder === '' ? 'mnist' : 'cifar10');
  if (folder === '' && dataset !== 'mnist') args.fail(`--dataset ${dataset} needs --data DIR`);
  return {
    data: folder,
    dataset,
    epochs: args.integer('epochs', 2, 1),
    samples: args.integer('samples', Infinity, 1),
    batchSize: args.integer('batch-size', 4, 1),
    lr: args.number('lr', 0.001),
    momentum: args.number('momentum', 0.9),
    seed: args.integer('seed', 0),
    threads: args.integer('threads', 0),
    images: args.text('images', ''),
  };
}

main();
