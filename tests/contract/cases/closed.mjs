// SPDX-License-Identifier: GPL-3.0-or-later
// What a hosted project can switch on and an academy cannot: refused as by a project that has it off.
import { code, good, newAddress } from '../support/accounts.mjs';
import { equal, test } from '../support/suite.mjs';

const some = crypto.randomUUID();
const saml = [404, 'saml_provider_disabled'];
const passkey = [404, 'passkey_disabled'];
const feature = [404, 'feature_disabled'];

test('closed: single sign-on, wallets and tokens of other services', async (academy) => {
  const { auth } = academy.client();
  equal(code(await auth.signInWithSSO({ domain: 'example.org' })), saml, 'signInWithSSO');
  equal(code(await auth.signInWithWeb3({ chain: 'ethereum', message: 'm', signature: '0x00' })), [422, 'web3_provider_disabled'], 'signInWithWeb3');
  equal(code(await auth.signInWithIdToken({ provider: 'google', token: 't' })), [400, 'provider_disabled'], 'signInWithIdToken');
  equal(code(await auth.signInWithIdToken({ provider: 'nobody', token: 't' })), [400, 'validation_failed'], 'an unknown provider');
  const { auth: student } = await academy.student(1);
  equal(code(await student.linkIdentity({ provider: 'google', token: 't' })), [400, 'provider_disabled'], 'linkIdentity with a token');
  equal(code(await student.linkIdentity({ provider: 'google' })), [400, 'validation_failed'], 'linkIdentity of a provider nobody set up');
});

test('closed: passkeys', async (academy) => {
  const { auth } = await academy.student(1);
  equal(code(await auth.passkey.startAuthentication()), passkey, 'startAuthentication');
  equal(code(await auth.passkey.verifyAuthentication({ challengeId: some, credential: {} })), passkey, 'verifyAuthentication');
  equal(code(await auth.passkey.startRegistration()), passkey, 'startRegistration');
  equal(code(await auth.passkey.verifyRegistration({ challengeId: some, credential: {} })), passkey, 'verifyRegistration');
  equal(code(await auth.passkey.list()), passkey, 'list');
  equal(code(await auth.passkey.update({ passkeyId: some, friendlyName: 'x' })), passkey, 'update');
  equal(code(await auth.passkey.delete({ passkeyId: some })), passkey, 'delete');
});

test('closed: an academy is no OAuth server', async (academy) => {
  const { auth } = await academy.student(1);
  equal(code(await auth.oauth.getAuthorizationDetails(some)), feature, 'getAuthorizationDetails');
  equal(code(await auth.oauth.approveAuthorization(some)), feature, 'approveAuthorization');
  equal(code(await auth.oauth.denyAuthorization(some)), feature, 'denyAuthorization');
  equal(code(await auth.oauth.listGrants()), feature, 'listGrants');
  equal(code(await auth.oauth.revokeGrant({ clientId: some })), feature, 'revokeGrant');
});

test('closed: second steps other than an authenticator app', async (academy) => {
  const client = academy.client({ auth: { persistSession: false, autoRefreshToken: false, experimental: { recoveryCodes: true } } });
  good(await client.auth.signUp({ email: newAddress(), password: 'a long password' }), 'sign up');
  const { mfa } = client.auth;
  equal(code(await mfa.enroll({ factorType: 'phone', phone: '+34600000000', friendlyName: 'p' })), [422, 'mfa_phone_enroll_not_enabled'], 'phone');
  equal(code(await mfa.enroll({ factorType: 'webauthn', friendlyName: 'w' })), [422, 'mfa_webauthn_enroll_not_enabled'], 'webauthn');
  const enrol = [422, 'mfa_recovery_codes_enroll_not_enabled'];
  equal(code(await mfa.recoveryCodes.getStatus()), enrol, 'recoveryCodes.getStatus');
  equal(code(await mfa.recoveryCodes.generate()), enrol, 'recoveryCodes.generate');
  equal(code(await mfa.recoveryCodes.regenerate()), enrol, 'recoveryCodes.regenerate');
  equal(code(await mfa.recoveryCodes.unenroll()), enrol, 'recoveryCodes.unenroll');
  equal(code(await mfa.recoveryCodes.verify({ code: 'x' })), [422, 'mfa_recovery_codes_verify_not_enabled'], 'recoveryCodes.verify');
});

test('closed: administration of what is not there', async (academy) => {
  const { admin } = academy.client({ key: academy.serviceKey }).auth;
  for (const call of [admin.oauth.listClients(), admin.oauth.createClient({ client_name: 'x', redirect_uris: [] }), admin.oauth.getClient(some),
    admin.oauth.updateClient(some, {}), admin.oauth.deleteClient(some), admin.oauth.regenerateClientSecret(some),
    admin.customProviders.listProviders(), admin.customProviders.createProvider({ identifier: 'custom:x' }), admin.customProviders.getProvider('custom:x'),
    admin.customProviders.updateProvider('custom:x', {}), admin.customProviders.deleteProvider('custom:x')]) {
    equal(code(await call), feature, 'an OAuth server or custom providers');
  }
  const email = newAddress();
  const { user } = good(await admin.createUser({ email, password: 'a long password', email_confirm: true }), 'create');
  equal(good(await admin.passkey.listPasskeys({ userId: user.id }), 'passkeys'), [], 'passkeys');
  equal(code(await admin.passkey.deletePasskey({ userId: user.id, passkeyId: some })), [404, 'validation_failed'], 'a passkey');
  equal(code(await (await academy.student(1)).auth.admin.oauth.listClients()), [403, 'not_admin'], 'not for students');
});
