import type { InteractionWay, Observation } from '../../domain/account-facts.ts';
import type { FactSet } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { REPLY_WORKDAYS } from '../../domain/reply-clock.ts';
import { addKnownWorkdays } from '../../domain/workday.ts';
import { type Instant, shanghaiDate, shanghaiText } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, pictureOf, undetermined } from '../shared/evidence.ts';

const NEEDS = ['account.observations', 'account.wechatInteraction'] as const;

/** Ways by which a citizen can be answered. 转发 only passes a post on. */
const ANSWERING_WAYS: ReadonlySet<InteractionWay> = new Set([
  '评论',
  '私信',
  '留言',
  '菜单',
  '自动回复',
]);

export const interactionNone = defineIndicator({
  id: 'media.veto.interaction.none',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 互动回应差',
  title: { met: '提供有效互动功能', breached: '未提供有效互动功能' },
  kind: 'veto',
  appliesTo: 'account',
  needs: NEEDS,
  parameters: {
    replyWorkdays: {
      unit: '工作日',
      default: REPLY_WORKDAYS,
      why: '测试留言5个工作日没有回复，该方式无效（待核的天数，做成参数）',
    },
  },
  judge(facts, { replyWorkdays }) {
    const byInterface = judgeInterface(facts);
    if (byInterface?.status === 'met') return byInterface;
    const byObservation = judgeObservations(facts, replyWorkdays);
    return (
      byObservation ?? byInterface ?? undetermined('没有看过互动方式，也没有接口数据', [...NEEDS])
    );
  },
});

type InteractionFacts = Pick<FactSet, (typeof NEEDS)[number]>;

function judgeInterface(facts: InteractionFacts): Judgement | null {
  const fact = facts['account.wechatInteraction'];
  if (fact?.state === 'unobserved') return undetermined(fact.reason, ['account.wechatInteraction']);
  if (fact?.state !== 'observed') return null;
  const { menuOpen, autoReply, comments } = fact.value;
  if (menuOpen || autoReply || comments) return met;
  if (menuOpen === null || autoReply === null || comments === null)
    return undetermined('公众号的菜单、自动回复、评论接口没有都答复', [
      'account.wechatInteraction',
    ]);
  const words = '没有菜单、没有自动回复、没有评论功能';
  return breached(
    1,
    [
      evidenceOf(
        fact,
        'get_current_selfmenu_info, get_current_autoreply_info, comment/list',
        words,
        fact.snapshots[0] ?? null,
      ),
    ],
    words,
  );
}

/** Null when nobody looked at the ways to interact. */
function judgeObservations(facts: InteractionFacts, replyWorkdays: number): Judgement | null {
  const fact = facts['account.observations'];
  if (fact?.state !== 'observed') return null;
  const looked = fact.value
    .filter((sight) => sight.ways !== null)
    .sort((a, b) => (a.observedAt < b.observedAt ? 1 : -1))[0];
  if (!looked?.ways) return null;
  const answering = answeringWays(looked.ways);
  const tests = readTests(fact.value, looked.ways, replyWorkdays);
  const failedTests = answering.map((way) => failedTestOf(way, tests));
  if (failedTests.some((test) => test === undefined)) return met;
  const failedTest = failedTests[0];
  const seen = looked.ways.length === 0 ? '没有任何互动方式' : `只有${looked.ways.join('、')}`;
  const test = failedTest
    ? `，${shanghaiText(failedTest.testedAt)} 的测试留言 ${replyWorkdays} 个工作日没有回复`
    : '';
  const words = `${shanghaiText(looked.observedAt)} 人工观察：${seen}${test}`;
  return breached(1, [evidenceOf(fact, looked.origin, words, pictureOf(fact, looked))], words);
}

const answeringWays = (ways: readonly InteractionWay[]): readonly InteractionWay[] =>
  ways.filter((way) => ANSWERING_WAYS.has(way));

/** The way that a test message went: private message or message where there is one, else a comment. A menu is no message. */
function testedWays(ways: readonly InteractionWay[]): readonly InteractionWay[] {
  const messages = ways.filter((way) => way === '私信' || way === '留言');
  return messages.length > 0 ? messages : ways.filter((way) => way === '评论');
}

interface TestMessage {
  readonly testedAt: Instant;
  readonly ways: readonly InteractionWay[];
  readonly outcome: 'answered' | 'unanswered' | 'open';
}

/** Test messages; one sent by an inspector who did not write down the ways went by those seen in the newest look. */
function readTests(
  sights: readonly Observation[],
  newestWays: readonly InteractionWay[],
  replyWorkdays: number,
): TestMessage[] {
  return sights.flatMap((sight): TestMessage[] => {
    const { testedAt } = sight;
    if (testedAt === null) return [];
    const ways = testedWays(answeringWays(sight.ways ?? newestWays));
    if (sight.repliedAt !== null) return [{ testedAt, ways, outcome: 'answered' }];
    const unanswered = isUnanswered(sight, sights, replyWorkdays);
    return [{ testedAt, ways, outcome: unanswered ? 'unanswered' : 'open' }];
  });
}

/**
 * The test that shows a way to be ineffective: the newest unanswered one, unless a test of the same way sent then or later
 * was answered. What an account did not answer once says nothing of a way by which it answers now.
 */
function failedTestOf(way: InteractionWay, tests: readonly TestMessage[]): TestMessage | undefined {
  const ofWay = tests.filter((test) => test.ways.includes(way));
  const failed = ofWay
    .filter((test) => test.outcome === 'unanswered')
    .reduce<TestMessage | undefined>(
      (last, test) => (last && last.testedAt >= test.testedAt ? last : test),
      undefined,
    );
  const answered = ofWay.some(
    (test) => test.outcome === 'answered' && failed && test.testedAt >= failed.testedAt,
  );
  return answered ? undefined : failed;
}

/**
 * A test message without any reply, seen to be so after its working days were over. A late reply is a reply: the standard's
 * words are 提交后无效, and never to accuse wrongly weighs more.
 */
function isUnanswered(
  sight: Observation,
  all: readonly Observation[],
  replyWorkdays: number,
): boolean {
  if (sight.testedAt === null || sight.repliedAt !== null) return false;
  if (all.some((other) => other.testedAt === sight.testedAt && other.repliedAt !== null))
    return false;
  // Beyond the known holiday notices nobody can count working days: then nothing is held against the account.
  const deadline = addKnownWorkdays(shanghaiDate(sight.testedAt), replyWorkdays);
  if (deadline === null) return false;
  const lastLook = all.reduce(
    (latest, other) => (other.observedAt > latest ? other.observedAt : latest),
    sight.observedAt,
  );
  return shanghaiDate(lastLook) > deadline;
}
