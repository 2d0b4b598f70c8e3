import { useState } from 'react';
import { sendChange } from '../../api/client.ts';
import type { AccountDetail, ItemOf } from '../../api/types.ts';
import { useChange } from '../../hooks/use-change.ts';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { Answer } from '../../ui/Answer.tsx';
import { ConfirmButton } from '../../ui/ConfirmButton.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { SOURCE_KIND_WORDS, SOURCE_STATE_WORDS } from '../../util/words.ts';
import { AddSource } from './AddSource.tsx';
import { Capabilities } from './Capabilities.tsx';
import { ChangeCredential } from './ChangeCredential.tsx';
import { ReportPost } from './ReportPost.tsx';
import { SHOWN_BY_SOURCES } from './shown-by-sources.ts';
import { useAuthorisation } from './use-authorisation.ts';

type Source = ItemOf<'/api/v1/accounts/{id}/sources'>;

const TONES: Readonly<Record<Source['state'], Tone>> = {
  ...{ new: 'plain', ok: 'good', expired: 'warn' },
  ...{ banned: 'bad', parked: 'waiting', failing: 'warn' },
};
type Open = 'add' | 'report' | Source | null;

/** Where the account can be read, how each of these stands, and what is to be done about it. */
export function SourcesPanel({
  account,
}: {
  readonly account: Pick<AccountDetail, 'id' | 'platform'>;
}) {
  const accountId = account.id;
  const authorisation = useAuthorisation(account).data?.authorisation;
  const authorisedAppId = authorisation?.state === 'authorised' ? authorisation.appId : null;
  const sources = useGet('/api/v1/accounts/{id}/sources', { path: { id: accountId } });
  const whyNot = useWhyNot()('registry.edit');
  const [open, setOpen] = useState<Open>(null);
  const close = (): void => setOpen(null);
  return (
    <Panel
      title="信源"
      aside={
        <span className="tag-row">
          <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen('report')}>
            报送最近一条…
          </ReasonedButton>
          <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen('add')}>
            添加信源…
          </ReasonedButton>
        </span>
      }
    >
      <Answer of={sources} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">还没有信源：只能由检查人员打开账号查看。</p>
          ) : (
            <ul className="sources">
              {items.map((source) => (
                <SourceRow
                  key={source.id}
                  {...{ accountId, source, whyNot }}
                  isAuthorised={source.kind === 'wechat' && source.identity === authorisedAppId}
                  onChangeCredential={() => setOpen(source)}
                />
              ))}
            </ul>
          )
        }
      </Answer>
      {open === 'add' && <AddSource accountId={accountId} onClose={close} />}
      {open === 'report' && <ReportPost accountId={accountId} onClose={close} />}
      {open !== null && typeof open === 'object' && (
        <ChangeCredential accountId={accountId} source={open} onClose={close} />
      )}
    </Panel>
  );
}

const BY_HAND: readonly Source['kind'][] = ['submission', 'observation'];
const WITH_CREDENTIAL: readonly Source['kind'][] = ['wechat', 'weibo', 'douyin'];

interface SourceRowProps {
  readonly accountId: number;
  readonly source: Source;
  readonly whyNot: string | null;
  /** Its account's administrator let us read it by scanning. */
  readonly isAuthorised: boolean;
  readonly onChangeCredential: () => void;
}

function SourceRow(props: SourceRowProps) {
  const { accountId, source, whyNot, isAuthorised, onChangeCredential } = props;
  const { id, kind, level, address, identity, state, reason, nextStep } = source;
  const params = { path: { id: accountId, sourceId: id } };
  const test = useChange({
    change: () => sendChange('post', '/api/v1/accounts/{id}/sources/{sourceId}/test', { params }),
    doneWords: '看过了',
    refreshes: SHOWN_BY_SOURCES,
  });
  const remove = useChange({
    change: () => sendChange('delete', '/api/v1/accounts/{id}/sources/{sourceId}', { params }),
    doneWords: '已去掉',
    refreshes: SHOWN_BY_SOURCES,
  });
  return (
    <li>
      <p className="tag-row">
        <strong>{SOURCE_KIND_WORDS[kind]}</strong>
        <span title="信源等级">{level}</span>
        <StateTag tone={TONES[state]}>{SOURCE_STATE_WORDS[state]}</StateTag>
        {WITH_CREDENTIAL.includes(kind) && !source.hasCredential && (
          <StateTag tone={isAuthorised ? 'good' : 'warn'}>
            {isAuthorised ? '凭授权读取' : '没有密钥'}
          </StateTag>
        )}
      </p>
      <p className="quiet source-address">
        {[identity, address].filter((each) => each !== '').join(' · ')}
      </p>
      {reason !== '' && <p>{reason}</p>}
      {nextStep !== '' && <p>下一步：{nextStep}</p>}
      <p className="quiet">
        {source.checkedAt === null ? (
          '还没看过'
        ) : (
          <>
            上次看 <DateText at={source.checkedAt} />
          </>
        )}
        {source.newestOn !== null && `；最新一条 ${source.newestOn} ${source.newestTitle}`}
      </p>
      <Capabilities of={source.capabilities} />
      <span className="tag-row">
        {!BY_HAND.includes(kind) && (
          <ReasonedButton
            size="small"
            whyNot={whyNot}
            loading={test.isPending}
            onClick={() => test.mutate()}
          >
            立即测试
          </ReasonedButton>
        )}
        {WITH_CREDENTIAL.includes(kind) && (
          <ReasonedButton size="small" whyNot={whyNot} onClick={onChangeCredential}>
            更换密钥…
          </ReasonedButton>
        )}
        <ConfirmButton
          size="small"
          danger
          whyNot={whyNot}
          question={`去掉这个信源（${SOURCE_KIND_WORDS[kind]}）？`}
          consequence="看到过的内容留着；密钥不留，再加时要重新填写。"
          onConfirm={() => remove.mutateAsync()}
        >
          去掉
        </ConfirmButton>
      </span>
    </li>
  );
}
