/** What a PyTorch script takes from tqdm. */
import cliProgress from 'cli-progress';

/** A bar with loss and images/s on a terminal, nothing but the final line elsewhere. */
export class Progress {
  private readonly bar: cliProgress.SingleBar | null = null;
  private readonly start = performance.now();
  private next = 0;

  constructor(private readonly title: string, total: number) {
    if (!process.stdout.isTTY) return;
    const format = `${title} {bar} {value}/{total}  loss {loss}  {speed} images/s`;
    this.bar = new cliProgress.SingleBar(
      { format, stream: process.stdout, hideCursor: true, clearOnComplete: true },
      cliProgress.Presets.shades_classic,
    );
    this.bar.start(total, 0, { loss: '-', speed: '-' });
  }

  /** Notes how many images have been seen and their mean loss. */
  update(seen: number, loss: number) {
    const now = performance.now();
    if (!this.bar || now < this.next) return;
    this.next = now + 100;
    this.bar.update(seen, { loss: loss.toFixed(4), speed: this.speed(seen) });
  }

  stop(seen: number, loss: number): string {
    this.bar?.stop();
    return `${this.title}  loss ${loss.toFixed(4)}  ${this.speed(seen)} images/s`;
  }

  private speed(seen: number): string {
    return ((1000 * seen) / (performance.now() - this.start)).toFixed(0);
  }
}
