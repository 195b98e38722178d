/** What the page opens with: the link in the address, else what was there at the last visit, else two booted kernels. */
import { decodeLink, linkProblemText } from '../session/link.ts';
import { DEFAULT_CONFIG, type Session } from '../session/session.ts';

export interface StartSession {
  readonly session: Session;
  /** What the person should know about the link. */
  readonly notice: string | undefined;
  readonly fromLink: boolean;
}

export function startSession(fragment: string, stored: Session | undefined): StartSession {
  const link = decodeLink(fragment);
  const otherwise = stored ?? { config: DEFAULT_CONFIG, log: [] };
  if (!link.ok) return { session: otherwise, notice: linkProblemText(link.error), fromLink: false };
  if (link.value === undefined) return { session: otherwise, notice: undefined, fromLink: false };
  const { session, otherModel } = link.value;
  const notice = otherModel ? 'The link was made with another version of the model. Counts may differ.' : undefined;
  return { session, notice, fromLink: true };
}
