/**
 * Labels that would overlap, moved apart as little as possible. Each wants to stand at its own y; those that are nearer
 * than `gap` form a group that is centred on what its members want, and groups that touch become one.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const groups: { members: number[]; centre: number }[] = [];
  for (const index of order) {
    let group = { members: [index], centre: clampCentre(wanted[index], 1, gap, low, high) };
    for (let above = groups.at(-1); above !== undefined && overlap(above, group, gap); above = groups.at(-1)) {
      groups.pop();
      const members = [...above.members, ...group.members];
      // Member k stands at centre + (k − (n−1)/2)·gap; the mean of what they want leaves the least movement.
      const mean = members.reduce((sum, member) => sum + wanted[member], 0) / members.length;
      group = { members, centre: clampCentre(mean, members.length, gap, low, high) };
    }
    groups.push(group);
  }
  const placed = new Array<number>(wanted.length).fill(0);
  for (const { members, centre } of groups) {
    members.forEach((member, k) => {
      placed[member] = centre + (k - (members.length - 1) / 2) * gap;
    });
  }
  return placed;
}

const half = (count: number, gap: number): number => ((count - 1) * gap) / 2;

const overlap = (
  above: { readonly members: readonly number[]; readonly centre: number },
  below: { readonly members: readonly number[]; readonly centre: number },
  gap: number,
): boolean => below.centre - half(below.members.length, gap) < above.centre + half(above.members.length, gap) + gap;

/** Keeps a group of `count` labels between `low` and `high`; one that does not fit hangs out at the bottom. */
function clampCentre(centre: number, count: number, gap: number, low: number, high: number): number {
  const reach = half(count, gap);
  return Math.max(low + reach, Math.min(high - reach, centre));
}
