/** Where the property is looked at: every design of the registry on the small machine, and two kernels in lockstep. */
import { DESIGNS } from '../../src/kernel/designs/registry.ts';
import type { Setting } from './person.ts';

/** A design by its id in the registry, switches included. */
export const on = (design: string): Setting => ({ id: design, channels: [{ kernel: 'small', design }] });

const PAIR: Setting = {
  id: 'v6.5 beside v7.1',
  channels: [
    { kernel: 'small', design: 'v6.5' },
    { kernel: 'small', design: 'v7.1' },
  ],
};

export const SETTINGS: readonly Setting[] = [...DESIGNS.map(({ id }) => on(id)), PAIR];
