import { accountOfAddress, paddedBiz } from '../../derive/accounts/account-of-address.ts';
import type { PageAccounts, ToldApart } from '../../derive/accounts/page-accounts.ts';
import type { SeenPicture } from '../../derive/accounts/seen-pictures.ts';
import { decodePage } from '../../derive/page/decode-page.ts';
import { type AccountKey, type AccountSighting, keyText } from '../../domain/discovered-account.ts';
import { readArticle } from '../../gather/accounts/article/read-article.ts';
import type { CodePool } from '../../gather/pictures/code-pool.ts';
import type { CodeReading } from '../../gather/pictures/read-codes.ts';
import { PICTURE_BYTES_MAX } from '../../gather/pictures/sniff-picture.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import { type Fetcher, sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { ASK_MS, AT_ONCE, type LookBudget, PAGE_BYTES } from './look-budget.ts';
import { askEither, resolveShortLink } from './resolve-short-link.ts';

export interface LookIo {
  readonly fetcher: Fetcher;
  readonly codes: CodePool;
  readonly signal: AbortSignal;
  /** Keeps the answers that evidence is made of; absent = none is kept. */
  readonly keep?: (responses: readonly ReceivedResponse[]) => void;
}

export interface RefusedPicture {
  readonly url: string;
  readonly foundOn: string;
  /** Chinese. */
  readonly reason: string;
}

export interface CompletedSightings {
  readonly sightings: readonly AccountSighting[];
  readonly toldApart: readonly ToldApart[];
  readonly refusedPictures: readonly RefusedPicture[];
  /** Chinese: limits that were hit. */
  readonly hitLimits: readonly string[];
}

/** What pages show, with what only the world can tell: codes of pictures, targets of short links, accounts of articles. */
export async function completeSightings(
  io: LookIo,
  readings: readonly Pick<PageAccounts, 'sightings' | 'pictures' | 'toldApart'>[],
  budget: LookBudget,
): Promise<CompletedSightings> {
  const work = new Completion(io, budget);
  for (const { sightings, toldApart } of readings) work.take(sightings, toldApart);
  await work.readPictures(readings.flatMap(({ pictures }) => pictures));
  await work.followShortLinks();
  await work.openArticles();
  return work.result();
}

/** A picture's bytes and the answers that brought them, or in Chinese why there are none. */
type GotPicture =
  | { readonly body: Uint8Array; readonly received: readonly ReceivedResponse[] }
  | { readonly reason: string };

interface ArticleAccount {
  readonly key: AccountKey;
  readonly name: string | null;
}

class Completion {
  readonly #io: LookIo;
  readonly #budget: LookBudget;
  #sightings: AccountSighting[] = [];
  readonly #toldApart: ToldApart[] = [];
  readonly #refused: RefusedPicture[] = [];
  readonly #hitLimits: string[] = [];
  /** Why no further article is opened; null = nothing stands against it. */
  #barred: string | null = null;

  constructor(io: LookIo, budget: LookBudget) {
    this.#io = io;
    this.#budget = budget;
  }

  take(sightings: readonly AccountSighting[], toldApart: readonly ToldApart[]): void {
    this.#sightings.push(...sightings);
    this.#toldApart.push(...toldApart);
  }

  result(): CompletedSightings {
    return {
      ...{ sightings: this.#sightings, toldApart: this.#toldApart },
      ...{ refusedPictures: this.#refused, hitLimits: this.#hitLimits },
    };
  }

  /** Each picture once, however many pages show it; the likeliest first. */
  async readPictures(pictures: readonly SeenPicture[]): Promise<void> {
    const byUrl = new Map<string, SeenPicture>();
    for (const picture of pictures) {
      const known = byUrl.get(picture.url);
      if (known === undefined || (known.name === null && picture.name !== null))
        byUrl.set(picture.url, picture);
    }
    const wanted = [...byUrl.values()].sort((a, b) => b.hint - a.hint);
    const chosen = wanted.slice(0, this.#budget.pictures);
    if (wanted.length > chosen.length)
      this.#hitLimits.push(`可能是二维码的图片有 ${wanted.length} 张，只看了 ${chosen.length} 张`);
    await forEachParallel(chosen, AT_ONCE, this.#io.signal, (each) => this.#readPicture(each));
  }

  async #readPicture(picture: SeenPicture): Promise<void> {
    const { url, foundOn } = picture;
    const got = url.startsWith('data:') ? fromDataUrl(url) : await this.#fetchPicture(url);
    if ('reason' in got) {
      if (picture.hint === 3) this.#refused.push({ url: shown(url), foundOn, reason: got.reason });
      this.#takeCaption(picture, null);
      return;
    }
    // The bytes are moved to the thread that reads them.
    const snapshot = sha256Hex(got.body);
    const reading = await this.#io.codes.read(got.body);
    if (reading.refused !== null && picture.hint === 3)
      this.#refused.push({ url: shown(url), foundOn, reason: reading.refused });
    const isEvidence = this.#takeCodes(picture, reading, snapshot);
    if (isEvidence) this.#io.keep?.(got.received);
  }

  /** Whether the picture shows an account. */
  #takeCodes(picture: SeenPicture, { codes }: CodeReading, snapshot: string): boolean {
    let isEvidence = false;
    for (const payload of codes) {
      const reading = accountOfAddress(payload);
      if (reading?.kind === 'account') {
        isEvidence = true;
        // A poster of many codes has one caption for all: it names none of them.
        const isItsName =
          codes.length === 1 &&
          (picture.platform === null || picture.platform === reading.key.platform);
        this.#sightings.push({
          ...this.#seenIn(picture, reading.key, snapshot),
          ...{ via: 'qr', name: isItsName ? picture.name : null, address: payload },
        });
      } else if (reading !== null && reading.kind !== 'share' && reading.kind !== 'post')
        this.#toldApart.push({ kind: reading.kind, address: payload, foundOn: picture.foundOn });
    }
    if (codes.length === 0) this.#takeCaption(picture, null);
    return isEvidence;
  }

  /** What the words beside a picture say stands also where its code could not be read. */
  #takeCaption(picture: SeenPicture, snapshot: string | null): void {
    const { platform, name, wxid } = picture;
    if (picture.hint < 3 || platform === null) return;
    const key: AccountKey | null =
      wxid !== null && platform === 'wechat'
        ? { platform, idKind: 'wxid', id: wxid }
        : name !== null
          ? { platform, idKind: 'name', id: name }
          : null;
    if (key !== null)
      this.#sightings.push({ ...this.#seenIn(picture, key, snapshot), via: 'caption', name });
  }

  #seenIn(
    { url, foundOn, place, words }: SeenPicture,
    key: AccountKey,
    snapshot: string | null,
  ): Omit<AccountSighting, 'via' | 'name'> {
    return { key, foundOn, place, words, picture: shown(url), address: null, snapshot };
  }

  async #fetchPicture(url: string): Promise<GotPicture> {
    const { fetcher, signal } = this.#io;
    const answer = await fetcher.fetch(url, {
      ...{ timeoutMs: ASK_MS, signal, maxBytes: PICTURE_BYTES_MAX + 1 },
      headers: { accept: 'image/*,*/*;q=0.5' },
    });
    signal.throwIfAborted();
    if (answer.kind === 'error') return { reason: `图片没有取到：${answer.message}` };
    if (answer.status !== 200) return { reason: `图片没有取到：返回 ${answer.status}` };
    return { body: answer.body, received: answer.received };
  }

  async followShortLinks(): Promise<void> {
    const shorts = new Map<string, string>();
    for (const { key, address } of this.#sightings)
      if (key.idKind === 'short' && address !== null) shorts.set(keyText(key), address);
    const chosen = [...shorts].slice(0, this.#budget.shortLinks);
    if (shorts.size > chosen.length)
      this.#hitLimits.push(`短链接有 ${shorts.size} 个，只问了 ${chosen.length} 个`);
    const targets = new Map<string, AccountKey>();
    await forEachParallel(chosen, AT_ONCE, this.#io.signal, async ([text, address]) => {
      const target = await resolveShortLink(address, this.#io);
      if (target !== null) targets.set(text, target);
    });
    this.#sightings = this.#sightings.map((sighting) => {
      const target = targets.get(keyText(sighting.key));
      return target === undefined ? sighting : { ...sighting, key: target };
    });
  }

  /** One article of each account that is only known by articles is opened: its page says whose it is, and under which name. */
  async openArticles(): Promise<void> {
    const addresses = new Map<string, string>();
    for (const { key, via, address } of this.#sightings) {
      const isArticle = via === 'article' && key.platform === 'wechat' && address !== null;
      if (isArticle && !addresses.has(keyText(key))) addresses.set(keyText(key), address);
    }
    const chosen = [...addresses].slice(0, this.#budget.articles);
    if (addresses.size > chosen.length)
      this.#hitLimits.push(`公众号文章有 ${addresses.size} 篇，只打开了 ${chosen.length} 篇`);
    const accounts = new Map<string, ArticleAccount>();
    await forEachParallel(chosen, AT_ONCE, this.#io.signal, async ([text, address]) => {
      // A platform that asks for proof of a person will not stop asking: what it said counts for all.
      if (this.#barred !== null) return;
      const account = await this.#openArticle(address);
      if (account !== null) accounts.set(text, account);
    });
    if (this.#barred !== null) this.#hitLimits.push(`公众号文章没有全部打开：${this.#barred}`);
    this.#sightings = this.#sightings.map((sighting) => {
      const account = sighting.via === 'article' ? accounts.get(keyText(sighting.key)) : undefined;
      return account === undefined
        ? sighting
        : { ...sighting, key: account.key, name: account.name };
    });
  }

  async #openArticle(address: string): Promise<ArticleAccount | null> {
    const { signal } = this.#io;
    const answer = await askEither(this.#io, address, {
      ...{ timeoutMs: ASK_MS, maxBytes: PAGE_BYTES, maxRedirects: 1, signal },
    });
    signal.throwIfAborted();
    if (answer.kind === 'error' || answer.status !== 200) return null;
    const html = decodePage(answer.body, answer.headers['content-type'] ?? '').text;
    const reading = readArticle(html);
    if (reading.kind === 'unreadable' && reading.isBarred) this.#barred = reading.reason;
    if (reading.kind !== 'article') return null;
    const { biz, ghId, nickname } = reading.article;
    if (biz === null && ghId === null) return null;
    return {
      name: nickname,
      key: {
        platform: 'wechat',
        idKind: biz === null ? 'gh' : 'biz',
        id: biz === null ? ghId!.toLowerCase() : paddedBiz(biz),
      },
    };
  }
}

const DATA_SHOWN = 60;
const shown = (url: string): string =>
  url.startsWith('data:') ? `${url.slice(0, DATA_SHOWN)}…` : url;

/** The bytes of a `data:` picture (RFC 2397); its page keeps them. */
function fromDataUrl(url: string): GotPicture {
  const comma = url.indexOf(',');
  if (comma < 0) return { reason: '内嵌图片不完整' };
  const isBase64 = /;\s{0,3}base64\s{0,3}$/i.test(url.slice(0, comma));
  const text = url.slice(comma + 1);
  if (text.length > PICTURE_BYTES_MAX * 1.5) return { reason: '内嵌图片过大，不解码' };
  const body = Buffer.from(decodePercent(text), isBase64 ? 'base64' : 'latin1');
  return { body, received: [] };
}

function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
