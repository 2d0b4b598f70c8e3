import { App } from 'antd';
import type { ReactNode } from 'react';
import { ReasonedButton, type ReasonedButtonProps } from './ReasonedButton.tsx';

interface ConfirmButtonProps extends Omit<ReasonedButtonProps, 'onClick' | 'whyNot'> {
  readonly whyNot?: string | null;
  readonly question: string;
  /** What follows from it, and whether it can be undone. */
  readonly consequence?: ReactNode;
  /** The word on the button that does it; the same as on this button by default. */
  readonly confirmWords?: string;
  readonly onConfirm: () => Promise<unknown> | undefined;
}

/** A button for what is hard to undo: it asks first. The question stays open while the work is under way. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { question, consequence, confirmWords, onConfirm, whyNot = null, ...rest } = props;
  const { modal } = App.useApp();
  const ask = (): void => {
    modal.confirm({
      title: question,
      content: consequence,
      okText: confirmWords ?? rest.children,
      cancelText: '取消',
      okButtonProps: { danger: rest.danger === true },
      focusable: { autoFocusButton: rest.danger ? 'cancel' : 'ok' },
      // A failure is said by the change itself; the question closes either way.
      onOk: () => onConfirm()?.catch(() => undefined),
    });
  };
  return <ReasonedButton {...rest} whyNot={whyNot} onClick={ask} />;
}
