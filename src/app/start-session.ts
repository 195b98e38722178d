/** What the page opens with: the link in the address, else what was there at the last visit, else two booted kernels. */

import { EMPTY_HISTORY } from '../session/history.ts';
import { decodeLink, type LinkedNode, linkProblemText } from '../session/link.ts';
import { type SavedSession, savedSession } from '../session/saved-session.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';

export interface StartSession {
  readonly session: SavedSession;
  /** What the link took the place of. */
  readonly former: SavedSession | undefined;
  /** What the person should know about the link. */
  readonly notice: string | undefined;
  readonly fromLink: boolean;
  /** What was chosen when the link was made. */
  readonly chosen: LinkedNode | undefined;
}

export function startSession(fragment: string, stored: SavedSession | undefined): StartSession {
  const link = decodeLink(fragment);
  const otherwise = stored ?? { config: DEFAULT_CONFIG, history: EMPTY_HISTORY };
  const here = { session: otherwise, former: undefined, fromLink: false, chosen: undefined };
  if (!link.ok) return { ...here, notice: linkProblemText(link.error) };
  if (link.value === undefined) return { ...here, notice: undefined };
  const { session, chosen, otherModel } = link.value;
  const notice = otherModel ? 'The link was made with another version of the model. Counts may differ.' : undefined;
  // Objects of another model may lie elsewhere: the path is all that is left.
  const known = chosen && { ...chosen, refs: otherModel ? [] : chosen.refs };
  return { session: savedSession(session), former: stored, notice, fromLink: true, chosen: known };
}
