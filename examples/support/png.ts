import fs from 'node:fs';
import { PNG } from 'pngjs';
import type { Tensor } from 'nabla';

export interface GridOptions {
  /** Images in a row. */
  columns: number;
  /** Side of the square that a pixel becomes. */
  scale: number;
}

/** Pixels between the images, and around them. */
const GAP = 2;

/** Writes images (N, 3, H, W) with values from 0 to 1 as one PNG, row by row on white. */
export function saveGrid(file: string, images: Tensor, { columns, scale }: GridOptions) {
  const [count, , height, width] = images.shape;
  const [tileHeight, tileWidth] = [height * scale + GAP, width * scale + GAP];
  const across = Math.min(columns, count);
  const png = new PNG({
    width: GAP + across * tileWidth,
    height: GAP + Math.ceil(count / columns) * tileHeight,
  });
  png.data.fill(255);
  const bytes = images.mul(255).add(0.5).clamp(0, 255).permute(0, 2, 3, 1).contiguous().toTypedArray();
  for (let image = 0; image < count; image++) {
    const top = GAP + Math.floor(image / columns) * tileHeight;
    const left = GAP + (image % columns) * tileWidth;
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const pixel = (image * height + Math.floor(y / scale)) * width + Math.floor(x / scale);
        const at = 4 * ((top + y) * png.width + left + x);
        for (let c = 0; c < 3; c++) png.data[at + c] = Number(bytes[3 * pixel + c]);
      }
    }
  }
  fs.writeFileSync(file, PNG.sync.write(png));
}
