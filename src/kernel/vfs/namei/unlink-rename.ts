/** unlink and rename, neither of which tracefs has: fs/namei.c, read at v6.12. */
import { fail } from '../../errno.ts';
import type { Fn, Kern } from '../../kern.ts';
import type { Task } from '../../sched/task.ts';
import { dput, isDir, isPositive } from '../dentry.ts';
import { filenameParentat, isParent, lookupLocked } from './filename.ts';

/** do_unlinkat(): the name is looked up before the missing i_op->unlink is noticed. */
export function* doUnlinkat(k: Kern, task: Task, path: string): Fn {
  const target = yield* filenameParentat(k, task, path);
  if (typeof target === 'number') return target;
  if (!isParent(target)) return fail(target.kind === 'tracefs' ? 'EISDIR' : 'EPERM');
  const d = yield* lookupLocked(k, target);
  let ret = d;
  if (d >= 0) {
    ret = !isPositive(k, d) ? fail('ENOENT') : fail(isDir(k, d) ? 'EISDIR' : 'EPERM');
    yield* dput(k, d);
  }
  yield* dput(k, target.parent);
  return ret;
}

/** do_renameat2(): both names are looked up before the missing i_op->rename is noticed. */
export function* doRenameat2(k: Kern, task: Task, from: string, to: string): Fn {
  const source = yield* filenameParentat(k, task, from);
  if (!isParent(source)) return typeof source === 'number' ? source : fail('EBUSY');
  const dest = yield* filenameParentat(k, task, to);
  if (!isParent(dest)) {
    yield* dput(k, source.parent);
    return typeof dest === 'number' ? dest : fail(dest.kind === 'tracefs' ? 'EBUSY' : 'EXDEV');
  }
  const old = yield* lookupLocked(k, source);
  let ret = old;
  if (old >= 0) {
    ret = isPositive(k, old) ? 0 : fail('ENOENT');
    const now = ret < 0 ? 0 : yield* lookupLocked(k, dest);
    if (ret === 0) ret = now < 0 ? now : fail('EPERM');
    if (now > 0) yield* dput(k, now);
    yield* dput(k, old);
  }
  yield* dput(k, source.parent);
  yield* dput(k, dest.parent);
  return ret;
}
