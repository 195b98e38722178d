import { describe, expect, it } from 'vitest';
import { directivesOf, metaOf, parseScenario, parseSchedule } from './scenario.ts';

const TEXT = `# @title The accounting bug
# @design v6.6-rc2
echo 'p:kprobes/kp1 vfs_read' >> kprobe_events
# an ordinary comment
stat events/kprobes/kp1

# @task A
{ exec 3< events/kprobes; exec 3<&-; } &
# @task B
stat events/kprobes/kp1/enable &
# @schedule A@dput#2 B A×3 kworker
wait
`;

describe('a scenario', () => {
  it('has its title and one act a command, a group of tasks being one', () => {
    const scenario = parseScenario(TEXT);
    if (!scenario.ok) throw new Error(scenario.error.message);
    expect(metaOf(scenario.value, 'title')).toBe('The accounting bug');
    expect(scenario.value.acts.map((act) => [act.line, act.text.split('\n').length])).toEqual([
      [3, 1],
      [5, 1],
      [7, 6],
    ]);
    const { tasks, turns } = directivesOf(scenario.value.acts[2]?.text ?? '');
    expect(tasks).toEqual([
      { line: 1, name: 'A' },
      { line: 3, name: 'B' },
    ]);
    expect(turns).toEqual([
      { task: 'A', until: { landmark: 'dput', nth: 2 } },
      { task: 'B', until: undefined },
      { task: 'A', until: { steps: 3 } },
      { task: 'kworker', until: undefined },
    ]);
  });

  it('keeps captions with the commands below them, and the numbers of lines', () => {
    const scenario = parseScenario(
      '# @caption one,\n# @caption and more\nls a\nls b\n# @caption two\nls c\n\n# @caption three\n# @task A\n# @caption in it\nls d &\nwait\n',
    );
    if (!scenario.ok) throw new Error(scenario.error.message);
    expect(scenario.value.acts).toEqual([
      { line: 3, text: 'ls a', caption: 'one, and more' },
      { line: 4, text: 'ls b', caption: '' },
      { line: 6, text: 'ls c', caption: 'two' },
      { line: 9, text: '# @task A\n#\nls d &\nwait', caption: 'three in it' },
    ]);
  });

  it('says where a directive or a schedule is wrong', () => {
    expect(parseScenario('ls\n# @titel x\n')).toMatchObject({ ok: false, error: { code: 'badDirective', line: 2 } });
    expect(parseScenario('# @schedule A@ B\n')).toMatchObject({ ok: false, error: { code: 'badSchedule', line: 1 } });
    expect(parseSchedule('')).toEqual({ ok: true, value: [] });
  });
});
