// SPDX-License-Identifier: GPL-3.0-or-later
// Every way an application lets people in, by the official client.
import { Academy, password, studentId } from '../support/academy.mjs';
import { code, good, lastMail, newAddress, redirectOf, Shelf, signInOnPage, totp } from '../support/accounts.mjs';
import { equal, Inbox, test, truthy } from '../support/suite.mjs';

const mustFail = ({ error }, what) => truthy(error, what);
const claimsOf = (session) => JSON.parse(Buffer.from(session.access_token.split('.')[1], 'base64url'));
const byCode = (academy) => ({ auth: { flowType: 'pkce', storage: new Shelf(), persistSession: true, autoRefreshToken: false } });

test('accounts: a code by e-mail signs in and makes the account', async (academy) => {
  const client = academy.client();
  const email = newAddress();
  good(await client.auth.signInWithOtp({ email, options: { data: { display_name: 'Ana' } } }), 'send');
  const mail = await lastMail(academy, email);
  truthy(/^\d{6}$/.test(mail.code), 'six digits');
  equal(code(await client.auth.verifyOtp({ email, token: mail.code === '000000' ? '000001' : '000000', type: 'email' })),
    [403, 'otp_expired'], 'a wrong code');
  const { session, user } = good(await client.auth.verifyOtp({ email, token: mail.code, type: 'email' }), 'verify');
  equal([user.email, user.user_metadata.display_name, Boolean(user.email_confirmed_at)], [email, 'Ana', true], 'user');
  equal(claimsOf(session).amr.map(({ method }) => method), ['otp'], 'amr');
  equal(code(await client.auth.verifyOtp({ email, token: mail.code, type: 'email' })), [403, 'otp_expired'], 'a code twice');
});

test('accounts: codes are for those who may have them', async (academy) => {
  const client = academy.client();
  equal(code(await client.auth.signInWithOtp({ email: newAddress(), options: { shouldCreateUser: false } })),
    [422, 'otp_disabled'], 'nobody');
  equal(code(await client.auth.signInWithOtp({ phone: '+34600000000' })), [400, 'phone_provider_disabled'], 'a telephone');
});

test('accounts: a magic link brings the implicit flow its session', async (academy) => {
  const email = newAddress();
  const client = academy.client();
  good(await client.auth.signInWithOtp({ email, options: { emailRedirectTo: 'http://127.0.0.1:3999/welcome' } }), 'send');
  const mail = await lastMail(academy, email);
  const back = await redirectOf(mail.link);
  equal(back.origin + back.pathname, 'http://127.0.0.1:3999/welcome', 'the way back');
  const parts = new URLSearchParams(back.hash.slice(1));
  equal([parts.get('token_type'), parts.get('type')], ['bearer', 'magiclink'], 'fragment');
  good(await client.auth.setSession({ access_token: parts.get('access_token'), refresh_token: parts.get('refresh_token') }), 'session');
  equal((await client.auth.getUser()).data.user.email, email, 'user');
  const stale = await redirectOf(mail.link);
  equal(new URLSearchParams(stale.hash.slice(1)).get('error_code'), 'otp_expired', 'a link twice');
});

test('accounts: a link never leads elsewhere', async (academy) => {
  const email = newAddress();
  good(await academy.client().auth.signInWithOtp({ email, options: { emailRedirectTo: 'https://evil.example/take' } }), 'send');
  const back = await redirectOf((await lastMail(academy, email)).link);
  equal(back.origin, academy.url, 'the way back');
});

test('accounts: a link of the code flow needs the proof of who asked', async (academy) => {
  const email = newAddress();
  const client = academy.client(byCode(academy));
  good(await client.auth.signInWithOtp({ email, options: { emailRedirectTo: 'http://127.0.0.1:3999/' } }), 'send');
  const back = await redirectOf((await lastMail(academy, email)).link);
  const found = truthy(back.searchParams.get('code'), 'code');
  const thief = academy.client(byCode(academy));
  mustFail(await thief.auth.exchangeCodeForSession(found), 'without the proof');
  const { session } = good(await client.auth.exchangeCodeForSession(found), 'exchange');
  equal(session.user.email, email, 'user');
  mustFail(await client.auth.exchangeCodeForSession(found), 'a code twice');
});

test('accounts: a browser comes back with a code', async (academy) => {
  const client = academy.client(byCode(academy));
  const { url } = good(await client.auth.signInWithOAuth({
    provider: 'demo', options: { skipBrowserRedirect: true, redirectTo: 'http://127.0.0.1:3999/callback?keep=1' },
  }), 'authorize');
  const page = await redirectOf(url);
  const form = await (await fetch(page)).text();
  truthy(form.includes('<form method=post'), 'a page for people');
  const wrong = await fetch(page.origin + page.pathname, {
    method: 'POST', body: new URLSearchParams({ flow: page.searchParams.get('flow'), email: '"><b>@x', password: 'x' }),
  });
  const said = await wrong.text();
  truthy(said.includes('Invalid login credentials') && !said.includes('"><b>'), 'a wrong password is said, escaped');
  const back = await signInOnPage(page, 'student07@neolingus.demo', password);
  equal([back.origin, back.pathname, back.searchParams.get('keep')], ['http://127.0.0.1:3999', '/callback', '1'], 'the way back');
  const raw = (verifier) => fetch(`${academy.url}/auth/v1/token?grant_type=pkce`, {
    method: 'POST', headers: { apikey: academy.anonKey, 'x-supabase-api-version': '2024-01-01' },
    body: JSON.stringify({ auth_code: back.searchParams.get('code'), code_verifier: verifier }),
  });
  const forged = await raw('x'.repeat(43));
  equal([forged.status, (await forged.json()).code], [400, 'bad_code_verifier'], 'another proof');
  const { session } = good(await client.auth.exchangeCodeForSession(back.searchParams.get('code')), 'exchange');
  equal([session.user.id, claimsOf(session).amr[0].method], [studentId(7), 'oauth'], 'session');
  const unknown = await raw('x'.repeat(43));
  equal([unknown.status, (await unknown.json()).code], [404, 'flow_state_not_found'], 'a code twice');
});

test('accounts: anonymous, then a full account with the same id', async (academy) => {
  const client = academy.client();
  const before = good(await client.auth.signInAnonymously({ options: { data: { display_name: 'Guest' } } }), 'anonymous');
  equal([before.user.is_anonymous, before.user.email, before.user.identities], [true, '', []], 'user');
  equal([claimsOf(before.session).is_anonymous, claimsOf(before.session).role], [true, 'authenticated'], 'claims');
  equal(code(await client.auth.updateUser({ password: 'a long password' })), [422, 'validation_failed'], 'a password alone');
  const email = newAddress();
  const { user } = good(await client.auth.updateUser({ email, password: 'a long password' }), 'upgrade');
  equal([user.id, user.email, user.is_anonymous, user.identities.length, user.app_metadata.provider],
    [before.user.id, email, false, 1, 'email'], 'upgraded');
  const after = good(await client.auth.refreshSession(), 'refresh');
  equal(claimsOf(after.session).is_anonymous, false, 'claims after');
  good(await academy.client().auth.signInWithPassword({ email, password: 'a long password' }), 'password');
});

test('accounts: updateUser and its refusals', async (academy) => {
  const client = academy.client();
  const email = newAddress();
  good(await client.auth.signUp({ email, password: 'first password' }), 'sign up');
  const heard = new Inbox();
  client.auth.onAuthStateChange((event) => heard.push(event));
  const { user } = good(await client.auth.updateUser({ data: { colour: 'blue' } }), 'data');
  equal(user.user_metadata.colour, 'blue', 'metadata');
  await heard.next('USER_UPDATED', (event) => event === 'USER_UPDATED');
  equal(code(await client.auth.updateUser({ password: 'first password' })), [422, 'same_password'], 'the same password');
  equal(code(await client.auth.updateUser({ password: 'abc' })), [422, 'weak_password'], 'a weak password');
  equal((await client.auth.updateUser({ password: 'abc' })).error.reasons, ['length'], 'why it is weak');
  equal(code(await client.auth.updateUser({ email: 'teacher@neolingus.demo' })), [422, 'email_exists'], 'a taken address');
  good(await client.auth.updateUser({ password: 'second password' }), 'password');
  equal(code(await academy.client().auth.signInWithPassword({ email, password: 'first password' })), [400, 'invalid_credentials'], 'the old one');
  good(await client.auth.reauthenticate(), 'reauthenticate');
  equal((await lastMail(academy, email)).kind, 'reauthentication', 'mail');
});

test('accounts: a forgotten password', async (academy) => {
  const email = newAddress();
  const client = academy.client();
  good(await client.auth.signUp({ email, password: 'forgotten soon' }), 'sign up');
  await client.auth.signOut();
  good(await client.auth.resetPasswordForEmail('nobody@example.org'), 'an unknown address is answered alike');
  good(await client.auth.resetPasswordForEmail(email), 'send');
  const heard = new Inbox();
  client.auth.onAuthStateChange((event) => heard.push(event));
  const mail = await lastMail(academy, email);
  good(await client.auth.verifyOtp({ email, token: mail.code, type: 'recovery' }), 'verify');
  await heard.next('PASSWORD_RECOVERY', (event) => event === 'PASSWORD_RECOVERY');
  good(await client.auth.updateUser({ password: 'remembered now' }), 'update');
  good(await academy.client().auth.signInWithPassword({ email, password: 'remembered now' }), 'sign in');
});

test('accounts: a second step', async (academy) => {
  const client = academy.client();
  const email = newAddress();
  good(await client.auth.signUp({ email, password: 'a long password' }), 'sign up');
  const other = academy.client();
  good(await other.auth.signInWithPassword({ email, password: 'a long password' }), 'another session');
  const factor = good(await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone', issuer: 'Neolingus' }), 'enrol');
  truthy(factor.totp.qr_code.startsWith('data:image/svg+xml;utf-8,<svg '), 'a drawing');
  equal(factor.totp.uri, `otpauth://totp/Neolingus:${encodeURIComponent(email)}?algorithm=SHA1&digits=6&issuer=Neolingus&period=30&secret=${factor.totp.secret}`, 'uri');
  equal(code(await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Phone' })), [422, 'mfa_factor_name_conflict'], 'the same name');
  const challenge = good(await client.auth.mfa.challenge({ factorId: factor.id }), 'challenge');
  truthy(challenge.expires_at > Date.now() / 1000, 'expiry');
  const right = totp(factor.totp.secret);
  equal(code(await client.auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code: right === '123456' ? '123457' : '123456' })),
    [422, 'mfa_verification_failed'], 'a wrong code');
  const heard = new Inbox();
  client.auth.onAuthStateChange((event) => heard.push(event));
  const before = (await client.auth.getSession()).data.session;
  const lifted = good(await client.auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code: right }), 'verify');
  await heard.next('MFA_CHALLENGE_VERIFIED', (event) => event === 'MFA_CHALLENGE_VERIFIED');
  truthy(lifted.refresh_token !== before.refresh_token, 'a new refresh token');
  equal([claimsOf(lifted).aal, claimsOf(lifted).amr.map(({ method }) => method).sort()], ['aal2', ['password', 'totp']], 'claims');
  const replay = good(await client.auth.mfa.challenge({ factorId: factor.id }), 'challenge again');
  equal(code(await client.auth.mfa.verify({ factorId: factor.id, challengeId: replay.id, code: right })), [422, 'mfa_verification_failed'], 'a code twice');
  mustFail(await other.auth.refreshSession(), 'the lower session ended');
  equal(good(await client.auth.refreshSession(), 'refresh').session.access_token.split('.').length, 3, 'refresh');
  equal(good(await client.auth.mfa.getAuthenticatorAssuranceLevel(), 'level').currentLevel, 'aal2', 'level after refresh');

  const again = academy.client();
  good(await again.auth.signInWithPassword({ email, password: 'a long password' }), 'sign in again');
  const level = good(await again.auth.mfa.getAuthenticatorAssuranceLevel(), 'level');
  equal([level.currentLevel, level.nextLevel], ['aal1', 'aal2'], 'a second step is due');
  equal(code(await again.auth.mfa.unenroll({ factorId: factor.id })), [422, 'insufficient_aal'], 'unenrol below');
  equal(code(await again.auth.updateUser({ password: 'thief was here' })), [401, 'insufficient_aal'], 'password below');
  equal(code(await again.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Mine' })), [403, 'insufficient_aal'], 'enrol below');
  equal(good(await again.from('profiles').select('user_id'), 'rows below'), [], 'rows below');
  const refused = await again.rpc('student_home');
  equal([refused.status, refused.error.code, refused.error.message], [401, 'PT401', 'ACADEMY_SECOND_STEP'], 'a function below');
  good(await again.auth.mfa.challengeAndVerify({ factorId: factor.id, code: totp(factor.totp.secret, 1) }), 'challengeAndVerify');
  equal(good(await again.from('profiles').select('user_id'), 'rows').length, 1, 'rows');
  good(await again.rpc('student_home'), 'a function');
  equal(good(await again.auth.mfa.listFactors(), 'list').totp.length, 1, 'factors');
  equal(good(await again.auth.mfa.unenroll({ factorId: factor.id }), 'unenrol').id, factor.id, 'unenrolled');
  good(await again.auth.refreshSession(), 'refresh after');
  equal(good(await again.auth.mfa.getAuthenticatorAssuranceLevel(), 'level').currentLevel, 'aal1', 'level at the end');
});

test('accounts: sign-out by scope, and what is heard of it', async (academy) => {
  const email = newAddress();
  const [here, there, elsewhere] = [academy.client(), academy.client(), academy.client()];
  good(await here.auth.signUp({ email, password: 'a long password' }), 'sign up');
  for (const client of [there, elsewhere]) {
    good(await client.auth.signInWithPassword({ email, password: 'a long password' }), 'sign in');
  }
  const heard = new Inbox();
  here.auth.onAuthStateChange((event) => heard.push(event));
  await heard.next('INITIAL_SESSION', (event) => event === 'INITIAL_SESSION');
  equal((await there.auth.signOut({ scope: 'local' })).error, null, 'local');
  good(await elsewhere.auth.refreshSession(), 'another session lives');
  equal((await here.auth.signOut({ scope: 'others' })).error, null, 'others');
  mustFail(await elsewhere.auth.refreshSession(), 'the others ended');
  good(await here.auth.refreshSession(), 'this one lives');
  await heard.next('TOKEN_REFRESHED', (event) => event === 'TOKEN_REFRESHED');
  equal((await here.auth.signOut()).error, null, 'global');
  await heard.next('SIGNED_OUT', (event) => event === 'SIGNED_OUT');
});

test('accounts: administration', async (academy) => {
  const service = academy.client({ key: academy.serviceKey });
  const admin = service.auth.admin;
  const email = newAddress();
  const { user } = good(await admin.createUser({ email, password: 'a long password', email_confirm: true, app_metadata: { role: 'teacher' } }), 'create');
  equal(code(await admin.createUser({ email })), [422, 'email_exists'], 'create twice');
  equal(good(await admin.getUserById(user.id), 'get').user.app_metadata.role, 'teacher', 'get');
  const page = good(await admin.listUsers({ page: 1, perPage: 5 }), 'list');
  equal([page.users.length, page.nextPage, page.total > 40], [5, 2, true], 'pages');
  good(await admin.updateUserById(user.id, { ban_duration: '1h', user_metadata: { a: 1 } }), 'update');
  equal(code(await academy.client().auth.signInWithPassword({ email, password: 'a long password' })), [400, 'user_banned'], 'banned');
  good(await admin.updateUserById(user.id, { ban_duration: 'none' }), 'unban');

  const { properties } = good(await admin.generateLink({ type: 'magiclink', email, options: { redirectTo: 'http://127.0.0.1:3999/' } }), 'link');
  equal([properties.verification_type, properties.redirect_to], ['magiclink', 'http://127.0.0.1:3999/'], 'link');
  const client = academy.client();
  good(await client.auth.verifyOtp({ token_hash: properties.hashed_token, type: 'email' }), 'token hash');
  const fresh = good(await admin.generateLink({ type: 'signup', email: newAddress(), password: 'a long password' }), 'signup link');
  good(await academy.client().auth.verifyOtp({ email: fresh.user.email, token: fresh.properties.email_otp, type: 'signup' }), 'signup code');
  equal(code(await admin.generateLink({ type: 'recovery', email: newAddress() })), [404, 'user_not_found'], 'nobody to recover');
  const guest = newAddress();
  truthy(good(await admin.inviteUserByEmail(guest, { data: { a: 1 } }), 'invite').user.invited_at, 'invited');
  good(await academy.client().auth.verifyOtp({ email: guest, token: (await lastMail(academy, guest)).code, type: 'invite' }), 'accept');

  const { session } = good(await client.auth.getSession(), 'session');
  equal((await admin.signOut(session.access_token, 'global')).error, null, 'sign somebody out');
  equal(good(await admin.mfa.listFactors({ userId: user.id }), 'factors').factors, [], 'factors');
  good(await admin.deleteUser(user.id, true), 'soft delete');
  equal(code(await admin.getUserById(user.id)), [404, 'user_not_found'], 'gone');
  equal(code(await (await academy.student(9)).auth.admin.listUsers()), [403, 'not_admin'], 'not for students');
});

test('accounts: factors taken away, invitations by link, confirmations once more', async (academy) => {
  const { admin } = academy.client({ key: academy.serviceKey }).auth;
  const client = academy.client();
  const email = newAddress();
  const { user } = good(await client.auth.signUp({ email, password: 'a long password' }), 'sign up');
  const { id } = good(await client.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'Lost phone' }), 'enrol');
  equal(code(await admin.mfa.deleteFactor({ userId: user.id, id: crypto.randomUUID() })), [404, 'mfa_factor_not_found'], 'an unknown factor');
  good(await admin.mfa.deleteFactor({ userId: user.id, id }), 'delete');
  equal(good(await admin.mfa.listFactors({ userId: user.id }), 'factors').factors, [], 'factors');

  good(await client.auth.signInWithOtp({ email }), 'send');
  good(await client.auth.verifyOtp({ email, token: (await lastMail(academy, email)).code, type: 'magiclink' }), 'verify as magiclink');
  const guest = newAddress();
  const { properties } = good(await admin.generateLink({ type: 'invite', email: guest }), 'invite link');
  good(await academy.client().auth.verifyOtp({ token_hash: properties.hashed_token, type: 'invite' }), 'accept');
  const waiting = newAddress();
  good(await admin.createUser({ email: waiting, password: 'a long password' }), 'an unconfirmed account');
  equal(code(await client.auth.signInWithPassword({ email: waiting, password: 'a long password' })), [400, 'email_not_confirmed'], 'not yet');
  good(await client.auth.resend({ type: 'signup', email: waiting }), 'resend');
  good(await client.auth.verifyOtp({ email: waiting, token: (await lastMail(academy, waiting)).code, type: 'signup' }), 'confirm');
});

test('accounts: getClaims asks the server for a shared secret', async (academy) => {
  const client = await academy.student(10);
  const { claims } = good(await client.auth.getClaims(), 'claims');
  equal(claims.sub, studentId(10), 'sub');
});

test('accounts: new keys work everywhere and are no bearers', async (academy) => {
  const client = academy.client({ key: academy.publishableKey });
  good(await client.auth.signInWithPassword({ email: 'student11@neolingus.demo', password }), 'sign in');
  equal((await client.from('profiles').select('user_id').eq('user_id', studentId(11))).data.length, 1, 'rest');
  const bearer = await fetch(`${academy.url}/auth/v1/user`, {
    headers: { apikey: academy.publishableKey, authorization: `Bearer ${academy.publishableKey}`, 'x-supabase-api-version': '2024-01-01' },
  });
  equal([bearer.status, (await bearer.json()).code], [403, 'bad_jwt'], 'a key is nobody');
});

test('accounts: an academy that signs with ES256', async (academy) => {
  const other = await Academy.start(academy.program, ['--jwt-alg', 'es256']);
  try {
    const answer = await fetch(`${other.url}/auth/v1/.well-known/jwks.json`);
    equal(answer.headers.get('cache-control'), 'public, max-age=600', 'caching');
    const { keys } = await answer.json();
    equal([keys.length, keys[0].kty, keys[0].crv, keys[0].alg, keys[0].use, keys[0].d], [1, 'EC', 'P-256', 'ES256', 'sig', undefined], 'keys');
    const client = await other.student(12);
    const { claims, header } = good(await client.auth.getClaims(), 'claims');
    equal([claims.sub, header.alg, header.kid], [studentId(12), 'ES256', keys[0].kid], 'claims');
    equal((await client.from('profiles').select('user_id').eq('user_id', studentId(12))).data.length, 1, 'rest');
    const live = await new Promise((resolve) => client.channel('es256').subscribe(resolve));
    equal(live, 'SUBSCRIBED', 'realtime');
    const shared = other.token({ sub: studentId(12), role: 'authenticated', aud: 'authenticated', exp: 4102444800 });
    truthy((await other.client({ accessToken: async () => shared }).from('profiles').select('user_id')).data.length >= 1, 'a shared secret still counts');
  } finally {
    await other.endClients();
    await other.stop();
  }
}, { limit: 200_000 });
