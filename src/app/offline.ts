/** Registers the service worker of the build (config/offline.ts); without one, the page needs the network to load. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    // Refused in private windows and on plain http: the page works all the same, but not offline.
    navigator.serviceWorker.register('./sw.js').catch(() => undefined);
  });
}
