import {
  CheckCircleFilled,
  ClockCircleOutlined,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'waiting' | 'plain';

const ICONS: Readonly<Record<Tone, ReactNode>> = {
  good: <CheckCircleFilled aria-hidden />,
  bad: <CloseCircleFilled aria-hidden />,
  warn: <ExclamationCircleFilled aria-hidden />,
  busy: <SyncOutlined aria-hidden />,
  waiting: <ClockCircleOutlined aria-hidden />,
  plain: <MinusCircleOutlined aria-hidden />,
};

/** A state as colour, sign and word together: none of them alone. */
export function StateTag({
  tone,
  children,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
}) {
  return (
    <span className={`state-tag state-tag-${tone}`}>
      {ICONS[tone]}
      {children}
    </span>
  );
}
