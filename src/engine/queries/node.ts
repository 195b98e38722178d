/** A row of the tree that was chosen: what became of it, and what the kernels know of it. */
import { nodeDetail } from '../detail.ts';
import { lastShared } from '../history/moment.ts';
import type { NodeRequest } from '../protocol.ts';
import { defineQuery } from './define.ts';

export const node = defineQuery({
  name: 'node',
  run: ({ channels, history }, request: NodeRequest) =>
    nodeDetail(channels, request, lastShared(history.at(request.seenAt), history.cursor).position),
});
