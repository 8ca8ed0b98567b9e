/** Images: data sets and transforms. PyTorch: torchvision */
export * as datasets from './datasets';
export * as transforms from './transforms';
