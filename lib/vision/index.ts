/** Images: data sets, networks and transforms. PyTorch: torchvision */
export * as datasets from './datasets';
export * as models from './models';
export * as transforms from './transforms';
