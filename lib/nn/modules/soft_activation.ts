import { Signature } from '../../options';
import { floatOrDefault, pythonNumber } from '../../print';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

const GELU_SIGNATURE = new Signature('GELU', { approximate: 'none' });

/** x Phi(x), Phi the normal distribution; approximate: 'none' or 'tanh'. PyTorch: torch.nn.GELU */
export class GELU extends Module {
  readonly approximate: string;

  constructor(approximate?: string | { approximate?: string }) {
    super();
    this.approximate = GELU_SIGNATURE.bind<{ approximate: string }>([approximate]).approximate;
  }

  forward(input: Tensor): Tensor {
    return F.gelu(input, { approximate: this.approximate });
  }

  override extraRepr(): string {
    return `approximate='${this.approximate}'`;
  }
}

interface SoftplusOptions {
  beta?: number;
  threshold?: number;
}
const SOFTPLUS = new Signature('Softplus', { beta: 1, threshold: 20 });

/** log(1 + e^(beta x)) / beta, x itself where beta x > threshold. PyTorch: torch.nn.Softplus */
export class Softplus extends Module {
  readonly beta: number;
  readonly threshold: number;

  constructor(
    beta?: number | SoftplusOptions,
    threshold?: number | Pick<SoftplusOptions, 'threshold'>,
  ) {
    super();
    const p = SOFTPLUS.bind<Required<SoftplusOptions>>([beta, threshold]);
    this.beta = p.beta;
    this.threshold = p.threshold;
  }

  forward(input: Tensor): Tensor {
    return F.softplus(input, this.beta, this.threshold);
  }

  override extraRepr(): string {
    return `beta=${floatOrDefault(this.beta, 1)}, threshold=${floatOrDefault(this.threshold, 20)}`;
  }
}

/** x / (1 + |x|). PyTorch: torch.nn.Softsign */
export class Softsign extends Module {
  forward(input: Tensor): Tensor {
    return F.softsign(input);
  }
}

/** x - tanh(x). PyTorch: torch.nn.Tanhshrink */
export class Tanhshrink extends Module {
  forward(input: Tensor): Tensor {
    return F.tanhshrink(input);
  }
}

/** log(sigmoid(x)). PyTorch: torch.nn.LogSigmoid */
export class LogSigmoid extends Module {
  forward(input: Tensor): Tensor {
    return F.logsigmoid(input);
  }
}

type Lambda = number | { lambd?: number };

function lambda(owner: string, lambd: unknown): number {
  return new Signature(owner, { lambd: 0.5 }).bind<{ lambd: number }>([lambd]).lambd;
}

/** x moved by lambd towards 0, 0 where |x| <= lambd. PyTorch: torch.nn.Softshrink */
export class Softshrink extends Module {
  readonly lambd: number;

  constructor(lambd?: Lambda) {
    super();
    this.lambd = lambda('Softshrink', lambd);
  }

  forward(input: Tensor): Tensor {
    return F.softshrink(input, this.lambd);
  }

  override extraRepr(): string {
    return pythonNumber(this.lambd);
  }
}

/** x, 0 where |x| <= lambd. PyTorch: torch.nn.Hardshrink */
export class Hardshrink extends Module {
  readonly lambd: number;

  constructor(lambd?: Lambda) {
    super();
    this.lambd = lambda('Hardshrink', lambd);
  }

  forward(input: Tensor): Tensor {
    return F.hardshrink(input, this.lambd);
  }

  override extraRepr(): string {
    return pythonNumber(this.lambd);
  }
}

const GLU_SIGNATURE = new Signature('GLU', { dim: -1 });

/** a sigmoid(b), a and b the halves of the input along `dim`. PyTorch: torch.nn.GLU */
export class GLU extends Module {
  readonly dim: number;

  constructor(dim?: number | { dim?: number }) {
    super();
    this.dim = GLU_SIGNATURE.bind<{ dim: number }>([dim]).dim;
  }

  forward(input: Tensor): Tensor {
    return F.glu(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}

const SOFTMIN = new Signature('Softmin', { dim: null });

/** softmax(-x) over `dim`. PyTorch: torch.nn.Softmin */
export class Softmin extends Module {
  readonly dim: number | null;

  constructor(dim?: number | null | { dim?: number | null }) {
    super();
    this.dim = SOFTMIN.bind<{ dim: number | null }>([dim]).dim;
  }

  forward(input: Tensor): Tensor {
    return F.softmin(input, this.dim);
  }

  override extraRepr(): string {
    return `dim=${this.dim ?? 'None'}`;
  }
}

/** Softmax over the channels of (N, C, H, W) or (C, H, W). PyTorch: torch.nn.Softmax2d */
export class Softmax2d extends Module {
  forward(input: Tensor): Tensor {
    const rank = input.dim();
    if (rank !== 3 && rank !== 4) {
      throw new RangeError(`Softmax2d: expected input to be 3D or 4D, got ${rank}D instead`);
    }
    return F.softmax(input, -3);
  }
}
