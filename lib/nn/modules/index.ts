export { Hardtanh, LogSoftmax, ReLU, ReLU6, Sigmoid, Softmax, Tanh } from './activation';
export type { HardtanhOptions } from './activation';
export { BatchNorm1d, BatchNorm2d, BatchNorm3d } from './batch_norm';
export { ModuleDict, ModuleList, Sequential } from './container';
export { Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from './conv';
export {
  AlphaDropout,
  Dropout,
  Dropout1d,
  Dropout2d,
  Dropout3d,
  FeatureAlphaDropout,
} from './dropout';
export { Flatten, Unflatten } from './flatten';
export { Fold, Unfold } from './fold';
export { InstanceNorm1d, InstanceNorm2d, InstanceNorm3d } from './instance_norm';
export { Identity, Linear } from './linear';
export {
  BCELoss,
  BCEWithLogitsLoss,
  CrossEntropyLoss,
  HuberLoss,
  L1Loss,
  MSELoss,
  NLLLoss,
  SmoothL1Loss,
} from './loss';
export { GroupNorm, LayerNorm, LocalResponseNorm, RMSNorm } from './norm';
export {
  CircularPad1d,
  CircularPad2d,
  CircularPad3d,
  ConstantPad1d,
  ConstantPad2d,
  ConstantPad3d,
  ReflectionPad1d,
  ReflectionPad2d,
  ReflectionPad3d,
  ReplicationPad1d,
  ReplicationPad2d,
  ReplicationPad3d,
  ZeroPad1d,
  ZeroPad2d,
  ZeroPad3d,
} from './padding';
export { ParameterDict, ParameterList } from './parameter_container';
export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveAvgPool3d,
  AdaptiveMaxPool1d,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool3d,
  AvgPool1d,
  AvgPool2d,
  AvgPool3d,
  FractionalMaxPool2d,
  FractionalMaxPool3d,
  LPPool1d,
  LPPool2d,
  LPPool3d,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
  MaxUnpool1d,
  MaxUnpool2d,
  MaxUnpool3d,
} from './pooling';
export { Upsample, UpsamplingBilinear2d, UpsamplingNearest2d } from './upsampling';
export { ChannelShuffle, PixelShuffle, PixelUnshuffle } from './shuffle';
export {
  CELU,
  ELU,
  Hardsigmoid,
  Hardswish,
  LeakyReLU,
  Mish,
  PReLU,
  RReLU,
  SELU,
  SiLU,
  Threshold,
} from './rectifier';
export {
  GELU,
  GLU,
  Hardshrink,
  LogSigmoid,
  Softmax2d,
  Softmin,
  Softplus,
  Softshrink,
  Softsign,
  Tanhshrink,
} from './soft_activation';
export {
  CosineEmbeddingLoss,
  GaussianNLLLoss,
  HingeEmbeddingLoss,
  KLDivLoss,
  MarginRankingLoss,
  MultiLabelSoftMarginLoss,
  MultiMarginLoss,
  PoissonNLLLoss,
  SoftMarginLoss,
  TripletMarginLoss,
} from './margin_loss';
