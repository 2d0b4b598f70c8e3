import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { RoundDetail } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { FreezeDialog } from './FreezeDialog.tsx';
import { roundActions } from './round-actions.ts';

/** Start, pause, go on, freeze; what cannot be done now says why. */
export function RoundButtons({ round }: { readonly round: RoundDetail }) {
  const whyNot = useWhyNot();
  const [isFreezing, setFreezing] = useState(false);
  const { period } = round;
  const actions = roundActions(round, { run: whyNot('round.run'), freeze: whyNot('round.freeze') });
  const refreshes = ['/api/v1/rounds/{period}', '/api/v1/rounds', '/api/v1/overview'] as const;
  const run = useChange({
    change: () =>
      sendChange('post', '/api/v1/rounds/{period}/run', { params: { path: { period } } }),
    doneWords: '批次开始运行',
    refreshes,
  });
  const pause = useChange({
    change: () =>
      sendChange('post', '/api/v1/rounds/{period}/pause', { params: { path: { period } } }),
    doneWords: '正在暂停：手上的对象做完就停',
    refreshes,
  });
  const isOver = round.state === 'frozen' || round.state === 'issued';
  if (isOver)
    return (
      <Link to="/bulletins/$period" params={{ period }}>
        打开这一期的通报
      </Link>
    );
  return (
    <>
      {actions.pause === null ? (
        <ReasonedButton whyNot={null} loading={pause.isPending} onClick={() => pause.mutate()}>
          暂停
        </ReasonedButton>
      ) : (
        <ConfirmButton
          type={round.state === 'reviewing' ? 'default' : 'primary'}
          whyNot={actions.run.whyNot}
          question={`${actions.run.words}“${round.label}”？`}
          consequence="将按礼貌的频率访问范围内的网站和账号；随时可以暂停，暂停后从停下的地方继续。"
          onConfirm={() => run.mutateAsync()}
        >
          {actions.run.words}
        </ConfirmButton>
      )}
      <ReasonedButton
        type={round.state === 'reviewing' ? 'primary' : 'default'}
        whyNot={actions.freeze}
        onClick={() => setFreezing(true)}
      >
        冻结…
      </ReasonedButton>
      {isFreezing && <FreezeDialog round={round} onClose={() => setFreezing(false)} />}
    </>
  );
}
