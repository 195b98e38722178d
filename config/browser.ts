/**
 * Finds or installs a Chromium for the end-to-end tests. The tries, in order, are TRIES at the foot of this file; a
 * candidate counts only if it starts, since a downloaded browser may lack a system library.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromium } from '@playwright/test';

/** Beside what Playwright passes itself, which has --no-sandbox (root in a container needs it) and no background networking. */
export const CHROMIUM_ARGS: readonly string[] = ['--disable-gpu', '--disable-quic'];

/** The last version whose package still installs on Node 20. */
const SPARTICUZ = '@sparticuz/chromium@143.0.4';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const isRoot = process.getuid?.() === 0;
const cacheDir = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'eventfs-explorer');
const say = (message: string): void => void process.stderr.write(`browser: ${message}\n`);

interface Try {
  readonly name: string;
  /** The path of a browser that may or may not start, or why there is none. */
  find(): { readonly path: string } | { readonly why: string };
}

function run(command: string, args: readonly string[], timeout: number, env: NodeJS.ProcessEnv = {}) {
  const done = spawnSync(command, args, { timeout, encoding: 'utf8', env: { ...process.env, ...env } });
  const lines = `${done.stdout ?? ''}\n${done.stderr ?? ''}`.trim().split('\n');
  const why = done.error?.message ?? lines.findLast((line) => /error|fail/i.test(line)) ?? lines.at(-1) ?? '';
  return { ok: done.status === 0, stdout: done.stdout ?? '', why: why.trim() };
}

/** Undefined if Playwright can start it, else the reason it cannot. */
async function whyItDoesNotStart(path: string): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({ executablePath: path, args: [...CHROMIUM_ARGS], timeout: 5 * MINUTE });
    await browser.close();
    return undefined;
  } catch (error) {
    const lines = stripVTControlCharacters(String(error))
      .split('\n')
      .filter((line) => !line.includes('<launching>'));
    const telling = /error while loading|sandbox|EACCES|ENOEXEC|Timeout|exitCode/i;
    return (lines.find((line) => telling.test(line)) ?? lines[0] ?? 'it does not start').trim();
  }
}

const existing = (path: string): { path: string } | { why: string } =>
  existsSync(path) ? { path } : { why: `${path} is not there` };

function onPath(...names: readonly string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const mac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...mac];
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const systemBrowser = (): string | undefined =>
  onPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome');

/** Playwright's download, not tried again for a week after it failed: behind a closed network it never succeeds. */
function installWithPlaywright(): { path: string } | { why: string } {
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('@playwright/test/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const failure = join(cacheDir, `playwright-${version}-failed`);
  if (existsSync(failure) && Date.now() - Number(readFileSync(failure, 'utf8')) < 7 * DAY) {
    return { why: `failed within the last week; delete ${failure} to try again` };
  }
  say(`downloading Playwright's Chromium (about 200 MB)`);
  const cli = join(dirname(packageFile), 'cli.js');
  const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  const { ok, why } = run(process.execPath, [cli, 'install', 'chromium'], 5 * MINUTE, env);
  if (ok) return existing(chromium.executablePath());
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(failure, String(Date.now()));
  return { why };
}

function installWithApt(): { path: string } | { why: string } {
  if (!isRoot) return { why: 'only root can install packages' };
  if (onPath('apt-get') === undefined) return { why: 'there is no apt-get' };
  say(`installing Debian's package chromium`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = run('apt-get', ['update', '-q'], 3 * MINUTE, env);
  if (!update.ok) say(`apt-get update: ${update.why}`); // the lists at hand may still do
  const install = run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'], 10 * MINUTE, env);
  return install.ok ? existing('/usr/bin/chromium') : { why: install.why };
}

/**
 * A headless Chromium made for AWS Lambda, with the libraries that a bare system lacks. It unpacks into TMPDIR, and the
 * libraries only if it believes to be in Lambda. A wrapper script points it to them.
 */
function installFromNpm(): { path: string } | { why: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { why: 'the package is for Linux x64 only' };
  const home = join(cacheDir, SPARTICUZ.replaceAll(/[/@]/g, '-').slice(1));
  const wrapper = join(home, 'chromium.sh');
  if (existsSync(wrapper)) return { path: wrapper };
  say(`installing ${SPARTICUZ} into ${home}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(
    join(home, 'unpack.js'),
    `import chromium from '@sparticuz/chromium';\nconsole.log(await chromium.executablePath());\n`,
  );
  const npm = run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', home, SPARTICUZ], 5 * MINUTE);
  if (!npm.ok) return { why: npm.why };
  const env = { TMPDIR: home, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x', AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
  const unpack = run(process.execPath, [join(home, 'unpack.js')], 2 * MINUTE, env);
  if (!unpack.ok) return { why: unpack.why };
  const script = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${home}/al2023/lib:${home}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
    `export FONTCONFIG_PATH='${home}/fonts'`,
    `exec '${home}/chromium' --no-zygote "$@"`,
  ];
  writeFileSync(wrapper, `${script.join('\n')}\n`);
  chmodSync(wrapper, 0o755);
  return { path: wrapper };
}

const TRIES: readonly Try[] = [
  { name: `Playwright's own build`, find: () => existing(chromium.executablePath()) },
  { name: 'playwright install chromium', find: installWithPlaywright },
  {
    name: 'a system Chromium or Chrome',
    find: () => {
      const path = systemBrowser();
      return path === undefined ? { why: 'none on the PATH' } : { path };
    },
  },
  { name: `Debian's chromium`, find: installWithApt },
  { name: `the npm package ${SPARTICUZ}`, find: installFromNpm },
];

/** The path of a Chromium that starts. Throws, with what was tried and what to do, when there is none. */
export async function findBrowser(): Promise<string> {
  const chosen = process.env.E2E_CHROMIUM;
  if (chosen !== undefined && chosen !== '') {
    const why = existsSync(chosen) ? await whyItDoesNotStart(chosen) : 'there is no such file';
    if (why !== undefined) throw new Error(`E2E_CHROMIUM=${chosen}: ${why}`);
    return chosen;
  }
  const tried: string[] = [];
  for (const { name, find } of TRIES) {
    const found = find();
    const why = 'why' in found ? found.why : await whyItDoesNotStart(found.path);
    if (why === undefined && 'path' in found) {
      say(`${name}, ${found.path}`);
      return found.path;
    }
    tried.push(`  ${name}: ${why}`);
  }
  throw new Error(
    [
      'The end-to-end tests need a Chromium, and none was found or could be installed:',
      ...tried,
      'Install Chromium or Chrome (Debian, Ubuntu: "apt install chromium"), or set E2E_CHROMIUM to its path.',
      'Everything but the end-to-end tests runs without: npm test -- types lint dead-code unit build',
    ].join('\n'),
  );
}
