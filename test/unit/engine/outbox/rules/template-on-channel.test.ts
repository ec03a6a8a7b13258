import { contentOnChannel } from '../../../../../engine/outbox/rules/template-on-channel';
import { someTemplate } from '../../../../support/sending-facts';

const OPTIONS = [
	{ id: 'pagar', title: 'Pagar agora' },
	{ id: 'falar', title: 'Falar com alguém' },
];
const FILE = {
	type: 'media',
	mediaType: 'document',
	source: { link: 'https://exemplo.com.br/boleto.pdf' },
	fileName: 'boleto.pdf',
} as const;

describe('a template on a channel that knows none (C-23)', () => {
	it('goes as it is where templates are known, and so does everything else anywhere', () => {
		const text = { type: 'text', text: 'Olá' } as const;
		expect(contentOnChannel(someTemplate(), true)).toEqual(someTemplate());
		expect(contentOnChannel(text, false)).toBe(text);
	});

	it('becomes its text', () => {
		expect(contentOnChannel(someTemplate(), false)).toEqual({
			type: 'text',
			text: 'Olá, Ana. Sua fatura vence amanhã.',
		});
	});

	it('becomes a menu when it has quick replies', () => {
		expect(contentOnChannel(someTemplate({ options: OPTIONS }), false)).toEqual({
			type: 'menu',
			body: 'Olá, Ana. Sua fatura vence amanhã.',
			plainText: 'Olá, Ana. Sua fatura vence amanhã.\n\n1 - Pagar agora\n2 - Falar com alguém',
			options: OPTIONS,
			style: 'auto',
		});
	});

	it('keeps its file; quick replies are read in the caption then', () => {
		expect(contentOnChannel(someTemplate({ header: FILE, options: OPTIONS }), false)).toEqual({
			...FILE,
			caption: 'Olá, Ana. Sua fatura vence amanhã.\n• Pagar agora\n• Falar com alguém',
		});
	});
});
