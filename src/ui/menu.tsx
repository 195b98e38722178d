/** A menu under a button: items with a second line, e.g. the shell line an action would write. */
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import css from './menu.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** In mono under the label. */
  readonly line?: string | undefined;
  readonly reason?: string | undefined;
  readonly keys?: string | undefined;
  readonly onSelect: () => void;
  /** The item gets the focus or loses it: its line is shown at the prompt meanwhile. */
  readonly onFocus?: () => void;
}

interface MenuProps {
  readonly trigger: ReactElement;
  readonly groups: readonly (readonly MenuItem[])[];
  readonly onClose?: () => void;
}

export function Menu({ trigger, groups, onClose }: MenuProps) {
  return (
    <Radix.Root modal={false} onOpenChange={(open) => !open && onClose?.()}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={css.menu} align="end" sideOffset={4} collisionPadding={8}>
          {groups
            .filter((group) => group.length > 0)
            .map((group, index) => (
              <Radix.Group key={group[0].id} className={css.group}>
                {index > 0 && <Radix.Separator className={css.separator} />}
                {group.map((item) => (
                  <Radix.Item
                    key={item.id}
                    className={css.item}
                    disabled={false}
                    aria-disabled={item.reason !== undefined || undefined}
                    textValue={item.label}
                    onFocus={() => item.onFocus?.()}
                    onSelect={(event) => {
                      if (item.reason !== undefined) event.preventDefault();
                      else item.onSelect();
                    }}
                  >
                    <span className={css.label}>{item.label}</span>
                    {item.keys !== undefined && <kbd className={css.keys}>{item.keys}</kbd>}
                    {(item.reason ?? item.line) !== undefined && (
                      <span className={item.reason === undefined ? css.line : css.reason}>
                        {item.reason ?? item.line}
                      </span>
                    )}
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
