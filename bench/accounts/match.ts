import process from 'node:process';
import { accountOfAddress } from '../../src/derive/accounts/account-of-address.ts';
import { type RegisteredAccount, RegisterIndex } from '../../src/derive/accounts/register-index.ts';
import { siteIdentity } from '../../src/derive/accounts/site-identity.ts';
import { seededRandom } from '../../src/lib/pure/random.ts';
import { madeIds } from '../../src/testing/accounts/made-ids.ts';
import { madeBody } from '../../src/testing/accounts/made-names.ts';
import { madeHome, type PlantContext } from '../../src/testing/accounts/planted-ways.ts';

const ACCOUNTS = 120_000;
const LINKS = 1_000_000;
/** The bound of issue 6. */
const MOST_SECONDS = 20;
/** Of a hundred links as pages have them, so many lead to an account; the rest are pages, share buttons, others' posts. */
const ACCOUNT_LINKS = 40;

/** `npm run bench -- accounts-match`: a million discovered links against a register of 120,000 accounts, on one core. */
export async function benchMatch(): Promise<void> {
  const random = seededRandom('match');
  const ids = madeIds(random);
  const body = madeBody(1, random);
  const context: PlantContext = { body, ids, random, nr: 0 };
  const homes = Array.from({ length: ACCOUNTS }, (_, nr) => {
    const name = `${body.place}第${nr}号`;
    return { name, ...madeHome(context, name) };
  });
  const register = homes.map(
    ({ name, key }): RegisteredAccount => ({
      ...{ id: null, platform: key.platform, name, sponsorName: body.sponsor },
      ids: [key.id],
    }),
  );
  const links = Array.from({ length: LINKS }, (_, nr) => {
    if (random() * 100 >= ACCOUNT_LINKS)
      return nr % 3 === 0
        ? `http://service.weibo.com/share/share.php?url=http%3A%2F%2Fx${nr}`
        : `http://www.s${nr % 600}.gov.cn/content/2020/09/t${nr}.html`;
    // Half registered, half not.
    return random() < 0.5
      ? homes[Math.floor(random() * ACCOUNTS)]!.address
      : madeHome(context, `外${nr}`).address;
  });
  const built = performance.now();
  const index = new RegisterIndex(register);
  const started = performance.now();
  const identity = siteIdentity(body.host, [body.title]);
  const counts = { none: 0, matched: 0, nameOnly: 0, unknown: 0 };
  for (const link of links) {
    const reading = accountOfAddress(link);
    if (reading?.kind !== 'account') counts.none += 1;
    else counts[index.match({ key: reading.key, otherKeys: [], name: null }, identity).match] += 1;
  }
  const seconds = (performance.now() - started) / 1_000;
  process.stdout.write(
    `名录 ${ACCOUNTS} 个账号（建索引 ${((started - built) / 1_000).toFixed(1)} 秒），链接 ${LINKS} 条：${seconds.toFixed(1)} 秒\n` +
      `不是账号 ${counts.none}，已在名录 ${counts.matched}，名录里没有 ${counts.unknown}；要求 ≤ ${MOST_SECONDS} 秒：${seconds <= MOST_SECONDS ? '达到' : '没有达到'}\n`,
  );
}
