/** Data sets read from files. PyTorch: torchvision.datasets */
export { CIFAR10, CIFAR100 } from './cifar';
export type { CIFAROptions } from './cifar';
export { FashionMNIST, MNIST } from './mnist';
export type { MNISTOptions } from './mnist';
export { VisionDataset } from './vision_dataset';
export type { TargetTransform, VisionDatasetArguments, VisionDatasetOptions } from './vision_dataset';
