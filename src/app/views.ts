/** The pages of the explorer, in the order of the switch in the header. A new one is a folder in src/views and a line here. */
import type { ComponentType, ReactNode } from 'react';
import { DesignsScreen } from '../views/designs/designs-screen.tsx';
import { ScenariosScreen } from '../views/scenarios/scenarios-screen.tsx';
import { StepsScreen } from '../views/steps/steps-screen.tsx';
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
  { id: 'designs', title: 'Designs', Screen: DesignsScreen, Phone: DesignsScreen },
  { id: 'scenarios', title: 'Scenarios', Screen: ScenariosScreen, Phone: ScenariosScreen },
  { id: 'steps', title: 'Steps', Screen: StepsScreen, Phone: StepsScreen },
];
