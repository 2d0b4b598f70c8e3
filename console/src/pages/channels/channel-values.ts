import type { Channel, ChannelInput } from './channel-words.tsx';

/** What the form holds; secrets are empty until somebody writes them. */
export interface ChannelValues {
  readonly kind: Channel['kind'];
  readonly name: string;
  readonly unitId: number | null;
  readonly enabled: boolean;
  readonly kinds: readonly string[];
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly workdaysOnly: boolean;
  readonly resendsUncertain: boolean;
  readonly host?: string;
  readonly port?: number | null;
  /** Only the command line sets these; a change of the rest keeps them. */
  readonly secure?: boolean;
  readonly allowsPlain?: boolean;
  readonly from?: string;
  readonly user?: string;
  readonly password?: string;
  readonly url?: string;
  readonly key?: string;
}

export function valuesOf(former: Channel | null): ChannelValues {
  if (former === null)
    return {
      ...{ kind: 'email', name: '', unitId: null, enabled: true, kinds: [], port: 465 },
      ...{ quietFrom: '20:00', quietTo: '08:00', workdaysOnly: true, resendsUncertain: false },
    };
  const { kind, name, unitId, enabled, quietFrom, quietTo, host, from, user } = former;
  const { secure, allowsPlain, port } = former;
  return {
    ...{ kind, name, unitId, enabled, kinds: former.kinds ?? [], quietFrom, quietTo },
    ...{ workdaysOnly: former.workdaysOnly, resendsUncertain: former.resendsUncertain },
    ...{ ...(host !== null && { host }), ...(from !== null && { from }), port },
    ...{ ...(user !== null && { user }), ...(secure !== null && { secure }) },
    ...(allowsPlain !== null && { allowsPlain }),
  };
}

const TEXTS = ['host', 'from', 'user', 'password', 'url', 'key'] as const;

/** What is sent: what was left empty is not said, so that a secret stays. */
export function inputOf(values: ChannelValues): ChannelInput {
  const { kind, name, enabled, kinds, quietFrom, quietTo, port } = values;
  const texts = TEXTS.flatMap((field) => {
    const text = values[field]?.trim() ?? '';
    return text === '' ? [] : [[field, text] as const];
  });
  return {
    ...{ kind, name: name.trim(), enabled, unitId: values.unitId ?? null },
    ...{ kinds: kinds.length === 0 ? null : [...kinds], quietFrom, quietTo },
    ...{ workdaysOnly: values.workdaysOnly, resendsUncertain: values.resendsUncertain },
    ...Object.fromEntries(texts),
    ...(kind === 'email' && typeof port === 'number' && { port }),
    ...(values.secure !== undefined && { secure: values.secure }),
    ...(values.allowsPlain !== undefined && { allowsPlain: values.allowsPlain }),
  };
}
