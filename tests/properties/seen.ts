/** All that can be seen of an engine at its cursor, and below it: what must be the same wherever a person came from. */
import { sentenceOf } from '../../src/kernel/breach.ts';
import { type Digest, differences, digestOf } from './digest.ts';
import type { Person } from './person.ts';

export interface Seen {
  /** Part of the frame → its value as text. */
  readonly frame: ReadonlyMap<string, string>;
  /** A kernel each. */
  readonly kernels: readonly {
    readonly digest: Digest;
    /** What the kernel says of all of its state in 20 digits. */
    readonly hash: string;
    /** Invariants that do not hold, as the kernel says them. */
    readonly invariants: readonly string[];
    readonly kmsg: readonly string[];
    readonly oopses: readonly string[];
    readonly broken: string | undefined;
  }[];
}

export function look({ frame, tree, channels }: Person): Seen {
  const { position, log, series } = frame;
  const upToHere = {
    ...frame,
    // Which change of the history a frame is of, and what of it lies beside or beyond the cursor, depends on the way.
    epoch: 0,
    history: undefined,
    log: log.slice(0, position + 1).map(({ id: _, ...entry }) => entry),
    series: series.map(({ dentries, inodes, unused }) =>
      [dentries, inodes, unused].map((values) => [...values.slice(0, position + 1)]),
    ),
    // The marks are of the last command, where it was run and not gone back to.
    tree: { ...tree, rows: tree.rows.map(({ mark: _, ...row }) => row) },
  };
  return {
    frame: new Map(Object.entries(upToHere).map(([key, value]) => [key, JSON.stringify(value) ?? ''])),
    kernels: channels.map((channel) => ({
      digest: digestOf(channel),
      hash: channel.kernel.hash().toString(),
      invariants: channel.kernel.checkInvariants().map(sentenceOf),
      kmsg: [...channel.kernel.kmsg],
      oopses: channel.kernel.oopses.map((oops) => JSON.stringify(oops)),
      broken: channel.broken,
    })),
  };
}

/** In what a state is another than it should be; empty = in nothing. */
export function contrasts(got: Seen, want: Seen): readonly string[] {
  const texts = [...want.frame].filter(([key, text]) => got.frame.get(key) !== text);
  const frame = texts.map(([key, text]) => `frame.${key}: ${firstDifference(got.frame.get(key) ?? '', text)}`);
  const kernels = want.kernels.flatMap(({ digest, ...told }, i) => {
    const own = got.kernels[i];
    if (own === undefined) return [`kernel ${i} is not there`];
    const lines = Object.entries(told).flatMap(([key, value]) => {
      const [a, b] = [own[key as keyof typeof told], value].map((v) => JSON.stringify(v) ?? '');
      return a === b ? [] : [`${key}: ${firstDifference(a as string, b as string)}`];
    });
    return [...lines, ...differences(own.digest, digest)].map((line) => (i === 0 ? line : `kernel ${i}: ${line}`));
  });
  return [...frame, ...kernels];
}

const CONTEXT = 60;

/** Where two texts part, with a few characters around it. */
export function firstDifference(got: string, want: string): string {
  let at = 0;
  while (at < got.length && got[at] === want[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - CONTEXT), at + CONTEXT);
  return `…${around(got)}… instead of …${around(want)}…`;
}
