/** All designs, oldest first. A new design is one file and one line here. */
import type { Design } from '../state.ts';
import { eventfs, V6_12 } from './eventfs.ts';
import { native } from './native.ts';

export const DESIGNS: readonly Design[] = [native('v6.5', 'native', false), eventfs('v6.12', 'eventfs v6.12', V6_12)];

/** The design with this id, or undefined. */
export const findDesign = (id: string): Design | undefined => DESIGNS.find((d) => d.id === id);
