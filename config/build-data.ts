/**
 * Makes public/kernels/ and tests/conformance/recorded/ from the recorded kernel data (see config/data/README.md).
 * Only needed when that data changes: what it makes is in the repository.
 *
 *   npx tsx config/build-data.ts [folder of the kernel data]
 */
import { join } from 'node:path';
import { buildMachines } from './data/machines.ts';
import { PROJECT } from './data/paths.ts';
import { buildRecordings } from './data/recordings.ts';
import { buildSmall } from './data/small.ts';

const source = process.argv[2] ?? join(PROJECT, '..', 'shared', 'kernel-data');
buildMachines(source);
buildSmall();
buildRecordings(source);
