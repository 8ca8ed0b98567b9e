/** The layers that `bench/run.ts` times by themselves. */
interface LayerCase {
  what: string;
  layer: 'conv' | 'maxPool' | 'batchNorm' | 'layerNorm';
  shape: number[];
  /** Output channels, kernel, stride, padding. */
  conv?: [number, number, number, number];
  backward: boolean;
  inputGrad: boolean;
  winograd?: boolean;
  /** PyTorch's time over nabla's. */
  least: number;
}

const both = { backward: true, inputGrad: true };
const weightsOnly = { backward: true, inputGrad: false };
const forward = { backward: false, inputGrad: false };

function conv(what: string, shape: number[], numbers: [number, number, number, number], least: number,
  rest: Pick<LayerCase, 'backward' | 'inputGrad' | 'winograd'>): LayerCase {
  return { what: `conv ${what}`, layer: 'conv', shape, conv: numbers, least, ...rest };
}

export const LAYERS: LayerCase[] = [
  conv('3x32x32 -> 6 k5, no input gradient', [4, 3, 32, 32], [6, 5, 1, 0], 3, weightsOnly),
  conv('6x14x14 -> 16 k5', [4, 6, 14, 14], [16, 5, 1, 0], 3, both),
  conv('64x56x56 -> 64 k3 direct', [4, 64, 56, 56], [64, 3, 1, 1], 0.95, { ...both, winograd: false }),
  conv('64x56x56 -> 64 k3 Winograd', [4, 64, 56, 56], [64, 3, 1, 1], 1.3, { ...both, winograd: true }),
  conv('256x14x14 -> 256 k3 direct', [4, 256, 14, 14], [256, 3, 1, 1], 0.95, { ...both, winograd: false }),
  conv('256x14x14 -> 256 k3 Winograd', [4, 256, 14, 14], [256, 3, 1, 1], 1.3, { ...both, winograd: true }),
  conv('3x224x224 -> 64 k7 s2, no input gradient', [4, 3, 224, 224], [64, 7, 2, 3], 1.1, weightsOnly),
  conv('3x224x224 -> 64 k7 s2', [4, 3, 224, 224], [64, 7, 2, 3], 1.5, both),
  conv('64x56x56 -> 256 k1', [4, 64, 56, 56], [256, 1, 1, 0], 1.3, both),
  { what: 'max pool 2x2 of 16x64x32x32, forward', layer: 'maxPool', shape: [16, 64, 32, 32], least: 50, ...forward },
  { what: 'max pool 2x2 of 16x64x32x32, both', layer: 'maxPool', shape: [16, 64, 32, 32], least: 20, ...both },
  { what: 'batch norm of 16x64x32x32, forward', layer: 'batchNorm', shape: [16, 64, 32, 32], least: 2, ...forward },
  { what: 'batch norm of 16x64x32x32, both', layer: 'batchNorm', shape: [16, 64, 32, 32], least: 2, ...both },
  { what: 'layer norm of 512x768, forward', layer: 'layerNorm', shape: [512, 768], least: 1.2, ...forward },
  { what: 'layer norm of 512x768, both', layer: 'layerNorm', shape: [512, 768], least: 1.5, ...both },
];
