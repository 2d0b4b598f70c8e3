import type { SourceKind } from '../../domain/account-sources.ts';
import { unobserved } from '../../domain/fact.ts';
import type { Sealing } from '../../identity/index.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { credentialOf } from '../source.repository.ts';
import type { Source } from '../source.ts';
import { askArticle } from './ask-article.ts';
import { askDouyin } from './ask-douyin.ts';
import { askFeed } from './ask-feed.ts';
import { askWechat } from './ask-wechat.ts';
import { askWeibo } from './ask-weibo.ts';
import { type Asking, type Connector, nothingNew, type Outcome } from './connector.ts';

/** How each kind of source is asked; null = people bring what it shows. */
const CONNECTORS: Readonly<Record<SourceKind, Connector | null>> = {
  wechat: askWechat,
  weibo: askWeibo,
  douyin: askDouyin,
  rss: askFeed,
  atom: askFeed,
  jsonfeed: askFeed,
  article: askArticle,
  submission: null,
  observation: null,
};

/** Kinds that the system asks itself. */
export const ASKED_KINDS: readonly SourceKind[] = (
  Object.keys(CONNECTORS) as (keyof typeof CONNECTORS)[]
).filter((kind) => CONNECTORS[kind] !== null);

export const isAsked = ({ kind }: Source): boolean => CONNECTORS[kind] !== null;

/** Asks one source; what the world does, and a credential that cannot be opened, is in the outcome. */
export async function askSource(
  sealing: Sealing,
  asking: Omit<Asking, 'credential'>,
): Promise<Outcome> {
  const connector = CONNECTORS[asking.source.kind];
  if (connector === null) return unopened('这一种信源由人填报，系统不去查看');
  const credential = openCredential(sealing, asking.source);
  return typeof credential === 'string'
    ? unopened(credential)
    : connector({ ...asking, credential });
}

/** The secret, or Chinese words why it cannot be opened. */
function openCredential(sealing: Sealing, source: Source): Secret | string | null {
  try {
    return credentialOf(sealing, source);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function unopened(message: string): Outcome {
  return {
    ...nothingNew,
    view: unobserved(message),
    standing: {
      state: 'stopped',
      parkUntil: null,
      alarm: { errcode: 0, audience: 'operations', message },
    },
  };
}
