import type { CommandArguments } from '../../cli/command.ts';
import { UserError } from '../../lib/pure/errors.ts';

/** The home page that a command was given; a bare host, as registers hold it, is taken as http. Throws UserError `survey.url`. */
export function readHomeUrl(text: string): string {
  const given = text.trim();
  const isBareHost = /^[^\s:/?#]+\.[^\s:/?#]+(?::\d{1,5})?(?:[/?#]|$)/u.test(given);
  const url = URL.parse(isBareHost ? `http://${given}` : given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new UserError('survey.url', `“${text}”不是网址：应以 http:// 或 https:// 开头。`, {
      field: 'url',
    });
  return url.href;
}

const COUNT_MAX = 10_000_000;

/** A positive whole number of an option; null when it was not given. Throws UserError `survey.<name>`. */
export function readCount(args: CommandArguments, name: string): number | null {
  const text = args.text(name);
  if (text === undefined) return null;
  const count = Number(text);
  if (!/^\d{1,8}$/.test(text) || count === 0 || count > COUNT_MAX)
    throw new UserError(`survey.${name}`, `--${name} “${text}”要是正整数。`, { field: name });
  return count;
}
