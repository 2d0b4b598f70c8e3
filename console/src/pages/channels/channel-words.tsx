import type { BodyOf, ItemOf } from '../../api/types.ts';
import type { Tone } from '../../ui/StateTag.tsx';

export type Channel = ItemOf<'/api/v1/notice-channels'>;
export type ChannelInput = BodyOf<'/api/v1/notice-channels', 'post'>;
export type Delivery = ItemOf<'/api/v1/notice-deliveries'>;

export const CHANNEL_KIND_WORDS: Readonly<Record<Channel['kind'], string>> = {
  email: '邮件',
  webhook: '接口（webhook）',
  wecom: '企业微信群机器人',
  dingtalk: '钉钉群机器人',
  feishu: '飞书群机器人',
};

export const DELIVERY_STATE_WORDS: Readonly<Record<Delivery['state'], string>> = {
  waiting: '等着发',
  sending: '正在发',
  sent: '已送到',
  failed: '没有送到',
  uncertain: '不确定',
};

export const DELIVERY_TONES: Readonly<Record<Delivery['state'], Tone>> = {
  waiting: 'waiting',
  sending: 'busy',
  sent: 'good',
  failed: 'bad',
  uncertain: 'warn',
};
