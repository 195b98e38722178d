/** What the kernels know of one node of the tree. */
import { nodeDetail } from '../detail.ts';
import { defineQuery } from './define.ts';

export const node = defineQuery({
  name: 'node',
  run: ({ channels }, { path }: { readonly path: string }) => nodeDetail(channels, path),
});
