/** Runs many small checks as one test: all failures are named, not only the first. */
export interface Collector {
  /** Runs a check; what it throws is kept under the given name. */
  at(name: string, run: () => void): void;
}

const SHOWN = 12;

export function collect(run: (fail: Collector) => void): void {
  const failures: string[] = [];
  let count = 0;
  run({
    at(name, check) {
      count++;
      try {
        check();
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        // Colours of jest's matchers only make the list harder to read.
        failures.push(`${name}: ${text.replace(/\u001b\[\d+m/g, '').replace(/\s*\n\s*/g, ' ')}`);
      }
    },
  });
  if (failures.length > 0) {
    const more = failures.length > SHOWN ? `\n... and ${failures.length - SHOWN} more` : '';
    throw new Error(`${failures.length} of ${count} samples failed\n${failures.slice(0, SHOWN).join('\n')}${more}`);
  }
}
