/** A library in a child process that answers JSON requests, one line each. */
import { type ChildProcess, spawn } from 'node:child_process';
import * as readline from 'node:readline';

export interface Task {
  task: string;
  [key: string]: unknown;
}

export class Child {
  private readonly process: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  constructor(readonly name: string, command: string, args: string[], env: Record<string, string> = {}) {
    this.process = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    this.process.stderr!.on('data', (text) => { this.errors += String(text); });
    // A child that cannot start is reported by the first request.
    this.process.on('error', (error) => { this.errors += String(error); });
    this.process.stdin!.on('error', () => {});
    this.lines = readline.createInterface({ input: this.process.stdout! })[Symbol.asyncIterator]();
  }

  /** Sends a line and waits for the answering line. */
  async line(text: string): Promise<string> {
    this.process.stdin!.write(`${text}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.name} ended: ${this.errors.trim() || 'no message'}`);
    return value;
  }

  async ask<T>(request: Task): Promise<T> {
    const answer = JSON.parse(await this.line(JSON.stringify(request))) as T & { error?: string };
    if (answer.error) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }

  close(): void {
    this.process.stdin!.end();
  }
}
