import * as nn from '../../nn';
import { Signature } from '../../options';
import { flatten } from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { checkCount } from './options';

const F = nn.functional;

export interface LeNetOptions {
  numClasses?: number;
  /** 1 for gray images, 3 for colours. */
  inChannels?: number;
}

const LENET = new Signature('LeNet', { numClasses: 10, inChannels: 1 });

/**
 * Two convolutions and three linear layers for images of 32 x 32, with ReLU and maximum pooling, and
 * the names that PyTorch's tutorials give its layers. torchvision has no such model.
 */
export class LeNet extends nn.Module {
  conv1: nn.Conv2d;
  conv2: nn.Conv2d;
  fc1: nn.Linear;
  fc2: nn.Linear;
  fc3: nn.Linear;

  constructor(numClasses?: number | LeNetOptions, inChannels?: number | Omit<LeNetOptions, 'numClasses'>) {
    super();
    const p = LENET.bind<Required<LeNetOptions>>([numClasses, inChannels]);
    checkCount('LeNet', 'numClasses', p.numClasses);
    checkCount('LeNet', 'inChannels', p.inChannels);
    this.conv1 = new nn.Conv2d(p.inChannels, 6, 5);
    this.conv2 = new nn.Conv2d(6, 16, 5);
    this.fc1 = new nn.Linear(16 * 5 * 5, 120);
    this.fc2 = new nn.Linear(120, 84);
    this.fc3 = new nn.Linear(84, p.numClasses);
  }

  forward(x: Tensor): Tensor {
    x = F.maxPool2d(F.relu(this.conv1(x)), 2);
    x = F.maxPool2d(F.relu(this.conv2(x)), 2);
    x = flatten(x, 1);
    x = F.relu(this.fc1(x));
    x = F.relu(this.fc2(x));
    return this.fc3(x);
  }
}

/** LeNet-5. See {@link LeNet}. */
export function lenet(options?: LeNetOptions): LeNet {
  return new LeNet(options);
}
