import { conformanceTests } from './suite.ts';

conformanceTests('fin', 'eventfs-final-on-6.6');
