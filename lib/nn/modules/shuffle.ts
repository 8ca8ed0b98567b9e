import { REQUIRED, Signature } from '../../options';
import type { Tensor } from '../../tensor';
import * as F from '../functional';
import { Module } from '../module';

const PIXEL_SHUFFLE = new Signature('PixelShuffle', { upscaleFactor: REQUIRED });

/** (..., C r^2, H, W) as (..., C, H r, W r). PyTorch: torch.nn.PixelShuffle */
export class PixelShuffle extends Module {
  readonly upscaleFactor: number;

  constructor(upscaleFactor: number | { upscaleFactor: number }) {
    super();
    this.upscaleFactor = PIXEL_SHUFFLE.bind<{ upscaleFactor: number }>([upscaleFactor]).upscaleFactor;
  }

  forward(input: Tensor): Tensor {
    return F.pixelShuffle(input, this.upscaleFactor);
  }

  override extraRepr(): string {
    return `upscale_factor=${this.upscaleFactor}`;
  }
}

const PIXEL_UNSHUFFLE = new Signature('PixelUnshuffle', { downscaleFactor: REQUIRED });

/** (..., C, H r, W r) as (..., C r^2, H, W). PyTorch: torch.nn.PixelUnshuffle */
export class PixelUnshuffle extends Module {
  readonly downscaleFactor: number;

  constructor(downscaleFactor: number | { downscaleFactor: number }) {
    super();
    const given = PIXEL_UNSHUFFLE.bind<{ downscaleFactor: number }>([downscaleFactor]);
    this.downscaleFactor = given.downscaleFactor;
  }

  forward(input: Tensor): Tensor {
    return F.pixelUnshuffle(input, this.downscaleFactor);
  }

  override extraRepr(): string {
    return `downscale_factor=${this.downscaleFactor}`;
  }
}

const CHANNEL_SHUFFLE = new Signature('ChannelShuffle', { groups: REQUIRED });

/** The channels of `groups` groups in turn. PyTorch: torch.nn.ChannelShuffle */
export class ChannelShuffle extends Module {
  readonly groups: number;

  constructor(groups: number | { groups: number }) {
    super();
    this.groups = CHANNEL_SHUFFLE.bind<{ groups: number }>([groups]).groups;
  }

  forward(input: Tensor): Tensor {
    return F.channelShuffle(input, this.groups);
  }

  override extraRepr(): string {
    return `groups=${this.groups}`;
  }
}
