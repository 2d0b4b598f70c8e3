import { Button, type ButtonProps, Tooltip } from 'antd';

export interface ReasonedButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Null: it may be pressed. Else the reason why not, shown on hover and on focus. */
  readonly whyNot: string | null;
}

/**
 * A button that, when it may not be pressed, can still be reached by keyboard and says why. It is the same element in both
 * states: another one would take the focus away from whoever has just pressed it.
 */
export function ReasonedButton({ whyNot, onClick, className, ...rest }: ReasonedButtonProps) {
  const isOff = whyNot !== null;
  // `htmlType` of a form would submit although it looks disabled.
  const off = isOff && { htmlType: 'button' as const, href: undefined as never };
  return (
    <Tooltip title={whyNot}>
      <Button
        {...rest}
        {...off}
        aria-disabled={isOff || undefined}
        className={`${isOff ? 'button-off ' : ''}${className ?? ''}`}
        onClick={(event) => (isOff ? event.preventDefault() : onClick?.(event))}
      />
    </Tooltip>
  );
}
