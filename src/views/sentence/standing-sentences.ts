/** Sentences that are not the result of a command. */
import { joinWords, plural } from '../../base/format.ts';
import type { Connection } from '../../state/activity.ts';

/** First visit: what to press, with the names of the kernels chosen. */
export const firstSentence = (titles: readonly string[]): string =>
  `Press “mkdir instance” to see what one tracing instance costs ${joinWords(titles.map((title) => `on ${title}`))}.`;

/** What happened to the worker; undefined while all is well. */
export function connectionText(connection: Connection): string | undefined {
  switch (connection.kind) {
    case 'restarting':
      return connection.commands === 0
        ? 'The model stopped. It is being started again.'
        : `The model stopped. Your ${plural(connection.commands, 'command')} are safe and are being run again.`.replace(
            'command are safe and are',
            'command is safe and is',
          );
    case 'leftOut':
      return `Command ${connection.index} stops the model. It was left out; the others ran again.`;
    case 'failed':
      return `That failed by a bug of the explorer: ${connection.reason}. What was there before is there again.`;
    case 'lost':
      return `The model could not be started: ${connection.reason}. Your commands are kept in this browser.`;
    case 'booting':
    case 'ready':
      return undefined;
  }
}
