/** The cards of the designs against the registry, the machines, and the scenarios that ship. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLibrary } from '../src/app/read-library.ts';
import { parseMachine } from '../src/importers/machine-file.ts';
import { DESIGNS, findDesign } from '../src/kernel/designs/registry.ts';
import { findVintage } from '../src/kernel/vintage/vfs-vintage.ts';
import { BUG_TITLES } from '../src/scenarios/bug-titles.ts';
import { DESIGN_CARDS, MACHINES, VFS_CHOICES } from '../src/scenarios/designs.ts';

const library = loadLibrary();
const kernels = readdirSync('public/kernels');
const machine = (id: string) => {
  const parsed = parseMachine(readFileSync(`public/kernels/${id}/machine.json`, 'utf8'));
  if (!parsed.ok) throw new Error(`${id} cannot be read`);
  return parsed.value;
};

describe('the cards', () => {
  it('are those of the registry, each once', () => {
    expect(DESIGN_CARDS.map((card) => card.id).sort()).toEqual(DESIGNS.map((design) => design.id).sort());
  });

  it.each(DESIGN_CARDS.map((card) => [card.id, card] as const))(
    '%s is called what its design is called',
    (id, card) => {
      expect(card.title).toBe(findDesign(id)?.title);
    },
  );

  it.each(DESIGN_CARDS.map((card) => [card.id, card] as const))(
    '%s runs on a machine, its own if it has one',
    (id, card) => {
      expect(kernels).toContain(card.machine);
      const recorded = kernels.filter((kernel) => kernel !== 'small' && machine(kernel).design === id);
      if (recorded.length > 0) expect(recorded).toContain(card.machine);
    },
  );

  it.each(DESIGN_CARDS.map((card) => [card.id, card] as const))(
    '%s says three sentences and where they are from',
    (_, card) => {
      for (const sentence of card.does) expect(sentence).toMatch(/^\S.*[.?]$/);
      expect(card.date).toMatch(/^\d{4}-\d\d(-\d\d)?$/);
      expect(card.sources.length).toBeGreaterThan(0);
      expect(card.structs.length).toBeGreaterThan(0);
      for (const bug of card.bugs) expect(BUG_TITLES).toHaveProperty(bug);
    },
  );

  it('offer machines and vintages that exist', () => {
    for (const { id } of MACHINES) expect(kernels).toContain(id);
    for (const { id } of VFS_CHOICES) expect(findVintage(id)?.id).toBe(id);
  });
});

describe('the scenarios', () => {
  const files = readdirSync('src/scenarios', { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.sh'));

  it('are all read by the app', () => {
    expect(library.scenarios.map((scenario) => scenario.file).sort()).toEqual(files.sort());
  });

  it.each(library.scenarios.map((scenario) => [scenario.file, scenario] as const))(
    '%s is on the cards',
    (_, scenario) => {
      expect(BUG_TITLES).toHaveProperty(scenario.bug);
      const shows = [scenario.design, ...scenario.also].map((id) => id.split(':')[0]);
      for (const id of shows) expect(DESIGN_CARDS.find((card) => card.id === id)?.bugs).toContain(scenario.bug);
    },
  );
});
