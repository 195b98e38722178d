/** What the shell holds open, at the foot of the tree: a row a descriptor, a cell a kernel, a button that closes it. */
import { closeLine } from '../../actions/node.ts';
import type { ChannelInfo, OpenFile } from '../../state/protocol.ts';
import { shownChannels } from '../../state/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useSlow } from '../../ui/progress.tsx';
import { useActivity, useFrame, useSettings, useViewContext } from '../context.ts';
import css from './open-files.module.css';

export function OpenFiles() {
  const files = useFrame((frame) => frame.openFiles) ?? [];
  const opening = useOpening();
  return (
    <Panel name="Open files" className={css.panel}>
      {files.length === 0 && opening === undefined ? (
        <p className={css.empty}>Nothing is open. Choose a directory and press open dir.</p>
      ) : (
        <ul className={css.list}>
          {files.map((file) => (
            <FileRow key={file.fd} file={file} />
          ))}
          {opening !== undefined && <li className={css.opening}>{opening}</li>}
        </ul>
      )}
    </Panel>
  );
}

/** A descriptor that is being opened and takes its time. */
function useOpening(): string | undefined {
  const command = useActivity((s) => s.running?.command);
  const opening = /^exec (\d+)< (.+)$/.exec(command ?? '');
  const isSlow = useSlow(opening !== null);
  return isSlow && opening !== null ? `fd ${opening[1]} ${opening[2]}` : undefined;
}

function FileRow({ file }: { readonly file: OpenFile }) {
  const channels = useFrame((frame) => frame.channels) ?? [];
  const hidden = useSettings((s) => s.hiddenKernels);
  const { performer } = useViewContext();
  const path = file.path === '' ? '/sys/kernel/tracing' : file.path;
  return (
    <li className={css.row}>
      <Chip>fd {file.fd}</Chip>
      <span className={css.path} title={path}>
        {path}
      </span>
      {shownChannels(channels, hidden).map((i) => (
        <ChannelCell key={channels[i].letter} info={channels[i]} state={file.channels[i]} />
      ))}
      <Button
        look="quiet"
        className={css.close}
        aria-label={`close fd ${file.fd}, ${path}`}
        onClick={() => void performer.runLine(closeLine(file.fd))}
      >
        close
      </Button>
    </li>
  );
}

interface ChannelCellProps {
  readonly info: ChannelInfo;
  readonly state: OpenFile['channels'][number];
}

function ChannelCell({ info, state }: ChannelCellProps) {
  if (state.open) {
    return (
      <span className={css.cell} title={`open on ${info.title}`}>
        {info.letter} ✓
      </span>
    );
  }
  const reason = state.errno === '' ? 'not opened' : `could not open, ${state.errno}`;
  return (
    <span className={css.cell}>
      {info.letter}: {reason}
    </span>
  );
}
