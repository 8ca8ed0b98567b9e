/** The pieces that the examples share; the examples themselves run in CI. */
import fs from 'node:fs';
import path from 'node:path';
import * as torch from 'nabla';
import { PNG } from 'pngjs';
import { accuracy, evaluate } from '../examples/support/confusion';
import { saveGrid } from '../examples/support/png';
import { temporaryFolders } from './support/folders';

const folder = temporaryFolders('nabla-examples-');

test('saveGrid writes images row by row, each pixel a square, on white', () => {
  const file = path.join(folder({}), 'grid.png');
  // Three images of 1 x 2 pixels: red and green, blue and black, a gray beyond 1 and one below 0.
  const images = torch.tensor([
    [[[1, 0]], [[0, 1]], [[0, 0]]],
    [[[0, 0]], [[0, 0]], [[1, 0]]],
    [[[2, -1]], [[2, -1]], [[2, -1]]],
  ]);
  saveGrid(file, images, { columns: 2, scale: 3 });
  const png = PNG.sync.read(fs.readFileSync(file));
  expect([png.width, png.height]).toEqual([2 + 2 * (6 + 2), 2 + 2 * (3 + 2)]);
  const at = (x: number, y: number) => [...png.data.subarray(4 * (y * png.width + x), 4 * (y * png.width + x) + 4)];
  const [red, green, blue, black, white] = [[255, 0, 0], [0, 255, 0], [0, 0, 255], [0, 0, 0], [255, 255, 255]].map((c) => [...c, 255]);
  expect([at(2, 2), at(4, 4), at(5, 2), at(7, 4)]).toEqual([red, red, green, green]);
  expect([at(10, 2), at(12, 4), at(13, 3), at(15, 4)]).toEqual([blue, blue, black, black]);
  expect([at(2, 7), at(5, 9)]).toEqual([white, black]);
  expect([at(0, 0), at(1, 5), at(8, 3), at(10, 8)]).toEqual([white, white, white, white]);
});

test('evaluate counts what a network takes for what', () => {
  class Shift extends torch.nn.Module {
    forward(x: torch.Tensor): torch.Tensor {
      return x.roll(1, 1);
    }
  }
  const samples = [0, 1, 2, 2].map((label) => [torch.tensor([0, 1, 2].map((k) => (k === label ? 1 : 0))), BigInt(label)]);
  const net = new Shift();
  const confusion = evaluate(net, new torch.data.DataLoader(samples as never, { batchSize: 3 }), 3);
  expect(confusion).toEqual([[0, 1, 0], [0, 0, 1], [2, 0, 0]]);
  expect(net.training).toBe(false);
  expect(accuracy(confusion)).toBe(0);
  expect(accuracy([[3, 1], [0, 4]])).toBe(7 / 8);
});
