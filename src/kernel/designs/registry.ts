/**
 * All designs, oldest first. A new design is one file and one line here. An id may be followed by switches, each settable on
 * its own where the design has any: "v6.8:freed=srcu,release=yes".
 */
import type { Design } from '../state.ts';
import { eventfs } from './eventfs.ts';
import { EVENTFS_VARIANTS, setSwitch } from './eventfs-switches.ts';
import { native } from './native.ts';
import { v6_6 } from './v6.6.ts';
import { v6_6_rc2 } from './v6.6-rc2.ts';
import { v6_7 } from './v6.7.ts';
import { v6_8_merge } from './v6.8-merge.ts';
import { v6_8_rc2 } from './v6.8-rc2.ts';

export const DESIGNS: readonly Design[] = [
  native('v6.5', 'native', false),
  v6_6_rc2,
  v6_6,
  v6_7,
  v6_8_merge,
  v6_8_rc2,
  ...EVENTFS_VARIANTS.map(([id, title, switches]) => eventfs(id, title, switches)),
  native('reverted', 'eventfs reverted', true),
];

/** The design with this id, with the switches that follow it; undefined = no such design, switch or value. */
export function findDesign(id: string): Design | undefined {
  const [name, settings] = id.split(':');
  if (settings === undefined) return DESIGNS.find((design) => design.id === name);
  const variant = EVENTFS_VARIANTS.find(([v]) => v === name);
  if (variant === undefined) return undefined;
  let switches: (typeof variant)[2] | undefined = variant[2];
  for (const setting of settings.split(',')) {
    const [key = '', value = ''] = setting.split('=');
    switches = switches === undefined ? undefined : setSwitch(switches, key, value);
  }
  return switches === undefined ? undefined : eventfs(id, `${variant[1]}, ${settings}`, switches);
}
