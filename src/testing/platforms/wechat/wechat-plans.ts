import type { ComponentPlan, WechatPlan, WechatPost } from './wechat-plan.ts';

/** A healthy account with every interface; a test changes what it is about. */
export const ACCOUNT: WechatPlan = {
  baseUrl: '',
  appId: 'wx1',
  appSecret: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
  today: '2020-09-17',
  posts: [],
  spanDays: 30,
  isDelayed: false,
  withheld: [],
  menu: true,
  autoReply: false,
  comments: true,
  tokenCalls: null,
  busyOnce: false,
  frozen: false,
};

export const post = (on: string, more: Partial<WechatPost> = {}): WechatPost => ({
  title: `公告 ${on}`,
  on,
  time: '10:00',
  quiet: false,
  counted: true,
  deleted: false,
  ...more,
});

export const COMPONENT: ComponentPlan = {
  appId: 'wxcomponent',
  appSecret: 'c0ffee00c0ffee00c0ffee00c0ffee00',
  token: 'callback-token',
  encodingKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
};
