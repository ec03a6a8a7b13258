import type { Channel } from '../../../../engine/channel/port';
import { ChannelRegistry } from '../../../../engine/channel/registry';

describe('the channels a process can reach', () => {
	let closed: string[];
	let registry: ChannelRegistry;
	const use = (fingerprint: string, id = 'cloudApi:1') =>
		registry.use(id, fingerprint, () => ({ id, close: () => closed.push(fingerprint) }) as unknown as Channel);

	beforeEach(() => {
		closed = [];
		registry = new ChannelRegistry();
	});

	it('opens one channel per credential, however often it is shown', () => {
		const first = use('a');
		expect([first.isNew, use('a')]).toEqual([true, { channel: first.channel, isNew: false }]);
		expect(registry.ids()).toEqual(['cloudApi:1']);
	});

	it('sends through the credential shown last', () => {
		use('a');
		const { channel } = use('b');
		expect(registry.get('cloudApi:1')).toBe(channel);
	});

	it('does not open anew what nodes use in turn', () => {
		const a = use('a').channel;
		use('b');
		expect(use('a')).toEqual({ channel: a, isNew: false });
		expect(closed).toEqual([]);
	});

	it('gives back the sockets of credentials that were replaced', () => {
		for (const fingerprint of ['a', 'b', 'a', 'c', 'd', 'e']) use(fingerprint);
		expect(closed).toEqual(['b']);
	});

	it('closes everything at the end', () => {
		use('a');
		use('b');
		use('c', 'cloudApi:2');
		registry.close();
		expect(closed).toEqual(['a', 'b', 'c']);
	});
});
