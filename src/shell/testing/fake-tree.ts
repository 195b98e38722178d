/**
 * A file tree drawn as text, for tests:
 *
 *     events/
 *       sched/
 *         enable  0
 *     trace       hello\n
 *
 * Two spaces a level; a name that ends in "/" is a directory; what follows two spaces or more is a file's contents.
 */
export interface FakeNode {
  readonly ino: number;
  readonly type: 'file' | 'dir';
  readonly children: Map<string, FakeNode>;
  mode: number;
  uid: number;
  gid: number;
  content: string;
  parent: FakeNode | undefined;
}

let lastIno = 0;

export const fakeNode = (type: 'file' | 'dir', content = ''): FakeNode => ({
  ino: ++lastIno,
  type,
  children: new Map(),
  mode: type === 'dir' ? 0o755 : 0o640,
  uid: 0,
  gid: 0,
  content,
  parent: undefined,
});

export function addChild(parent: FakeNode, name: string, child: FakeNode): void {
  parent.children.set(name, child);
  child.parent = parent;
}

export function drawnTree(drawing: string): FakeNode {
  lastIno = 0;
  const root = fakeNode('dir');
  const rows = drawing.split('\n').filter((row) => row.trim() !== '');
  const indent = Math.min(...rows.map((row) => row.search(/\S/)));
  const trail: FakeNode[] = [root];
  for (const row of rows) {
    const level = (row.search(/\S/) - indent) / 2;
    const [, name = '', slash, content = ''] = /^\s*(\S+?)(\/)?(?:\s{2,}(.*))?$/.exec(row) ?? [];
    const node = fakeNode(slash === undefined ? 'file' : 'dir', content.replaceAll('\\n', '\n'));
    const parent = trail[level];
    if (parent === undefined) throw new Error(`row without a parent: ${row}`);
    addChild(parent, name, node);
    trail[level + 1] = node;
    trail.length = level + 2;
  }
  return root;
}
