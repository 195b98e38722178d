/** The first thing to be read: one row a kernel, and every figure a door to the objects behind it. */
import type { ChannelInfo, Reading } from '../../state/protocol.ts';
import { shownChannels } from '../../state/settings.ts';
import { VisuallyHidden } from '../../ui/hidden.tsx';
import { useFrame, useSelection, useSettings } from '../context.ts';
import { KernelBar } from '../marks/kernel-key.tsx';
import { COLUMNS, type ReadingColumn } from './columns.ts';
import css from './readings.module.css';

export function Readings() {
  const channels = useFrame((frame) => frame.channels);
  const readings = useFrame((frame) => frame.readings);
  const hidden = useSettings((s) => s.hiddenKernels);
  return (
    <section className={css.readings} aria-label="Readings">
      <table className={css.table}>
        <caption>
          <VisuallyHidden>What each kernel counts now, and what the last command changed</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <td className={css.corner} />
            {COLUMNS.map((column) => (
              <th key={column.name} scope="col" className={css.head}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels === undefined || readings === undefined
            ? EMPTY_ROWS.map((row) => <EmptyRow key={row} />)
            : shownChannels(channels, hidden).map((i) => (
                <KernelRow key={channels[i].letter} channel={i} info={channels[i]} reading={readings[i]} />
              ))}
        </tbody>
      </table>
    </section>
  );
}

/** Ruled lines where the kernels will stand. */
const EMPTY_ROWS = ['first', 'second'];

const EmptyRow = () => (
  <tr className={css.row}>
    <th scope="row" className={css.kernel} />
    {COLUMNS.map((column) => (
      <td key={column.name} className={css.cell} />
    ))}
  </tr>
);

interface KernelRowProps {
  readonly channel: number;
  readonly info: ChannelInfo;
  readonly reading: Reading;
}

function KernelRow({ channel, info, reading }: KernelRowProps) {
  return (
    <tr className={css.row}>
      <th scope="row" className={css.kernel}>
        <span className={css.kernelName}>
          <KernelBar channel={channel} />
          <span>
            {info.letter} <span className={css.title}>{info.title}</span>
          </span>
        </span>
      </th>
      {reading.broken === undefined ? (
        COLUMNS.map((column) => (
          <ReadingCell key={column.name} channel={channel} title={info.title} column={column} reading={reading} />
        ))
      ) : (
        <td className={css.broken} colSpan={COLUMNS.length}>
          – {reading.broken}
        </td>
      )}
    </tr>
  );
}

interface ReadingCellProps {
  readonly channel: number;
  readonly title: string;
  readonly column: ReadingColumn;
  readonly reading: Reading;
}

function ReadingCell({ channel, title, column, reading }: ReadingCellProps) {
  const openDoor = useSelection((s) => s.openDoor);
  const position = useFrame((frame) => frame.position) ?? 0;
  const value = column.value(reading);
  const change = column.value(reading.change);
  const { measure } = column;
  return (
    <td className={css.cell}>
      <span className={css.figures}>
        <button
          type="button"
          className={css.figure}
          title={column.exact?.(value)}
          aria-label={`${column.name} on ${title}: ${column.figure(value)}, ${column.speak(change)} by the last command`}
          onClick={() => openDoor({ channel, measure, command: undefined })}
        >
          {column.figure(value)}
        </button>
        <button
          type="button"
          className={css.change}
          data-zero={change === 0 || undefined}
          title={change === 0 ? undefined : column.exact?.(change)}
          aria-label={`${column.change(change)} ${column.name} on ${title} by the last command`}
          onClick={() => openDoor({ channel, measure, command: position })}
        >
          {column.change(change)}
        </button>
      </span>
    </td>
  );
}
