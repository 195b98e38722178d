import { describe, expect, it } from 'vitest';
import { Driver, SMALL } from '../testing/driver.ts';
import { PLACES, type SlabPages, type SlabPlaces, type SlabSums } from './slab-pages.ts';

const ALL = { channel: 0, cache: 'dentry', first: 0, count: 10_000, slabsPerCell: 1 };
const pages = (driver: Driver, request: Partial<typeof ALL> = {}) => driver.ask('slab-pages', { ...ALL, ...request });
const placesIn = (answer: SlabPages | undefined): SlabPlaces => {
  if (answer?.cells.kind !== 'places') throw new Error('no places');
  return answer.cells;
};
const places = async (driver: Driver, request: Partial<typeof ALL> = {}) => placesIn(await pages(driver, request));
const sumsIn = (answer: SlabPages | undefined): SlabSums => {
  if (answer?.cells.kind !== 'sums') throw new Error('no sums');
  return answer.cells;
};
const countOf = ({ places: codes }: SlabPlaces, place: (typeof PLACES)[number]) =>
  codes.filter((code) => code === PLACES.indexOf(place)).length;

describe('the pages of a cache', () => {
  it('hold what the readings count', async () => {
    const driver = await Driver.boot({ log: ['mkdir instances/a', 'exec 3< instances/a/events/sched'] });
    const [reading] = driver.frame.readings;
    const answer = await pages(driver);
    const cells = placesIn(answer);
    const free = countOf(cells, 'free') + countOf(cells, 'given back');
    expect(cells.places.length - free).toBe(reading?.nrDentry);
    expect(countOf(cells, 'held')).toBeGreaterThan(0);
    const { full = 0, partial = 0, empty = 0, givenBack = 0 } = answer?.tally ?? {};
    expect(full + partial + empty + givenBack).toBe(answer?.totalCells);
  });

  it('say whose an object is, and name it as a row of the tree does', async () => {
    const driver = await Driver.boot({ log: ['mkdir instances/a'] });
    const { rows } = await driver.tree({ expanded: ['instances'] });
    const ref = rows.find(({ path }) => path === 'instances/a')?.cells[0]?.ref?.dentry;
    const cells = await places(driver);
    const place = (ref?.index ?? 0) - 1;
    expect(PLACES[cells.places[place] as number]).toBe('pinned');
    expect(cells.generations[place]).toBe(ref?.generation);
    expect(new Set(cells.owners).size).toBeGreaterThan(2);
  });

  it('are given back when the last object goes, and stay in their place', async () => {
    const driver = await Driver.boot();
    const before = await pages(driver);
    await driver.run('mkdir instances/{a,b,c,d,e,f,g,h}; rmdir instances/{a,b,c,d,e,f,g,h}');
    const after = await pages(driver);
    expect(after?.tally.givenBack).toBeGreaterThan(before?.tally.givenBack ?? 0);
    expect(countOf(placesIn(after), 'given back')).toBe((after?.tally.givenBack ?? 0) * (after?.perSlab ?? 0));
  });

  it('come in windows, and in sums where many share a cell', async () => {
    const driver = await Driver.boot({ log: ['mkdir instances/a'] });
    const whole = await places(driver);
    const { perSlab = 0, totalCells = 0 } = (await pages(driver)) ?? {};
    const window = await places(driver, { first: 2, count: 3 });
    expect([...window.places]).toEqual([...whole.places.slice(2 * perSlab, 5 * perSlab)]);
    const summed = await pages(driver, { slabsPerCell: 4 });
    const { slabs, objects } = sumsIn(summed);
    expect(slabs.length).toBe(Math.ceil(totalCells / 4));
    expect(slabs.reduce((a, b) => a + b)).toBe(totalCells - (summed?.tally.givenBack ?? 0));
    expect(objects.reduce((a, b) => a + b)).toBe(driver.frame.readings[0]?.nrDentry);
    expect((await places(driver, { first: totalCells, count: 9 })).places.length).toBe(0);
  });

  it('are of the kernel that is asked; one without that cache says so', async () => {
    const channels = [{ kernel: 'small' }, { kernel: 'small', design: 'v6.5' }];
    const driver = await Driver.boot({ config: { ...SMALL, channels } });
    expect(await pages(driver, { cache: 'no such cache' })).toBeUndefined();
    const [a, b] = [await places(driver), await places(driver, { channel: 1 })];
    expect(countOf(b, 'pinned')).toBeGreaterThan(countOf(a, 'pinned'));
  });
});
