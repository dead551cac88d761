// SPDX-License-Identifier: GPL-3.0-or-later
// Changing who one is: identities of providers, another address, a password after a long time.
import { request } from 'node:http';
import { Academy, password } from '../support/academy.mjs';
import { code, good, lastMail, newAddress, redirectOf, Shelf, signInOnPage } from '../support/accounts.mjs';
import { runSql } from '../support/database.mjs';
import { equal, Inbox, pause, test, truthy } from '../support/suite.mjs';

const secret = 'a long password';
const page = 'http://127.0.0.1:3999/';
const providersOf = ({ identities }) => identities.map(({ provider }) => provider).sort();

async function newPerson(academy, options) {
  const client = academy.client(options);
  const email = newAddress();
  const { user } = good(await client.auth.signUp({ email, password: secret }), 'sign up');
  return { client, email, id: user.id };
}

test('identities: linked in a browser, used to sign in, and unlinked', async (academy) => {
  const { client, email, id } = await newPerson(academy, { auth: { flowType: 'pkce', storage: new Shelf(), persistSession: true, autoRefreshToken: false } });
  const { url } = good(await client.auth.linkIdentity({ provider: 'demo', options: { redirectTo: page } }), 'link');
  const back = await signInOnPage(new URL(url), 'student31@neolingus.demo', password);
  const { session } = good(await client.auth.exchangeCodeForSession(back.searchParams.get('code')), 'exchange');
  equal([session.user.id, session.user.email, providersOf(session.user), session.user.app_metadata],
    [id, email, ['demo', 'email'], { provider: 'email', providers: ['email', 'demo'] }], 'linked');
  const { identities } = good(await client.auth.getUserIdentities(), 'identities');
  const demo = identities.find(({ provider }) => provider === 'demo');
  equal([demo.user_id, demo.identity_data.email], [id, 'student31@neolingus.demo'], 'identity');

  const again = good(await client.auth.linkIdentity({ provider: 'demo', options: { redirectTo: page } }), 'link again');
  const refused = await signInOnPage(new URL(again.url), 'student31@neolingus.demo', password);
  equal([refused.searchParams.get('error_code'), refused.searchParams.get('error_description')],
    ['identity_already_exists', 'Identity is already linked'], 'linked twice');

  const elsewhere = academy.client();
  const start = good(await elsewhere.auth.signInWithOAuth({ provider: 'demo', options: { skipBrowserRedirect: true, redirectTo: page } }), 'authorize');
  const there = await signInOnPage(await redirectOf(start.url), 'student31@neolingus.demo', password);
  const token = new URLSearchParams(there.hash.slice(1)).get('access_token');
  equal(good(await elsewhere.auth.getUser(token), 'user').user.id, id, 'the identity opens the account it is linked to');

  equal(code(await client.auth.unlinkIdentity({ ...demo, identity_id: crypto.randomUUID() })), [422, 'identity_not_found'], 'an unknown one');
  equal(code(await client.auth.unlinkIdentity({ ...demo, identity_id: 'mine' })), [404, 'validation_failed'], 'no id');
  good(await client.auth.unlinkIdentity(demo), 'unlink');
  const { user } = good(await client.auth.getUser(), 'user');
  equal([providersOf(user), user.app_metadata.providers], [['email'], ['email']], 'unlinked');
  equal(code(await client.auth.unlinkIdentity(user.identities[0])), [422, 'single_identity_not_deletable'], 'the last one');
});

test('identities: an address changes when the old and the new one have agreed', async (academy) => {
  const { client, email } = await newPerson(academy);
  const wanted = newAddress();
  const { user } = good(await client.auth.updateUser({ email: wanted }, { emailRedirectTo: page }), 'update');
  equal([user.email, user.new_email, Boolean(user.email_change_sent_at)], [email, wanted, true], 'asked for');
  equal(code(await client.auth.verifyOtp({ email: wanted, token: '000000x', type: 'email_change' })), [403, 'otp_expired'], 'a wrong code');
  const half = good(await client.auth.verifyOtp({ email: wanted, token: (await lastMail(academy, wanted)).code, type: 'email_change' }), 'the new one');
  equal(half.session, null, 'no session yet');
  equal(good(await client.auth.getUser(), 'user').user.email, email, 'not yet');
  const heard = new Inbox();
  client.auth.onAuthStateChange((event) => heard.push(event));
  const last = good(await client.auth.verifyOtp({ email, token: (await lastMail(academy, email)).code, type: 'email_change' }), 'the old one');
  equal([last.user.email, last.user.new_email, last.user.identities[0].email], [wanted, undefined, wanted], 'changed');
  await heard.next('SIGNED_IN', (event) => event === 'SIGNED_IN');
  good(await academy.client().auth.signInWithPassword({ email: wanted, password: secret }), 'sign in');
});

test('identities: links of a changed address, from an administrator and from the mail', async (academy) => {
  const { admin } = academy.client({ key: academy.serviceKey }).auth;
  const { client, email } = await newPerson(academy);
  const wanted = newAddress();
  const make = async (type) => good(await admin.generateLink({ type, email, newEmail: wanted, options: { redirectTo: page } }), type).properties;
  const first = await redirectOf((await make('email_change_current')).action_link);
  truthy(first.hash.includes('message=Confirmation%20link%20accepted'), `half way: ${first.hash}`);
  await pause(1_100); // A demo academy sends somebody one mail a second.
  good(await client.auth.resend({ type: 'email_change', email }), 'resend');
  const { link, kind } = await lastMail(academy, wanted);
  equal(kind, 'email_change', 'resent');
  await redirectOf(link);
  const { session } = good(await client.auth.verifyOtp({ token_hash: new URL((await lastMail(academy, email)).link).searchParams.get('token'), type: 'email_change' }), 'by hash');
  equal(session.user.email, wanted, 'changed');
  equal(code(await admin.generateLink({ type: 'email_change_new', email: newAddress(), newEmail: newAddress() })), [404, 'user_not_found'], 'nobody');
});

test('identities: links of a changed address bring the code flow its code', async (academy) => {
  const { client, email } = await newPerson(academy, { auth: { flowType: 'pkce', storage: new Shelf(), persistSession: true, autoRefreshToken: false } });
  const wanted = newAddress();
  good(await client.auth.updateUser({ email: wanted }, { emailRedirectTo: page }), 'update');
  const half = await redirectOf((await lastMail(academy, wanted)).link);
  equal([half.searchParams.get('message')?.slice(0, 26), half.searchParams.get('code')], ['Confirmation link accepted', null], 'half way');
  const back = await redirectOf((await lastMail(academy, email)).link);
  const { session } = good(await client.auth.exchangeCodeForSession(truthy(back.searchParams.get('code'), back.href)), 'exchange');
  equal(session.user.email, wanted, 'changed');
});

test('identities: a code proves it is still the same person before a password changes', async (academy) => {
  const { client, email, id } = await newPerson(academy);
  await runSql(academy, `update auth.sessions set created_at = now() - interval '2 days' where user_id = '${id}'`);
  const change = (nonce) => client.auth.updateUser({ password: 'another password', nonce });
  equal(code(await change()), [400, 'reauthentication_needed'], 'without a code');
  good(await client.auth.reauthenticate(), 'reauthenticate');
  const mail = await lastMail(academy, email);
  equal(mail.kind, 'reauthentication', 'mail');
  equal(code(await change(mail.code === '000000' ? '000001' : '000000')), [422, 'reauthentication_not_valid'], 'a wrong code');
  good(await change(mail.code), 'with the code');
  equal(code(await client.auth.updateUser({ password: 'a third password', nonce: mail.code })), [422, 'reauthentication_not_valid'], 'a code twice');
  good(await academy.client().auth.signInWithPassword({ email, password: 'another password' }), 'sign in');
});

test('identities: who guesses from elsewhere keeps nobody out', async (academy) => {
  const { email } = await newPerson(academy);
  const guess = (localAddress) => new Promise((resolve, reject) => {
    const asked = request(`${academy.url}/auth/v1/token?grant_type=password`, {
      method: 'POST', localAddress, headers: { apikey: academy.anonKey, 'content-type': 'application/json' },
    }, (answer) => resolve(answer.resume().statusCode));
    asked.on('error', reject);
    asked.end(JSON.stringify({ email, password: 'a guess' }));
  });
  const statuses = await Promise.all(Array.from({ length: 26 }, () => guess('127.0.0.2')));
  truthy(statuses.filter((status) => status === 429).length >= 2, `guesses are slowed down: ${statuses}`);
  good(await academy.client().auth.signInWithPassword({ email, password: secret }), 'from another address');
});

test('identities: off, as a hosted project starts', async ({ program }) => {
  const other = await Academy.start(program, ['--like-hosted']);
  try {
    const { client } = await newPerson(other);
    equal(code(await client.auth.linkIdentity({ provider: 'google' })), [404, 'manual_linking_disabled'], 'link');
    equal(code(await client.auth.unlinkIdentity({ identity_id: crypto.randomUUID() })), [404, 'manual_linking_disabled'], 'unlink');
    const email = newAddress();
    good(await client.auth.signInWithOtp({ email }), 'send');
    const again = await client.auth.signInWithOtp({ email });
    equal(code(again), [429, 'over_email_send_rate_limit'], 'the next mail');
    truthy(/^For security purposes, you can only request this after \d+ seconds\.$/.test(again.error.message), again.error.message);
  } finally {
    await other.stop();
  }
}, { limit: 200_000 });
