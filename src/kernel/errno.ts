/** Names of the errors that the modelled system calls return, with the text that strerror(3) gives (glibc). */
export const ERRNO_TEXT = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  EIO: 'Input/output error',
  EBADF: 'Bad file descriptor',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EFAULT: 'Bad address',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  EMFILE: 'Too many open files',
  ESPIPE: 'Illegal seek',
  EROFS: 'Read-only file system',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENODATA: 'No data available',
} as const;

export type Errno = keyof typeof ERRNO_TEXT;

/** The numbers of x86_64 Linux. Inside the kernel a function returns the negative number, as kernel functions do. */
const ERRNO_NUMBER: Readonly<Record<Errno, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ESPIPE: 29,
  EROFS: 30,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  ELOOP: 40,
  ENODATA: 61,
};

const NAME_BY_NUMBER = new Map<number, Errno>(Object.entries(ERRNO_NUMBER).map(([name, n]) => [n, name as Errno]));

/** The negative return value for an error: `fail('ENOENT')` is -2. */
export const fail = (name: Errno): number => -ERRNO_NUMBER[name];

/** The name behind a negative return value. */
export function errnoOf(ret: number): Errno {
  const name = NAME_BY_NUMBER.get(-ret);
  if (name === undefined) throw new RangeError(`${ret} is not the negative of a known errno`);
  return name;
}
