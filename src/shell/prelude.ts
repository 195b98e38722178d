/**
 * What an exported script defines first, so that it runs in a real root shell: the helpers of commands/held.ts as far as
 * bash and python3 go. Differences to the model are said in docs/shell.md.
 */
export const REAL_SHELL_PRELUDE = String.raw`cd /sys/kernel/tracing || exit 1

# getdents N [ENTRIES]: read on from the held directory N. With ENTRIES, that many, one a system call.
getdents() {
  python3 -c '
import ctypes, os, struct, sys
fd = int(sys.argv[1]); limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
number = {"x86_64": 217, "aarch64": 61, "riscv64": 61}[os.uname().machine]
call = ctypes.CDLL(None, use_errno=True).syscall
size = 32768 if limit is None else 24
seen = 0
while limit is None or seen < limit:
    buffer = ctypes.create_string_buffer(size)
    got = call(number, fd, buffer, size)
    if got < 0 and ctypes.get_errno() == 22 and limit is not None and size < 304:
        size += 8
        continue
    if got < 0:
        sys.exit("bash: getdents: %d: %s" % (fd, os.strerror(ctypes.get_errno())))
    if got == 0:
        break
    at = 0
    while at < got:
        length, = struct.unpack_from("H", buffer.raw, at + 16)
        print(buffer.raw[at + 19:at + length].split(b"\0", 1)[0].decode())
        at += length
        seen += 1
    if limit is not None:
        size = 24
' "$@"
}

# rewind N: back to the first entry.
rewind() { python3 -c 'import os, sys; os.lseek(int(sys.argv[1]), 0, 0)' "$1"; }

# openat N NAME: open NAME in the held directory N at the lowest free descriptor, and print it.
# Goes through /proc/self/fd, which adds dentries and inodes of proc to the counts.
openat() {
  local fd=3
  while [ -e "/proc/$$/fd/$fd" ]; do fd=$((fd + 1)); done
  eval "exec $fd< \"/proc/self/fd/$1/$2\"" && echo "$fd"
}

# opath N PATH: bash cannot hold a descriptor opened with O_PATH.
opath() { echo "opath: only in the model" >&2; return 1; }

# For what su runs.
export -f getdents rewind openat opath
`;
