import { Signature } from '../../options';
import { floatOrDefault } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

const INPLACE = new Signature('ReLU', { inplace: false });

/** max(0, x); NaN stays NaN. PyTorch: torch.nn.ReLU */
export class ReLU extends Module {
  readonly inplace: boolean;

  constructor(inplace?: boolean | { inplace?: boolean }) {
    super();
    this.inplace = INPLACE.bind<{ inplace: boolean }>([inplace]).inplace;
  }

  forward(input: Tensor): Tensor {
    return this.inplace ? input.relu_() : F.relu(input);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

export interface HardtanhOptions {
  minVal?: number;
  maxVal?: number;
  inplace?: boolean;
}

const HARDTANH = new Signature('Hardtanh', { minVal: -1, maxVal: 1, inplace: false });

/** min(max(x, minVal), maxVal); NaN stays NaN. PyTorch: torch.nn.Hardtanh */
export class Hardtanh extends Module {
  readonly minVal: number;
  readonly maxVal: number;
  readonly inplace: boolean;

  constructor(
    minVal?: number | HardtanhOptions,
    maxVal?: number | Omit<HardtanhOptions, 'minVal'>,
    inplace?: boolean | Pick<HardtanhOptions, 'inplace'>,
  ) {
    super();
    const p = HARDTANH.bind<Required<HardtanhOptions>>([minVal, maxVal, inplace]);
    if (!(p.maxVal > p.minVal)) {
      throw new RangeError(`Hardtanh: maxVal must be greater than minVal, got ${p.minVal} and ${p.maxVal}`);
    }
    this.minVal = p.minVal;
    this.maxVal = p.maxVal;
    this.inplace = p.inplace;
  }

  forward(input: Tensor): Tensor {
    return F.hardtanh(input, this.minVal, this.maxVal, this.inplace);
  }

  override extraRepr(): string {
    const low = floatOrDefault(this.minVal, -1);
    const high = floatOrDefault(this.maxVal, 1);
    return `min_val=${low}, max_val=${high}${this.inplace ? ', inplace=True' : ''}`;
  }
}

const RELU6 = new Signature('ReLU6', { inplace: false });

/** min(max(x, 0), 6); NaN stays NaN. PyTorch: torch.nn.ReLU6 */
export class ReLU6 extends Hardtanh {
  constructor(inplace?: boolean | { inplace?: boolean }) {
    super(0, 6, RELU6.bind<{ inplace: boolean }>([inplace]).inplace);
  }

  override extraRepr(): string {
    return this.inplace ? 'inplace=True' : '';
  }
}

/** 1 / (1 + exp(-x)). PyTorch: torch.nn.Sigmoid */
export class Sigmoid extends Module {
  forward(input: Tensor): Tensor {
    return input.sigmoid();
  }
}

/** tanh(x). PyTorch: torch.nn.Tanh */
export class Tanh extends Module {
  forward(input: Tensor): Tensor {
    return input.tanh();
  }
}

const DIM = { dim: null };
const SOFTMAX = new Signature('Softmax', DIM);

/** exp(x_i) / sum_j exp(x_j) over `dim`. PyTorch: torch.nn.Softmax */
export class Softmax extends Module {
  readonly dim: number | null;

  constructor(dim?: number | null | { dim?: number | null }) {
    super();
    this.dim = SOFTMAX.bind<{ dim: number | null }>([dim]).dim;
  }

  forward(input: Tensor): Tensor {
    return F.softmax(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim ?? 'None'}`;
  }
}

const LOG_SOFTMAX = new Signature('LogSoftmax', DIM);

/** log(exp(x_i) / sum_j exp(x_j)) over `dim`. PyTorch: torch.nn.LogSoftmax */
export class LogSoftmax extends Module {
  readonly dim: number | null;

  constructor(dim?: number | null | { dim?: number | null }) {
    super();
    this.dim = LOG_SOFTMAX.bind<{ dim: number | null }>([dim]).dim;
  }

  forward(input: Tensor): Tensor {
    return F.logSoftmax(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim ?? 'None'}`;
  }
}
