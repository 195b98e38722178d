import { conformanceTests } from './suite.ts';

conformanceTests('6.7', 'eventfs-v6.7');
