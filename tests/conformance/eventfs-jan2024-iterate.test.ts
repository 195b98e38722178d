import { conformanceTests } from './suite.ts';

conformanceTests('jan', 'eventfs-jan2024-iterate');
