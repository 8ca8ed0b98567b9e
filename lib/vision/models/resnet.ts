import * as nn from '../../nn';
import { describe, REQUIRED, Signature } from '../../options';
import { flatten } from '../../ops.generated';
import type { Tensor } from '../../tensor';
import {
  checkCount,
  checkLayerMaker,
  fixed,
  makeLayer,
  modelOptions,
  type LayerMaker,
  type ModelFunctionOptions,
} from './options';

/* eslint-disable @typescript-eslint/no-explicit-any */

/** How a block is built: what torchvision passes to its constructor. */
export interface BlockOptions {
  stride: number;
  downsample: nn.Sequential | null;
  groups: number;
  baseWidth: number;
  dilation: number;
  normLayer: LayerMaker;
}

/** Makes the blocks of a ResNet; `expansion` is the factor of its output channels. */
export interface BlockClass {
  readonly expansion: number;
  new (inplanes: number, planes: number, options: BlockOptions): nn.Module;
}

function conv3x3(inplanes: number, planes: number, stride = 1, groups = 1, dilation = 1): nn.Conv2d {
  return new nn.Conv2d(inplanes, planes, 3, { stride, padding: dilation, groups, dilation, bias: false });
}

function conv1x1(inplanes: number, planes: number, stride = 1): nn.Conv2d {
  return new nn.Conv2d(inplanes, planes, 1, { stride, bias: false });
}

/** Two convolutions of 3 x 3 beside the identity. */
export class BasicBlock extends nn.Module {
  static readonly expansion = 1;

  conv1: nn.Conv2d;
  bn1: any;
  relu: nn.ReLU;
  conv2: nn.Conv2d;
  bn2: any;
  downsample: nn.Sequential | null;
  stride: number;

  constructor(inplanes: number, planes: number, options: BlockOptions) {
    super();
    const { stride, downsample, groups, baseWidth, dilation, normLayer } = options;
    if (groups !== 1 || baseWidth !== 64) {
      throw new RangeError('BasicBlock: only supports groups=1 and baseWidth=64');
    }
    if (dilation > 1) throw new RangeError('BasicBlock: Dilation > 1 not supported');
    this.conv1 = conv3x3(inplanes, planes, stride);
    this.bn1 = makeLayer(normLayer, planes);
    this.relu = new nn.ReLU(true);
    this.conv2 = conv3x3(planes, planes);
    this.bn2 = makeLayer(normLayer, planes);
    this.downsample = downsample;
    this.stride = stride;
  }

  forward(x: Tensor): Tensor {
    let out = this.relu(this.bn1(this.conv1(x)));
    out = this.bn2(this.conv2(out));
    const identity = this.downsample ? this.downsample(x) : x;
    return this.relu(out.add_(identity));
  }
}

/** Convolutions of 1 x 1, 3 x 3 and 1 x 1 beside the identity; the middle one has the stride. */
export class Bottleneck extends nn.Module {
  static readonly expansion = 4;

  conv1: nn.Conv2d;
  bn1: any;
  conv2: nn.Conv2d;
  bn2: any;
  conv3: nn.Conv2d;
  bn3: any;
  relu: nn.ReLU;
  downsample: nn.Sequential | null;
  stride: number;

  constructor(inplanes: number, planes: number, options: BlockOptions) {
    super();
    const { stride, downsample, groups, baseWidth, dilation, normLayer } = options;
    const width = Math.trunc(planes * (baseWidth / 64)) * groups;
    const out = planes * Bottleneck.expansion;
    this.conv1 = conv1x1(inplanes, width);
    this.bn1 = makeLayer(normLayer, width);
    this.conv2 = conv3x3(width, width, stride, groups, dilation);
    this.bn2 = makeLayer(normLayer, width);
    this.conv3 = conv1x1(width, out);
    this.bn3 = makeLayer(normLayer, out);
    this.relu = new nn.ReLU(true);
    this.downsample = downsample;
    this.stride = stride;
  }

  forward(x: Tensor): Tensor {
    let out = this.relu(this.bn1(this.conv1(x)));
    out = this.relu(this.bn2(this.conv2(out)));
    out = this.bn3(this.conv3(out));
    const identity = this.downsample ? this.downsample(x) : x;
    return this.relu(out.add_(identity));
  }
}

export interface ResNetOptions {
  numClasses?: number;
  /** Starts each block as the identity: the last norm of its branch has weight 0. */
  zeroInitResidual?: boolean;
  groups?: number;
  widthPerGroup?: number;
  /** For the last three stages, whether to dilate instead of striding. */
  replaceStrideWithDilation?: readonly boolean[] | null;
  normLayer?: LayerMaker | null;
}

const RESNET = new Signature('ResNet', {
  block: REQUIRED,
  layers: REQUIRED,
  numClasses: 1000,
  zeroInitResidual: false,
  groups: 1,
  widthPerGroup: 64,
  replaceStrideWithDilation: null,
  normLayer: null,
});

/**
 * He, Zhang, Ren, Sun, Deep residual learning for image recognition, arXiv:1512.03385.
 *
 * PyTorch: torchvision.models.ResNet
 */
export class ResNet extends nn.Module {
  conv1: nn.Conv2d;
  bn1: any;
  relu: nn.ReLU;
  maxpool: nn.MaxPool2d;
  layer1: nn.Sequential;
  layer2: nn.Sequential;
  layer3: nn.Sequential;
  layer4: nn.Sequential;
  avgpool: nn.AdaptiveAvgPool2d;
  fc: nn.Linear;

  constructor(block: BlockClass, layers: readonly number[], numClasses?: number | ResNetOptions, ...rest: unknown[]) {
    super();
    const p = RESNET.bind<Required<ResNetOptions> & { layers: readonly number[] }>([
      block,
      layers,
      numClasses,
      ...rest,
    ]);
    checkCount('ResNet', 'numClasses', p.numClasses);
    const normLayer: LayerMaker = p.normLayer ?? nn.BatchNorm2d;
    checkLayerMaker('ResNet', normLayer);
    const dilate = p.replaceStrideWithDilation ?? [false, false, false];
    if (!Array.isArray(dilate) || dilate.length !== 3) {
      throw new RangeError(
        `ResNet: replaceStrideWithDilation should be null or a 3-element array, got ${describe(dilate)}`,
      );
    }
    const stages = new Stages(block, normLayer, p.groups, p.widthPerGroup);
    const [first, second, third, fourth] = p.layers as [number, number, number, number];
    this.conv1 = new nn.Conv2d(3, 64, 7, { stride: 2, padding: 3, bias: false });
    this.bn1 = makeLayer(normLayer, 64);
    this.relu = new nn.ReLU(true);
    this.maxpool = new nn.MaxPool2d(3, { stride: 2, padding: 1 });
    this.layer1 = stages.make(64, first, 1, false);
    this.layer2 = stages.make(128, second, 2, dilate[0]);
    this.layer3 = stages.make(256, third, 2, dilate[1]);
    this.layer4 = stages.make(512, fourth, 2, dilate[2]);
    this.avgpool = new nn.AdaptiveAvgPool2d([1, 1]);
    this.fc = new nn.Linear(512 * block.expansion, p.numClasses);
    this.initWeights(p.zeroInitResidual);
  }

  private initWeights(zeroInitResidual: boolean): void {
    const modules = this.modules();
    for (const m of modules) {
      if (m instanceof nn.Conv2d) {
        nn.init.kaimingNormal_(m.weight, { mode: 'fan_out', nonlinearity: 'relu' });
      } else if (m instanceof nn.BatchNorm2d || m instanceof nn.GroupNorm) {
        if (m.weight) nn.init.constant_(m.weight, 1);
        if (m.bias) nn.init.constant_(m.bias, 0);
      }
    }
    if (!zeroInitResidual) return;
    for (const m of modules) {
      const last = m instanceof Bottleneck ? m.bn3 : m instanceof BasicBlock ? m.bn2 : null;
      if (last?.weight) nn.init.constant_(last.weight, 0);
    }
  }

  forward(x: Tensor): Tensor {
    x = this.relu(this.bn1(this.conv1(x)));
    x = this.maxpool(x);
    x = this.layer1(x);
    x = this.layer2(x);
    x = this.layer3(x);
    x = this.layer4(x);
    x = this.avgpool(x);
    x = flatten(x, 1);
    return this.fc(x);
  }
}

/** Builds the stages one after the other: each begins with the channels and the dilation of the last. */
class Stages {
  private inplanes = 64;
  private dilation = 1;

  constructor(
    private readonly block: BlockClass,
    private readonly normLayer: LayerMaker,
    private readonly groups: number,
    private readonly baseWidth: number,
  ) {}

  make(planes: number, blocks: number, stride: number, dilate: boolean): nn.Sequential {
    const { block, normLayer, groups, baseWidth } = this;
    const out = planes * block.expansion;
    const before = this.dilation;
    if (dilate) {
      this.dilation *= stride;
      stride = 1;
    }
    let downsample: nn.Sequential | null = null;
    if (stride !== 1 || this.inplanes !== out) {
      downsample = new nn.Sequential(conv1x1(this.inplanes, out, stride), makeLayer(normLayer, out));
    }
    const common = { groups, baseWidth, normLayer };
    const layers = [new block(this.inplanes, planes, { ...common, stride, downsample, dilation: before })];
    this.inplanes = out;
    for (let i = 1; i < blocks; i++) {
      layers.push(
        new block(out, planes, { ...common, stride: 1, downsample: null, dilation: this.dilation }),
      );
    }
    return new nn.Sequential(...layers);
  }
}

/** A function that makes one of the models. */
export type ResNetFunction = (options?: ResNetOptions & ModelFunctionOptions) => ResNet;

function variant(
  name: string,
  block: BlockClass,
  layers: readonly number[],
  values: ResNetOptions = {},
): ResNetFunction {
  const make = {
    [name]: (...args: unknown[]) => {
      const options = modelOptions<ResNetOptions>(name, args);
      return new ResNet(block, layers, fixed(name, options, values));
    },
  };
  return make[name] as ResNetFunction;
}

/** PyTorch: torchvision.models.resnet18 */
export const resnet18 = variant('resnet18', BasicBlock, [2, 2, 2, 2]);
/** PyTorch: torchvision.models.resnet34 */
export const resnet34 = variant('resnet34', BasicBlock, [3, 4, 6, 3]);
/** PyTorch: torchvision.models.resnet50 */
export const resnet50 = variant('resnet50', Bottleneck, [3, 4, 6, 3]);
/** PyTorch: torchvision.models.resnet101 */
export const resnet101 = variant('resnet101', Bottleneck, [3, 4, 23, 3]);
/** PyTorch: torchvision.models.resnet152 */
export const resnet152 = variant('resnet152', Bottleneck, [3, 8, 36, 3]);
/** PyTorch: torchvision.models.resnext50_32x4d */
export const resnext50_32x4d = variant('resnext50_32x4d', Bottleneck, [3, 4, 6, 3], {
  groups: 32,
  widthPerGroup: 4,
});
/** PyTorch: torchvision.models.resnext101_32x8d */
export const resnext101_32x8d = variant('resnext101_32x8d', Bottleneck, [3, 4, 23, 3], {
  groups: 32,
  widthPerGroup: 8,
});
/** PyTorch: torchvision.models.resnext101_64x4d */
export const resnext101_64x4d = variant('resnext101_64x4d', Bottleneck, [3, 4, 23, 3], {
  groups: 64,
  widthPerGroup: 4,
});
/** PyTorch: torchvision.models.wide_resnet50_2 */
export const wideResnet50_2 = variant('wideResnet50_2', Bottleneck, [3, 4, 6, 3], { widthPerGroup: 128 });
/** PyTorch: torchvision.models.wide_resnet101_2 */
export const wideResnet101_2 = variant('wideResnet101_2', Bottleneck, [3, 4, 23, 3], { widthPerGroup: 128 });
