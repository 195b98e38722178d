/**
 * What a person made: the machines chosen and the log of commands. Everything on the screen is computed from it, so this
 * is all that a link, the browser's storage and an export have to hold.
 */
import * as v from 'valibot';

/** Rises when the same log may give other counts than before: an old link says so instead of showing something else. */
export const MODEL_VERSION = 1;

const MAX_COMMANDS = 10_000;
const MAX_COMMAND_LENGTH = 65_536;
const MAX_CPUS = 64;
/** A folder in public/kernels or an id of the design registry. */
const id = v.pipe(v.string(), v.regex(/^[\w.+-]{1,80}$/));
/** A design may be followed by switches: "v6.8:freed=srcu,release=yes". */
const designId = v.pipe(v.string(), v.regex(/^[\w.+-]{1,80}(:[\w.=,-]{1,160})?$/));

const channelSchema = v.strictObject({
  kernel: id,
  design: v.exactOptional(designId),
  tree: v.exactOptional(id),
  vfs: v.exactOptional(id),
});

export const configSchema = v.strictObject({
  channels: v.pipe(v.array(channelSchema), v.minLength(1), v.maxLength(4)),
  cpus: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_CPUS)),
  userland: v.picklist(['coreutils', 'bare']),
});

/** Shell text of one command. */
export const commandSchema = v.pipe(v.string(), v.maxLength(MAX_COMMAND_LENGTH));

export const sessionSchema = v.strictObject({
  config: configSchema,
  log: v.pipe(v.array(commandSchema), v.maxLength(MAX_COMMANDS)),
});

type Schema = v.InferOutput<typeof sessionSchema>;
export type SessionConfig = Readonly<Omit<Schema['config'], 'channels'>> & {
  readonly channels: readonly Readonly<Schema['config']['channels'][number]>[];
};
export interface Session {
  readonly config: SessionConfig;
  /** Shell text of each command, in order. */
  readonly log: readonly string[];
}

/** The two recorded Debian kernels, each with its own event tree, as the page opens for the first time. */
export const DEFAULT_CONFIG: SessionConfig = {
  channels: [{ kernel: 'linux-6.1.0-56-amd64' }, { kernel: 'linux-6.12.117-amd64' }],
  cpus: 2,
  userland: 'coreutils',
};

/** "Linux 6.1" for "linux-6.1.0-56-amd64": what a kernel is called before its data has come. */
export function kernelTitle(kernel: string): string {
  const release = /^linux-(\d+\.\d+)/.exec(kernel);
  return release === null ? kernel : `Linux ${release[1]}`;
}
