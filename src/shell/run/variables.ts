/**
 * Variables, positional parameters and their scopes. A function call opens a scope: `local` names in it come back to what
 * they were when it ends (bash's dynamic scoping).
 */
import { MAX_TEXT } from '../limits.ts';
import { limitReached, RefusalError } from '../problem.ts';

/** Plain data, part of a snapshot. */
export interface VariablesSnapshot {
  readonly values: Readonly<Record<string, string>>;
  readonly exported: readonly string[];
  readonly positional: readonly string[];
}

interface Scope {
  readonly hidden: Map<string, string | undefined>;
  readonly positional: readonly string[];
}

export class Variables {
  positional: readonly string[] = [];
  readonly #values = new Map<string, string>();
  readonly #exported = new Set<string>();
  readonly #scopes: Scope[] = [];

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  set(name: string, value: string): void {
    if (value.length > MAX_TEXT) throw new RefusalError(limitReached('text', MAX_TEXT));
    this.#values.set(name, value);
  }

  unset(name: string): void {
    this.#values.delete(name);
    this.#exported.delete(name);
  }

  export(name: string): void {
    this.#exported.add(name);
  }

  /** Sets, or unsets for undefined. */
  restore(name: string, value: string | undefined): void {
    if (value === undefined) this.unset(name);
    else this.set(name, value);
  }

  get depth(): number {
    return this.#scopes.length;
  }

  enterFunction(positional: readonly string[]): void {
    this.#scopes.push({ hidden: new Map(), positional: this.positional });
    this.positional = positional;
  }

  leaveFunction(): void {
    const scope = this.#scopes.pop();
    if (scope === undefined) return;
    this.positional = scope.positional;
    for (const [name, value] of scope.hidden) this.restore(name, value);
  }

  /** Makes `name` local to the innermost function; false outside of one. */
  makeLocal(name: string): boolean {
    const scope = this.#scopes.at(-1);
    if (scope === undefined) return false;
    if (scope.hidden.has(name)) return true;
    scope.hidden.set(name, this.#values.get(name));
    this.#values.delete(name);
    return true;
  }

  /** A copy for a subshell. */
  fork(): Variables {
    const copy = new Variables();
    copy.positional = this.positional;
    for (const [name, value] of this.#values) copy.#values.set(name, value);
    for (const name of this.#exported) copy.#exported.add(name);
    for (const { hidden, positional } of this.#scopes) copy.#scopes.push({ hidden: new Map(hidden), positional });
    return copy;
  }

  snapshot(): VariablesSnapshot {
    return {
      values: Object.fromEntries(this.#values),
      exported: [...this.#exported],
      positional: [...this.positional],
    };
  }

  static restored(from: VariablesSnapshot): Variables {
    const variables = new Variables();
    variables.positional = from.positional;
    for (const [name, value] of Object.entries(from.values)) variables.#values.set(name, value);
    for (const name of from.exported) variables.#exported.add(name);
    return variables;
  }
}

const NAME = /^[A-Za-z_]\w*$/;
export const isName = (text: string): boolean => NAME.test(text);
