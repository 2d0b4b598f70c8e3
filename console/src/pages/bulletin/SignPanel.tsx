import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Signing } from './bulletin-types.ts';

const PLACES = ['第一人', '第二人'] as const;
const refreshes = [
  '/api/v1/bulletins/{period}/signing',
  '/api/v1/bulletins',
  '/api/v1/bulletins/{period}/preview',
  '/api/v1/rounds',
  '/api/v1/overview',
] as const;

/** Two different persons sign the same bytes; why one cannot is said beside the button, not only on it. */
export function SignPanel({ signing }: { readonly signing: Signing }) {
  const { period, signatures, build, maySign, mayWithdraw, state } = signing;
  const path = { path: { period } };
  const sign = useChange({
    change: () =>
      sendChange('post', '/api/v1/bulletins/{period}/signatures', {
        params: path,
        body: { sha256: build?.sha256 ?? '' },
      }),
    doneWords: '已签名',
    refreshes,
  });
  const unsign = useChange({
    change: () => sendChange('delete', '/api/v1/bulletins/{period}/signatures', { params: path }),
    doneWords: '已撤回签名',
    refreshes,
  });
  const isSecond = signatures.length === 1;
  const isSaidNowhereElse =
    maySign !== null && !signing.blockers.some(({ message }) => message === maySign);
  return (
    <Panel title="签发">
      <Signatures signing={signing} />
      {state !== 'signed' && (
        <div className="button-row">
          <ConfirmButton
            type="primary"
            whyNot={maySign}
            question={isSecond ? '签发这期通报？' : '签第一个名？'}
            consequence={
              isSecond
                ? '您是第二人：签后通报正式签发，文件不再变化，不能撤回。'
                : '还要另一个人签第二个名才算签发；在那之前您可以撤回。'
            }
            confirmWords="签名"
            onConfirm={() => sign.mutateAsync()}
          >
            {isSecond ? '签发' : '签名'}
          </ConfirmButton>
          {mayWithdraw === null && (
            <ConfirmButton
              whyNot={null}
              question="撤回您的签名？"
              onConfirm={() => unsign.mutateAsync()}
            >
              撤回签名
            </ConfirmButton>
          )}
        </div>
      )}
      {state !== 'signed' && isSaidNowhereElse && <p className="sign-why">{maySign}</p>}
      <Blockers signing={signing} />
    </Panel>
  );
}

function Signatures({ signing }: { readonly signing: Signing }) {
  return (
    <ol className="signatures">
      {PLACES.map((place, at) => {
        const signature = signing.signatures[at];
        return (
          <li key={place}>
            <span className="quiet">{place}</span>{' '}
            {signature ? (
              <>
                <strong>{signature.by}</strong> <DateText at={signature.at} />
                {signature.isOwn && <span className="quiet"> 您</span>}
              </>
            ) : (
              <StateTag tone="waiting">未签</StateTag>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** What forbids signing, whoever signs; and what one should know that is no reason not to. */
function Blockers({ signing: { blockers, notes } }: { readonly signing: Signing }) {
  return (
    <ul className="sign-blockers">
      {blockers.map(({ code, message, details }) => (
        <li key={code}>
          {message}
          {details.length > 0 && (
            <details>
              <summary>哪些（{details.length}）</summary>
              <ul>
                {details.map((detail) => (
                  <li key={detail}>{detail}</li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
      {notes.map((note) => (
        <li key={note} className="quiet">
          {note}
        </li>
      ))}
    </ul>
  );
}
