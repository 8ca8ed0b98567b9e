/** PyTorch: torch.autograd */
export { autogradBackward as backward, grad } from './backward';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceModeEnabled,
  noGrad,
  setGradEnabled,
} from './grad_mode';
