import type { RegisteredAccount } from '../../derive/accounts/register-index.ts';
import { seededRandom } from '../../lib/pure/random.ts';
import { madeIds } from './made-ids.ts';
import { type MadeBody, madeBody } from './made-names.ts';
import { articleWay, captionWay, codeWay } from './planted-codes.ts';
import {
  linkWay,
  type MadePicture,
  type OutsidePage,
  type PlantContext,
  type PlantedAccount,
  type PlantedPiece,
  type Slot,
  type Way,
  widgetWay,
} from './planted-ways.ts';
import { TRAPS } from './traps.ts';

/** One site of the made web with everything that stands on it, and the truth about it. */
export interface MadeSite {
  readonly body: MadeBody;
  readonly homeUrl: string;
  /** Must be found, and called unknown. */
  readonly unregistered: readonly PlantedAccount[];
  /** Must be found, and not called unknown. */
  readonly registered: readonly PlantedAccount[];
  readonly pieces: ReadonlyMap<Slot, readonly string[]>;
  readonly pictures: readonly MadePicture[];
  readonly outside: readonly OutsidePage[];
}

export interface MadeWeb {
  readonly sites: readonly MadeSite[];
  readonly register: readonly RegisteredAccount[];
}

const UNREGISTERED_PER_SITE = 5;
const REGISTERED_PER_SITE = 2;
const TRAPS_PER_SITE = 4;

/** Ways in the proportions in which pages show accounts: most by links and codes. */
const WAYS: readonly ((index: number) => Way)[] = [
  ...[linkWay, codeWay, linkWay, codeWay, codeWay],
  ...[widgetWay, captionWay, linkWay, codeWay, articleWay],
];

/** A web of `accounts` planted unregistered accounts, with registered ones and traps among them. The same seed, the same web. */
export function makeWeb(seed: string, accounts: number): MadeWeb {
  const sites: MadeSite[] = [];
  const register: RegisteredAccount[] = [];
  const count = Math.ceil(accounts / UNREGISTERED_PER_SITE);
  for (let index = 0; index < count; index += 1) {
    const wanted = Math.min(UNREGISTERED_PER_SITE, accounts - index * UNREGISTERED_PER_SITE);
    const site = makeSite(seed, index, wanted);
    sites.push(site);
    register.push(...site.registered.map((account, nr) => registeredAs(account, site.body, nr)));
  }
  return { sites, register };
}

function makeSite(seed: string, index: number, wanted: number): MadeSite {
  const random = seededRandom(`${seed} ${index}`);
  const body = madeBody(index, random);
  const ids = madeIds(random);
  const context = (nr: number): PlantContext => ({ body, ids, random, nr });
  const used = new Set<string>();
  const plant = (nr: number): PlantedAccount => {
    const at = index * 7 + nr;
    const way = WAYS[(at + Math.floor(random() * WAYS.length)) % WAYS.length]!;
    for (;;) {
      const account = way(at)(context(nr));
      const name = `${account.key.platform} ${account.name}`;
      if (used.has(name)) continue;
      used.add(name);
      return account;
    }
  };
  const unregistered = Array.from({ length: wanted }, (_, nr) => plant(nr));
  const registered = Array.from({ length: REGISTERED_PER_SITE }, (_, nr) => plant(wanted + nr));
  const traps = Array.from({ length: TRAPS_PER_SITE }, (_, nr) => {
    const [, trap] = TRAPS[(index * TRAPS_PER_SITE + nr) % TRAPS.length]!;
    return trap(context(100 + nr), index);
  });
  const all: PlantedPiece[] = [...unregistered, ...registered]
    .flatMap(({ pieces }) => pieces)
    .concat(traps);
  const pieces = new Map<Slot, string[]>();
  for (const { slot, html } of all) pieces.set(slot, [...(pieces.get(slot) ?? []), html]);
  return {
    ...{ body, homeUrl: `http://${body.host}/`, unregistered, registered, pieces },
    pictures: all.flatMap(({ pictures = [] }) => pictures),
    outside: all.flatMap(({ outside = [] }) => outside),
  };
}

const PLATFORMS: Readonly<Record<string, string>> = {
  weibo: '新浪微博',
  wechat: '微信公众号',
  toutiao: '头条号',
  douyin: '抖音号',
  kuaishou: '快手号',
  bilibili: '哔哩哔哩',
  xiaohongshu: '小红书',
  app: '移动客户端',
};

/** Registers hold an id, or only a name where nobody filled it in; a code's contents nobody registers, and a widget shows no name. */
function registeredAs(
  { key, name, way }: PlantedAccount,
  { sponsor }: MadeBody,
  nr: number,
): RegisteredAccount {
  const isNameless = way.startsWith('widget');
  const hasId = (nr % 2 === 0 || isNameless) && key.idKind !== 'qr' && key.idKind !== 'name';
  return {
    ...{ id: null, platform: PLATFORMS[key.platform] ?? key.platform, name, sponsorName: sponsor },
    ids: [hasId ? key.id : ''],
  };
}
