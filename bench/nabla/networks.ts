/** The networks of the benchmark; `bench/pytorch/networks.py` has the same. */
import * as torch from 'nabla';

const { nn } = torch;
const F = nn.functional;
type Tensor = torch.Tensor;

/** The MLP 784-128-64-10. */
export class Mlp extends nn.Module {
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

/** The CNN for 3x32x32 images. */
export class Cnn extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    x = x.view(-1, 16 * 5 * 5);
    x = F.relu(this.fc1(x));
    x = F.relu(this.fc2(x));
    return this.fc3(x);
  }
}

class BasicBlock extends nn.Module {
  conv1;
  bn1;
  conv2;
  bn2;
  shortcut;
  constructor(inPlanes: number, planes: number, stride: number) {
    super();
    this.conv1 = new nn.Conv2d(inPlanes, planes, 3, { stride, padding: 1, bias: false });
    this.bn1 = new nn.BatchNorm2d(planes);
    this.conv2 = new nn.Conv2d(planes, planes, 3, { padding: 1, bias: false });
    this.bn2 = new nn.BatchNorm2d(planes);
    this.shortcut = stride === 1 && inPlanes === planes
      ? new nn.Sequential()
      : new nn.Sequential(new nn.Conv2d(inPlanes, planes, 1, { stride, bias: false }), new nn.BatchNorm2d(planes));
  }
  forward(x: Tensor): Tensor {
    let y = F.relu(this.bn1(this.conv1(x)));
    y = this.bn2(this.conv2(y));
    return F.relu(y.add(this.shortcut(x)));
  }
}

/** ResNet-18 for 3x32x32 images, `width` channels in the first stage. */
export class ResNet18 extends nn.Module {
  conv1;
  bn1;
  layers;
  linear;
  constructor(width: number) {
    super();
    this.conv1 = new nn.Conv2d(3, width, 3, { padding: 1, bias: false });
    this.bn1 = new nn.BatchNorm2d(width);
    const blocks: torch.nn.Module[] = [];
    let planes = width;
    for (let stage = 0; stage < 4; stage++) {
      const wide = width << stage;
      blocks.push(new BasicBlock(planes, wide, stage === 0 ? 1 : 2), new BasicBlock(wide, wide, 1));
      planes = wide;
    }
    this.layers = new nn.Sequential(...blocks);
    this.linear = new nn.Linear(planes, 10);
  }
  forward(x: Tensor): Tensor {
    x = F.relu(this.bn1(this.conv1(x)));
    x = this.layers(x) as Tensor;
    x = F.avgPool2d(x, 4);
    return this.linear(torch.flatten(x, 1));
  }
}

/** A net by its name in a request, with the shape of its input. */
export function network(name: string): { net: torch.nn.Module; shape: number[] } {
  if (name === 'mlp') return { net: new Mlp(), shape: [1, 28, 28] };
  if (name === 'cnn') return { net: new Cnn(), shape: [3, 32, 32] };
  if (name.startsWith('resnet18-')) return { net: new ResNet18(Number(name.slice(9))), shape: [3, 32, 32] };
  throw new Error(`unknown network ${name}`);
}

/** One training step on one batch of random images: zeroGrad, forward, backward, step. */
export function trainingStep(name: string, batch: number, kind: string): () => Tensor {
  torch.manualSeed(0);
  const { net, shape } = network(name);
  const x = torch.rand([batch, ...shape]);
  const y = torch.randint(0, 10, [batch]);
  const criterion = new nn.CrossEntropyLoss();
  const { optim } = torch;
  const optimizer = kind === 'adam'
    ? new optim.Adam(net.parameters(), { lr: 0.001 })
    : kind === 'momentum'
      ? new optim.SGD(net.parameters(), { lr: 0.001, momentum: 0.9 })
      : new optim.SGD(net.parameters(), { lr: 0.01 });
  return () => {
    optimizer.zeroGrad();
    const loss = criterion((net as (input: Tensor) => unknown)(x) as Tensor, y);
    loss.backward();
    optimizer.step();
    return loss;
  };
}

/** A layer of a request: its module and input. */
export interface LayerRequest {
  layer: 'conv' | 'maxPool' | 'batchNorm' | 'layerNorm';
  /** Shape of the input. */
  shape: number[];
  /** Output channels, kernel, stride, padding of a convolution. */
  conv?: [number, number, number, number];
  /** Time forward and backward, else forward alone and without a graph. */
  backward: boolean;
  /** The input needs a gradient too. */
  inputGrad: boolean;
  winograd?: boolean;
}

function layer({ layer: kind, shape, conv }: LayerRequest): (x: Tensor) => Tensor {
  switch (kind) {
    case 'conv': {
      const [out, kernel, stride, padding] = conv!;
      return new nn.Conv2d(shape[1], out, kernel, { stride, padding });
    }
    case 'maxPool': return new nn.MaxPool2d(2, 2);
    case 'batchNorm': return new nn.BatchNorm2d(shape[1]);
    case 'layerNorm': return new nn.LayerNorm(shape.slice(1));
  }
}

/** The timed function of a layer, and sums of what it computes. */
export function layerRun(request: LayerRequest): { run: () => void; checks: number[] } {
  torch.manualSeed(0);
  if (request.winograd !== undefined) torch.backends.winograd = request.winograd;
  const module = layer(request);
  const parameters = module instanceof nn.Module ? module.parameters() : [];
  const x = torch.rand(request.shape);
  if (!request.backward) {
    const run = (): Tensor => torch.noGrad(() => module(x));
    return { run, checks: [run().square().sum().item()] };
  }
  if (request.inputGrad) x.requiresGrad = true;
  const gradient = torch.rand(module(x).shape as number[]);
  const run = (): void => {
    for (const p of [x, ...parameters]) p.grad = null;
    module(x).backward(gradient);
  };
  run();
  return { run, checks: [x, ...parameters].filter((p) => p.grad).map((p) => p.grad!.square().sum().item()) };
}
