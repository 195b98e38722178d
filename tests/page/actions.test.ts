import { describe, expect, it } from 'vitest';
import { type ActionContext, lineOf, refusal } from '../../src/actions/action.ts';
import { actionForKeys, matches } from '../../src/actions/action-keys.ts';
import { ACTIONS } from '../../src/actions/list.ts';
import { Driver } from '../../src/engine/testing/driver.ts';
import { createInputsStore, type InputsState } from '../../src/state/inputs.ts';
import type { Frame, OpenFile } from '../../src/state/protocol.ts';
import type { ChosenNode } from '../../src/state/selection.ts';

const { frame: bootFrame } = await Driver.boot();

interface Given extends Partial<Pick<Frame, 'instances' | 'dynamicEvents' | 'cwd' | 'nextFd'>> {
  readonly dir?: string;
  readonly file?: string;
  readonly open?: readonly (readonly [fd: number, path: string])[];
  readonly inputs?: Partial<InputsState>;
  readonly log?: readonly string[];
  readonly states?: ChosenNode['states'];
}

/** Chosen by its path. */
const UNSEEN = { refs: [], rest: 'at path', fates: [], seenAt: 0 } as const;

function context({
  dir,
  file,
  open = [],
  inputs = {},
  log = [],
  states = ['pinned', 'none'],
  ...rest
}: Given): ActionContext {
  const openFiles: OpenFile[] = open.map(([fd, path]) => ({ fd, path, channels: [{ open: true, errno: '' }] }));
  const entries = log.map((command, i) => ({ ...bootFrame.log[0], index: i + 1, command }));
  const path = dir ?? file;
  return {
    frame: { ...bootFrame, openFiles, log: [...bootFrame.log, ...entries], position: log.length, ...rest },
    node: path === undefined ? undefined : { path, kind: dir === undefined ? 'file' : 'dir', states, ...UNSEEN },
    inputs: { ...createInputsStore().getState(), ...inputs },
    hasFormer: false,
  };
}

const action = (label: string) => {
  const found = ACTIONS.find((a) => a.label === label);
  if (found === undefined) throw new Error(`no action ${label}`);
  return found;
};
const line = (label: string, given: Given = {}): string | undefined => lineOf(action(label), context(given));
const why = (label: string, given: Given = {}): string | undefined => refusal(action(label), context(given));

describe('the shell line of an action', () => {
  it('makes instances under the next free names', () => {
    expect(line('mkdir instance')).toBe('mkdir instances/i1');
    expect(line('mkdir instance', { instances: ['i1', 'i3'] })).toBe('mkdir instances/i2');
    expect(line('mkdir instance', { inputs: { instanceName: 'my trace' } })).toBe("mkdir instances/'my trace'");
  });

  it('makes many instances as one command', () => {
    const many = { inputs: { instanceCount: '3' } };
    expect(line('mkdir instance', many)).toBe('for i in $(seq 1 3); do mkdir instances/i$i; done');
    expect(line('mkdir instance', { ...many, instances: ['i2', 'i9'] })).toBe(
      'for i in $(seq 3 5); do mkdir instances/i$i; done',
    );
    expect(line('mkdir instance', { inputs: { instanceCount: '2', instanceName: 'a b' } })).toBe(
      "for i in $(seq 1 2); do mkdir instances/'a b'$i; done",
    );
  });

  it('removes the chosen instance, else the last', () => {
    const instances = ['i1', 'i2'];
    expect(line('rmdir instance', { instances })).toBe('rmdir instances/i2');
    expect(line('rmdir instance', { instances, file: 'instances/i1/trace' })).toBe('rmdir instances/i1');
    expect(why('rmdir instance')).toBe('rmdir instance: there is no instance to remove');
  });

  it('opens a directory with the lowest free descriptor', () => {
    expect(line('open dir', { dir: 'events/sched', nextFd: 5 })).toBe('exec 5< events/sched');
    expect(why('open dir')).toBe('open dir: choose a directory first');
    expect(why('open dir', { file: 'trace' })).toBe('open dir: choose a directory first');
    expect(why('open dir', { dir: 'x', states: ['absent', 'removed'] })).toBe('open dir: it exists on no kernel');
  });

  it('closes what is chosen, else what was opened last', () => {
    const open = [[3, 'events/sched'] as const, [4, 'events/block'] as const];
    expect(line('close', { open })).toBe('exec 4<&-');
    expect(line('close', { open, dir: 'events/sched' })).toBe('exec 3<&-');
    expect(why('close')).toBe('close: nothing is open');
  });

  it('reads files and lists directories', () => {
    expect(line('read file', { file: 'events/header_page' })).toBe('cat events/header_page');
    expect(why('read file', { dir: 'events' })).toBe('read file: choose a file first');
    expect(line('ls')).toBe('ls');
    expect(line('ls -lR', { dir: 'events' })).toBe('ls -lR events');
  });

  it('switches an event on, and off again when the log did that', () => {
    const enable = 'events/sched/sched_switch/enable';
    expect(line('write enable', { dir: 'events/sched/sched_switch' })).toBe(`echo 1 > ${enable}`);
    expect(line('write enable', { file: 'events/sched/sched_switch/id' })).toBe(`echo 1 > ${enable}`);
    expect(line('write enable', { file: enable, log: [`echo 1 > ${enable}`] })).toBe(`echo 0 > ${enable}`);
    expect(line('write enable', { file: enable, log: [`echo 1 > ${enable}`, `echo 0 > ${enable}`] })).toBe(
      `echo 1 > ${enable}`,
    );
    expect(line('write enable', { dir: 'instances/i1/events' })).toBe('echo 1 > instances/i1/events/enable');
    expect(why('write enable', { file: 'trace' })).toMatch(/^write enable: choose an event/);
  });

  it('adds dynamic events to the chosen group of them', () => {
    expect(line('add kprobe event')).toBe("echo 'p:kprobes/ev1 vfs_read' >> kprobe_events");
    expect(line('add kprobe event', { dir: 'events/mine', dynamicEvents: ['mine/ev1'] })).toBe(
      "echo 'p:mine/ev2 vfs_read' >> kprobe_events",
    );
    expect(line('remove kprobe event', { dynamicEvents: ['kprobes/ev1'] })).toBe('echo -:kprobes/ev1 >> kprobe_events');
    expect(why('remove kprobe event')).toBe('remove kprobe event: there is no dynamic event');
  });

  it('reclaims', () => {
    expect(line('reclaim')).toBe('echo 2 > /proc/sys/vm/drop_caches');
    expect(line('memory pressure', { inputs: { dentries: '25' } })).toBe(
      'echo 0 0 25 > /sys/kernel/debug/shrinker/sb-tracefs-*/scan',
    );
    expect(why('memory pressure', { inputs: { dentries: '-1' } })).toMatch(/figure/);
  });

  it('is written from where the shell stands', () => {
    const at = (cwd: string, dir: string) => line('open dir', { cwd, dir });
    expect(at('/sys/kernel/tracing/events', 'events/sched')).toBe('exec 3< sched');
    expect(at('sys/kernel/tracing/events', 'events/sched')).toBe('exec 3< sched');
    expect(at('/sys/kernel/tracing/events', 'events')).toBe('exec 3< .');
    expect(at('/sys/kernel/tracing/events', 'instances/i1')).toBe('exec 3< /sys/kernel/tracing/instances/i1');
    expect(at('/', 'instances')).toBe('exec 3< sys/kernel/tracing/instances');
    expect(at('/sys/kernel/tracing/instances', 'instances/-p')).toBe('exec 3< ./-p');
  });
});

describe('the list of actions', () => {
  it('has each label, id and key once', () => {
    for (const of of [(a: (typeof ACTIONS)[number]) => a.id, (a: (typeof ACTIONS)[number]) => a.label]) {
      expect(new Set(ACTIONS.map(of)).size).toBe(ACTIONS.length);
    }
    const keys = ACTIONS.flatMap((a) => (a.keys === undefined ? [] : [a.keys]));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('undoes what is there, be it another session, and does again what was undone', () => {
    expect(why('undo')).toBe('undo: there is no command yet');
    expect(why('redo')).toBe('redo: nothing was taken back');
    expect(refusal(action('undo'), { ...context({}), hasFormer: true })).toBeUndefined();
    const { frame, ...rest } = context({});
    const moved = { ...rest, frame: { ...frame, history: { ...frame.history, canUndo: true, canRedo: true } } };
    expect([refusal(action('undo'), moved), refusal(action('redo'), moved)]).toEqual([undefined, undefined]);
  });
});

describe('keys', () => {
  const press = { key: 'z', code: 'KeyZ', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

  it('match with Ctrl or Command, and with nothing more', () => {
    expect(actionForKeys({ ...press, ctrlKey: true })?.label).toBe('undo');
    expect(actionForKeys({ ...press, metaKey: true })?.label).toBe('undo');
    expect(actionForKeys({ ...press, ctrlKey: true, shiftKey: true })?.label).toBe('redo');
    expect(actionForKeys({ ...press, ctrlKey: true, altKey: true })).toBeUndefined();
    expect(actionForKeys(press)).toBeUndefined();
  });

  it('match a letter by its place when Alt changes it', () => {
    expect(matches('Alt+M', { ...press, key: 'µ', code: 'KeyM', altKey: true })).toBe(true);
  });
});
