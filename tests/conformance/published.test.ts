/**
 * The published figures of section 9 of docs/eventfs-designs.md, computed; and docs/fidelity.md, whose generated sections
 * are what this computes and what the comparison with the recorded machines reports. `-u` writes them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { DESIGNS } from '../../src/kernel/designs/registry.ts';
import { computed } from './published-compute.ts';
import { publishedBytes, withGenerated } from './published-document.ts';
import { FIGURES, type Figure, REASONS, USUAL } from './published-figures.ts';
import { eventsOf, MACHINES } from './published-machines.ts';

vi.setConfig({ testTimeout: 60_000 }); // seconds at most, but two cores may run much else

const DOCUMENT = new URL('../../docs/fidelity.md', import.meta.url);
const named = (figures: readonly Figure[]) => figures.map((figure) => [figure.id, figure.what, figure] as const);

describe.each(named(FIGURES))('%s, %s', (_id, _what, figure) => {
  it.each(figure.rows.map((row) => [JSON.stringify(row), row] as const))('%s', (_row, row) => {
    const ratio = computed(figure, row) / row.published;
    const [from, to] = row.off?.range ?? USUAL;
    expect(ratio).toBeGreaterThanOrEqual(from);
    expect(ratio).toBeLessThanOrEqual(to);
    const isUsual = ratio >= USUAL[0] && ratio <= USUAL[1];
    if (row.off !== undefined) expect(isUsual, 'a reason that nothing needs').toBe(false);
  });
});

describe('the tables as published', () => {
  const totals = FIGURES.filter(({ rows }) => rows.some(({ kind }) => kind === 'total'));
  it.each(named(totals))('%s, %s: the rows and those that are left out add up to the total', (_id, _what, figure) => {
    for (const row of figure.rows) {
      if (row.kind === 'total') expect(publishedBytes(figure) + row.unrelated).toBe(row.published);
    }
  });

  it('give every reason', () => {
    const given = new Set(
      FIGURES.flatMap(({ rows }) => rows.flatMap(({ off }) => (off === undefined ? [] : [off.why]))),
    );
    expect([...given].sort()).toEqual(Object.keys(REASONS).sort());
  });
});

describe('the machines', () => {
  it('have the events that the figures say', () => {
    const events = Object.keys(MACHINES).map((name) => eventsOf(name as keyof typeof MACHINES));
    expect(events).toEqual([1_761, 1_761, 1_755, 1_989, 1_336]);
  });

  it.each(Object.entries(MACHINES))('%s: no two events of a system have one name', (_, { catalogue }) => {
    for (const { events } of catalogue.systems)
      expect(new Set(events.map(({ name }) => name)).size).toBe(events.length);
  });
});

describe('docs/fidelity.md', () => {
  it('says what was computed and compared', async () => {
    await expect(withGenerated(readFileSync(DOCUMENT, 'utf8'))).toMatchFileSnapshot(DOCUMENT.pathname);
  });

  it.each(DESIGNS.map(({ id }) => id))('speaks of %s', (id) => {
    expect(readFileSync(DOCUMENT, 'utf8')).toContain(`\`${id}\``);
  });
});
