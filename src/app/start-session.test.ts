import { describe, expect, it } from 'vitest';
import { encodeLink } from '../session/link.ts';
import { DEFAULT_CONFIG } from '../session/session.ts';
import { startSession } from './start-session.ts';

describe('what the page opens with', () => {
  const session = (...log: string[]) => ({ config: DEFAULT_CONFIG, log });

  it('is the link, then the last visit, then two kernels without commands', () => {
    expect(startSession(encodeLink(session('ls')), session('pwd'))).toEqual({
      session: session('ls'),
      notice: undefined,
      fromLink: true,
    });
    expect(startSession('', session('pwd')).session).toEqual(session('pwd'));
    expect(startSession('', undefined).session).toEqual(session());
  });

  it('is the last visit when the link is damaged, and says so', () => {
    const { session: opened, notice } = startSession('#s=xxxx', session('pwd'));
    expect(opened).toEqual(session('pwd'));
    expect(notice).toMatch(/^The link is damaged/);
  });
});
