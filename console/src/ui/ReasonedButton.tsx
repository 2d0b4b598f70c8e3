import { Button, type ButtonProps, Tooltip } from 'antd';

export interface ReasonedButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Null: it may be pressed. Else the reason why not, shown on hover and on focus. */
  readonly whyNot: string | null;
}

/** A button that, when it may not be pressed, can still be reached by keyboard and says why. */
export function ReasonedButton({ whyNot, onClick, className, ...rest }: ReasonedButtonProps) {
  if (whyNot === null)
    return <Button {...rest} {...(className && { className })} {...(onClick && { onClick })} />;
  // `htmlType` of a form would submit although it looks disabled.
  return (
    <Tooltip title={whyNot}>
      <Button
        {...rest}
        htmlType="button"
        href={undefined as never}
        aria-disabled
        className={`button-off ${className ?? ''}`}
        onClick={(event) => event.preventDefault()}
      />
    </Tooltip>
  );
}
