/** Medians, spreads, and rows of the printed table. */
export interface Spread { median: number; q1: number; q3: number }

export function spread(xs: number[]): Spread {
  const sorted = [...xs].sort((a, b) => a - b);
  const at = (q: number): number => {
    const place = q * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
  };
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

/** `12.3 [12.1, 12.9]`. */
export function show({ median, q1, q3 }: Spread): string {
  return `${digits(median)} [${digits(q1)}, ${digits(q3)}]`;
}

export interface Row { what: string; values: Record<string, Spread | string | number | null>; goal?: string; met?: boolean }

/** Prints rows under one heading, columns as wide as they need. */
export function printTable(title: string, rows: Row[]): void {
  if (rows.length === 0) return;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  const cell = (x: Row['values'][string] | undefined): string => {
    if (x === null || x === undefined) return '-';
    if (typeof x === 'number') return digits(x);
    return typeof x === 'string' ? x : show(x);
  };
  const verdict = (row: Row): string => (row.goal ? `${row.goal}${row.met === undefined ? '' : row.met ? '  met' : '  MISSED'}` : '');
  const lines = [['', ...names, 'goal'], ...rows.map((row) => [row.what, ...names.map((n) => cell(row.values[n])), verdict(row)])];
  const widths = lines[0].map((_, k) => Math.max(...lines.map((line) => line[k].length)));
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line.map((text, k) => text.padEnd(widths[k])).join('  ').trimEnd()}`);
}
