/** A file system of a dozen events for tests of the page: small, but its counts and states belong together. */
import type { Cell, NodeState, TreeRequest, TreeRow, TreeWindow } from '../../engine/protocol.ts';

export interface FakeNode {
  readonly name: string;
  readonly kind: 'dir' | 'file';
  readonly children: FakeNode[];
  /** Per kernel: looked up since the last reclaim (only the second kernel has anything to forget). */
  cached: boolean;
  fds: number[];
}

const dir = (name: string, ...children: FakeNode[]): FakeNode => ({
  name,
  kind: 'dir',
  children,
  cached: false,
  fds: [],
});
const file = (name: string): FakeNode => ({ name, kind: 'file', children: [], cached: false, fds: [] });

const EVENT_FILES = ['enable', 'filter', 'trigger', 'format', 'id'];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  alarmtimer: ['alarmtimer_cancel', 'alarmtimer_fired'],
  block: ['block_bio_complete', 'block_rq_issue', 'block_split'],
  sched: ['sched_switch', 'sched_wakeup', 'sched_process_exec'],
  syscalls: ['sys_enter_read', 'sys_enter_write'],
};

export const eventDir = (name: string): FakeNode => dir(name, ...EVENT_FILES.map(file));

const eventsDir = (): FakeNode =>
  dir(
    'events',
    file('enable'),
    file('header_event'),
    file('header_page'),
    ...Object.entries(GROUPS).map(([group, events]) =>
      dir(group, file('enable'), file('filter'), ...events.map(eventDir)),
    ),
  );

export const instanceDir = (name: string): FakeNode => dir(name, eventsDir(), file('trace'), file('tracing_on'));

export const rootDir = (): FakeNode =>
  dir('', eventsDir(), dir('instances'), dir('options', file('overwrite')), file('kprobe_events'), file('trace'));

export const find = (root: FakeNode, path: string): FakeNode | undefined =>
  path
    .split('/')
    .filter((part) => part !== '')
    .reduce<FakeNode | undefined>((node, name) => node?.children.find((child) => child.name === name), root);

export const countNodes = (node: FakeNode): number =>
  1 + node.children.reduce((sum, child) => sum + countNodes(child), 0);

const holds = (node: FakeNode): boolean => node.fds.length > 0 || node.children.some(holds);
const knows = (node: FakeNode): boolean => node.cached || holds(node) || node.children.some(knows);

/** The first kernel has a dentry for all; the second for what is open or was looked at. */
function cells(node: FakeNode, path: string): readonly Cell[] {
  const second: NodeState = path.includes('events/')
    ? holds(node)
      ? 'held'
      : knows(node)
        ? 'cached'
        : 'none'
    : 'pinned';
  const cell = (state: NodeState): Cell => ({
    state,
    count:
      state === 'none'
        ? undefined
        : state === 'cached'
          ? 0
          : 1 + node.fds.length + (state === 'pinned' ? node.children.length : 0),
    lru: state === 'cached' ? 1 : 0,
    fds: node.fds,
    cwd: path === '',
  });
  return [cell('pinned'), cell(second)];
}

export function fakeWindow(
  root: FakeNode,
  request: TreeRequest,
  marks: ReadonlyMap<string, TreeRow['mark']>,
): TreeWindow {
  const rows: TreeRow[] = [];
  const expanded = new Set(request.expanded);
  const wanted = request.nameFilter.toLowerCase();
  const matches = (node: FakeNode, path: string): boolean =>
    (node.name.toLowerCase().includes(wanted) &&
      (request.stateFilter.length === 0 ||
        cells(node, path).some((cell) => request.stateFilter.includes(cell.state)))) ||
    node.children.some((child) => matches(child, `${path}/${child.name}`));
  const visit = (parent: FakeNode, parentPath: string, depth: number): void => {
    const shown = parent.children.filter((child) => matches(child, `${parentPath}${child.name}`));
    shown.forEach((node, index) => {
      const path = `${parentPath}${node.name}`;
      const open = node.kind === 'dir' && (expanded.has(path) || wanted !== '');
      rows.push({
        path,
        name: node.name,
        depth,
        kind: node.kind,
        expanded: open,
        setSize: shown.length,
        posInSet: index + 1,
        mark: marks.get(path),
        cells: cells(node, path),
      });
      if (open) visit(node, `${path}/`, depth + 1);
    });
  };
  visit(root, '', 0);
  const filtered = wanted !== '' || request.stateFilter.length > 0;
  return {
    firstRow: request.firstRow,
    totalRows: rows.length,
    hidden: filtered ? countNodes(root) - 1 - rows.length : 0,
    rows: rows.slice(request.firstRow, request.firstRow + request.rowCount),
  };
}
