/** Optimizers: a row is a class with options; a sample takes `steps` steps over drawn parameters and gradients. */
import type { DTypeName } from './types';

export interface OptimRow {
  optimizer: 'SGD' | 'Adam' | 'AdamW' | 'RMSprop';
  options: Record<string, number | boolean | [number, number]>;
  shapes: number[][];
  steps: number;
  dtypes: DTypeName[];
}

const shapes = [[3, 5], [67], []];

function row(optimizer: OptimRow['optimizer'], options: OptimRow['options'], dtypes: DTypeName[] = ['float32', 'float64']): OptimRow {
  return { optimizer, options, shapes, steps: 5, dtypes };
}

export const optimizers: OptimRow[] = [
  row('SGD', { lr: 0.1 }, ['float32', 'float64', 'float16', 'bfloat16']),
  row('SGD', { lr: 0.1, momentum: 0.9 }),
  row('SGD', { lr: 0.1, momentum: 0.9, dampening: 0.3 }),
  row('SGD', { lr: 0.1, momentum: 0.9, nesterov: true }),
  row('SGD', { lr: 0.1, weightDecay: 0.05 }),
  row('SGD', { lr: 0.1, momentum: 0.9, weightDecay: 0.05, nesterov: true, maximize: true }),
  row('SGD', { lr: 0.1, maximize: true }),
  row('Adam', { lr: 0.01 }),
  row('Adam', { lr: 0.01, betas: [0.8, 0.95], eps: 1e-6 }),
  row('Adam', { lr: 0.01, weightDecay: 0.1 }),
  row('Adam', { lr: 0.01, amsgrad: true }),
  row('Adam', { lr: 0.01, maximize: true, weightDecay: 0.1 }),
  row('AdamW', { lr: 0.01 }),
  row('AdamW', { lr: 0.01, weightDecay: 0.2, amsgrad: true }),
  row('AdamW', { lr: 0.01, maximize: true }),
  row('RMSprop', { lr: 0.01 }),
  row('RMSprop', { lr: 0.01, alpha: 0.9, eps: 1e-5 }),
  row('RMSprop', { lr: 0.01, momentum: 0.9 }),
  row('RMSprop', { lr: 0.01, centered: true, momentum: 0.5, weightDecay: 0.05 }),
  row('RMSprop', { lr: 0.01, maximize: true }),
];
