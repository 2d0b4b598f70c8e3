import type { WechatInteraction } from '../../domain/account-facts.ts';
import { type Fact, observed, unobserved } from '../../domain/fact.ts';
import type { WechatClient } from './wechat-client.ts';
import type { PublishedRow } from './wechat-published.ts';

/** The account has no comment right (new-media-apis §2.6). */
const NO_COMMENT_RIGHT = 88000;
/** No menu was ever built. */
const NO_MENU = 46003;
const COMMENT_PAGE = 10;

/** Asks for menu, automatic replies and comments. A greeting on following is no interaction. */
export async function readInteraction(
  client: WechatClient,
  rows: readonly PublishedRow[],
): Promise<Fact<WechatInteraction>> {
  const menuOpen = await readMenu(client);
  const autoReply = await readAutoReply(client);
  const comments = await readComments(client, rows);
  if (menuOpen === null && autoReply === null && comments === null)
    return unobserved('公众号的菜单、自动回复、评论接口都没有答复');
  return observed({ menuOpen, autoReply, comments });
}

async function readMenu(client: WechatClient): Promise<boolean | null> {
  const answer = await client.call('/cgi-bin/get_current_selfmenu_info', 'GET');
  if (!answer.ok) return answer.errcode === NO_MENU ? false : null;
  const buttons = (answer.data.selfmenu_info as { button?: unknown } | undefined)?.button;
  const built = Array.isArray(buttons) && buttons.length > 0;
  const open = answer.data.is_menu_open;
  // An answer without the switch was not understood: what it shows counts for the account, never against it.
  if (open === undefined || open === null) return built ? true : null;
  return Number(open) === 1 && built;
}

async function readAutoReply(client: WechatClient): Promise<boolean | null> {
  const answer = await client.call('/cgi-bin/get_current_autoreply_info', 'GET');
  if (!answer.ok) return null;
  const { data } = answer;
  if (data.is_autoreply_open === undefined || data.is_autoreply_open === null) return null;
  if (Number(data.is_autoreply_open) !== 1) return false;
  const rules = (data.keyword_autoreply_info as { list?: unknown } | undefined)?.list;
  const fallback = data.message_default_autoreply_info as { content?: unknown } | undefined;
  return (
    (Array.isArray(rules) && rules.length > 0) ||
    (typeof fallback?.content === 'string' && fallback.content !== '')
  );
}

async function readComments(
  client: WechatClient,
  rows: readonly PublishedRow[],
): Promise<boolean | null> {
  const recent = rows
    .filter((row) => row.msgDataId !== null)
    .sort((a, b) => (a.publishedOn < b.publishedOn ? 1 : -1))[0];
  // The right to comments is asked with any number: without it the platform refuses before it looks at the article.
  const msgDataId = recent?.msgDataId ?? '0';
  const body = {
    msg_data_id: Number(msgDataId) || msgDataId,
    index: 0,
    begin: 0,
    count: COMMENT_PAGE,
    type: 0,
  };
  const answer = await client.call('/cgi-bin/comment/list', 'POST', body);
  if (answer.ok) return recent === undefined ? null : true;
  return answer.errcode === NO_COMMENT_RIGHT ? false : null;
}
