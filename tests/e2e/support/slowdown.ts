/** `E2E_SLOWDOWN=8`: every page has the processor of a machine eight times slower. A busy machine must fail no test. */
import { test as base } from '@playwright/test';

const rate = Number(process.env.E2E_SLOWDOWN ?? 1);

export const test = base.extend({
  page: async ({ page }, use) => {
    if (rate > 1) {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    }
    await use(page);
  },
});
