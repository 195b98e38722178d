/** The rows of the tree that the settings ask for: those in view, of the directories opened, under the filters. */
import { useMemo } from 'react';
import { treeRequest } from '../../state/settings.ts';
import { useSettings } from '../context.ts';
import { type Answer, useAnswer } from '../parts/use-answer.ts';

export function useTreeRows(): Answer<'tree'> {
  const expanded = useSettings((s) => s.expanded);
  const nameFilter = useSettings((s) => s.nameFilter);
  const stateFilter = useSettings((s) => s.stateFilter);
  const firstRow = useSettings((s) => s.firstRow);
  const rowCount = useSettings((s) => s.rowCount);
  const request = useMemo(
    () => treeRequest({ expanded, nameFilter, stateFilter, firstRow, rowCount }),
    [expanded, nameFilter, stateFilter, firstRow, rowCount],
  );
  return useAnswer('tree', request);
}
