/** JSON for reading a diff: lists of numbers and short objects on one line, everything else one item a line. */
const MAX_LINE = 100;

export function toJson(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  const flat = JSON.stringify(value);
  const isContainer = typeof value === 'object' && value !== null;
  const holdsOnlyStrings = Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (!isContainer || (flat.length <= MAX_LINE && !holdsOnlyStrings)) return flat;
  const inner = `${indent} `;
  const items = Array.isArray(value)
    ? value.map((item) => write(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return items.length === 0 ? `${open}${close}` : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
}
