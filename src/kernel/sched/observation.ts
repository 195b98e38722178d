/**
 * What a program has seen since it started, as a hash: the functions it came to and what its system calls returned. The
 * program is a function of that, so two that have seen the same go on in the same way, as long as what they have read of the
 * state without it showing yet is the same too; a checker that prunes by it folds in what a step read ({@link Observation.add}).
 */
import { K1, K2, type StateHash } from '../../base/state-hash.ts';

/** Names of functions are few and come up again and again. */
const known = new Map<string, number>();

function hashOf(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), K1) ^ (hash >>> 15);
  return hash;
}

function remember(fn: string): number {
  const hash = hashOf(fn);
  known.set(fn, hash);
  return hash;
}

export class Observation {
  #a = 1;
  #b = 2;

  add(value: number): void {
    this.#a = Math.imul(this.#a ^ value, K1);
    this.#a ^= this.#a >>> 15;
    this.#b = Math.imul(this.#b + value, K2);
    this.#b ^= this.#b >>> 13;
  }

  text(text: string): void {
    this.add(hashOf(text));
  }

  /** The name of a kernel function. */
  point(fn: string): void {
    this.add(known.get(fn) ?? remember(fn));
  }

  /** What a system call returned: plain data, but for the task of a fork, which is its id. */
  value(value: unknown): void {
    if (typeof value === 'number') this.add(value);
    else if (typeof value === 'object' && value !== null) {
      const parts: readonly unknown[] = 'id' in value ? [value.id] : Object.values(value);
      this.add(parts.length);
      for (const part of parts) this.value(part);
    } else this.text(String(value));
  }

  /** Adds it to the hash of a state, at two places. */
  addHash(sum: StateHash, place: number): void {
    sum.number(place, this.#a);
    sum.number(place + 1, this.#b);
  }
}
