/** The shell against the real one: what bash 5.2 and coreutils 9.1 printed for the cases of testing/bash-cases.txt. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScript } from './parse.ts';
import { FakeKernel } from './testing/fake-kernel.ts';
import { runScript } from './testing/run-script.ts';

interface Case {
  readonly script: string;
  readonly syntax: boolean;
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const read = (name: string): string => readFileSync(new URL(`./testing/${name}`, import.meta.url), 'utf8');
const { cases } = JSON.parse(read('bash-recorded.json')) as { readonly cases: readonly Case[] };
const tree = read('bash-tree.txt');

describe('against recorded bash', () => {
  it.each(cases.filter((one) => one.syntax).map((one) => one.script))('refuses %j', (script) => {
    const parsed = parseScript(script);
    expect(parsed.ok ? 'accepted' : parsed.error.code).toBe('syntax');
  });

  it.each(cases.filter((one) => !one.syntax).map((one) => [one.script, one] as const))('runs %j', (script, one) => {
    const { stdout, stderr, status } = runScript(new FakeKernel(tree), script);
    expect({ stdout, stderr, status }).toEqual({ stdout: one.stdout, stderr: one.stderr, status: one.status });
  });
});
