/** Functions of modules without the module. PyTorch: torch.nn.functional */
export * from './functional.generated';
export { fractionalMaxPool2d, fractionalMaxPool3d } from './fractional_pool';
export type { FractionalPoolOptions } from './fractional_pool';
export { interpolate, upsample, upsampleBilinear, upsampleNearest } from './interpolate';
export type { InterpolateOptions, UpsampleOptions } from './interpolate';
