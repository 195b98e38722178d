/** What tells one kernel from another in every picture: its colour together with its line. */
import css from './glyph.module.css';
import { KERNEL_DASHES, kernelColour } from './marks.ts';

/** A piece of the kernel's line, as it runs through the charts. */
export function KernelKey({ channel }: { readonly channel: number }) {
  return (
    <svg className={css.key} viewBox="0 0 24 8" width={24} height={8} aria-hidden="true">
      <path
        d="M0 4h24"
        stroke={kernelColour(channel)}
        strokeWidth={2}
        strokeDasharray={KERNEL_DASHES[channel].join(' ')}
      />
    </svg>
  );
}

/** The same line upright at the left edge of a row. */
export function KernelBar({ channel }: { readonly channel: number }) {
  return (
    <svg className={css.bar} width={4} height="100%" aria-hidden="true">
      <line
        x1={2}
        y1={0}
        x2={2}
        y2="100%"
        stroke={kernelColour(channel)}
        strokeWidth={4}
        strokeDasharray={KERNEL_DASHES[channel].join(' ')}
      />
    </svg>
  );
}
