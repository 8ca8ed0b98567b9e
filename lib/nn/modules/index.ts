export { LogSoftmax, ReLU, Sigmoid, Softmax, Tanh } from './activation';
export { ModuleDict, ModuleList, Sequential } from './container';
export { Dropout } from './dropout';
export { Flatten, Unflatten } from './flatten';
export { Identity, Linear } from './linear';
export { CrossEntropyLoss, L1Loss, MSELoss, NLLLoss } from './loss';
export { ParameterDict, ParameterList } from './parameter_container';
