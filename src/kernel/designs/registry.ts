/**
 * All designs, oldest first. A new design is one file and one line here. An id may be followed by switches, each settable on
 * its own where the design has any: "v6.8:freed=srcu,release=yes".
 */
import type { Design } from '../kern.ts';
import { V6_6, V6_6_VALUES, v6_6 } from './2023/v6.6.ts';
import { RC2, RC2_VALUES, v6_6_rc2 } from './2023/v6.6-rc2.ts';
import { V6_7, V6_7_VALUES, v6_7 } from './2023/v6.7.ts';
import { v6_8_merge } from './2023/v6.8-merge.ts';
import { v6_8_rc2 } from './2023/v6.8-rc2.ts';
import { eventfs } from './2024/eventfs.ts';
import { EVENTFS_VARIANTS, setSwitch } from './2024/switches.ts';
import { type Family, family } from './common/family.ts';
import { OPEN_ARRAY, OPEN_ARRAY_VALUES, openArray } from './imagined/open-array.ts';
import { PROCFS_STYLE, PROCFS_STYLE_VALUES, procfsStyle } from './imagined/procfs-style.ts';
import { native } from './native.ts';

/** The designs outside the line from v6.8 on that have switches. */
const FAMILIES: readonly Family[] = [
  family('v6.6-rc2', 'eventfs v6.6-rc2', RC2, RC2_VALUES, v6_6_rc2),
  family('v6.6', 'eventfs v6.6', V6_6, V6_6_VALUES, v6_6),
  family('v6.7', 'eventfs v6.7', V6_7, V6_7_VALUES, v6_7),
  family('open-array', 'array at open', OPEN_ARRAY, OPEN_ARRAY_VALUES, openArray),
  family('procfs-style', 'as /proc does it', PROCFS_STYLE, PROCFS_STYLE_VALUES, procfsStyle),
];
const asRead = (id: string): Design => FAMILIES.find((f) => f.id === id)?.make('') as Design;

export const DESIGNS: readonly Design[] = [
  native('v6.5', 'native', false),
  asRead('v6.6-rc2'),
  asRead('v6.6'),
  asRead('v6.7'),
  v6_8_merge,
  asRead('open-array'),
  v6_8_rc2,
  ...EVENTFS_VARIANTS.map(([id, title, switches]) => eventfs(id, title, switches)),
  native('reverted', 'eventfs reverted', true),
  asRead('procfs-style'),
];

/** The design with this id, with the switches that follow it; undefined = no such design, switch or value. */
export function findDesign(id: string): Design | undefined {
  const [name, settings] = id.split(':');
  if (settings === undefined) return DESIGNS.find((design) => design.id === name);
  const known = FAMILIES.find((f) => f.id === name);
  if (known !== undefined) return known.make(settings);
  const variant = EVENTFS_VARIANTS.find(([v]) => v === name);
  if (variant === undefined) return undefined;
  let switches: (typeof variant)[2] | undefined = variant[2];
  for (const setting of settings.split(',')) {
    const [key = '', value = ''] = setting.split('=');
    switches = switches === undefined ? undefined : setSwitch(switches, key, value);
  }
  return switches === undefined ? undefined : eventfs(id, `${variant[1]}, ${settings}`, switches);
}
