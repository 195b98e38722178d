/** What was proposed, and what might have been: designs that no release has. */
import { DENTRY, type DesignCard, inode, PINNED, TRACE_EVENT_FILE } from './card.ts';

const SEED_MAIL = 'Re: [GIT PULL] tracing: Fixes for 6.6-rc2';

export const NEVER_MERGED: readonly DesignCard[] = [
  {
    id: 'reverted',
    section: 'counterfactual',
    title: 'eventfs reverted',
    releases: 'never',
    date: '2023-09-25',
    event: 'the mail that asks for a revert, and the answer "And bring back all that wasted memory?"',
    released: false,
    does: [
      'What the mail of 25 September 2023 asks for: dentries used natively again, on the tree of today.',
      'Every event file of every instance has a pinned dentry and inode from its creation to its removal.',
      'It is here so that the wasted memory of the answer has a number.',
    ],
    structs: [PINNED, inode(656), TRACE_EVENT_FILE],
    bugs: [],
    sources: [{ id: '', subject: SEED_MAIL, date: '2023-09-25' }],
    gitTag: '',
    machine: 'linux-6.12.117-amd64',
  },
  {
    id: 'procfs-style',
    section: 'counterfactual',
    title: 'as /proc does it',
    releases: 'never',
    date: '2023-09-25',
    event: 'the mail that mentions /proc doing something similar',
    released: false,
    does: [
      'Static descriptors, as in fs/proc/generic.c: readdir emits from them and makes no dentry.',
      'Dentries come by lookup only and are killed when their count falls to 0.',
      'An open directory references nothing but itself.',
    ],
    structs: [DENTRY, inode(656), TRACE_EVENT_FILE],
    bugs: [],
    sources: [{ id: '', subject: SEED_MAIL, date: '2023-09-25' }],
    gitTag: '',
    machine: 'linux-6.12.117-amd64',
  },
  {
    id: 'open-array',
    section: 'D6',
    title: 'array at open',
    releases: 'never merged',
    date: '2024-01-16',
    event: 'the patch that makes a list of files and directories at open',
    released: false,
    does: [
      'Opening a directory copies name, inode number and type of every entry into an array of the open file.',
      'getdents reads the array and nothing else, so a listing is frozen at open.',
      'Declined: iterate already has all that data, so neither the array nor the hook at open is wanted.',
    ],
    structs: [
      { name: 'eventfs_list', bytes: 16, cache: 'kmalloc-16', per: 'one per open directory' },
      { name: 'eventfs_dents', bytes: 16, cache: 'kmalloc-16 … kmalloc-8k', per: 'one per entry of an open directory' },
      { name: 'eventfs_inode', bytes: 128, cache: 'kmalloc-128', per: 'one per directory' },
      DENTRY,
      inode(592),
      TRACE_EVENT_FILE,
    ],
    bugs: ['B15', 'B16', 'B18', 'B20', 'B31', 'B34'],
    sources: [
      {
        id: '20240116114711.7e8637be@gandalf.local.home',
        subject: '[PATCH] eventfs: Create dentries and inodes at dir open',
        date: '2024-01-16',
      },
      {
        id: '20240116211217.968123837@goodmis.org',
        subject: '[PATCH v2 2/2] eventfs: Create list of files and directories at dir open',
        date: '2024-01-16',
      },
      { id: '20240116170154.5bf0a250@gandalf.local.home', subject: 'the reply to its rejection', date: '2024-01-16' },
    ],
    gitTag: '',
    machine: 'eventfs-v6.8-rc1',
  },
];
