/** PyTorch: torch.autograd */
export { autogradBackward as backward, grad } from './backward';
export { Function, FunctionCtx } from './function';
export { gradcheck, GradcheckError, gradgradcheck } from './gradcheck';
export type { GradcheckOptions, GradgradcheckOptions } from './gradcheck';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceModeEnabled,
  noGrad,
  setGradEnabled,
} from './grad_mode';
