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
  /** What it begins with, in the words of the skip link. */
  readonly start: string;
  /** The same on a phone, where that differs. */
  readonly phoneStart?: string;
}

export const VIEWS: readonly [PageView, ...PageView[]] = [
  {
    id: 'explorer',
    title: 'Explorer',
    Screen: Explorer,
    Phone: PhoneExplorer,
    start: 'the tree',
    phoneStart: 'the panels',
  },
  { id: 'designs', title: 'Designs', Screen: DesignsScreen, Phone: DesignsScreen, start: 'the designs' },
  { id: 'scenarios', title: 'Scenarios', Screen: ScenariosScreen, Phone: ScenariosScreen, start: 'the scenarios' },
  { id: 'steps', title: 'Steps', Screen: StepsScreen, Phone: StepsScreen, start: 'the steps' },
];
