import * as nn from '../../nn';
import { describe, Signature } from '../../options';
import { flatten } from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { roundHalfEven } from '../transforms/image';
import {
  checkCount,
  checkLayerMaker,
  makeLayer,
  modelOptions,
  type LayerMaker,
  type ModelFunctionOptions,
} from './options';

/** Convolution, norm and ReLU6, padded to keep the size but for the stride. */
function convNormReLU6(
  inplanes: number,
  planes: number,
  kernelSize: number,
  normLayer: LayerMaker,
  stride = 1,
  groups = 1,
): nn.Sequential {
  const padding = (kernelSize - 1) / 2;
  return new Conv2dNormActivation(
    new nn.Conv2d(inplanes, planes, kernelSize, { stride, padding, groups, bias: false }),
    makeLayer(normLayer, planes),
    new nn.ReLU6(true),
  );
}

class Conv2dNormActivation extends nn.Sequential {}

/** Widens by 1 x 1, filters each channel by 3 x 3, narrows by 1 x 1, beside the identity where it fits. */
export class InvertedResidual extends nn.Module {
  readonly stride: number;
  readonly useResConnect: boolean;
  conv: nn.Sequential;

  constructor(inp: number, oup: number, stride: number, expandRatio: number, normLayer?: LayerMaker | null) {
    super();
    if (stride !== 1 && stride !== 2) {
      throw new RangeError(`InvertedResidual: stride should be 1 or 2 instead of ${describe(stride)}`);
    }
    const norm: LayerMaker = normLayer ?? nn.BatchNorm2d;
    const hidden = roundHalfEven(inp * expandRatio);
    this.stride = stride;
    this.useResConnect = stride === 1 && inp === oup;
    const layers: nn.Module[] = [];
    if (expandRatio !== 1) layers.push(convNormReLU6(inp, hidden, 1, norm));
    layers.push(
      convNormReLU6(hidden, hidden, 3, norm, stride, hidden),
      new nn.Conv2d(hidden, oup, 1, { bias: false }),
      makeLayer(norm, oup),
    );
    this.conv = new nn.Sequential(...layers);
  }

  forward(x: Tensor): Tensor {
    const out: Tensor = this.conv(x);
    return this.useResConnect ? x.add(out) : out;
  }
}

/** Factor of widening, channels, number of blocks and stride of the first of them. */
export type InvertedResidualSetting = readonly [t: number, c: number, n: number, s: number];

const SETTING: readonly InvertedResidualSetting[] = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

export interface MobileNetV2Options {
  numClasses?: number;
  /** Factor of the channels of all layers. */
  widthMult?: number;
  invertedResidualSetting?: readonly InvertedResidualSetting[] | null;
  /** Channels become multiples of this. */
  roundNearest?: number;
  block?: typeof InvertedResidual | null;
  normLayer?: LayerMaker | null;
  dropout?: number;
}

const MOBILENET = new Signature('MobileNetV2', {
  numClasses: 1000,
  widthMult: 1,
  invertedResidualSetting: null,
  roundNearest: 8,
  block: null,
  normLayer: null,
  dropout: 0.2,
});

/** The multiple of `divisor` next to `value`, never less than nine tenths of it. */
function makeDivisible(value: number, divisor: number): number {
  const near = Math.max(divisor, Math.floor(Math.trunc(value + divisor / 2) / divisor) * divisor);
  return near < 0.9 * value ? near + divisor : near;
}

/**
 * Sandler, Howard, Zhu, Zhmoginov, Chen, MobileNetV2: inverted residuals and linear bottlenecks,
 * arXiv:1801.04381.
 *
 * PyTorch: torchvision.models.MobileNetV2
 */
export class MobileNetV2 extends nn.Module {
  readonly lastChannel: number;
  features: nn.Sequential;
  classifier: nn.Sequential;

  constructor(numClasses?: number | MobileNetV2Options, ...rest: unknown[]) {
    super();
    const p = MOBILENET.bind<Required<MobileNetV2Options>>([numClasses, ...rest]);
    checkCount('MobileNetV2', 'numClasses', p.numClasses);
    checkCount('MobileNetV2', 'roundNearest', p.roundNearest);
    const setting = p.invertedResidualSetting ?? SETTING;
    if (!Array.isArray(setting) || setting.length === 0 || setting[0].length !== 4) {
      throw new RangeError(
        `MobileNetV2: invertedResidualSetting should be non-empty arrays of 4 elements, got ${describe(setting)}`,
      );
    }
    const norm: LayerMaker = p.normLayer ?? nn.BatchNorm2d;
    checkLayerMaker('MobileNetV2', norm);
    const block = p.block ?? InvertedResidual;
    const scaled = (channels: number, factor = p.widthMult): number =>
      makeDivisible(channels * factor, p.roundNearest);

    let channels = scaled(32);
    this.lastChannel = scaled(1280, Math.max(1, p.widthMult));
    const features: nn.Module[] = [convNormReLU6(3, channels, 3, norm, 2)];
    for (const [t, c, n, s] of setting as readonly InvertedResidualSetting[]) {
      const out = scaled(c);
      for (let i = 0; i < n; i++) {
        features.push(new block(channels, out, i === 0 ? s : 1, t, norm));
        channels = out;
      }
    }
    features.push(convNormReLU6(channels, this.lastChannel, 1, norm));
    this.features = new nn.Sequential(...features);
    this.classifier = new nn.Sequential(
      new nn.Dropout(p.dropout),
      new nn.Linear(this.lastChannel, p.numClasses),
    );
    this.initWeights();
  }

  private initWeights(): void {
    for (const m of this.modules()) {
      if (m instanceof nn.Conv2d) {
        nn.init.kaimingNormal_(m.weight, { mode: 'fan_out' });
        if (m.bias) nn.init.zeros_(m.bias);
      } else if (m instanceof nn.BatchNorm2d || m instanceof nn.GroupNorm) {
        if (m.weight) nn.init.ones_(m.weight);
        if (m.bias) nn.init.zeros_(m.bias);
      } else if (m instanceof nn.Linear) {
        nn.init.normal_(m.weight, 0, 0.01);
        if (m.bias) nn.init.zeros_(m.bias);
      }
    }
  }

  forward(x: Tensor): Tensor {
    x = this.features(x);
    x = nn.functional.adaptiveAvgPool2d(x, [1, 1]);
    x = flatten(x, 1);
    return this.classifier(x);
  }
}

/** PyTorch: torchvision.models.mobilenet_v2 */
export function mobilenetV2(options?: MobileNetV2Options & ModelFunctionOptions): MobileNetV2;
export function mobilenetV2(...args: unknown[]): MobileNetV2 {
  return new MobileNetV2(modelOptions<MobileNetV2Options>('mobilenetV2', args));
}
