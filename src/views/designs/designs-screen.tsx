/** All designs in time. Two to four of them run the same log in lockstep; each has its card beside the others. */
import { useState } from 'react';
import { Panel } from '../../ui/panel.tsx';
import { useFrame, useViewContext } from '../context.ts';
import { Cards } from './cards.tsx';
import css from './designs.module.css';
import { MAX_DESIGNS } from './lockstep.ts';
import { LockstepBar } from './lockstep-bar.tsx';
import { Timeline } from './timeline-list.tsx';

export function DesignsScreen() {
  const { designs } = useViewContext().library;
  const channels = useFrame((frame) => frame.channels);
  const [picked, setPicked] = useState<readonly string[]>();
  const running = [...new Set(channels?.map((channel) => channel.design.split(':')[0]))];
  const ids = picked ?? running;
  const cardOf = (id: string) => designs.filter((card) => card.id === id);
  // What runs stands as it runs; what is picked runs from old to new.
  const chosen = picked === undefined ? running.flatMap(cardOf) : designs.filter((card) => picked.includes(card.id));
  const toggle = (id: string) => {
    if (ids.includes(id)) setPicked(ids.filter((other) => other !== id));
    else if (chosen.length < MAX_DESIGNS) setPicked([...ids, id]);
  };
  return (
    <>
      <Panel name="Designs" className={css.timelinePanel} note={`${designs.length} designs, oldest first`}>
        <Timeline chosen={chosen} onToggle={toggle} />
      </Panel>
      <Panel
        name="Cards"
        className={css.cardsPanel}
        tools={<LockstepBar chosen={chosen} onRun={() => setPicked(undefined)} />}
      >
        <Cards cards={chosen} />
      </Panel>
    </>
  );
}
