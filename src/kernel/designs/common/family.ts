/**
 * Switches of a design: what single repairs changed while it was current, each settable on its own by text, as in
 * "v6.6:array=unchecked". The defaults are the design as it was read.
 */
import type { Design } from '../../kern.ts';

/** The values that each switch can take. */
export type Values<S> = { readonly [K in keyof S]: readonly S[K][] };

/** A design with its switches, not yet set. */
export interface Family {
  readonly id: string;
  /** The design with these switches ('' = as it was read); undefined = no such switch or value. */
  make(settings: string): Design | undefined;
}

export function family<S extends Readonly<Record<string, string>>>(
  id: string,
  title: string,
  defaults: S,
  values: Values<S>,
  design: (id: string, title: string, switches: S) => Design,
): Family {
  const asRead = design(id, title, defaults);
  return {
    id,
    make(settings) {
      if (settings === '') return asRead;
      let switches: S = defaults;
      for (const setting of settings.split(',')) {
        const [key = '', value = ''] = setting.split('=');
        const known: readonly string[] = Object.hasOwn(values, key) ? values[key as keyof S] : [];
        if (!known.includes(value)) return undefined;
        switches = { ...switches, [key]: value };
      }
      return design(`${id}:${settings}`, `${title}, ${settings}`, switches);
    },
  };
}
