/** Helpers for parameters and gradients. PyTorch: torch.nn.utils */
export { clipGradNorm_, clipGradsWithNorm_, clipGradValue_, getTotalNorm } from './clip_grad';
export { parametersToVector, vectorToParameters } from './convert_parameters';
