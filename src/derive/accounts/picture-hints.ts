import { platformOfWords } from './platform-words.ts';

/** How likely a picture is a QR code by everything but its bytes: 0 = no, up to 3. */
export type PictureHint = 0 | 1 | 2 | 3;

export interface PictureSigns {
  /** Absolute, or a `data:` address. */
  readonly url: string;
  readonly alt: string;
  /** Classes and ids of the picture and what it stands in. */
  readonly names: string;
  /** Words of its block. */
  readonly words: string;
  /** Declared size in pixels; null when the page does not say. */
  readonly width: number | null;
  readonly height: number | null;
}

/** Marks that stand in every foot and are no codes; flags, arrows and the like. */
const NO_CODE =
  /(?:^|[/_-])(?:logo|icon-?arrow|arrow|banner|bg|btn|close|search|gotop|totop|blue|red|dzjg|conac|jiucuo|gongan|ghs|beian|police|wzjc|zfwzjc|nav|dot|line|space|loading|lazy|blank)[\w-]{0,12}\.(?:png|gif|jpe?g|svg|webp)/i;
const CODE_FILE =
  /qr|ewm|erwei|2wei|2wm|weixin|wechat|wx|gzh|gongzhong|weibo|(?:^|[/_-])wb|douyin|(?:^|[/_-])dy[._-]|toutiao|kuaishou|shipin|xcx|app|khd|code|follow|guanzhu|sao|%e4%ba%8c%e7%bb%b4%e7%a0%81|二维码|公众号|微信|微博/i;
const CODE_WORDS =
  /二维码|扫一扫|扫码|扫描|微信|公众号|微博|抖音|头条|快手|视频号|小程序|客户端|APP|关注|官微|新媒体/i;
const CODE_NAMES = /qr|ewm|erwei|weixin|wechat|(?:^|[\s_-])wx|gzh|code|weibo|follow|xmt/i;
/** Sides of a code as pages show it. */
const SIDE_MIN = 40;
const SIDE_MAX = 800;

export function hintOfPicture(signs: PictureSigns): PictureHint {
  const { url, alt, names, words } = signs;
  if (/\.svg(?:$|[?#])/i.test(url) || isFlat(signs)) return 0;
  const isData = url.startsWith('data:');
  if (isData && !/^data:image\/(?:png|jpe?g|gif|webp|bmp|x-ms-bmp)/i.test(url)) return 0;
  const file = isData ? '' : fileOf(url);
  if (CODE_WORDS.test(alt) || /二维码|扫一扫|扫码|扫描/.test(words)) return 3;
  if (NO_CODE.test(`/${file}`)) return 0;
  if (CODE_FILE.test(file) || CODE_WORDS.test(words) || platformOfWords(words) !== null) return 3;
  if (CODE_NAMES.test(names) || isData) return 2;
  return isSquare(signs) ? 2 : 1;
}

const fileOf = (url: string): string => {
  const path = url.split(/[?#]/, 1)[0]!;
  return path.slice(path.lastIndexOf('/', path.length - 2) + 1);
};

function isSquare({ width, height }: PictureSigns): boolean {
  if (width === null || height === null || width < SIDE_MIN || width > SIDE_MAX) return false;
  return Math.abs(width - height) <= Math.max(width, height) * 0.15;
}

/** A declared size in which no code stands: a line, a banner, an icon. */
function isFlat({ width, height }: PictureSigns): boolean {
  if (width !== null && width < SIDE_MIN && (height === null || height < SIDE_MIN)) return true;
  if (width === null || height === null) return false;
  return Math.max(width, height) > 6 * Math.max(1, Math.min(width, height));
}
