/**
 * Mistakes that no test noticed when they were made by hand: each with the tests that notice it now. A piece of text that is
 * no longer there has to be found again by who changed it (named.test.ts).
 */
import { assert } from '../../../src/base/assert.ts';

export interface Named {
  readonly what: string;
  readonly file: string;
  /** Each `from` occurs once in the file. */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly tests: readonly string[];
}

const LOOKUP = 'src/kernel/designs/2024/eventfs.ts';

export const NAMED: readonly Named[] = [
  {
    what: 'lookup of v6.8 to v7.1 without eventfs_mutex',
    file: LOOKUP,
    edits: [
      [
        `const depth = enter(k, 'eventfs_root_lookup');\n      yield* mutexLock(k, k.eventfsMutex);`,
        `const depth = enter(k, 'eventfs_root_lookup');\n      if (k.stepping) yield k.eventfsMutex.entering;`,
      ],
      [`dAdd(k, d, 0);\n      }\n      mutexUnlock(k, k.eventfsMutex);`, 'dAdd(k, d, 0);\n      }'],
    ],
    tests: ['src/kernel/designs/2024/lookup.test.ts'],
  },
  {
    what: 'getdents does not wait for f_pos_lock',
    file: 'src/kernel/vfs/readdir.ts',
    edits: [
      ['yield* posLock(k, file);', `if (k.stepping) yield 'fdget_pos';`],
      ['posUnlock(k, file);', ''],
    ],
    tests: ['src/kernel/vfs/readdir.test.ts', 'src/kernel/locking/lock.test.ts'],
  },
  {
    what: 'rmdir of a file is EPERM instead of ENOTDIR',
    file: 'src/kernel/vfs/namei/mkdir-rmdir.ts',
    edits: [[`else if (!isDir(k, d)) ret = fail('ENOTDIR');`, `else if (!isDir(k, d)) ret = fail('EPERM');`]],
    tests: ['src/kernel/vfs/namei/mkdir-rmdir.test.ts'],
  },
  {
    what: 'restore forgets that a task was dead',
    file: 'src/kernel/sched/task.ts',
    edits: [
      ['return this.#table.dead[this.#row] === 1;', 'return this.#isDead;'],
      ['this.#table.edit(this.#row).dead[this.#row] = isDead ? 1 : 0;', 'this.#isDead = isDead;'],
      ['readonly stack: string[] = [];', 'readonly stack: string[] = [];\n  #isDead = false;'],
    ],
    tests: ['src/kernel/sched/tasks.test.ts'],
  },
  {
    what: 'thinning drops the boot checkpoint',
    file: 'src/engine/history/checkpoints.ts',
    edits: [['this.#giveUp([best.checkpoint]);', 'this.#giveUp([best.checkpoint, this.#boot]);']],
    tests: ['src/engine/history/checkpoints.test.ts'],
  },
  {
    what: 'a row that went is marked "changed"',
    file: 'src/engine/marks.ts',
    edits: [[`has(old, i))) return 'gone';`, `has(old, i))) return 'changed';`]],
    tests: ['src/engine/tree.test.ts'],
  },
  {
    what: `held is drawn with pinned's glyph`,
    file: 'src/views/marks/state-glyph.tsx',
    edits: [['{SHAPES[state]}', `{SHAPES[state === 'held' ? 'pinned' : state]}`]],
    tests: ['src/views/marks/state-glyph.test.tsx'],
  },
];

export function patched({ what, edits }: Named, text: string): string {
  return edits.reduce((mutated, [from, to]) => {
    assert(mutated.split(from).length === 2, `${what}: "${from}" is not there once`);
    return mutated.replace(from, () => to);
  }, text);
}
