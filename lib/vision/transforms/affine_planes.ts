/** Affine maps of planes (..., C, H, W). PyTorch: torchvision.transforms.functional */
import { tensor } from '../../creation';
import { float32, type DType } from '../../dtype';
import * as F from '../../nn/functional';
import * as ops from '../../ops.generated';
import type { Tensor } from '../../tensor';
import type { Affine, Point } from './affine_matrix';
import { sizeOf } from './image';

/** The result of size [width, height], about the middle of the planes; `fill` one number a channel. */
export function affinePlanes(
  planes: Tensor,
  matrix: Affine,
  size: Point,
  bilinear: boolean,
  fill: readonly number[],
): Tensor {
  const dtype = planes.dtype.isFloatingPoint ? planes.dtype : float32;
  const channels = planes.dim() === 2 ? 1 : planes.size(-3);
  const [h, w] = sizeOf(planes);
  const batch = planes.to(dtype).reshape([-1, channels, h, w]);
  // A plane of ones tells what comes from the image.
  const ones = ops.ones([batch.size(0), 1, h, w], { dtype });
  const grid = gridOf(matrix, [w, h], size, dtype).expand([batch.size(0), size[1], size[0], 2]);
  const mode = bilinear ? 'bilinear' : 'nearest';
  const sampled = F.gridSample(ops.cat([batch, ones], 1), grid, { mode, paddingMode: 'zeros', alignCorners: false });
  const image = sampled.narrow(1, 0, channels);
  const mask = sampled.narrow(1, channels, 1);
  const colour = tensor([...fill], { dtype }).view(1, -1, 1, 1);
  const filled = bilinear
    ? image.mul(mask).add(ops.rsub(mask, 1).mul(colour))
    : ops.where(mask.lt(0.5), colour, image);
  const out = filled.reshape([...planes.shape.slice(0, -2), size[1], size[0]]);
  return planes.dtype.isFloatingPoint ? out : out.round().to(planes.dtype);
}

/** Where each element of the result lies in the source, from -1 to 1. */
function gridOf(matrix: Affine, [w, h]: Point, [width, height]: Point, dtype: DType): Tensor {
  const line = (count: number): Tensor => ops.linspace(-count * 0.5 + 0.5, count * 0.5 - 0.5, count, { dtype });
  const x = line(width).view(1, -1).expand([height, width]);
  const y = line(height).view(-1, 1).expand([height, width]);
  const base = ops.stack([x, y, ops.ones([height, width], { dtype })], -1).view(1, -1, 3);
  const theta = tensor(matrix, { dtype }).view(1, 2, 3);
  const scaled = theta.transpose(1, 2).div(tensor([0.5 * w, 0.5 * h], { dtype }));
  return base.bmm(scaled).view(1, height, width, 2);
}

/** Width and height of planes that are turned so that nothing is cut off. */
export function expandedSize(matrix: Affine, [w, h]: Point): Point {
  const [halfW, halfH] = [0.5 * w, 0.5 * h];
  const corners = tensor([[-halfW, -halfH, 1], [-halfW, halfH, 1], [halfW, halfH, 1], [halfW, -halfH, 1]], { dtype: float32 });
  const theta = tensor(matrix, { dtype: float32 }).view(2, 3);
  const half = tensor([halfW, halfH], { dtype: float32 });
  const places = corners.matmul(theta.T);
  // Cut off behind the fourth digit, so that a rounding error adds no pixel.
  const cut = (t: Tensor): Tensor => t.add(half).div(1e-4).trunc().mul(1e-4);
  const size = cut(ops.amax(places, 0)).ceil().sub(cut(ops.amin(places, 0)).floor());
  return size.tolist() as unknown as Point;
}
