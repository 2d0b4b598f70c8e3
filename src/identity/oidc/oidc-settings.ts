import type { Secret } from '../../lib/pure/secret.ts';

/** The office's own sign-in (an OpenID Connect provider), as the settings give it. */
export interface OidcSettings {
  /** Issuer identifier: `<issuer>/.well-known/openid-configuration` describes the provider. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** What the button says: 用“…”登录. */
  readonly name: string;
  /** The claim that tells people apart; must never pass from one person to another. */
  readonly claim: string;
  readonly scope: string;
}
