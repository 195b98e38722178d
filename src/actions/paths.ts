/** Paths as a person in the working directory would write them. */
import { quotePath } from '../base/quote.ts';
import type { Frame } from '../state/protocol.ts';

const TRACING = '/sys/kernel/tracing';

const absolute = (path: string): string => `/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');

/** A path below the tracing directory, from the working directory, quoted: "instances/i1", "sched", "." or absolute. */
export function fromHere(frame: Frame, path: string): string {
  const target = absolute(`${TRACING}/${path}`);
  const here = absolute(frame.cwd);
  if (target === here) return '.';
  const below = here === '/' ? '/' : `${here}/`;
  return quotePath(target.startsWith(below) ? target.slice(below.length) : target);
}

export const join = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** "i1" for "instances/i1/events/sched"; undefined for what is not in an instance. */
export function instanceOf(path: string): string | undefined {
  const [top, name] = path.split('/');
  return top === 'instances' && name !== undefined ? name : undefined;
}

/** How many levels below an `events` directory: 0 for itself, 1 a system, 2 an event; undefined elsewhere. */
export function eventLevel(path: string): number | undefined {
  const parts = path.split('/');
  const below = parts[0] === 'events' ? parts : parts[0] === 'instances' && parts[2] === 'events' ? parts.slice(2) : [];
  return below.length === 0 ? undefined : below.length - 1;
}
