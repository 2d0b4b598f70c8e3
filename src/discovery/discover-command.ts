import { basename, resolve } from 'node:path';
import { type Command, type CommandArguments, defineCommand } from '../cli/command.ts';
import { type RegisteredAccount, RegisterIndex } from '../derive/accounts/register-index.ts';
import { PLATFORM_WORDS } from '../domain/discovered-account.ts';
import { CodePool } from '../gather/pictures/code-pool.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listSites, readInput, readRegisterFiles } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { openOutside, RESOLVE_OPTION, typedRules } from '../survey/index.ts';
import { discoveredLine, type JudgedCandidate, judgeSightings } from './discovered-line.ts';
import { lookAtSite, type SiteLook } from './look/look-at-site.ts';
import { LOOK_BUDGET, type LookBudget } from './look/look-budget.ts';
import { registeredAccounts } from './registered-accounts.ts';

const SITES_MAX = 100;
const PAGES_MAX = 2_000;

/** What a candidate is compared with, and what is known of the sites themselves. */
interface KnownRegister {
  readonly index: RegisterIndex;
  readonly namesOfHost: ReadonlyMap<string, readonly string[]>;
}

/** `xunjian accounts discover URL...`: the accounts that sites show, against a register file or the database's register. */
export function discoverCommand(
  userAgent: () => string,
): Command<{ readonly store: Store } | undefined> {
  return defineCommand<{ readonly store: Store } | undefined>({
    words: ['accounts', 'discover'],
    summary: '从网页上查找政务新媒体账号，与名录比对：链接、组件、二维码、文字、文章',
    positionals: { name: '首页网址...', min: 1, max: SITES_MAX },
    options: {
      ...RESOLVE_OPTION,
      registry: {
        kind: 'text',
        value: '文件',
        help: '与这个名录文件比对；不写时与已导入的名录比对',
      },
      pages: {
        kind: 'text',
        value: '数量',
        help: `每个网站最多看多少个页面（默认 ${LOOK_BUDGET.pages}）`,
      },
      all: { kind: 'flag', help: '也列出多半是别人的账号（可信度低于 50）' },
    },
    needs: 'storeIfAny',
    run: async ({ args, out, deps, signal, now, cwd }) => {
      const urls = args.positionals.map(readHome);
      const budget = readBudget(args);
      const register = await readRegister(args.text('registry'), deps?.store ?? null, cwd);
      const resolve = [...new Set(urls.flatMap((url) => typedRules(url, args.many('resolve'))))];
      const fetcher = openOutside({ userAgent: userAgent(), resolve, now, sharedPace: null });
      await using codes = new CodePool();
      let read = 0;
      try {
        for (const homeUrl of urls) {
          const names = register.namesOfHost.get(hostOf(homeUrl)) ?? [];
          const look = await lookAtSite(
            { fetcher, codes, signal },
            { homeUrl, now, budget, names, onPage: (pages) => out.progress(`已看 ${pages} 页`) },
          );
          const judged = judgeSightings(look.sightings, look.identity, register.index);
          const shown = args.flag('all') ? [...judged.listed, ...judged.leftOut] : judged.listed;
          if (out.json) for (const each of shown) out.result(discoveredLine(each));
          else out.result(null, tableOf(homeUrl, look, shown));
          for (const note of notesOf(homeUrl, look, args.flag('all') ? 0 : judged.leftOut.length))
            out.note(note);
          if (look.homeReason === null) read += 1;
        }
      } finally {
        await fetcher.close();
      }
      return read === urls.length ? 0 : 1;
    },
  });
}

/** A bare host, as registers hold it, is taken as http. Throws UserError `discovery.url`. */
function readHome(text: string): string {
  const given = text.trim();
  const isBareHost = /^[^\s:/?#]+\.[^\s:/?#]+(?::\d{1,5})?(?:[/?#]|$)/u.test(given);
  const url = URL.parse(isBareHost ? `http://${given}` : given);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new UserError('discovery.url', `“${text}”不是网址：应以 http:// 或 https:// 开头。`, {
      field: 'url',
    });
  return url.href;
}

function readBudget(args: CommandArguments): LookBudget {
  const text = args.text('pages');
  if (text === undefined) return LOOK_BUDGET;
  const pages = Number(text);
  if (!/^\d{1,4}$/.test(text) || pages < 1 || pages > PAGES_MAX)
    throw new UserError('discovery.pages', `--pages “${text}”要是 1 到 ${PAGES_MAX} 的整数。`, {
      field: 'pages',
    });
  return { ...LOOK_BUDGET, pages };
}

async function readRegister(
  file: string | undefined,
  store: Store | null,
  cwd: string,
): Promise<KnownRegister> {
  if (file !== undefined) {
    const path = resolve(cwd, file);
    const input = await readRegisterFiles([{ name: basename(path), bytes: await readInput(path) }]);
    return knownRegister(
      input.accounts.map((row) => ({
        ...{ id: null, platform: row.platform, name: row.name, sponsorName: row.sponsor },
        ids: [row.accountId, ...row.identities.map(({ id }) => id)],
      })),
      input.sites.map(({ homeUrl, name, sponsor }) => ({ homeUrl, names: [name, sponsor] })),
    );
  }
  if (store === null) return knownRegister([], []);
  return knownRegister(
    await registeredAccounts(store),
    (await listSites(store.db)).map(({ homeUrl, name, sponsorName }) => ({
      homeUrl,
      names: [name, sponsorName],
    })),
  );
}

function knownRegister(
  accounts: Iterable<RegisteredAccount>,
  sites: Iterable<{ readonly homeUrl: string; readonly names: readonly string[] }>,
): KnownRegister {
  const namesOfHost = new Map<string, readonly string[]>();
  for (const { homeUrl, names } of sites) namesOfHost.set(hostOf(homeUrl), names);
  return { index: new RegisterIndex(accounts), namesOfHost };
}

const hostOf = (url: string): string => URL.parse(url)?.hostname ?? '';

const MATCH_WORDS = {
  matched: '已在名录',
  nameOnly: '只有名称相同',
  unknown: '名录里没有',
} as const;
const VIA_WORDS = {
  link: '链接',
  widget: '组件',
  qr: '二维码',
  caption: '文字',
  article: '文章',
} as const;

function tableOf(homeUrl: string, look: SiteLook, shown: readonly JudgedCandidate[]): string {
  const head = `${homeUrl}　看了 ${look.pages} 页，${shown.length} 个账号`;
  const rows = shown.map((each) => {
    const line = discoveredLine(each);
    const who = line.name === null ? '（没有写名称）' : line.name;
    return [
      `  ${MATCH_WORDS[line.match]}　${PLATFORM_WORDS[line.platform]}　${who}　${line.idKind}=${line.id}　可信度 ${line.score}`,
      `    ${VIA_WORDS[line.via]}，在 ${line.foundOn}`,
      `    ${line.reasons.join('；')}`,
    ].join('\n');
  });
  return [head, ...rows].join('\n');
}

const APART_WORDS = {
  personal: '个人微信名片',
  group: '微信群',
  work: '企业微信',
  payment: '收款码',
} as const;
const NOTED_MAX = 10;

function notesOf(homeUrl: string, look: SiteLook, leftOut: number): string[] {
  const notes: string[] = [];
  if (look.homeReason !== null) notes.push(`首页没有读到：${homeUrl}（${look.homeReason}）`);
  for (const limit of look.hitLimits) notes.push(`没有看全：${limit}`);
  const apart = new Map(look.toldApart.map((each) => [`${each.kind}${each.address}`, each]));
  for (const { kind, address, foundOn } of [...apart.values()].slice(0, NOTED_MAX))
    notes.push(`不是公众账号：${APART_WORDS[kind]} ${address}（在 ${foundOn}）`);
  for (const { url, reason } of look.refusedPictures.slice(0, NOTED_MAX))
    notes.push(`二维码图片没有看成：${url}　${reason}`);
  if (leftOut > 0) notes.push(`另有 ${leftOut} 个多半是别人的账号，没有列出（--all 可看）`);
  return notes;
}
