// SPDX-License-Identifier: GPL-3.0-or-later
import { password, studentId } from '../support/academy.mjs';
import { equal, test, truthy } from '../support/suite.mjs';

test('auth: sign in with a password', async (academy) => {
  const client = academy.client();
  const { data, error } = await client.auth.signInWithPassword({ email: 'student01@neolingus.demo', password });
  equal(error, null, 'error');
  equal(data.user.id, studentId(1), 'user id');
  equal(data.session.token_type, 'bearer', 'token type');
  truthy(data.session.expires_in > 60, 'lifetime');
  const claims = JSON.parse(Buffer.from(data.session.access_token.split('.')[1], 'base64url'));
  equal([claims.role, claims.aud, claims.sub], ['authenticated', 'authenticated', studentId(1)], 'claims');
  const { data: me } = await client.auth.getUser();
  equal(me.user.email, 'student01@neolingus.demo', 'getUser');
});

test('auth: a wrong password has the official error shape', async (academy) => {
  const { data, error } = await academy.client().auth.signInWithPassword({ email: 'student01@neolingus.demo', password: 'wrong' });
  equal(data.session, null, 'session');
  equal([error.name, error.status, error.code, error.message],
    ['AuthApiError', 400, 'invalid_credentials', 'Invalid login credentials'], 'error');
});

test('auth: refresh rotates the refresh token', async (academy) => {
  const client = await academy.student(2);
  const before = (await client.auth.getSession()).data.session;
  const { data, error } = await client.auth.refreshSession();
  equal(error, null, 'error');
  truthy(data.session.refresh_token !== before.refresh_token, 'a new refresh token');
  equal(data.user.id, studentId(2), 'user id');
});

test('auth: sign up, then sign out', async (academy) => {
  const client = academy.client();
  const email = `someone-${Date.now()}@example.org`;
  const { data, error } = await client.auth.signUp({ email, password: 'a long enough password' });
  equal(error, null, 'error');
  truthy(data.session?.access_token, 'session');
  equal((await client.auth.signOut()).error, null, 'sign out');
  equal((await client.auth.getSession()).data.session, null, 'session after sign out');
});
