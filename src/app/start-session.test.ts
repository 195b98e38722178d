import { describe, expect, it } from 'vitest';
import { encodeLink } from '../session/link.ts';
import { savedSession } from '../session/saved-session.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';
import { startSession } from './start-session.ts';

describe('what the page opens with', () => {
  const link = (...log: string[]) => encodeLink({ config: DEFAULT_CONFIG, log });
  const session = (...log: string[]) => savedSession({ config: DEFAULT_CONFIG, log });

  it('is the link, then the last visit, then two kernels without commands', () => {
    expect(startSession(link('ls'), session('pwd'))).toEqual({
      session: session('ls'),
      former: session('pwd'),
      notice: undefined,
      fromLink: true,
      chosen: undefined,
    });
    expect(startSession('', session('pwd')).session).toEqual(session('pwd'));
    expect(startSession('', undefined).session).toEqual(session());
  });

  it('is the row that was chosen when the link was made', () => {
    const object = { kernel: 0, cache: 'dentry', index: 7, generation: 1 };
    const chosen = { path: 'events', refs: [{ object }] };
    expect(startSession(encodeLink({ config: DEFAULT_CONFIG, log: [] }, chosen), undefined).chosen).toEqual(chosen);
    expect(startSession('', undefined).chosen).toBeUndefined();
  });

  it('is the last visit when the link is damaged, and says so', () => {
    const { session: opened, notice } = startSession('#s=xxxx', session('pwd'));
    expect(opened).toEqual(session('pwd'));
    expect(notice).toMatch(/^The link is damaged/);
  });
});
