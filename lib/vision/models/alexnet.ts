import * as nn from '../../nn';
import { Signature } from '../../options';
import { flatten } from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { checkCount, modelOptions, type ModelFunctionOptions } from './options';

export interface AlexNetOptions {
  numClasses?: number;
  dropout?: number;
}

const ALEXNET = new Signature('AlexNet', { numClasses: 1000, dropout: 0.5 });

/**
 * Krizhevsky, One weird trick for parallelizing convolutional neural networks, arXiv:1404.5997.
 *
 * PyTorch: torchvision.models.AlexNet
 */
export class AlexNet extends nn.Module {
  features: nn.Sequential;
  avgpool: nn.AdaptiveAvgPool2d;
  classifier: nn.Sequential;

  constructor(numClasses?: number | AlexNetOptions, dropout?: number | Omit<AlexNetOptions, 'numClasses'>) {
    super();
    const p = ALEXNET.bind<Required<AlexNetOptions>>([numClasses, dropout]);
    checkCount('AlexNet', 'numClasses', p.numClasses);
    this.features = new nn.Sequential(
      new nn.Conv2d(3, 64, 11, { stride: 4, padding: 2 }),
      new nn.ReLU(true),
      new nn.MaxPool2d(3, 2),
      new nn.Conv2d(64, 192, 5, { padding: 2 }),
      new nn.ReLU(true),
      new nn.MaxPool2d(3, 2),
      new nn.Conv2d(192, 384, 3, { padding: 1 }),
      new nn.ReLU(true),
      new nn.Conv2d(384, 256, 3, { padding: 1 }),
      new nn.ReLU(true),
      new nn.Conv2d(256, 256, 3, { padding: 1 }),
      new nn.ReLU(true),
      new nn.MaxPool2d(3, 2),
    );
    this.avgpool = new nn.AdaptiveAvgPool2d([6, 6]);
    this.classifier = new nn.Sequential(
      new nn.Dropout(p.dropout),
      new nn.Linear(256 * 6 * 6, 4096),
      new nn.ReLU(true),
      new nn.Dropout(p.dropout),
      new nn.Linear(4096, 4096),
      new nn.ReLU(true),
      new nn.Linear(4096, p.numClasses),
    );
  }

  forward(x: Tensor): Tensor {
    x = this.features(x);
    x = this.avgpool(x);
    x = flatten(x, 1);
    return this.classifier(x);
  }
}

/** PyTorch: torchvision.models.alexnet */
export function alexnet(options?: AlexNetOptions & ModelFunctionOptions): AlexNet;
export function alexnet(...args: unknown[]): AlexNet {
  return new AlexNet(modelOptions<AlexNetOptions>('alexnet', args));
}
