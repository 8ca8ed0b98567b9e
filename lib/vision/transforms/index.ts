/** From images to inputs. PyTorch: torchvision.transforms */
export { RandomAffine, RandomRotation } from './affine';
export type { AffineInterpolation, RandomAffineOptions, RandomRotationOptions } from './affine';
export { Compose, Lambda, Normalize, ToTensor } from './basic';
export type { NormalizeOptions } from './basic';
export { ColorJitter } from './colour';
export type { ColorJitterOptions, Jitter } from './colour';
export type { Interpolation, Padding, PaddingMode, Size } from './geometry';
export type { RawImage } from './image';
export { CenterCrop, ConvertImageDtype, Grayscale, InterpolationMode, Pad, Resize } from './planes';
export type { PadOptions, ResizeOptions } from './planes';
export {
  RandomApply,
  RandomCrop,
  RandomErasing,
  RandomGrayscale,
  RandomHorizontalFlip,
  RandomResizedCrop,
  RandomVerticalFlip,
} from './random';
export type {
  ProbabilityOption,
  RandomCropOptions,
  RandomErasingOptions,
  RandomResizedCropOptions,
  Range,
} from './random';
export { Transform } from './transform';
export type { TransformLike } from './transform';
