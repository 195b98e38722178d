/** What the chosen step read and wrote, field by field: found when somebody opens it. */
import { useState } from 'react';
import { formatCount } from '../../base/format.ts';
import type { AnswerOf } from '../../state/protocol.ts';
import { Button } from '../../ui/button.tsx';
import { Message } from '../../ui/message.tsx';
import look from '../../ui/table.module.css';
import { useAnswer } from '../parts/use-answer.ts';
import css from './step-accesses.module.css';

type Access = AnswerOf<'accesses'>[number];

/** Rows that are shown; a step of bulk work writes thousands. */
const SHOWN = 200;

interface StepAccessesProps {
  readonly channel: number;
  /** Id of the moment after the command. */
  readonly moment: number;
  readonly step: number;
}

export function StepAccesses({ channel, moment, step }: StepAccessesProps) {
  const [isOpen, setOpen] = useState(false);
  const { answer, request, problem, retry } = useAnswer('accesses', isOpen ? { channel, moment, step } : undefined);
  const isCurrent = request?.channel === channel && request.moment === moment && request.step === step;
  return (
    <details className={css.accesses} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What it read and wrote</summary>
      {problem !== undefined && (
        <Message text={`The step could not be run again. ${problem}`}>
          <Button onClick={retry}>Try again</Button>
        </Message>
      )}
      {isOpen && answer !== undefined && isCurrent && <Fields accesses={answer} />}
    </details>
  );
}

function Fields({ accesses }: { readonly accesses: readonly Access[] }) {
  const written = accesses.filter(({ isWritten }) => isWritten);
  const read = accesses.filter(({ isWritten }) => !isWritten);
  if (accesses.length === 0) return <p className={css.none}>It used nothing of the kernel.</p>;
  return (
    <>
      <p className={css.sum}>
        {formatCount(written.length)} written, {formatCount(read.length)} only read
      </p>
      <table className={look.table} aria-label="Fields that the step used">
        <thead>
          <tr>
            <th scope="col">object</th>
            <th scope="col">field</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {[...written, ...read].slice(0, SHOWN).map((access) => (
            <tr key={`${access.table} ${access.row} ${access.field}`} data-written={access.isWritten || undefined}>
              <td className={css.mono}>{objectWords(access)}</td>
              <td className={css.mono}>{access.field}</td>
              <td className={css.mono}>{valueWords(access)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {accesses.length > SHOWN && <p className={css.none}>and {formatCount(accesses.length - SHOWN)} more</p>}
    </>
  );
}

const objectWords = ({ table, row }: Access): string => (table === 'cell' ? 'kernel' : `${table} ${row}`);

function valueWords({ before, after, isWritten }: Access): string {
  if (!isWritten) return before;
  return before === after ? `${after} (as before)` : `${before} → ${after}`;
}
