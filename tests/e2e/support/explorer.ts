/** The explorer in the words of its user. Every verb ends when the page says that it rests: nothing waits for a time. */
import { expect, type Locator, type Page } from '@playwright/test';

export type Figure = 'dentries' | 'inodes' | 'unused' | 'slab memory';

export class Explorer {
  readonly page: Page;
  readonly tree: Locator;
  readonly shell: Locator;

  constructor(page: Page) {
    this.page = page;
    this.tree = page.getByRole('treegrid', { name: 'Tree of /sys/kernel/tracing' });
    this.shell = page.getByRole('textbox', { name: 'Shell command' });
  }

  async open(fragment = ''): Promise<this> {
    await this.page.goto(`./${fragment}`);
    await this.idle();
    return this;
  }

  async idle(): Promise<void> {
    await this.page.locator('html[data-idle="true"]').waitFor({ state: 'attached' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Presses a button by its exact name, in the bar or, where it has no room there, in the sheet of all actions. */
  async press(name: string): Promise<void> {
    const button = this.button(name);
    if ((await button.count()) === 0) await this.button('More actions').click();
    await button.click();
    await this.idle();
  }

  async run(line: string): Promise<void> {
    await this.shell.fill(line);
    await this.shell.press('Enter');
    await this.idle();
  }

  /** Another page of the explorer: "Designs", "Scenarios", "Steps". */
  async show(view: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click();
    await this.idle();
  }

  /** The figure on the screen, and what the last command changed. */
  async reading(figure: Figure, kernel: string): Promise<{ readonly value: string; readonly change: string }> {
    const readings = this.page.getByRole('region', { name: 'Readings' });
    const cell = readings
      .getByRole('cell')
      .filter({ has: this.page.getByRole('button', { name: `${figure} on ${kernel}:` }) });
    const [value, change] = await cell.getByRole('button').allInnerTexts();
    return { value, change };
  }

  /** Every figure of both kernels, to be compared before and after. */
  async allReadings(): Promise<readonly string[]> {
    return await this.page.getByRole('region', { name: 'Readings' }).getByRole('cell').allInnerTexts();
  }

  async sentence(): Promise<string> {
    return await this.page.getByRole('region', { name: 'Last command' }).getByRole('status').innerText();
  }

  /** What stands across the page when a kernel met a bug, or broke what must always hold. */
  get bug(): Locator {
    return this.page.getByRole('region', { name: 'Kernel bug', exact: true });
  }

  /** Presses Run in the row of a shipped scenario. */
  async runScenario(name: RegExp): Promise<void> {
    await this.show('Scenarios');
    await this.page.getByRole('region', { name: 'List of scenarios' }).getByRole('button', { name }).click();
    await this.page.getByRole('listbox', { name: 'Steps' }).waitFor();
    await this.idle();
  }

  logEntry(command: number): Locator {
    return this.page.getByRole('option', { name: `Command ${command}, ` });
  }

  /** The row of a path, scrolled to from the top if it is not in view. Its ancestors must be open. */
  async row(path: string): Promise<Locator> {
    const row = this.tree.getByRole('row').filter({ has: this.page.locator(`[title=${JSON.stringify(path)}]`) });
    if ((await row.count()) > 0) return row;
    const rows = this.tree.getByRole('rowgroup').last();
    await rows.evaluate((element) => element.scrollTo(0, 0));
    await this.idle();
    for (;;) {
      if ((await row.count()) > 0) return row;
      const before = await rows.evaluate((element) => element.scrollTop);
      await rows.evaluate((element) => element.scrollBy(0, element.clientHeight));
      await this.idle();
      expect(await rows.evaluate((element) => element.scrollTop), `${path} is in the tree`).toBeGreaterThan(before);
    }
  }

  async choose(path: string): Promise<Locator> {
    const row = await this.row(path);
    await row.click();
    await this.idle();
    return row;
  }

  /** Opens the row of each directory on the way, and of the path itself. */
  async expand(path: string): Promise<void> {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const row = await this.row(parts.slice(0, depth).join('/'));
      if ((await row.getAttribute('aria-expanded')) === 'true') continue;
      await row.click();
      await row.press('ArrowRight');
      await this.idle();
    }
  }

  /** "held, d_count 2" for a path on a kernel, as the row says it. */
  async state(path: string, kernel: string): Promise<string> {
    const name = (await (await this.row(path)).getAttribute('aria-label')) ?? '';
    const part = name.split('; ').find((text) => text.startsWith(`${kernel}: `));
    expect(part, `the row “${name}” speaks of ${kernel}`).toBeDefined();
    return part?.slice(kernel.length + 2) ?? '';
  }
}
