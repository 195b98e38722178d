import { describe, expect, it } from 'vitest';
import { newer, older, startHistory } from './line-history.ts';

describe('the history of the shell', () => {
  const start = startHistory('half a li', ['mkdir instances/i1', 'ls', 'ls']);

  it('goes back over repeated commands at once, and stops at the oldest', () => {
    expect(older(start).text).toBe('ls');
    expect(older(older(start)).text).toBe('mkdir instances/i1');
    expect(older(older(older(start))).text).toBe('mkdir instances/i1');
  });

  it('comes back to what was being typed', () => {
    expect(newer(newer(newer(older(older(start))))).text).toBe('half a li');
  });

  it('is nothing without commands', () => {
    expect(older(startHistory('x', [])).text).toBe('x');
  });
});
