/** What stands beside a panel's heading while its picture is the last true one and a new one is on its way. */
import { useSlow } from '../../ui/progress.tsx';
import { useActivity, useFrame } from '../context.ts';

export function useStaleNote(): string | undefined {
  const isRunning = useActivity((activity) => activity.running !== undefined);
  const position = useFrame((frame) => frame.position);
  const isSlow = useSlow(isRunning);
  return isSlow && position !== undefined ? `after command ${position}` : undefined;
}
