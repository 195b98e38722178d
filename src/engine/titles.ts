/** What the kernels of a lockstep are called. Views tell them apart by these, so no two are the same. */

export interface Named {
  /** As the machine was recorded: "Linux 6.12". */
  readonly machine: string;
  /** "eventfs v6.6" */
  readonly design: string;
  /** Whether it runs the design that the machine was recorded with. */
  readonly ownDesign: boolean;
  readonly vfs: string;
}

const isRelease = (title: string): boolean => /^Linux [\d.]+$/.test(title);
const isDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/**
 * A distribution's kernel with its own design is called by its release, everything else by its design. Where that is the
 * same, what differs is added: the VFS, else the machine, else the letter.
 */
export function titlesOf(kernels: readonly Named[]): readonly string[] {
  const plain = kernels.map(({ machine, design, ownDesign }) => (ownDesign && isRelease(machine) ? machine : design));
  const additions = [
    () => plain,
    () => plain.map((title, i) => `${title} on VFS ${kernels[i]?.vfs ?? ''}`),
    () => plain.map((title, i) => `${title} on ${kernels[i]?.machine ?? ''}`),
    () => plain.map((title, i) => `${title} ${'ABCD'[i] ?? ''}`),
  ];
  const isShared = plain.map((title) => plain.filter((other) => other === title).length > 1);
  for (const add of additions) {
    const longer = add();
    const titles = plain.map((title, i) => (isShared[i] ? (longer[i] ?? title) : title));
    if (isDistinct(titles)) return titles;
  }
  return plain;
}
