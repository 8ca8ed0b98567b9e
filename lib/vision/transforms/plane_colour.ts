/** Changing the colours of planes (..., C, H, W). PyTorch: torchvision.transforms.functional */
import { tensor } from '../../creation';
import { float32, int64, uint8 } from '../../dtype';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import { ConvertImageDtype, toGrayscale } from './planes';

const OWNER = 'ColorJitter';

/** factor * image + (1 - factor) * other, within the range of the dtype. */
function blend(image: Tensor, other: Tensor, factor: number): Tensor {
  const bound = image.dtype.isFloatingPoint ? 1 : 255;
  return image.mul(factor).add(other.mul(1 - factor)).clamp(0, bound).to(image.dtype);
}

export function brightness(image: Tensor, factor: number): Tensor {
  return blend(image, ops.zerosLike(image), factor);
}

export function contrast(image: Tensor, factor: number): Tensor {
  const dtype = image.dtype.isFloatingPoint ? image.dtype : float32;
  const mean = toGrayscale(OWNER, image, 1).to(dtype).mean([-3, -2, -1], true);
  return blend(image, mean, factor);
}

export function saturation(image: Tensor, factor: number): Tensor {
  return image.size(-3) === 1 ? image : blend(image, toGrayscale(OWNER, image, 1), factor);
}

export function hue(image: Tensor, factor: number): Tensor {
  if (image.size(-3) === 1) return image;
  const convert = (x: Tensor, dtype: Tensor['dtype']) => new ConvertImageDtype(dtype).forward(x);
  const [h, s, v] = toHsv(convert(image, image.dtype === uint8 ? float32 : image.dtype));
  return convert(toRgb(h.add(factor).remainder(1), s, v), image.dtype);
}

function toHsv(image: Tensor): [h: Tensor, s: Tensor, v: Tensor] {
  const [r, g, b] = ops.unbind(image, -3) as [Tensor, Tensor, Tensor];
  const high = ops.amax(image, -3);
  const low = ops.amin(image, -3);
  const gray = high.eq(low);
  const one = ops.onesLike(high);
  const range = high.sub(low);
  const s = range.div(ops.where(gray, one, high));
  const divisor = ops.where(gray, one, range);
  const [rc, gc, bc] = [r, g, b].map((x) => high.sub(x).div(divisor)) as [Tensor, Tensor, Tensor];
  const isRed = high.eq(r);
  const isGreen = high.eq(g).logicalAnd(isRed.logicalNot());
  const isBlue = high.ne(g).logicalAnd(isRed.logicalNot());
  const h = bc.sub(gc).mul(isRed).add(rc.add(2).sub(bc).mul(isGreen)).add(gc.add(4).sub(rc).mul(isBlue));
  return [ops.fmod(h.div(6).add(1), 1), s, high];
}

function toRgb(h: Tensor, s: Tensor, v: Tensor): Tensor {
  const sixths = h.mul(6);
  const sector = sixths.floor();
  const f = sixths.sub(sector);
  const unit = (x: Tensor): Tensor => v.mul(ops.rsub(x, 1)).clamp(0, 1);
  const p = unit(s);
  const q = unit(s.mul(f));
  const t = unit(s.mul(ops.rsub(f, 1)));
  const index = sector.to(int64).remainder(6).unsqueeze(-3);
  // Which of v, q, p, t is red, green and blue in each sector.
  const choices = ops.stack([v, q, p, t], -3);
  const [red, green, blue] = [[0, 1, 2, 2, 3, 0], [3, 0, 0, 1, 2, 2], [2, 2, 3, 0, 0, 1]].map((row) => {
    const which = tensor(row, { dtype: int64 }).index(index);
    return ops.gather(choices, choices.dim() - 3, which).squeeze(-3);
  }) as [Tensor, Tensor, Tensor];
  return ops.stack([red, green, blue], -3);
}
