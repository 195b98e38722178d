import { conformanceTests } from './suite.ts';

conformanceTests('rc2', 'eventfs-v6.6-rc2');
