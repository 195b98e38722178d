/** Asks a worker again and again whether it lives. A worker that runs out of memory ends without any event. */

const INTERVAL_MS = 2_000;
/** The engine works in slices of 12 ms, so an answer that takes this long will not come. */
const DEADLINE_MS = 10_000;
/** A timer later than this means that the page slept, not that the worker died: ask again. */
const SLEPT_MS = DEADLINE_MS * 1.5;

export function startHeartbeat(ping: () => Promise<unknown>, onSilence: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const beat = (): void => {
    const sent = performance.now();
    let answered = false;
    const next = (): void => {
      answered = true;
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(beat, INTERVAL_MS);
    };
    // A refusal to answer is no answer: the deadline decides.
    ping().then(next, () => undefined);
    timer = setTimeout(() => {
      if (stopped || answered) return;
      if (performance.now() - sent > SLEPT_MS) beat();
      else onSilence();
    }, DEADLINE_MS);
  };

  timer = setTimeout(beat, INTERVAL_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
