/** Data sets read from files. PyTorch: torchvision.datasets */
export { FashionMNIST, MNIST } from './mnist';
export type { MNISTOptions } from './mnist';
