import { conformanceTests } from './suite.ts';

conformanceTests('6.1', 'linux-6.1.0-56-amd64', [1, 4]);
