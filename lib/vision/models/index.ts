/** Networks for images, with the parameter names of torchvision. PyTorch: torchvision.models */
export { AlexNet, alexnet } from './alexnet';
export type { AlexNetOptions } from './alexnet';
export { LeNet, lenet } from './lenet';
export type { LeNetOptions } from './lenet';
export { InvertedResidual, MobileNetV2, mobilenetV2 } from './mobilenetv2';
export type { InvertedResidualSetting, MobileNetV2Options } from './mobilenetv2';
export type { LayerMaker, ModelFunctionOptions } from './options';
export {
  BasicBlock,
  Bottleneck,
  ResNet,
  resnet101,
  resnet152,
  resnet18,
  resnet34,
  resnet50,
  resnext101_32x8d,
  resnext101_64x4d,
  resnext50_32x4d,
  wideResnet101_2,
  wideResnet50_2,
} from './resnet';
export type { BlockClass, BlockOptions, ResNetFunction, ResNetOptions } from './resnet';
export { VGG, vgg11, vgg11Bn, vgg13, vgg13Bn, vgg16, vgg16Bn, vgg19, vgg19Bn } from './vgg';
export type { VGGFunction, VGGOptions } from './vgg';
