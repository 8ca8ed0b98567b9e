import * as nn from '../../nn';
import { REQUIRED, Signature } from '../../options';
import { flatten } from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { checkCount, modelOptions, type ModelFunctionOptions } from './options';

export interface VGGOptions {
  numClasses?: number;
  /** Whether to draw the weights as the paper says, instead of leaving those of the layers. */
  initWeights?: boolean;
  dropout?: number;
}

const VGG_SIGNATURE = new Signature('VGG', {
  features: REQUIRED,
  numClasses: 1000,
  initWeights: true,
  dropout: 0.5,
});

/**
 * Simonyan, Zisserman, Very deep convolutional networks for large-scale image recognition,
 * arXiv:1409.1556.
 *
 * PyTorch: torchvision.models.VGG
 */
export class VGG extends nn.Module {
  features: nn.Module;
  avgpool: nn.AdaptiveAvgPool2d;
  classifier: nn.Sequential;

  constructor(features: nn.Module, numClasses?: number | VGGOptions, ...rest: unknown[]) {
    super();
    const p = VGG_SIGNATURE.bind<Required<VGGOptions> & { features: nn.Module }>([
      features,
      numClasses,
      ...rest,
    ]);
    checkCount('VGG', 'numClasses', p.numClasses);
    this.features = p.features;
    this.avgpool = new nn.AdaptiveAvgPool2d([7, 7]);
    this.classifier = new nn.Sequential(
      new nn.Linear(512 * 7 * 7, 4096),
      new nn.ReLU(true),
      new nn.Dropout(p.dropout),
      new nn.Linear(4096, 4096),
      new nn.ReLU(true),
      new nn.Dropout(p.dropout),
      new nn.Linear(4096, p.numClasses),
    );
    if (p.initWeights) this.initWeights();
  }

  private initWeights(): void {
    for (const m of this.modules()) {
      if (m instanceof nn.Conv2d) {
        nn.init.kaimingNormal_(m.weight, { mode: 'fan_out', nonlinearity: 'relu' });
        if (m.bias) nn.init.constant_(m.bias, 0);
      } else if (m instanceof nn.BatchNorm2d) {
        nn.init.constant_(m.weight as Tensor, 1);
        nn.init.constant_(m.bias as Tensor, 0);
      } else if (m instanceof nn.Linear) {
        nn.init.normal_(m.weight, 0, 0.01);
        nn.init.constant_(m.bias as Tensor, 0);
      }
    }
  }

  forward(x: Tensor): Tensor {
    x = (this.features as unknown as (x: Tensor) => Tensor)(x);
    x = this.avgpool(x);
    x = flatten(x, 1);
    return this.classifier(x);
  }
}

/** Channels of the convolutions, a 0 for maximum pooling; the letters of the paper. */
const LAYERS = {
  A: [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0],
  B: [64, 64, 0, 128, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0],
  D: [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0],
  E: [64, 64, 0, 128, 128, 0, 256, 256, 256, 256, 0, 512, 512, 512, 512, 0, 512, 512, 512, 512, 0],
};

function makeLayers(widths: readonly number[], batchNorm: boolean): nn.Sequential {
  const layers: nn.Module[] = [];
  let channels = 3;
  for (const width of widths) {
    if (width === 0) {
      layers.push(new nn.MaxPool2d(2, 2));
      continue;
    }
    layers.push(new nn.Conv2d(channels, width, 3, { padding: 1 }));
    if (batchNorm) layers.push(new nn.BatchNorm2d(width));
    layers.push(new nn.ReLU(true));
    channels = width;
  }
  return new nn.Sequential(...layers);
}

/** A function that makes one of the models. */
export type VGGFunction = (options?: VGGOptions & ModelFunctionOptions) => VGG;

function variant(name: string, letter: keyof typeof LAYERS, batchNorm: boolean): VGGFunction {
  const make = {
    [name]: (...args: unknown[]) => {
      const options = modelOptions<VGGOptions>(name, args);
      return new VGG(makeLayers(LAYERS[letter], batchNorm), options);
    },
  };
  return make[name] as VGGFunction;
}

/** PyTorch: torchvision.models.vgg11 */
export const vgg11 = variant('vgg11', 'A', false);
/** PyTorch: torchvision.models.vgg11_bn */
export const vgg11Bn = variant('vgg11Bn', 'A', true);
/** PyTorch: torchvision.models.vgg13 */
export const vgg13 = variant('vgg13', 'B', false);
/** PyTorch: torchvision.models.vgg13_bn */
export const vgg13Bn = variant('vgg13Bn', 'B', true);
/** PyTorch: torchvision.models.vgg16 */
export const vgg16 = variant('vgg16', 'D', false);
/** PyTorch: torchvision.models.vgg16_bn */
export const vgg16Bn = variant('vgg16Bn', 'D', true);
/** PyTorch: torchvision.models.vgg19 */
export const vgg19 = variant('vgg19', 'E', false);
/** PyTorch: torchvision.models.vgg19_bn */
export const vgg19Bn = variant('vgg19Bn', 'E', true);
