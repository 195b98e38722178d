/** Paths as text. */

/** Where tracefs is mounted; the shell starts here. */
export const TRACEFS_ROOT = '/sys/kernel/tracing';

/** `directory/name` as GNU programs join them: no second slash. */
export const join = (directory: string, name: string): string =>
  directory.endsWith('/') ? directory + name : `${directory}/${name}`;

/** An absolute path without `.`, `..` and double slashes, by text alone. */
export function canonical(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** What `path` is relative to `cwd`, as an absolute path. */
export const absolute = (cwd: string, path: string): string => (path.startsWith('/') ? path : join(cwd, path));
