import * as torch from 'nabla';
import type { data } from 'nabla';

/** How often each class (row) was taken for each (column). */
export type Confusion = number[][];

/** What a network that is not trained any further makes of the images of a loader. */
export function evaluate(
  net: torch.nn.Module & ((x: torch.Tensor) => torch.Tensor),
  loader: data.DataLoader,
  classes: number,
): Confusion {
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  net.eval();
  torch.noGrad(() => {
    for (const [x, y] of loader) {
      const predicted = net(x).argmax(1).tolist() as number[];
      (y.tolist() as number[]).forEach((label, i) => confusion[label][predicted[i]]++);
    }
  });
  return confusion;
}

export function accuracy(confusion: Confusion): number {
  const right = confusion.reduce((sum, row, label) => sum + row[label], 0);
  return right / confusion.flat().reduce((a, b) => a + b, 0);
}

export function printConfusion(confusion: Confusion) {
  const cell = (value: number | string) => String(value).padStart(6);
  console.log('\nconfusion matrix (rows: digit, columns: prediction)');
  console.log(cell('') + confusion.map((_, digit) => cell(digit)).join(''));
  confusion.forEach((row, digit) => console.log(cell(digit) + row.map(cell).join('')));
}
