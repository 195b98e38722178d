import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { TreeRow as Row } from '../../state/protocol.ts';
import { cell } from '../testing/cell.ts';
import { CHANNELS } from '../testing/fake-frame.ts';
import { TreeRow } from './tree-row.tsx';

const SCHED: Row = {
  ...{ path: 'events/sched', name: 'sched', depth: 2, kind: 'dir', expanded: true, setSize: 102, posInSet: 70 },
  mark: 'changed',
  cells: [cell('pinned', 33, { fds: [3] }), cell('held', 2, { fds: [3], lru: 2 })],
};

const render = (
  row: Row | undefined,
  over: { readonly isChosen?: boolean; readonly nameFilter?: string } = {},
): string =>
  renderToStaticMarkup(
    <TreeRow
      row={row}
      index={80}
      top={1920}
      height={24}
      channels={CHANNELS}
      shown={[0, 1]}
      isChosen={over.isChosen ?? false}
      isCurrent={false}
      nameFilter={over.nameFilter ?? ''}
      onPress={() => undefined}
      onToggle={() => undefined}
    />,
  );

describe('a row of the tree', () => {
  it('tells where it stands, whether it is open and what the last command did to it', () => {
    const html = render(SCHED);
    for (const attribute of [
      ...['role="row"', 'tabindex="-1"', 'aria-rowindex="82"', 'aria-level="3"', 'aria-setsize="102"'],
      ...['aria-posinset="70"', 'aria-expanded="true"', 'aria-selected="false"', 'data-mark="changed"'],
      'aria-label="sched, directory, fd 3; Linux 6.1: pinned, d_count 33; Linux 6.12: held, d_count 2"',
      'aria-description="changed by the last command"',
    ]) {
      expect(html).toContain(attribute);
    }
  });

  it('says nothing of opening for a file', () => {
    expect(render({ ...SCHED, kind: 'file', expanded: false })).not.toContain('aria-expanded');
  });

  it('has a glyph and d_count for each kernel, and the LRU in the cell’s own name', () => {
    const html = render(SCHED);
    expect(html).toContain('data-state="pinned"');
    expect(html).toContain('aria-label="held, d_count 2, on the LRU, referenced"');
    expect(html.match(/role="gridcell"/g)).toHaveLength(3);
  });

  it('shows no count where there is no dentry', () => {
    expect(render({ ...SCHED, cells: [cell('none'), cell('absent')] })).not.toContain('d_count');
  });

  it('shows "…" in the cells until the engine has answered', () => {
    expect(render(undefined).match(/…/g)).toHaveLength(2);
  });

  it('marks the part that the filter has found', () => {
    expect(render(SCHED, { nameFilter: 'CH' })).toMatch(/s<mark[^>]*>ch<\/mark>ed/);
  });
});
