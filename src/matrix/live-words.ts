import { ENDED_WORDS } from '../domain/subject.ts';
import { KIND_WORDS } from './alert-words.ts';
import type { LiveEvidence, SeenBy } from './live-notices.ts';
import type { LiveKind } from './matrix-db.ts';

export const LIVE_TITLES: Readonly<Record<LiveKind, string>> = {
  'closed-posting': '已关停、注销的账号还有发布',
  gone: '登记的账号在平台上没有找到',
  renamed: '平台上的名称与登记不一致',
  operator: '认证主体与登记的代表主体不一致',
};

const seenWords = (seenBy: SeenBy): string =>
  seenBy === 'authorisation' ? '公众号授权时' : KIND_WORDS[seenBy];

/** What the operator reads: what was seen, where and when, what is registered, and what to do. It accuses of nothing. */
export function liveWords(account: string, evidence: LiveEvidence): string {
  switch (evidence.kind) {
    case 'closed-posting': {
      const { status, since, postOn, title, seenBy, level } = evidence;
      const state = ENDED_WORDS[status as keyof typeof ENDED_WORDS];
      const what = title === '' ? '还有发布' : `还有发布“${title}”`;
      return `名录里“${account}”${since} 起${state}，${postOn} ${what}（${seenWords(seenBy)}，${level} 级）。请停止发布、办理注销；登记有误的，请改正登记。`;
    }
    case 'gone': {
      const { said, seenBy, seenOn } = evidence;
      const seen =
        seenBy === 'observation'
          ? `${seenOn} 人工观察没有在平台上找到它`
          : `${seenOn} ${seenWords(seenBy)}没有给出它：${said}`;
      return `名录里“${account}”正常运行，${seen}。请打开账号核对：还在的，请更新登记的账号标识；确已停用的，请办理关停、注销。`;
    }
    case 'renamed': {
      const { shown, registered, seenBy, seenOn } = evidence;
      return `平台上的名称是“${shown}”（${seenWords(seenBy)}，${seenOn}），登记的是“${registered}”。已经改名的，请办理变更；没有改名的，请核对登记的账号标识。`;
    }
    default: {
      const { shown, registered, seenBy, seenOn } = evidence;
      return `“${account}”的认证主体是“${shown}”（${seenWords(seenBy)}，${seenOn}），登记的代表主体是“${registered}”。请核对；主体已变的，请办理变更。`;
    }
  }
}
