/**
 * A link into the kernel's source. The engine links at the version of the VFS; what is eventfs itself is linked at the
 * version of the design, which may be another.
 */
import type { SourceLink } from '../../state/protocol.ts';
import { useFrame, useViewContext } from '../context.ts';

/** Tag of the source that shows the design of a kernel; '' = none does. */
export function useDesignTag(channel: number): string {
  const { library } = useViewContext();
  const design = useFrame((frame) => frame.channels[channel]?.design)?.split(':')[0];
  return library.designs.find((card) => card.id === design)?.gitTag ?? '';
}

export const urlAt = ({ source, url }: SourceLink, designTag: string): string =>
  designTag !== '' && source.startsWith('fs/tracefs/') ? url.replace(/\/linux\/[^/]+\//, `/linux/${designTag}/`) : url;
