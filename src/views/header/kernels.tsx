/** Which kernels run, and whether each is shown. A hidden kernel goes on running: the log is the same for all. */
import { shownChannels } from '../../state/settings.ts';
import { Switch } from '../../ui/switch.tsx';
import { useFrame, useSettings, useViewContext } from '../context.ts';
import { KernelKey } from '../marks/kernel-key.tsx';
import css from './header.module.css';
import { hasSameTree, withSameTree } from './same-tree.ts';

export function Kernels() {
  const channels = useFrame((frame) => frame.channels) ?? [];
  const hidden = useSettings((s) => s.hiddenKernels);
  const setShown = useSettings((s) => s.setKernelShown);
  const shown = shownChannels(channels, hidden);
  return (
    <section className={css.kernels} aria-label="Kernels">
      {channels.map(({ letter, title, release, designTitle, events }, i) => (
        <span key={letter} className={css.kernel}>
          <Switch
            label={`Show ${title}`}
            isLabelHidden
            checked={!hidden.has(letter)}
            // The last one stays: a page without a kernel shows nothing to come back from.
            onChange={(on) => (on || shown.length > 1) && setShown(letter, on)}
          />
          <KernelKey channel={i} />
          <span title={`${designTitle}, ${release}, ${events} events`}>
            {letter} <b className={css.kernelTitle}>{title}</b>{' '}
            {!title.startsWith(designTitle) && designTitle.split(' ')[0]}
          </span>
        </span>
      ))}
      {channels.length > 1 && <SameTree />}
    </section>
  );
}

function SameTree() {
  // The frame changes when the kernels have been booted anew, and with it what the configuration says.
  useFrame((frame) => frame.channels);
  const { services } = useViewContext();
  const config = services.config();
  return (
    <Switch
      label="Same event tree on both"
      checked={hasSameTree(config)}
      onChange={(on) => services.reboot(withSameTree(config, on))}
    />
  );
}
