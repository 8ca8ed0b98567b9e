/** Datasets, samplers and loaders. PyTorch: torch.utils.data */
export { defaultCollate, defaultConvert } from './collate';
export { DataLoader } from './data_loader';
export type { DataLoaderOptions, Source } from './data_loader';
export { ConcatDataset, Dataset, IterableDataset, randomSplit, Subset, TensorDataset } from './dataset';
export {
  BatchSampler,
  RandomSampler,
  Sampler,
  SequentialSampler,
  SubsetRandomSampler,
  WeightedRandomSampler,
} from './sampler';
export type { RandomSamplerOptions, Sized, WeightedRandomSamplerOptions } from './sampler';
