/** Optimizers. PyTorch: torch.optim */
export { Adam, AdamW } from './adam';
export type { AdamOptions } from './adam';
export * as lrScheduler from './lr_scheduler';
export { Optimizer } from './optimizer';
export type {
  OptimizerStateDict,
  ParamGroup,
  ParamGroupInput,
  Params,
  ParamState,
} from './optimizer';
export { RMSprop } from './rmsprop';
export type { RMSpropOptions } from './rmsprop';
export { SGD } from './sgd';
export type { SGDOptions } from './sgd';
