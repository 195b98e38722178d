import { conformanceTests } from './suite.ts';

conformanceTests('6.12', 'linux-6.12.117-amd64', [1, 4]);
