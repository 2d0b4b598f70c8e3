import { Button } from 'antd';
import { useState } from 'react';
import { useGet } from '../../hooks/use-get.ts';
import { useWhyNot } from '../../hooks/use-session.ts';
import { NeedsAbility } from '../../layout/NeedsAbility.tsx';
import { Answer } from '../../ui/Answer.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Properties } from '../../ui/Properties.tsx';
import { ReasonedButton } from '../../ui/ReasonedButton.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import { CHANNEL_KIND_WORDS, type Channel } from './channel-words.tsx';
import { DeliveryLog } from './DeliveryLog.tsx';
import { TestChannel } from './TestChannel.tsx';

/** The ways by which notices leave the console, and what became of each message. */
export function ChannelsPage() {
  return (
    <NeedsAbility ability="system.read">
      <Channels />
    </NeedsAbility>
  );
}

function Channels() {
  const [isAdding, setAdding] = useState(false);
  const channels = useGet('/api/v1/notice-channels', {});
  return (
    <>
      <PageHeader
        title="通知的发送"
        note="通知总在控制台的收件箱里；这里设定还用邮件、接口、群机器人发给谁，并查看发送的结果。"
        actions={
          <ReasonedButton
            type="primary"
            whyNot={useWhyNot()('system.manage')}
            onClick={() => setAdding(true)}
          >
            添加通道
          </ReasonedButton>
        }
      />
      {isAdding && <ChannelForm former={null} onClose={() => setAdding(false)} />}
      <Answer of={channels} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel title="发送通道">
              <p className="quiet">还没有发送通道：通知只在收件箱里。请系统管理员添加。</p>
            </Panel>
          ) : (
            items.map((channel) => <OneChannel key={channel.id} channel={channel} />)
          )
        }
      </Answer>
      <DeliveryLog channels={channels.data?.items ?? []} />
    </>
  );
}

function OneChannel({ channel }: { readonly channel: Channel }) {
  const [open, setOpen] = useState<'change' | 'test' | null>(null);
  const whyNot = useWhyNot()('system.manage');
  return (
    <Panel
      title={channel.name}
      aside={
        <span className="button-row">
          <ChannelStateTag channel={channel} />
          <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen('test')}>
            测试…
          </ReasonedButton>
          <ReasonedButton size="small" whyNot={whyNot} onClick={() => setOpen('change')}>
            修改…
          </ReasonedButton>
        </span>
      }
    >
      <Properties of={propertiesOf(channel)} />
      {channel.pausedWhy !== null && (
        <p>
          暂停到 <DateText at={channel.pausedUntil} />：{channel.pausedWhy}
        </p>
      )}
      {open === 'change' && <ChannelForm former={channel} onClose={() => setOpen(null)} />}
      {open === 'test' && (
        <>
          <TestChannel channel={channel} />
          <Button size="small" onClick={() => setOpen(null)}>
            收起
          </Button>
        </>
      )}
    </Panel>
  );
}

function ChannelStateTag({ channel }: { readonly channel: Channel }) {
  if (!channel.enabled) return <StateTag tone="plain">停用</StateTag>;
  if (channel.pausedUntil !== null) return <StateTag tone="warn">暂停</StateTag>;
  return <StateTag tone="good">启用</StateTag>;
}

const propertiesOf = (channel: Channel) =>
  [
    ['种类', CHANNEL_KIND_WORDS[channel.kind]],
    ...(channel.host === null ? [] : [['服务器', channel.host] as const]),
    ...(channel.from === null ? [] : [['发件人', channel.from] as const]),
    ['密钥', channel.hasSecret ? '已保存，不显示' : '没有'],
    [
      '不打扰的时段',
      `${channel.quietFrom} 至 ${channel.quietTo}${channel.workdaysOnly ? '，非工作日' : ''}`,
    ],
    ['通知的种类', channel.kinds === null ? '全部' : `${channel.kinds.length} 类`],
    ['结果不确定的', channel.resendsUncertain ? '自动重发，可能收到两次' : '由人决定'],
  ] as const;
