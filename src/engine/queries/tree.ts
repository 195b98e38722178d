/** The rows of the tree in view, in the state that is shown. */
import type { Step } from '../../kernel/sched/step.ts';
import type { TreeRequest, TreeWindow } from '../protocol.ts';
import { openRows, treeRow } from '../tree.ts';
import { isFilter, TreeFilter } from '../tree-filter.ts';
import { type Asked, defineQuery } from './define.ts';

export const tree = defineQuery({ name: 'tree', run: treeWindow });

function* treeWindow(asked: Asked, request: TreeRequest): Generator<Step, TreeWindow, void> {
  const { channels, marks, ofState, onProgress } = asked;
  const { firstRow, rowCount, expanded, nameFilter, stateFilter } = request;
  const sources = channels.map((c) => c.treeSource);
  const markOf = marks.of.bind(marks);
  marks.look(expanded);
  if (!isFilter(request)) {
    const all = ofState.get(`rows ${expanded.join('\0')}`, () => openRows(sources, expanded));
    const rows = all.slice(firstRow, firstRow + rowCount).map((row) => treeRow(sources, row, markOf));
    return { firstRow, totalRows: all.length, hidden: 0, hits: undefined, rows };
  }
  const key = `filter ${stateFilter.join(' ')} ${nameFilter}`;
  const filter = ofState.get(key, () => new TreeFilter(sources, request));
  onProgress(() => ({ done: filter.visited, total: 0 }));
  yield* filter.find();
  const rows = filter.window(firstRow, rowCount).map((row) => treeRow(sources, row, markOf));
  const { hits, visited } = filter;
  return { firstRow, totalRows: filter.rows, hidden: visited - filter.rows, hits, rows };
}
