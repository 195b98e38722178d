/** Users and groups of a fresh Debian 12 (base-passwd 3.6.1): a number without a name is shown as the number. */

const USERS =
  'root:0 daemon:1 bin:2 sys:3 sync:4 games:5 man:6 lp:7 mail:8 news:9 uucp:10 proxy:13 www-data:33 backup:34 list:38 irc:39 _apt:42 nobody:65534';
const GROUPS =
  'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534';

class Names {
  readonly #byId = new Map<number, string>();
  readonly #byName = new Map<string, number>();

  constructor(list: string) {
    for (const entry of list.split(' ')) {
      const [name = '', id = ''] = entry.split(':');
      this.#byId.set(Number(id), name);
      this.#byName.set(name, Number(id));
    }
  }

  nameOf(id: number): string | undefined {
    return this.#byId.get(id);
  }

  /** The id a person means by a name or a number; undefined when there is none such. */
  idOf(text: string): number | undefined {
    return this.#byName.get(text) ?? (/^\d+$/.test(text) && Number(text) < 2 ** 32 - 1 ? Number(text) : undefined);
  }
}

export const users = new Names(USERS);
export const groups = new Names(GROUPS);
