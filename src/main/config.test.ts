import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/pure/errors.ts';
import { effectiveSettings, readConfig, unknownSettings } from './config.ts';

const refusalOf = (environment: NodeJS.ProcessEnv): UserError => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('没有被拒绝');
};

describe('the environment', () => {
  it('an empty one, and variables set to nothing, give the defaults', () => {
    const defaults = readConfig({});
    expect(defaults).toMatchObject({ port: 8620, logLevel: 'info', chromiumPath: undefined });
    expect(readConfig({ XUNJIAN_PORT: '', XUNJIAN_DATA: ' ', DATABASE_URL: '' })).toEqual(defaults);
  });

  it.each([
    ['XUNJIAN_PORT', '八千', '0 到 65535 的整数'],
    ['XUNJIAN_PORT', '70000', '0 到 65535 的整数'],
    ['XUNJIAN_PORT', '1e3', '0 到 65535 的整数'],
    ['XUNJIAN_PORT', '-1', '0 到 65535 的整数'],
    ['XUNJIAN_CONTACT_URL', 'javascript:alert(1)', '以 http:// 或 https:// 开头'],
    ['XUNJIAN_USER_AGENT', '巡鉴', '一行英文字符'],
    ['XUNJIAN_USER_AGENT', 'a\nb', '一行英文字符'],
    ['XUNJIAN_LOG_LEVEL', 'loud', 'debug、info、warn、error、silent'],
    ['XUNJIAN_RENDER', 'always', 'off、needed、looks'],
  ])('%s=%j is refused by name, value and what is allowed', (name, value, allowed) => {
    const { code, details } = refusalOf({ [name]: value });
    expect([code, details.length]).toEqual(['config.invalid', 1]);
    expect(details[0]).toContain(`${name}：“${value}”`);
    expect(details[0]).toContain(allowed);
  });

  it('every wrong setting is named at once, and a wrong secret without its value', () => {
    const { details } = refusalOf({ XUNJIAN_PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@db/x' });
    expect(details).toHaveLength(2);
    expect(details.join()).not.toContain('hunter2');
    expect(details.join()).toContain('DATABASE_URL：[secret]');
  });
});

describe('the WeChat third-party platform', () => {
  const key = 'k'.repeat(43);
  const whole = {
    XUNJIAN_WECHAT_APPID: 'wxcomponent',
    XUNJIAN_WECHAT_SECRET: 'hunter2',
    XUNJIAN_WECHAT_TOKEN: 'hunter2-token',
    XUNJIAN_WECHAT_ENCODING_KEY: `${key}, ${'o'.repeat(43)}`,
  };

  it('is off without settings, on with four, and no secret prints', () => {
    expect(readConfig({}).wechat).toBeNull();
    const config = readConfig(whole);
    expect(config.wechat).toMatchObject({ baseUrl: 'https://api.weixin.qq.com' });
    expect(config.wechat?.encodingKeys.map((each) => each.reveal().length)).toEqual([43, 43]);
    const shown = JSON.stringify([config, effectiveSettings(undefined, whole)]);
    expect(shown).not.toMatch(/hunter2|kkk|ooo/);
  });

  it.each(Object.keys(whole))('without %s it does not start, and says so', (name) => {
    const { code, details } = refusalOf({ ...whole, [name]: '' });
    expect(code).toBe('config.invalid');
    expect(details.join()).toMatch(`${name}：没有设`);
  });
});

describe('sign-in by an identity provider', () => {
  const whole = {
    XUNJIAN_OIDC_ISSUER: 'https://sso.example.gov.cn/realms/office',
    XUNJIAN_OIDC_CLIENT_ID: 'xunjian',
    XUNJIAN_OIDC_CLIENT_SECRET: 'hunter2:with a colon',
  };

  it('is off without settings, on with three, and its secret never prints', () => {
    expect(readConfig({}).oidc).toBeNull();
    const config = readConfig(whole);
    expect(config.oidc).toMatchObject({ clientId: 'xunjian', claim: 'sub', name: '统一身份认证' });
    expect(config.oidc?.clientSecret.reveal()).toBe('hunter2:with a colon');
    const shown = JSON.stringify([config, effectiveSettings(undefined, whole)]);
    expect(shown).not.toMatch(/hunter2|colon/);
  });

  it.each(Object.keys(whole))('without %s it does not start, and says so', (name) => {
    const { code, message, details } = refusalOf({ ...whole, [name]: '' });
    expect([code, message]).toEqual(['config.invalid', '统一身份登录（OIDC）的设置不全。']);
    expect(details.join()).toMatch(`${name}：没有设`);
  });

  it.each([
    ['http://sso.example.gov.cn', false],
    ['http://127.0.0.1.evil.example', false],
    ['https://sso.example.gov.cn/.well-known/openid-configuration', false],
    ['https://sso.example.gov.cn/?a=b', false],
    ['http://127.0.0.1:9000', true],
    ['http://localhost:9000/realms/office', true],
  ])('issuer %s may be used: %s', (issuer, allowed) => {
    const environment = { ...whole, XUNJIAN_OIDC_ISSUER: issuer };
    if (allowed) expect(readConfig(environment).oidc?.issuer).toBe(issuer);
    else expect(refusalOf(environment).details.join()).toContain('XUNJIAN_OIDC_ISSUER');
  });

  it.each([
    ['XUNJIAN_OIDC_SCOPE', 'profile'],
    ['XUNJIAN_OIDC_CLAIM', '工号'],
    ['XUNJIAN_OIDC_ISSUER', 'sso.example.gov.cn'],
  ])('%s=%s is refused', (name, value) => {
    expect(refusalOf({ ...whole, [name]: value }).details.join()).toContain(`${name}：“${value}”`);
  });
});

describe('names that nothing reads', () => {
  it.each([
    ['XUNJIAN_PROT', '是不是 XUNJIAN_PORT？'],
    ['XUNJIAN_LOGLEVEL', '是不是 XUNJIAN_LOG_LEVEL？'],
    ['XUNJIAN_SOMETHING_ELSE', '没有用它。'],
  ])('%s: %s', (name, words) => {
    const [warning, ...rest] = unknownSettings({ [name]: 'hunter2', PATH: '/bin' });
    expect(rest).toEqual([]);
    expect(warning).toContain(name);
    expect(warning).toContain(words);
    expect(warning).not.toContain('hunter2');
  });

  it('known ones are not warned of, and many are counted', () => {
    expect(unknownSettings({ XUNJIAN_PORT: '1', XUNJIAN_DATA: 'x' })).toEqual([]);
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`XUNJIAN_Q${at}`, '']));
    expect(unknownSettings(many)).toHaveLength(21);
    expect(unknownSettings(many).at(-1)).toContain('另有 30 个');
  });
});

describe('the effective configuration', () => {
  it('says where each value comes from, and keeps passwords to itself', () => {
    const environment = {
      XUNJIAN_PORT: '9000',
      DATABASE_URL: 'postgresql://office:hunter2@db.example:5432/xunjian?password=hunter3',
    };
    const shown = new Map(
      effectiveSettings('/srv/x', environment).map((each) => [each.name, each]),
    );
    expect(shown.get('XUNJIAN_PORT')).toMatchObject({ value: '9000', origin: 'environment' });
    expect(shown.get('XUNJIAN_DATA')).toMatchObject({ value: '/srv/x', origin: 'option' });
    expect(shown.get('XUNJIAN_LOG_LEVEL')).toMatchObject({ value: 'info', origin: 'default' });
    expect(shown.get('DATABASE_URL')?.value).toBe('postgresql://[secret]@db.example:5432/xunjian');
    expect(JSON.stringify([...shown])).not.toMatch(/hunter|office/);
  });
});
