export { LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
export { ModuleDict, ModuleList, Sequential } from './container';
export { Dropout } from './dropout';
export { Flatten, Unflatten } from './flatten';
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
export { ParameterDict, ParameterList } from './parameter_container';
export { MaxPool1d, MaxPool2d, MaxPool3d } from './pooling';
