import { Tensor } from '../tensor';

const CLASSES: Readonly<Record<string, string>> = {
  float32: 'FloatTensor',
  float64: 'DoubleTensor',
  float16: 'HalfTensor',
  bfloat16: 'BFloat16Tensor',
  int64: 'LongTensor',
  int32: 'IntTensor',
  int16: 'ShortTensor',
  int8: 'CharTensor',
  uint8: 'ByteTensor',
  bool: 'BoolTensor',
};

/** What a value is, as PyTorch's messages name it: tensors by the class of their dtype. */
export function typeName(value: unknown): string {
  if (value instanceof Tensor) return `torch.${CLASSES[value.dtype.name] ?? 'Tensor'}`;
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'object';
  return typeof value;
}
