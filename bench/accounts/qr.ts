import process from 'node:process';
import jsqr from 'jsqr';
import { decodePicture } from '../../src/gather/pictures/decode-picture.ts';
import { rgbaOf } from '../../src/gather/pictures/gray-picture.ts';
import { readCodes } from '../../src/gather/pictures/read-codes.ts';
import { CODE_LOOKS } from '../../src/testing/accounts/draw-code.ts';
import { makePicture } from '../../src/testing/accounts/serve-made-web.ts';

/** Pictures of each look; twenty looks. */
const OF_EACH = 15;
/** The bound of issue 6, per core. */
const LEAST_PER_SECOND = 40;

interface Figures {
  readonly perSecond: number;
  readonly read: number;
}

/** `npm run bench -- accounts-qr`: codes of pictures read on one core, ours and jsqr on the same files, decoding included. */
export async function benchCodes(): Promise<void> {
  const pictures: { payload: string; bytes: Uint8Array }[] = [];
  for (const [, look, format] of CODE_LOOKS)
    for (let nr = 0; nr < OF_EACH; nr += 1) {
      const payload = `http://weixin.qq.com/r/mp/${format}${nr}abcdefghijkl`;
      const bytes = await makePicture({ path: `/${nr}`, payloads: [payload], look, format });
      pictures.push({ payload, bytes });
    }
  // Both are warm when the clock starts.
  for (const { bytes } of pictures.slice(0, 20)) await readCodes(bytes);
  const ours = await measure(pictures, async (bytes) => (await readCodes(bytes)).codes[0]);
  const theirs = await measure(pictures, async (bytes) => {
    const { data, width, height } = rgbaOf(await decodePicture(bytes));
    return jsqr.default(data, width, height, { inversionAttempts: 'attemptBoth' })?.data;
  });
  const line = (name: string, { perSecond, read }: Figures): string =>
    `${name.padEnd(8)} ${perSecond.toFixed(0).padStart(6)} 张/秒　读出 ${read}/${pictures.length}\n`;
  process.stdout.write(`二维码图片 ${pictures.length} 张，一个核，含解压\n`);
  process.stdout.write(line('巡鉴', ours) + line('jsqr', theirs));
  process.stdout.write(
    `速度是 jsqr 的 ${(ours.perSecond / theirs.perSecond).toFixed(1)} 倍；要求 ≥ ${LEAST_PER_SECOND} 张/秒：${ours.perSecond >= LEAST_PER_SECOND ? '达到' : '没有达到'}\n`,
  );
}

async function measure(
  pictures: readonly { readonly payload: string; readonly bytes: Uint8Array }[],
  read: (bytes: Uint8Array) => Promise<string | undefined>,
): Promise<Figures> {
  const started = performance.now();
  let right = 0;
  for (const { payload, bytes } of pictures) if ((await read(bytes)) === payload) right += 1;
  return { perSecond: (pictures.length * 1_000) / (performance.now() - started), read: right };
}
