import { sendChange } from '../../api/client.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useUser, useWhyNot } from '../../hooks/use-session.ts';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { BulletinItem, Preview } from './bulletin-types.ts';
import { whyNotSign, whyNotUnsign } from './why-not-sign.ts';

interface SignPanelProps {
  readonly item: BulletinItem;
  readonly document: Preview;
}

const PLACES = ['第一人', '第二人'] as const;

/** Two different persons sign the same bytes; why one cannot is said beside the button, not only on it. */
export function SignPanel({ item, document }: SignPanelProps) {
  const user = useUser();
  const mayNot = useWhyNot()('bulletin.sign');
  const { period, signatures } = item;
  const path = { path: { period } };
  const refreshes = [
    '/api/v1/bulletins',
    '/api/v1/bulletins/{period}/preview',
    '/api/v1/rounds',
    '/api/v1/overview',
  ] as const;
  const sign = useChange({
    change: () =>
      sendChange('post', '/api/v1/bulletins/{period}/signatures', {
        params: path,
        body: { sha256: item.sha256 ?? '' },
      }),
    doneWords: '已签名',
    refreshes,
  });
  const unsign = useChange({
    change: () => sendChange('delete', '/api/v1/bulletins/{period}/signatures', { params: path }),
    doneWords: '已撤回签名',
    refreshes,
  });
  const signer = user ?? { login: '', name: '' };
  const whyNot = whyNotSign(item, document, signer, mayNot);
  return (
    <Panel title="签发">
      <ol className="signatures">
        {PLACES.map((place, at) => {
          const signature = signatures[at];
          return (
            <li key={place}>
              <span className="quiet">{place}</span>{' '}
              {signature ? (
                <>
                  <strong>{signature.by}</strong> <DateText at={signature.at} />
                </>
              ) : (
                <StateTag tone="waiting">未签</StateTag>
              )}
            </li>
          );
        })}
      </ol>
      <div className="button-row">
        <ConfirmButton
          type="primary"
          whyNot={whyNot}
          question={signatures.length === 1 ? '签发这期通报？' : '签第一个名？'}
          consequence={
            signatures.length === 1
              ? '您是第二人：签后通报正式签发，文件不再变化，不能撤回。'
              : '还要另一个人签第二个名才算签发；在那之前您可以撤回。'
          }
          confirmWords="签名"
          onConfirm={() => sign.mutateAsync()}
        >
          {signatures.length === 1 ? '签发' : '签名'}
        </ConfirmButton>
        {whyNotUnsign(item, signer) === null && (
          <ConfirmButton
            whyNot={null}
            question="撤回您的签名？"
            onConfirm={() => unsign.mutateAsync()}
          >
            撤回签名
          </ConfirmButton>
        )}
      </div>
      {whyNot !== null && item.state !== 'signed' && <p className="sign-why">{whyNot}</p>}
    </Panel>
  );
}
