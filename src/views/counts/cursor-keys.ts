/** Where a key takes the cursor over the commands; undefined for keys that do not move it. */
const PAGE = 10;

export function moveCursor(key: string, from: number, count: number): number | undefined {
  const to = target(key, from, count);
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

function target(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return from - 1;
    case 'ArrowRight':
    case 'ArrowUp':
      return from + 1;
    case 'PageDown':
      return from - PAGE;
    case 'PageUp':
      return from + PAGE;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
