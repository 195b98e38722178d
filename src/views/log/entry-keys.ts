/** Where a key leads from a log entry; undefined for keys that mean nothing here. */
export function nextEntry(key: string, from: number, count: number): number | undefined {
  const clamp = (n: number): number => Math.max(0, Math.min(count - 1, n));
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowUp':
      return clamp(from - 1);
    case 'ArrowRight':
    case 'ArrowDown':
      return clamp(from + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
