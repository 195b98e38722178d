/** How figures are written (docs/visual-design.md, "Words"): commas, a sign on every change, the true minus sign. */

const MINUS = '\u2212';
const KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Digits in groups of three. Not Intl: what kernels and shells print with it must be the same on every machine. */
const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

/** 9649 → "9,649"; negative numbers get U+2212. */
export function formatCount(n: number): string {
  return n < 0 ? MINUS + grouped(-n) : grouped(n);
}

/** A change always has its sign: "+86", "−4", "0". */
export function formatChange(n: number): string {
  return n > 0 ? `+${grouped(n)}` : formatCount(n);
}

/** [figure, unit]: bytes below 1 KiB are exact, the rest has two decimals. */
function scaled(bytes: number): readonly [figure: string, unit: string] {
  if (bytes < KIB) return [grouped(bytes), 'B'];
  let value = bytes / KIB;
  let unit = 0;
  // 1023.996 would print as "1024.00 KiB".
  while (value >= KIB - 0.005 && unit < UNITS.length - 1) {
    value /= KIB;
    unit++;
  }
  return [value.toFixed(2), UNITS[unit]];
}

/** 8766095 → "8.36 MiB". */
export function formatBytes(bytes: number): string {
  const [figure, unit] = scaled(Math.abs(bytes));
  return `${bytes < 0 ? MINUS : ''}${figure} ${unit}`;
}

/** "+8.36 MiB", "−512 B", "0". */
export function formatBytesChange(bytes: number): string {
  if (bytes === 0) return '0';
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** "8,766,095 bytes", for a tooltip. */
export const formatExactBytes = (bytes: number): string => `${formatCount(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;

/** A change as a screen reader says it: "plus 86", "minus 4", "no change". */
export function speakChange(n: number): string {
  if (n === 0) return 'no change';
  return n > 0 ? `plus ${grouped(n)}` : `minus ${grouped(-n)}`;
}

/** "a", "a and b", "a, b and c". */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** "1 command", "12 commands". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${formatCount(n)} ${n === 1 ? one : many}`;
