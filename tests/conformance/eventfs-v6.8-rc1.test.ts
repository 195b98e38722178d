import { conformanceTests } from './suite.ts';

conformanceTests('6.8-rc1', 'eventfs-v6.8-rc1');
