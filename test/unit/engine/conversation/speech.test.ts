import { HOUR, Talk } from './support';

const begun = () => new Talk().says('Oi');

describe('what says nothing', () => {
	it.each(['reaction', 'system'] as const)('a %s is neither an answer nor the beginning of a service', (type) => {
		const ana = begun();
		const before = ana.conversation.data;
		ana.sends(type);
		expect(ana.effects).toEqual([]);
		expect(ana.output).toEqual({ type: 'absorbed' });
		expect(ana.conversation.data).toEqual(before);
		expect(new Talk().sends(type).effects).toEqual([]);
	});

	it.each(['edit', 'revoke', 'pollUpdateMessage', 'encEventResponseMessage'])(
		'%s is neither an answer nor the beginning of a service (B-60)',
		(providerType) => {
			const ana = begun();
			const before = ana.conversation.data;
			ana.says('não sei', { contentType: 'other', providerType });
			expect(ana.effects).toEqual([]);
			expect(ana.output).toEqual({ type: 'absorbed' });
			expect(ana.conversation.data).toEqual(before);
			expect(new Talk().says('2', { contentType: 'other', providerType }).effects).toEqual([]);
		},
	);

	it('a kind that nobody here knows is an answer that is none', () => {
		const ana = begun().says('', { contentType: 'other', providerType: 'newKindMessage' });
		expect(ana.data.attempts).toBe(1);
	});
});

describe('a corrected message', () => {
	const edit = { contentType: 'other', providerType: 'edit' } as const;

	it('that now is an option answers the menu that waits, and is no attempt (B-60)', () => {
		const ana = begun().later(30_000).says('x').later(30_000).says('2', edit);
		expect(ana.output).toEqual({ type: 'queue', queue: 'suporte' });
		expect(ana.conversation.state).toBe('queued');
	});

	it('that is no option changes nothing, however often', () => {
		const ana = begun().later(30_000).says('x').later(30_000);
		for (const text of ['y', '', '9']) {
			ana.says(text, edit);
			expect(ana.effects).toEqual([]);
			expect(ana.output).toEqual({ type: 'absorbed' });
		}
		expect(ana.data.attempts).toBe(1);
	});

	it('answers nothing once the menu is over, in the queue, or with the bot in pause', () => {
		expect(
			begun()
				.later(25 * HOUR)
				.says('2', edit).output,
		).toEqual({ type: 'absorbed' });
		const queued = begun().says('2').says('1', edit);
		expect(queued.output).toEqual({ type: 'withHuman' });
		expect(queued.conversation.queue).toBe('suporte');
		const paused = begun().do({ type: 'pauseBot', until: null }).says('2', edit);
		expect(paused.effects).toEqual([]);
		expect(paused.conversation.queue).toBeNull();
	});

	it('that comes late leads people to the queue it names, without a word of the bot (D3)', () => {
		const ana = begun().says('2', { ...edit, late: true });
		expect(ana.heard).toEqual([]);
		expect(ana.conversation.queue).toBe('suporte');
	});
});
