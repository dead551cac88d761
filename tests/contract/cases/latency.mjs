// SPDX-License-Identifier: GPL-3.0-or-later
import { study, watching } from '../support/academy.mjs';
import { test, truthy } from '../support/suite.mjs';

const figures = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  return { median: at(0.5), text: `p50 ${at(0.5).toFixed(1)}, p90 ${at(0.9).toFixed(1)}, p99 ${at(0.99).toFixed(1)}` };
};

test('latency: a change is on its way at once, not at the next poll', async (academy) => {
  const student = await academy.student(8);
  const { changes } = await watching(student, 'swift', { event: '*', schema: 'public', table: 'course_progress' });
  const sinceCommit = [];
  const sinceAnswer = [];
  for (let n = 0; n < 60; n += 1) {
    const arrival = changes.next('the change').then((change) => {
      sinceCommit.push(performance.timeOrigin + performance.now() - Date.parse(change.commit_timestamp));
      return performance.now();
    });
    await study(student);
    const answered = performance.now();
    sinceAnswer.push((await arrival) - answered);
  }
  const commit = figures(sinceCommit);
  console.log(`# from the commit record, before it is on disk, to the callback, ms: ${commit.text}`);
  console.log(`# from the answer of the request that committed to the callback, ms: ${figures(sinceAnswer).text}`);
  truthy(commit.median < 250, `half of the changes within 250 ms, was ${commit.median}`);
});
