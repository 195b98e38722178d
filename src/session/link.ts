/**
 * A session in the fragment of an address: "#s=" + base64url(deflate(JSON)). The fragment stays off servers and out of
 * their length limits. The format is public: it has a version, one upgrader per past version, and a parser that never
 * throws, whatever it is given.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { type NodeRef, nodeText, parseNode } from '../base/node-ref.ts';
import { err, ok, type Result } from '../base/result.ts';
import { MODEL_VERSION, type Session, sessionSchema } from './session.ts';

const LINK_VERSION = 2;
const PREFIX = '#s=';

/** Longest fragment that is looked at, in characters. */
const MAX_FRAGMENT = 2 ** 20;
/** Longest JSON that is unpacked, in bytes: a small fragment can claim to be gigabytes. */
const MAX_TEXT = 2 ** 23;
/** Packed bytes handed over at once; deflate grows them at most 1032 times, so the limit is checked in time. */
const SLICE = 1024;

export type LinkProblem =
  | { readonly code: 'tooLarge' }
  | { readonly code: 'damaged' }
  | { readonly code: 'newerVersion'; readonly version: number }
  | { readonly code: 'invalid'; readonly where: string };

/** The row of the tree that was chosen: what it is on the kernels that have it, and where it was. */
export interface LinkedNode {
  readonly path: string;
  readonly refs: readonly NodeRef[];
}

export interface LinkedSession {
  readonly session: Session;
  /** Undefined: nothing was chosen, or nothing that can be understood. */
  readonly chosen: LinkedNode | undefined;
  /** The link was made with another version of the model: its counts may have been different. */
  readonly otherModel: boolean;
}

/** By the version they upgrade from. */
const UPGRADERS: Readonly<Record<number, (old: unknown) => unknown>> = {
  // 2: a channel may name its VFS vintage. Nothing to change, but an explorer of version 1 must not take such a link for a broken one.
  1: (old) => old,
};
for (let version = 1; version < LINK_VERSION; version++) {
  if (!(version in UPGRADERS)) throw new Error(`no upgrader from link version ${version}`);
}

const envelopeSchema = v.object({
  v: v.pipe(v.number(), v.integer(), v.minValue(1)),
  model: v.pipe(v.number(), v.integer(), v.minValue(1)),
  s: v.unknown(),
  /** Came later: an explorer that does not know it opens the link without. */
  c: v.optional(v.unknown()),
});

const MAX_PATH = 4096;
const MAX_NODE = 400;
const chosenSchema = v.object({
  p: v.pipe(v.string(), v.maxLength(MAX_PATH)),
  r: v.pipe(v.array(v.pipe(v.string(), v.maxLength(MAX_NODE))), v.maxLength(4)),
});

function chosenOf(value: unknown): LinkedNode | undefined {
  const chosen = v.safeParse(chosenSchema, value);
  if (!chosen.success) return undefined;
  const { p: path, r } = chosen.output;
  return { path, refs: r.map(parseNode).filter((ref) => ref !== undefined) };
}

const toBase64Url = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

export function encodeLink(session: Session, chosen?: LinkedNode): string {
  const c = chosen && { p: chosen.path, r: chosen.refs.map(nodeText) };
  const text = JSON.stringify({ v: LINK_VERSION, model: MODEL_VERSION, s: session, c });
  return PREFIX + toBase64Url(deflateSync(strToU8(text), { level: 9 }));
}

/** Unpacks at most MAX_TEXT bytes; undefined when there is more. Throws on damaged data. */
function inflate(packed: Uint8Array): string | undefined {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  const stream = new Inflate((chunk, final) => {
    chunks.push(chunk);
    size += chunk.length;
    complete ||= final;
  });
  for (let at = 0; at < packed.length && size <= MAX_TEXT; at += SLICE) {
    stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
  }
  if (size > MAX_TEXT) return undefined;
  if (!complete) throw new Error('the data ends too early');
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return strFromU8(all);
}

function unpack(fragment: string): Result<unknown, LinkProblem> {
  if (fragment.length > MAX_FRAGMENT) return err({ code: 'tooLarge' });
  try {
    const text = inflate(fromBase64Url(fragment.slice(PREFIX.length)));
    return text === undefined ? err({ code: 'tooLarge' }) : ok(JSON.parse(text));
  } catch {
    return err({ code: 'damaged' }); // not base64, not deflate, or not JSON
  }
}

/** Undefined: the fragment is not one of ours, and means nothing. */
export function decodeLink(fragment: string): Result<LinkedSession | undefined, LinkProblem> {
  if (!fragment.startsWith(PREFIX)) return ok(undefined);
  const unpacked = unpack(fragment);
  if (!unpacked.ok) return unpacked;
  const envelope = v.safeParse(envelopeSchema, unpacked.value);
  if (!envelope.success) return err({ code: 'invalid', where: v.getDotPath(envelope.issues[0]) ?? '' });
  const { v: version, model, s, c } = envelope.output;
  if (version > LINK_VERSION) return err({ code: 'newerVersion', version });
  let upgraded: unknown = s;
  for (let from = version; from < LINK_VERSION; from++) upgraded = UPGRADERS[from](upgraded);
  const session = v.safeParse(sessionSchema, upgraded);
  if (!session.success) return err({ code: 'invalid', where: v.getDotPath(session.issues[0]) ?? '' });
  return ok({ session: session.output, chosen: chosenOf(c), otherModel: model !== MODEL_VERSION });
}

/** What went wrong with a link and what happens now, for the person who opened it. */
export function linkProblemText(problem: LinkProblem): string {
  switch (problem.code) {
    case 'tooLarge':
      return 'The link holds more than the explorer opens. It was left out.';
    case 'damaged':
      return 'The link is damaged, perhaps cut off when it was copied. It was left out.';
    case 'newerVersion':
      return `The link was made with a newer explorer (link version ${problem.version}). It was left out.`;
    case 'invalid':
      return `The link holds something that the explorer does not know (${problem.where || 'at its top'}). It was left out.`;
  }
}
