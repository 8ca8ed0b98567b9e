/** Networks for images, with the parameter names of torchvision. PyTorch: torchvision.models */
export { LeNet, lenet } from './lenet';
export type { LeNetOptions } from './lenet';
