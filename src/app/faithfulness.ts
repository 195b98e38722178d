/** The line under the name: how much of what the model says was compared with the recorded machines, and how much is equal. */
import { useEffect, useState } from 'react';
import * as v from 'valibot';
import { formatCount, joinWords } from '../base/format.ts';
import { kernelTitle } from '../session/session.ts';
import type { DesignCard } from '../state/library.ts';
import type { ChannelConfig } from '../state/protocol.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const reportSchema = v.object({ kernel: v.string(), steps: v.object({ compared: count, equal: count }) });
type Report = v.InferOutput<typeof reportSchema>;

/** Written by the conformance tests; undefined where a kernel has none. */
async function loadReport(kernel: string): Promise<Report | undefined> {
  try {
    const answer = await fetch(`kernels/${encodeURIComponent(kernel)}/conformance.json`);
    if (!answer.ok) return undefined;
    const parsed = v.safeParse(reportSchema, await answer.json());
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // offline, or not JSON: then the line is absent
  }
}

/** Not a recording: made from one, so that races can be followed. */
const MADE_UP = 'small';

/** The kernels that run just what was recorded: with another design or VFS a recording says nothing of them. */
export function asRecorded(
  channels: readonly ChannelConfig[],
  designs: readonly Pick<DesignCard, 'id' | 'machine'>[],
): readonly string[] {
  const isOwn = ({ kernel, design, vfs }: ChannelConfig): boolean =>
    kernel !== MADE_UP &&
    vfs === undefined &&
    (design === undefined || designs.find(({ id }) => id === design)?.machine === kernel);
  return [...new Set(channels.filter(isOwn).map(({ kernel }) => kernel))];
}

/** "Counts checked against Linux 6.1 and 6.12: 412 of 412 steps equal"; undefined without any report. */
export function faithfulnessLine(reports: readonly Report[]): string | undefined {
  const compared = reports.reduce((sum, report) => sum + report.steps.compared, 0);
  if (compared === 0) return undefined;
  const equal = reports.reduce((sum, report) => sum + report.steps.equal, 0);
  const [first, ...rest] = reports.map((report) => kernelTitle(report.kernel));
  const names = joinWords([first, ...rest.map((title) => title.replace(/^Linux /, ''))]);
  return `Counts checked against ${names}: ${formatCount(equal)} of ${formatCount(compared)} steps equal`;
}

export function useFaithfulness(kernels: readonly string[]): string | undefined {
  const [line, setLine] = useState<string>();
  const key = kernels.join('\n');
  useEffect(() => {
    let isCurrent = true;
    void Promise.all(key.split('\n').filter(Boolean).map(loadReport)).then((reports) => {
      if (isCurrent) setLine(faithfulnessLine(reports.filter((report) => report !== undefined)));
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return line;
}
