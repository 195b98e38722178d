/**
 * A made-up tracefs for tests of the views: about as many entries as the real one, with every state in it. It answers
 * tree requests as the engine does, without a kernel.
 */
import type { Cell, NodeState, TreeRequest, TreeRow, TreeWindow } from '../../state/protocol.ts';

export interface FakeNode {
  readonly path: string;
  readonly name: string;
  readonly kind: 'dir' | 'file';
  readonly children: FakeNode[];
  cells: readonly Cell[];
  mark: TreeRow['mark'];
}

export const cell = (state: NodeState, count?: number, over: Partial<Cell> = {}): Cell => ({
  state,
  count: state === 'none' || state === 'absent' ? undefined : (count ?? 0),
  ref: undefined,
  lru: 0,
  fds: [],
  cwd: false,
  ...over,
});

const ROOT_FILES = ['available_events', 'buffer_size_kb', 'current_tracer', 'kprobe_events', 'trace', 'trace_pipe'];
const EVENT_FILES = ['enable', 'filter', 'format', 'hist', 'id', 'inject', 'trigger'];
const SYSTEMS = ['alarmtimer', 'block', 'ext4', 'irq', 'kmem', 'kvm', 'net', 'sched', 'signal', 'timer', 'workqueue'];

export function fakeTree(instances: readonly string[] = [], systems = 102): FakeNode {
  const root = node('', '/sys/kernel/tracing', 'dir', [cell('pinned', 40, { cwd: true }), cell('pinned', 9)]);
  for (const name of ROOT_FILES) add(root, name, 'file', [cell('pinned', 1), cell('pinned', 1)]);
  addEvents(root, systems);
  const parent = add(root, 'instances', 'dir', [cell('pinned', instances.length + 1), cell('pinned', 2)]);
  for (const name of instances) {
    const instance = add(parent, name, 'dir', [cell('pinned', 30), cell('pinned', 8)]);
    instance.mark = 'new';
    addEvents(instance, 11);
  }
  return root;
}

function addEvents(parent: FakeNode, systems: number): void {
  const events = add(parent, 'events', 'dir', [cell('pinned', systems), cell('pinned', 3)]);
  for (let i = 0; i < systems; i++) {
    const name = SYSTEMS[i] ?? `system_${String(i).padStart(3, '0')}`;
    const isSched = name === 'sched';
    const system = add(events, name, 'dir', [
      cell('pinned', 14, isSched ? { fds: [3] } : {}),
      isSched ? cell('held', 2, { fds: [3] }) : cell('none'),
    ]);
    for (let k = 0; k < 13; k++) addEvent(system, k === 0 ? `${name}_switch` : `${name}_event_${k}`, k);
  }
}

/** Between them the first events of a system are in every state that a kernel can be in. */
function addEvent(system: FakeNode, name: string, k: number): void {
  const later: readonly Cell[] = [
    cell('held', 3),
    cell('cached', 0, { lru: 1 }),
    cell('cached', 0, { lru: 2 }),
    cell('negative', 0, { lru: 1 }),
    cell('removed', 1),
    cell('broken', -1),
    cell('in-lookup', 1),
    cell('absent'),
  ];
  const event = add(system, name, 'dir', [cell('pinned', 9), later[k] ?? cell('none')]);
  if (k === 1) event.mark = 'new';
  if (k === 4) event.mark = 'gone';
  if (k === 2) event.mark = 'changed';
  for (const file of EVENT_FILES) add(event, file, 'file', [cell('pinned', 1), cell('none')]);
}

const node = (path: string, name: string, kind: FakeNode['kind'], cells: readonly Cell[]): FakeNode => ({
  ...{ path, name, kind, cells },
  children: [],
  mark: undefined,
});

function add(parent: FakeNode, name: string, kind: FakeNode['kind'], cells: readonly Cell[]): FakeNode {
  const child = node(parent.path === '' ? name : `${parent.path}/${name}`, name, kind, cells);
  parent.children.push(child);
  return child;
}

export function treeWindow(root: FakeNode, request: TreeRequest): TreeWindow {
  const expanded = new Set(request.expanded);
  const name = request.nameFilter.toLowerCase();
  const states = new Set(request.stateFilter);
  const filtering = name !== '' || states.size > 0;
  const rows: TreeRow[] = [];
  let entries = 0;
  let hits = 0;
  const matches = (n: FakeNode) =>
    (name === '' || n.name.toLowerCase().includes(name)) &&
    (states.size === 0 || n.cells.some(({ state }) => states.has(state)));

  const visit = (n: FakeNode, depth: number, setSize: number, posInSet: number): boolean => {
    entries++;
    const at = rows.length;
    const isOpen = filtering || expanded.has(n.path);
    const { path, kind, mark, cells } = n;
    rows.push({ path, name: n.name, depth, kind, expanded: kind === 'dir' && isOpen, setSize, posInSet, mark, cells });
    const isMatch = matches(n);
    if (isMatch) hits++;
    let seen = false;
    for (const [i, child] of n.children.entries()) {
      const before = rows.length;
      const childSeen = visit(child, depth + 1, n.children.length, i + 1);
      if (!isOpen) rows.length = before;
      seen ||= childSeen;
    }
    const keep = !filtering || isMatch || seen;
    if (!keep) rows.length = at;
    return keep;
  };
  visit(root, 0, 1, 1);
  const { firstRow, rowCount } = request;
  return {
    firstRow,
    totalRows: rows.length,
    hidden: filtering ? entries - hits : 0,
    hits: filtering ? hits : undefined,
    rows: rows.slice(firstRow, firstRow + rowCount),
  };
}
