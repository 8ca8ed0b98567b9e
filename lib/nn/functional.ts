/** Functions of modules without the module. PyTorch: torch.nn.functional */
export * from './functional.generated';
export { interpolate, upsample, upsampleBilinear, upsampleNearest } from './interpolate';
export type { InterpolateOptions, UpsampleOptions } from './interpolate';
