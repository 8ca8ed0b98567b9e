/** Schedules of the learning rate. PyTorch: torch.optim.lr_scheduler */
export { LRScheduler } from './scheduler';
export { CosineAnnealingLR, ExponentialLR, LambdaLR, MultiStepLR, StepLR } from './schedulers';
