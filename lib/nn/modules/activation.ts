import { Signature } from '../../options';
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
