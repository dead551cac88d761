// SPDX-License-Identifier: GPL-3.0-or-later
// What a test does behind the academy's back, as a migration would: SQL as the owner of the database.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const psql = process.env.NEOLINGUS_PSQL ?? 'psql';
const run = promisify(execFile);

const as = (academy, ...what) => run(psql, ['-v', 'ON_ERROR_STOP=1', '-q', '-h', `${academy.home}/data/run`, '-U', 'supabase_admin', '-d', 'postgres', ...what]);

export const runSql = (academy, text) => as(academy, '-c', text);
export const runSqlFile = (academy, path) => as(academy, '-f', path);
