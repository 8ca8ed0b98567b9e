/**
 * nabla: PyTorch's API for Node.js.
 *
 *   import * as torch from 'nabla';
 */
import { Tensor } from './tensor';

export { Tensor };
export type { NestedArray, RemovableHandle } from './tensor';
export type { FactoryOptions, Operand, Scalar } from './call';
export * from './ops.generated';
export {
  asTensor,
  fromTypedArray,
  full,
  getDefaultDtype,
  isFloatingPoint,
  isTensor,
  numel,
  setDefaultDtype,
  tensor,
} from './creation';
export type { TensorData, TensorOptions } from './creation';
export {
  bfloat16,
  bool,
  double,
  DType,
  float,
  float16,
  float32,
  float64,
  half,
  int,
  int16,
  int32,
  int64,
  int8,
  long,
  short,
  uint8,
} from './dtype';
export { DType as dtype } from './dtype';
export type { TypedArray } from './dtype';

export const inf = Infinity;
export const nan = NaN;
export const pi = Math.PI;
export const e = Math.E;

export {
  defaultGenerator,
  Generator,
  getRngState,
  initialSeed,
  manualSeed,
  seed,
  setRngState,
} from './generator';
export { allclose, equal } from './comparison';
export type { CloseOptions } from './comparison';
export { slice, Slice } from './indexing';
export type { IndexItem } from './indexing';
export {
  enableGrad,
  inferenceMode,
  isGradEnabled,
  isInferenceModeEnabled,
  noGrad,
  setGradEnabled,
} from './autograd/grad_mode';
export { emptyCache, memoryStats, resetPeakMemoryStats, tidy } from './memory';
export type { MemoryStats } from './memory';
export { getPrintoptions, printoptions, setPrintoptions } from './print';
export type { PrintOptions, SetPrintOptions } from './print';
export { config, getNumThreads, setNumThreads } from './threads';
export { contiguousFormat, channelsLast, device, preserveFormat, strided } from './formats';
export { backends } from './backends';
export * as autograd from './autograd';
export * as cuda from './cuda';
export * as data from './data';
export * as nn from './nn';
export * as optim from './optim';
export * as vision from './vision';

import * as torch from './index';
import * as nn from './nn';
import * as optim from './optim';
import { explainSnakeCase } from './spelling';
import { models } from './vision';

explainSnakeCase('torch', torch);
explainSnakeCase('nn.functional', nn.functional);
explainSnakeCase('nn.init', nn.init);
explainSnakeCase('nn.utils', nn.utils);
explainSnakeCase('vision.models', models);
explainSnakeCase('tensor', Tensor.prototype);
explainSnakeCase('module', nn.Module.prototype);
explainSnakeCase('optim', optim);
explainSnakeCase('optimizer', optim.Optimizer.prototype, ['paramGroups']);
