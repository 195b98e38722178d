/** Compares names as a person sorts them: runs of digits by value, everything else by code unit. */
export function compareNatural(a: string, b: string): number {
  const left = chunks(a);
  const right = chunks(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] as string;
    const y = right[i] as string;
    if (x === y) continue;
    const byValue = Number(x) - Number(y);
    if (!Number.isNaN(byValue) && byValue !== 0) return byValue;
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

const chunks = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
