/** The pages of the explorer, in the order of the switch in the header. A new one is a folder in src/views and a line here. */
import type { ComponentType, ReactNode } from 'react';
import { Explorer } from './explorer.tsx';
import { PhoneExplorer } from './phone.tsx';

interface PageView {
  readonly id: string;
  readonly title: string;
  readonly Screen: ComponentType;
  /** Is given the shell line, for which a phone has no room of its own. */
  readonly Phone: ComponentType<{ readonly shell: ReactNode }>;
}

export const VIEWS: readonly [PageView, ...PageView[]] = [
  { id: 'explorer', title: 'Explorer', Screen: Explorer, Phone: PhoneExplorer },
];
