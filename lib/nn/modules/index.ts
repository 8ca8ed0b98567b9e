export { LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
export { BatchNorm1d, BatchNorm2d, BatchNorm3d } from './batch_norm';
export { ModuleDict, ModuleList, Sequential } from './container';
export { Dropout } from './dropout';
export { Flatten, Unflatten } from './flatten';
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
export { GroupNorm, LayerNorm, RMSNorm } from './norm';
export { ParameterDict, ParameterList } from './parameter_container';
