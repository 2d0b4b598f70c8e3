import type { WechatInteraction } from '../../../domain/account-facts.ts';
import { type Fact, observed, unobserved } from '../../../domain/fact.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import type { WechatRefusal } from './wechat-answer.ts';
import type { WechatClient } from './wechat-client.ts';
import { actionOf, wordRefusal } from './wechat-errors.ts';

/** A menu has at most three buttons with five below each. */
const MENU_ENTRIES_MAX = 20;
const REPLY_RULES_MAX = 200;
const NAME_LENGTH_MAX = 40;

/** What one switch says: null = it could not be asked. */
interface Switch {
  readonly open: boolean | null;
  readonly refused: WechatRefusal | null;
}

/** Asks for menu and automatic replies; `comments` was asked before. A greeting on following is no interaction. */
export async function readInteraction(
  client: WechatClient,
  comments: boolean | null,
): Promise<Fact<WechatInteraction>> {
  const menu = await readMenu(client);
  const reply = await readAutoReply(client);
  if (menu.open === null && reply.open === null && comments === null) {
    const said = [menu, reply].flatMap(({ refused }) => (refused ? [wordRefusal(refused)] : []));
    const words = [...new Set(said)].join('；') || '答复的内容看不懂';
    return unobserved(`公众号的菜单、自动回复、评论接口都没有答复：${words}`);
  }
  return observed({
    menuOpen: menu.open,
    autoReply: reply.open,
    comments,
    menuEntries: menu.entries,
    replyRules: reply.rules,
  });
}

async function readMenu(
  client: WechatClient,
): Promise<Switch & { readonly entries: readonly string[] }> {
  const answer = await client.call('get_current_selfmenu_info');
  if (!answer.ok)
    return {
      open: actionOf(answer.errcode) === 'none-there' ? false : null,
      refused: answer,
      entries: [],
    };
  const buttons = (answer.data.selfmenu_info as { button?: unknown } | undefined)?.button;
  const built = Array.isArray(buttons) && buttons.length > 0;
  const open = answer.data.is_menu_open;
  const entries = built ? namesOf(buttons) : [];
  // An answer without the switch was not understood: what it shows counts for the account, never against it.
  if (open === undefined || open === null)
    return { open: built ? true : null, refused: null, entries };
  return { open: Number(open) === 1 && built, refused: null, entries };
}

/** Names of buttons and of what unfolds below them, `互动 / 我要咨询`. */
function namesOf(buttons: readonly unknown[]): readonly string[] {
  const named = buttons.flatMap((button) => {
    const { name, sub_button: below } = (button ?? {}) as Record<string, unknown>;
    const list = (below as { list?: unknown } | undefined)?.list;
    const entries: readonly unknown[] = Array.isArray(list) ? list : [];
    if (entries.length === 0) return [String(name ?? '')];
    return entries.map((each) => `${name} / ${(each as { name?: unknown } | null)?.name ?? ''}`);
  });
  return named.slice(0, MENU_ENTRIES_MAX).map((name) => cutText(name, NAME_LENGTH_MAX));
}

/** Only rules set in the console are told; replies of a program of the unit's own are not (§2.3). */
async function readAutoReply(
  client: WechatClient,
): Promise<Switch & { readonly rules: number | null }> {
  const answer = await client.call('get_current_autoreply_info');
  if (!answer.ok) return { open: null, refused: answer, rules: null };
  const { data } = answer;
  if (data.is_autoreply_open === undefined || data.is_autoreply_open === null)
    return { open: null, refused: null, rules: null };
  const list = (data.keyword_autoreply_info as { list?: unknown } | undefined)?.list;
  const rules = Array.isArray(list) ? Math.min(list.length, REPLY_RULES_MAX) : 0;
  if (Number(data.is_autoreply_open) !== 1) return { open: false, refused: null, rules };
  const fallback = data.message_default_autoreply_info as { content?: unknown } | undefined;
  const answers = typeof fallback?.content === 'string' && fallback.content !== '';
  return { open: rules > 0 || answers, refused: null, rules };
}
