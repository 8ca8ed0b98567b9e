/** From images to inputs. PyTorch: torchvision.transforms */
export { Compose, Lambda, Normalize, ToTensor } from './basic';
export type { NormalizeOptions } from './basic';
export { Transform } from './transform';
export type { RawImage, TransformLike } from './transform';
