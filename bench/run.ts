import process from 'node:process';
import { benchAccounts } from './accounts/accounts.ts';
import { benchMatch } from './accounts/match.ts';
import { benchCodes } from './accounts/qr.ts';
import { benchSweep } from './accounts/sweep.ts';
import { benchBulletin } from './bulletin.ts';
import { benchConsole } from './console/run-console.ts';
import { benchFrontier } from './crawl/frontier.ts';
import { benchResume } from './crawl/resume.ts';
import { benchCrawl } from './crawl/run-crawl.ts';
import { benchEvidence } from './evidence.ts';
import { benchOverdue } from './overdue.ts';
import { benchRound } from './round.ts';
import { benchSelfCheck } from './self-check.ts';
import { benchText } from './text.ts';

/** `npm run bench -- NAME`: prints figures, never passes or fails. */
const BENCHES: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  round: benchRound,
  bulletin: benchBulletin,
  crawl: benchCrawl,
  frontier: benchFrontier,
  resume: benchResume,
  evidence: benchEvidence,
  console: benchConsole,
  text: benchText,
  accounts: benchAccounts,
  'accounts-sweep': async (args) => void (await benchSweep(args)),
  'accounts-qr': benchCodes,
  'accounts-match': benchMatch,
  overdue: benchOverdue,
  selfcheck: benchSelfCheck,
};

const [name, ...args] = process.argv.slice(2);
const bench = BENCHES[name ?? ''];
if (!bench) {
  process.stderr.write(`用法：npm run bench -- ${Object.keys(BENCHES).join('|')}\n`);
  process.exitCode = 2;
} else {
  await bench(args);
}
