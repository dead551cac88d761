// SPDX-License-Identifier: GPL-3.0-or-later
import { mustSubscribe } from '../support/academy.mjs';
import { equal, Inbox, test } from '../support/suite.mjs';

for (const vsn of ['2.0.0', '1.0.0']) {
  test(`presence: sync, update, leave and a lost socket, vsn ${vsn}`, async (academy) => {
    const topic = `people-${vsn}`;
    const enter = async (key) => {
      const client = academy.client({ realtime: { vsn } });
      const events = new Inbox();
      const channel = client.channel(topic, { config: { presence: { key } } });
      const states = new Inbox();
      channel.on('presence', { event: 'sync' }, () => states.push(structuredClone(channel.presenceState())));
      for (const event of ['join', 'leave']) {
        channel.on('presence', { event }, events.push);
      }
      await mustSubscribe(channel);
      return { client, channel, events, states };
    };
    const has = (key) => (state) => key in state;
    const alice = await enter('alice');
    equal(await alice.channel.track({ name: 'Alice' }), 'ok', 'track');
    equal((await alice.events.next('her own join')).newPresences[0].name, 'Alice');
    const bob = await enter('bob');
    const state = await bob.states.next('the state', has('alice'));
    equal(state.alice.map(({ name }) => name), ['Alice'], 'who is here');
    await bob.channel.track({ name: 'Bob' });
    equal((await alice.events.next('bob\'s join', ({ key }) => key === 'bob')).event, 'join');
    await alice.channel.untrack();
    equal((await bob.events.next('alice leaves', ({ event }) => event === 'leave')).key, 'alice');
    bob.client.realtime.disconnect();
    const gone = await alice.events.next('bob is lost', ({ event, key }) => event === 'leave' && key === 'bob');
    equal([gone.key, gone.leftPresences[0].name], ['bob', 'Bob'], 'leave on a lost socket');
  });
}
