import { conformanceTests } from './suite.ts';

conformanceTests('6.6', 'eventfs-v6.6');
