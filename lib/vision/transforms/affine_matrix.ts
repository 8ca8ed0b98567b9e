/**
 * The matrices [a, b, c, d, e, f] of affine maps, which say where the pixel (x, y) of a result comes
 * from: (a x + b y + c, d x + e y + f).
 */

export type Affine = [a: number, b: number, c: number, d: number, e: number, f: number];
export type Point = readonly [x: number, y: number];

/** What an affine transform does, angles in degrees. */
export interface AffineParts {
  readonly angle: number;
  readonly translate: Point;
  readonly scale: number;
  readonly shear: Point;
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** (x, y) under the map. */
export function mapPoint([a, b, c, d, e, f]: Affine, x: number, y: number): [x: number, y: number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** The inverse of scale, shear and rotation about `center` followed by a translation. */
export function inverseAffine([cx, cy]: Point, { angle, translate, scale, shear }: AffineParts): Affine {
  const turn = radians(angle);
  const [sx, sy] = shear.map(radians) as [number, number];
  const a = Math.cos(turn - sy) / Math.cos(sy);
  const b = (-Math.cos(turn - sy) * Math.tan(sx)) / Math.cos(sy) - Math.sin(turn);
  const c = Math.sin(turn - sy) / Math.cos(sy);
  const d = (-Math.sin(turn - sy) * Math.tan(sx)) / Math.cos(sy) + Math.cos(turn);
  const linear: Affine = [d / scale, -b / scale, 0, -c / scale, a / scale, 0];
  const [x, y] = mapPoint(linear, -cx - translate[0], -cy - translate[1]);
  return [linear[0], linear[1], x + cx, linear[3], linear[4], y + cy];
}
