export { LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
export { ModuleDict, ModuleList, Sequential } from './container';
export { Conv1d, Conv2d, Conv3d, ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from './conv';
export { Dropout } from './dropout';
export { Flatten, Unflatten } from './flatten';
export { Fold, Unfold } from './fold';
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
export { MaxPool1d, MaxPool2d, MaxPool3d } from './pooling';
export { Upsample, UpsamplingBilinear2d, UpsamplingNearest2d } from './upsampling';
