import { useGet } from '../../hooks/use-get.ts';
import { DateText } from '../../ui/DateText.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { Capabilities } from './Capabilities.tsx';
import type { Authorisation } from './use-authorisation.ts';

type Given = NonNullable<Authorisation['authorisation']>;

const STATES: Readonly<Record<Given['state'], readonly [Tone, string]>> = {
  authorised: ['good', '已授权'],
  withdrawn: ['plain', '已撤回'],
  broken: ['bad', '已失效'],
  mismatch: ['warn', '扫码的是另一个账号'],
};
const NEXT_STEPS: Readonly<Record<Given['state'], string | null>> = {
  authorised: null,
  withdrawn: '要继续读取，请再生成授权链接，由账号管理员扫码。',
  broken: '请再生成授权链接，由账号管理员重新扫码。',
  mismatch: '请核对扫码的账号和名录里的账号 ID，改正后再生成授权链接。',
};

interface GivenAuthorisationProps {
  readonly accountId: number;
  readonly given: Given;
}

/** What was given, since when, what it allows, and what asking found of it. */
export function GivenAuthorisation({ accountId, given }: GivenAuthorisationProps) {
  const { appId, nickName, userName, principalName, state, reason, reads } = given;
  const sources = useGet('/api/v1/accounts/{id}/sources', { path: { id: accountId } });
  const source = sources.data?.items.find(
    ({ kind, identity }) => kind === 'wechat' && identity === appId,
  );
  const found = source?.capabilities ?? [];
  const [tone, words] = STATES[state];
  return (
    <>
      <p className="tag-row">
        <StateTag tone={tone}>{words}</StateTag>
        {reason !== '' && <span>{reason}</span>}
      </p>
      {NEXT_STEPS[state] && <p>下一步：{NEXT_STEPS[state]}</p>}
      <Properties
        of={[
          ['公众号', `${nickName || '（没有取得名称）'}（${userName || appId}）`],
          ['认证主体', principalName || '—'],
          ['授权时间', <DateText key="at" at={given.authorisedAt} />],
          ...(state === 'withdrawn'
            ? [['撤回时间', <DateText key="until" at={given.changedAt} />] as const]
            : []),
          ['授权的权限', reads.join('、') || '没有本平台要用的权限'],
          ['问到的接口', found.length > 0 ? <Capabilities key="found" of={found} /> : '还没有问过'],
        ]}
      />
    </>
  );
}
