/**
 * Works without a network after the first load: a service worker that keeps every file of the build. Written here and not
 * taken from a library, because it is one list and one rule; vite-plugin-pwa 1.x brings Workbox (and 200 packages) for it.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';

/** Font formats that no browser with service workers asks for, and what only a debugger reads. */
const LEFT_OUT = /\.(woff|map)$/;

export function offline(): Plugin {
  let publicDir = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle(_options, bundle) {
      const digest = createHash('sha256');
      const files = ['./'];
      for (const [file, output] of Object.entries(bundle)) {
        if (LEFT_OUT.test(file)) continue;
        digest.update(file).update(output.type === 'chunk' ? output.code : output.source);
        if (file !== 'index.html') files.push(file);
      }
      for (const path of filesBelow(publicDir)) {
        digest.update(readFileSync(path));
        files.push(relative(publicDir, path));
      }
      const version = digest.digest('hex').slice(0, 16);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: serviceWorker(version, files.sort()) });
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The page itself from the network if there is one, so that a new version is seen at once; its files from the cache. */
const serviceWorker = (
  version: string,
  files: readonly string[],
): string => `const CACHE = 'eventfs-explorer-${version}';
const FILES = ${JSON.stringify(files)};
self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});
self.addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith('eventfs-explorer-') && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)))));
});
const kept = (request) =>
  caches.open(CACHE).then((cache) => cache.match(request, { ignoreSearch: true, ignoreVary: true }));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => kept('./')));
  else event.respondWith(kept(request).then((file) => file ?? fetch(request)));
});
`;
