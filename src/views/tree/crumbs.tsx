/** On a narrow screen rows are indented five levels at most; below that, this line says where the first row in view lies. */
import type { TreeRow } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { ancestorPaths } from './row-search.ts';
import css from './tree.module.css';

/** Levels that are indented: tree.module.css has the same number. */
const DEEPEST = 5;

interface CrumbsProps {
  readonly firstSeen: TreeRow | undefined;
  readonly onGo: (path: string) => void;
}

export function Crumbs({ firstSeen, onGo }: CrumbsProps) {
  if (firstSeen === undefined || firstSeen.depth <= DEEPEST) return null;
  const above = ancestorPaths(firstSeen.path).slice(1);
  return (
    <nav className={css.crumbs} aria-label="Above the first row">
      {above.map((path) => (
        <Button key={path} look="quiet" onClick={() => onGo(path)}>
          {path.slice(path.lastIndexOf('/') + 1)}
        </Button>
      ))}
    </nav>
  );
}
